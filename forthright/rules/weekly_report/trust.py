"""The part of the report about how far marks can be trusted, and about faults that come again."""

from dataclasses import dataclass

from forthright.rules.agreement_on import AgreementOn
from forthright.rules.weekly_report.pieces import Figure, Ledger, Section, Table
from forthright.rules.words import count_words

VERSION = "trust 1"
TRUST_METHOD = (
    (
        "Agreement is between first and blind second marks of the same letters. AC1 (Gwet) takes "
        "from it what chance would give; below 30 letters only counts are said."
    ),
    (
        "The adjusted share stands beside the raw one and never instead of it: it takes off how "
        "many letters in a hundred the markers passed beyond what others made of the same letters."
    ),
    (
        "A fault that comes again is one criterion failing in several letters of two authors at "
        "least. A block of wording is named only by Fisher’s exact test, shared among the blocks "
        "tried."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFact:
    """How far marks agree on one criterion: the markings alike, and all that were compared."""

    code: str
    title: str
    said: AgreementOn
    alike: tuple[int, ...]
    of: tuple[int, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustFacts:
    """What the sections on trust are made from, as it stood when the report was made."""

    since: str
    numbers: str
    edition: int
    agreement: tuple[AgreementFact, ...] = ()
    chosen: tuple[int, ...] = ()
    done: tuple[int, ...] = ()
    leniency: LeniencyFact | None = None
    findings: tuple[FindingFact, ...] = ()

    @property
    def reviews(self) -> set[int]:
        """Return every marking that a figure of these opens."""
        compared = self.leniency.compared if self.leniency else ()
        faulty = [pk for each in self.findings for pk in each.reviews]
        return {*self.chosen, *compared, *faulty}.union(*(each.of for each in self.agreement))


def trust_sections(facts: TrustFacts, ledger: Ledger) -> list[Section]:
    """Return the sections on agreement, leniency and faults that come again."""
    return [agreement(facts, ledger), leniency(facts, ledger), findings(facts, ledger)]


def agreement(facts: TrustFacts, ledger: Ledger) -> Section:
    """Return how many second marks were given, and how far they agree with the first."""
    section = Section(key="agreement", title="How far marks agree")
    of = f"letters chosen for second marks since {facts.since}"
    if not facts.chosen:
        section.sentences = [f"No letter was chosen for second marks since {facts.since}."]
        return section
    done = ledger.rate(
        "second-done", "Second marks given", list(facts.done), of=list(facts.chosen),
        population=of, record_kind="review",
    )  # fmt: skip
    chosen = count_words(len(facts.chosen), "letter was", "letters were")
    section.sentences = [
        f"Since {facts.since}, {chosen} chosen for second marks; {len(facts.done):,} have them."
    ]
    section.tables.append(
        Table(caption="Second marks", columns=("Given",), rows=(("Second marks", (done,)),))
    )
    rows = tuple((f"{each.code} {each.title}", _agreed(each, facts, ledger))
                 for each in facts.agreement if each.of)  # fmt: skip
    if rows:
        columns = ("Marked alike", "AC1", "Interval")
        caption = f"Agreement by criterion, edition {facts.edition}"
        section.tables.append(Table(caption=caption, columns=columns, rows=rows))
    return section


def _agreed(each: AgreementFact, facts: TrustFacts, ledger: Ledger) -> tuple[str, str, str]:
    label = f"{each.code} {each.title}"
    of = f"letters with both marks finished since {facts.since}, edition {facts.edition}"
    key = f"agree-{each.code}"
    ac1 = each.said.ac1
    is_enough = ac1.is_enough and ac1.value is not None and ac1.interval is not None
    few = "Too few to say"
    value = f"{ac1.value:.2f}" if is_enough else few
    reach = f"{ac1.interval.low:.2f} to {ac1.interval.high:.2f}" if (
        is_enough and ac1.interval
    ) else few  # fmt: skip
    told = {"population": of, "record_kind": "review"}
    return (
        ledger.rate(key, f"{label}: marked alike", list(each.alike), of=list(each.of), **told),
        ledger.told(f"{key}-ac1", f"{label}: AC1", value, each.of, **told),
        ledger.told(f"{key}-reach", f"{label}: 95% interval of AC1", reach, each.of, **told),
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


def findings(facts: TrustFacts, ledger: Ledger) -> Section:
    """Return the faults that came again and are not closed."""
    section = Section(key="findings", title="Faults that come again")
    if not facts.findings:
        section.sentences = ["No fault that came again is open."]
        return section
    new = sum(each.is_new for each in facts.findings)
    many = count_words(len(facts.findings), "fault is", "faults are")
    section.sentences = [f"{many} open or being mended, {new:,} of them new in the week."]
    rows = []
    for each in facts.findings:
        key = f"finding-{each.id}"
        ledger.figures[key] = Figure(
            key=key, label=f"{each.title}: letters that failed", count=len(each.reviews),
            n=each.of, words=f"{len(each.reviews):,} of {each.of:,}",
            population=f"marked letters to which it applies, by {each.numbers}",
            rules=ledger.rules, record_kind="review", records=each.reviews,
        )  # fmt: skip
        rows.append((f"{each.title} ({each.state.lower()})", (key,)))
    section.tables.append(
        Table(caption="Open faults", columns=("Letters that failed",), rows=tuple(rows))
    )
    return section
