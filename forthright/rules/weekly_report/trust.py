"""The part of the report about how far marks can be trusted, and about faults that come again."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from forthright.rules.agreement import FEWEST_LETTERS
from forthright.rules.agreement_on import AgreementOn
from forthright.rules.figures import Interval, Proportion
from forthright.rules.weekly_report.pieces import Figure, Ledger, Section, Table
from forthright.rules.weeks import Week
from forthright.rules.words import count_words, date_words, day_words, percent_words

VERSION = "trust 11"
# How the keys of the figures of faults begin; the number of the finding follows.
FINDING = "finding-"
TRUST_METHOD = (
    (
        "Agreement is between first and blind second marks of the same letters, of those drawn at "
        "random and then chosen for second marks by lot; of letters first marked by somebody new, "
        "more are chosen. Letters chosen because a critical pass was in doubt, drawn on purpose, "
        "or marked before and handed out again are counted apart, beside it. Where the "
        "case record alone says that a criterion does not apply, as A5 (says sorry for being late) "
        "to a letter that went in time, nobody judged the letter on it, and it is not counted "
        "there. A letter that two plans drew counts once among those by lot and once among those "
        "beside it, each time by the marking of it that had second marks first there. AC1 (Gwet) "
        "takes from agreement what chance would give; below 30 letters "
        "only counts are said."
    ),
    (
        "The adjusted share stands beside the raw one and never instead of it: it takes off how "
        "many letters in a hundred the markers passed beyond what others made of the same letters. "
        "In both a letter counts as decided where a dispute was accepted; nothing is taken off one "
        "whose result that changed. First marks of letters that were picked for calibration rounds "
        "are not among what is compared."
    ),
    (
        "A fault that comes again is one criterion failing in several letters of two authors at "
        "least; what editions of the standard word otherwise is kept apart. It is open since the "
        "day on which it was found, and last seen on the day on which the newest letter was "
        "marked in which it stands. A block of wording is named only by Fisher’s exact test, "
        "shared among the blocks tried."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFact:
    """How far marks agree on one criterion: the markings alike, and all that were compared.

    Those are of letters chosen by lot; `others` were chosen otherwise, and are counted apart.
    """

    code: str
    title: str
    said: AgreementOn
    alike: tuple[int, ...]
    of: tuple[int, ...]
    others_alike: tuple[int, ...] = ()
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeniencyFact:
    """The Area's figure as it was worked out last before the report."""

    worked_out: str
    words: str
    method: str
    in_common: str
    raw_met: int
    raw_n: int
    compared: tuple[int, ...]
    numbers: str
    # The markings of the random samples that both shares are of, and those that fully meet it.
    sampled: tuple[int, ...] = ()
    met: tuple[int, ...] = ()
    since: str = ""
    # The edition of the standard that both are by, and how many markings by others are left out.
    edition: int = 0
    other_editions: int = 0
    adjusted: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFact:
    """One fault that came again, by the markings of its letters."""

    id: int
    title: str
    state: str
    is_new: bool
    of: int
    reviews: tuple[int, ...]
    numbers: str
    found_on: date
    # The newest marking in which it stands, and the day on which that was finished.
    seen: tuple[int, date] | None = None
    # Those in which it stands no more: a dispute was accepted after it was found.
    lifted: tuple[int, ...] = ()
    # In how many letters a fault is raised.
    fewest: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustFacts:
    """What the sections on trust are made from, as it stood when the report was made."""

    since: str
    numbers: str
    edition: int
    # The last day on which a fault that is found is new in this report.
    new_to: date
    # The week of the report before this one, where there is one: what that told of is not new.
    before: Week | None = None
    agreement: tuple[AgreementFact, ...] = ()
    chosen: tuple[int, ...] = ()
    done: tuple[int, ...] = ()
    leniency: LeniencyFact | None = None
    findings: tuple[FindingFact, ...] = ()

    @property
    def reviews(self) -> set[int]:
        """Return every marking that a figure of these opens."""
        held = self.leniency
        compared = (*held.compared, *held.sampled) if held else ()
        faulty = [pk for each in self.findings for pk in each.reviews]
        faulty += [each.seen[0] for each in self.findings if each.seen]
        twice = [pk for each in self.agreement for pk in (*each.of, *each.others)]
        return {*self.chosen, *compared, *faulty, *twice}


def new_to(week: Week) -> date:
    """Return the last day on which a fault that is found is new in the report of a week.

    Faults are looked for on a Monday, in marks to the Sunday before, and the report of the week
    that ended is made after that. It is asked for only where no report came before: otherwise a
    fault is new that the report before did not tell of.
    """
    return week.sunday + timedelta(days=1)


def is_new_in(week: Week, found: date) -> bool:
    """Return whether a fault found on a day is new in the first report of an Area, of a week."""
    return week.monday < found <= new_to(week)


def trust_sections(facts: TrustFacts, ledger: Ledger) -> list[Section]:
    """Return the sections on agreement, leniency and faults that come again."""
    return [agreement(facts, ledger), leniency(facts, ledger), findings(facts, ledger)]


def agreement(facts: TrustFacts, ledger: Ledger) -> Section:
    """Return how many second marks were given, and how far they agree with the first."""
    section = Section(key="agreement", title="How far marks agree")
    of = (
        f"letters chosen for second marks since {facts.since}, by lot, in doubt or handed out again"
    )
    if not facts.chosen:
        section.sentences = [f"No letter was chosen for second marks since {facts.since}."]
        return section
    done = ledger.rate(
        "second-done", "Second marks given", list(facts.done), of=list(facts.chosen),
        population=of, record_kind="review",
    )  # fmt: skip
    chosen = count_words(len(facts.chosen), "letter was", "letters were")
    have = f"{len(facts.done):,} have all of them"
    section.sentences = [f"Since {facts.since}, {chosen} chosen for second marks; {have}."]
    section.tables.append(
        Table(caption="Second marks", columns=("Given",), rows=(("Second marks", (done,)),))
    )
    rows = tuple((f"{each.code} {each.title}", _agreed(each, facts, ledger))
                 for each in facts.agreement if each.of or each.others)  # fmt: skip
    if rows:
        columns = ("Marked alike, chosen by lot", "AC1", "Interval", "Marked alike, others")
        caption = f"Agreement by criterion, edition {facts.edition}"
        section.tables.append(Table(caption=caption, columns=columns, rows=rows))
    return section


def _agreed(each: AgreementFact, facts: TrustFacts, ledger: Ledger) -> tuple[str, str, str, str]:
    label = f"{each.code} {each.title}"
    both = (
        f"judged on {each.code} by those who marked them, with both marks finished since "
        f"{facts.since}, edition {facts.edition}"
    )
    of = f"letters drawn at random, then by lot for second marks, {both}"
    key = f"agree-{each.code}"
    ac1 = each.said.ac1
    is_enough = ac1.is_enough and ac1.value is not None and ac1.interval is not None
    few = "Too few to say"
    value = f"{ac1.value:.2f}" if is_enough else few
    reach = f"{ac1.interval.low:.2f} to {ac1.interval.high:.2f}" if (
        is_enough and ac1.interval
    ) else few  # fmt: skip
    told = {"population": of, "record_kind": "review"}
    ledger.rate(key, f"{label}: marked alike", list(each.alike), of=list(each.of), **told)
    if 0 < len(each.of) < FEWEST_LETTERS:
        # The rule of agreement is stricter than that of other shares.
        counts = f"{len(each.alike):,} of {len(each.of):,} (too few to say)"
        few_marked = replace(ledger.figures[key], words=counts, rate=None, low=None, high=None)
        ledger.figures[key] = few_marked
    others = f"{key}-others"
    ledger.rate(
        others, f"{label}: marked alike, of letters chosen otherwise", list(each.others_alike),
        of=list(each.others), record_kind="review",
        population=f"letters in doubt, drawn on purpose or handed out again, {both}",
    )  # fmt: skip
    # They were not chosen by chance, so no interval says how far the share reaches.
    counts = f"{len(each.others_alike):,} of {len(each.others):,}" if each.others else "none"
    ledger.figures[others] = replace(
        ledger.figures[others], words=counts, rate=None, low=None, high=None
    )
    return (
        key,
        ledger.told(f"{key}-ac1", f"{label}: AC1", value, each.of, **told),
        ledger.told(f"{key}-reach", f"{label}: 95% interval of AC1", reach, each.of, **told),
        others,
    )


def leniency(facts: TrustFacts, ledger: Ledger) -> Section:
    """Return the Area's share that meets the standard, raw and set right for leniency."""
    section = Section(key="leniency", title="How lenient marks are")
    held = facts.leniency
    if held is None:
        section.sentences = ["Leniency has not been worked out yet."]
        return section
    section.sentences = [
        f"Letters of the random samples that fully meet the standard: {held.words}.",
        held.method,
        f"All markers together: {held.in_common}.",
    ]
    raw, adjusted = _area_figures(held, ledger)
    section.tables.append(
        Table(caption="Letters that fully meet the standard", columns=("As marked", "Adjusted"),
              rows=(("The Area", (raw, adjusted)),))
    )  # fmt: skip
    of = f"letters that several people marked, worked out {held.worked_out} by {held.numbers}"
    key = "leniency-compared"
    ledger.figures[key] = Figure(
        key=key, label="Letters marked by several people", count=len(held.compared),
        n=len(held.compared), words=f"{len(held.compared):,}", population=of, rules=ledger.rules,
        record_kind="review", records=held.compared,
    )  # fmt: skip
    section.tables.append(
        Table(caption="What leniency is worked out from", columns=("Letters",),
              rows=(("Letters marked by several people", (key,)),))
    )  # fmt: skip
    return section


def _area_figures(held: LeniencyFact, ledger: Ledger) -> tuple[str, str]:
    """Keep the Area's share as it was marked and set right for leniency; both open its letters."""
    raw = Proportion(held.raw_met, held.raw_n)
    of = (
        f"letters of the random samples of all plans, not weighted by plan, marked since "
        f"{held.since}, as decided where a dispute was accepted, "
        f"{editions_words(held.edition, held.other_editions)}, worked out "
        f"{held.worked_out} by {held.numbers}"
    )
    interval = raw.wilson() if raw.is_enough else None
    as_marked, set_right = "leniency-raw", "leniency-adjusted"
    ledger.figures[as_marked] = Figure(
        key=as_marked, label="Fully meet the standard, as marked", count=raw.met, n=raw.n,
        words=raw.words(), population=of, rules=ledger.rules,
        rate=raw.rate if interval else None, low=interval.low if interval else None,
        high=interval.high if interval else None, record_kind="review", records=held.met,
        counted_from=held.sampled,
    )  # fmt: skip
    ledger.figures[set_right] = Figure(
        key=set_right, label="Fully meet the standard, adjusted for leniency", count=raw.n,
        n=raw.n, words=adjusted_words(raw.n, held.adjusted, held.low, held.high),
        population=f"{of}, less what their markers passed beyond others", rules=ledger.rules,
        rate=held.adjusted, low=held.low, high=held.high, record_kind="review",
        records=held.sampled,
    )  # fmt: skip
    return as_marked, set_right


def editions_words(edition: int, others: int) -> str:
    """Say by which edition of the standard letters were marked, and how many are left out."""
    left_out = f"; {others} by other editions left out" if others else ""
    return f"by edition {edition} of the standard{left_out}" if edition else "by no edition yet"


def adjusted_words(n: int, adjusted: float | None, low: float | None, high: float | None) -> str:
    """Say the adjusted share with its number and interval, or that there is too little for one."""
    if adjusted is None or low is None or high is None:
        return f"too few to say (of {count_words(n, 'letter')})"
    reach = Interval(low, high).words
    return f"{percent_words(adjusted)} (of {count_words(n, 'letter')}, 95% interval {reach})"


def findings(facts: TrustFacts, ledger: Ledger) -> Section:
    """Return the faults that came again and are not closed."""
    section = Section(key="findings", title="Faults that come again")
    if not facts.findings:
        section.sentences = ["No fault that came again is open."]
        return section
    new = sum(each.is_new for each in facts.findings)
    many = count_words(len(facts.findings), "fault is", "faults are")
    when = (
        f"not in the report before, of the {facts.before.short_words}"
        if facts.before
        else f"found in the seven days to {day_words(facts.new_to)}"
    )
    section.sentences = [f"{many} open or being mended, {new:,} of them {when}."]
    section.sentences += [_lifted_words(each) for each in facts.findings if each.lifted]
    rows = []
    for each in facts.findings:
        key = f"{FINDING}{each.id}"
        ledger.figures[key] = Figure(
            key=key, label=f"{each.title}: letters that failed when it was found",
            count=len(each.reviews), n=each.of, words=f"{len(each.reviews):,} of {each.of:,}",
            population="marked letters to which it applies, as found on "
            f"{date_words(each.found_on)}, by {each.numbers}",
            rules=ledger.rules, record_kind="review", records=each.reviews,
        )  # fmt: skip
        lifted = ledger.told(
            f"fault-lifted-{each.id}", f"{each.title}: lifted since",
            f"{len(each.lifted):,} of the {len(each.reviews):,}" if each.lifted else "None",
            each.lifted, record_kind="review",
            population="letters that failed when it was found, in which it stands no more since a "
            "dispute was accepted",
        )  # fmt: skip
        named = f"{each.title} ({each.state.lower()})"
        rows.append((named, (key, lifted, *_days(each, ledger))))
    columns = ("Letters that failed when found", "Lifted since", "Open since", "Last seen")
    section.tables.append(Table(caption="Open faults", columns=columns, rows=tuple(rows)))
    return section


def _lifted_words(each: FindingFact) -> str:
    """Say in how many letters a fault stands no more, and whether it would still be raised."""
    stands = len(each.reviews) - len(each.lifted)
    said = (
        f"{each.title}: disputes were accepted since it was found, so that it stands in {stands:,} "
        f"of those {len(each.reviews):,} letters"
    )
    if stands >= each.fewest:
        return f"{said}."
    return f"{said}, fewer than raise a fault; whoever has it is to look whether to close it."


def _days(each: FindingFact, ledger: Ledger) -> tuple[str, str]:
    """Keep since when a fault is open, and when a letter was last marked in which it stands."""
    since = ledger.told(
        f"fault-since-{each.id}", f"{each.title}: open since", date_words(each.found_on),
        each.reviews, record_kind="review",
        population=f"letters in which it was found, by {each.numbers}",
    )  # fmt: skip
    seen = ledger.told(
        f"fault-seen-{each.id}", f"{each.title}: last seen",
        date_words(each.seen[1]) if each.seen else "In no letter now",
        [each.seen[0]] if each.seen else [], record_kind="review",
        population="the letter marked last in which it stands, as decided where a dispute was "
        "accepted",
    )  # fmt: skip
    return since, seen
