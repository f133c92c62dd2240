"""The parts of the report about the daily loop: checks before sending, feedback, recurrence."""

from collections import defaultdict
from collections.abc import Sequence

from forthright.rules.clustered import METHOD
from forthright.rules.peer_check_settings import minutes_words, of_whom_alone
from forthright.rules.recurrence import OF_ONE, by_author
from forthright.rules.recurrence_by_chance import METHOD as BY_CHANCE
from forthright.rules.weekly_report.by_chance import add_what_is_by_chance
from forthright.rules.weekly_report.facts import ReportFacts
from forthright.rules.weekly_report.loop_facts import LoopFacts, WatchFact
from forthright.rules.weekly_report.pieces import Ledger, Section, Table
from forthright.rules.words import capitalised, count_words

# What the records of these figures are, as the pages behind them find their letters.
CHECK, PART, WATCHED, WENT = "peer_check", "part", "watched", "letter"
POOLED_WEEKS = 12
LOOP_METHOD = (
    (
        "Checks before sending count those answered in the week; one that was overtaken before its "
        "hour, as the letter changed, went or was not required, is counted apart. In time is one "
        "answered by the moment that stood then, which moves with the letter’s own date, of those "
        "answered and of those whose hour passed unanswered before the letter overtook them. The "
        "time taken is that with the page open, "
        "long silences left out; below ten checks it is not said. Where one person looked at all, "
        "or wrote all, nothing is said of what came of it; nor of feedback where one person had "
        "all of it. A "
        "letter was let go without a required look where somebody did so by name and no colleague "
        "had passed the words that went by the hour at which they did; where neither was done, an "
        "extract or a record made by hand says that it went."
    ),
    (
        "A fault is a criterion that a letter does not meet, or only partly. It came again if one "
        "of the author’s next letters that were looked at does not meet the same, or only partly. "
        "Only what the author was told of counts. The next letters are those written next: a watch "
        "is complete once no letter that was written before its last is marked while its author is "
        "yet to be told, and a complete watch stays as it is. "
        "Watches that are not complete, or whose author has yet to see the outcome first, are "
        "counted beside the rate and never in it. "
        "Watches of one author that share letters are counted once, by the first. The interval "
        f"goes by author: {METHOD.format(groups='authors')}; below ten authors no rate is "
        "given, and of one author alone nothing is said of what came of it."
    ),
    BY_CHANCE,
)
MINUTES = "Median time for one check"
TOLD_ALL = "one person was told all of it"
DISPUTED_ALL = "one person disputed all of it"
THEIR_OWN = "so nothing is said of what came of it: it would be that person’s own."


def loop(facts: ReportFacts, found: LoopFacts, version: str) -> tuple[list[Section], Ledger]:
    """Return the three sections with a ledger of their own, whose figures name their rules."""
    checks = Ledger(f"{found.check_rules}; {version}")
    watches = Ledger(f"{found.watch_rules}; {version}")
    sections = [
        peer_checks(facts, found, checks),
        feedback_closed(facts, found, checks),
        recurrence(facts, found, watches),
    ]
    checks.figures |= watches.figures
    return sections, checks


def peer_checks(facts: ReportFacts, found: LoopFacts, ledger: Ledger) -> Section:
    """Return the section on letters that colleagues looked at before they went."""
    section = Section(key="peer-checks", title="Letters looked at before they went")
    every = [each.id for each in found.checks]
    week = facts.week.short_words
    population = f"checks answered in the {week}, without those overtaken"
    ended = f"checks that ended in the {week}"
    shares = (
        ("peer-checks-changed", "Changes asked for, or returned",
         [each.id for each in found.checks if each.found_faults], every, population),
        ("peer-checks-in-time", "Looked at in time",
         [each.id for each in found.checks if each.in_time], [*every, *found.missed],
         f"{ended}, without those overtaken before their hour"),
    )  # fmt: skip
    alone = of_whom_alone(
        [each.checker for each in found.checks], [each.drafter for each in found.checks]
    )
    unsaid = f"Not said: {alone}"
    changed, timely = (
        ledger.told(key, label, unsaid, of, population=counted, record_kind=CHECK)
        if alone
        else ledger.rate(key, label, met, of=of, population=counted, record_kind=CHECK)
        for key, label, met, of, counted in shares
    )
    minutes = ledger.told(
        "peer-checks-minutes", MINUTES,
        minutes_words([e.seconds for e in found.checks], [e.checker for e in found.checks]), every,
        population=population, record_kind=CHECK,
    )  # fmt: skip
    bound = f"letters that went in the {facts.week.short_words} and had to be looked at first"
    went = tuple(
        ledger.count(key, label, of, n=len(found.bound), population=bound, record_kind=WENT)
        for key, label, of in (
            ("looks-required", "Went, and had to be looked at first", found.bound),
            ("looks-waived", "Went without that look: let go by name", found.waived),
            ("looks-escaped", "Went without that look: let go by nobody", found.escaped),
        )
    )
    number = ledger.count(
        "peer-checks", "Looked at", every, n=len(every), population=population, record_kind=CHECK
    )
    words = ledger.figures
    section.sentences = [_looked_at(found)]
    if alone:
        section.sentences.append(f"{capitalised(alone)}, {THEIR_OWN}")
    elif every:
        section.sentences.append(f"Changes were asked for in {words[changed].words}.")
    section.sentences += _missed(found)
    section.sentences += _let_go(found)
    rows = [(words[key].label, (key,)) for key in
            (number, changed, timely, minutes, *_not_answered(found, ledger, ended))]  # fmt: skip
    section.tables.append(
        Table(caption="Checks before sending", columns=("Checks",), rows=tuple(rows))
    )
    section.tables.append(
        Table(caption="Letters that had to be looked at first", columns=("Letters",),
              rows=tuple((words[key].label, (key,)) for key in went))
    )  # fmt: skip
    return section


def _not_answered(found: LoopFacts, ledger: Ledger, ended: str) -> list[str]:
    """Keep how many checks ended without an answer, after their hour and before it, or wait."""
    every = len(found.checks) + len(found.missed) + len(found.overtaken)
    keys = [
        ledger.count(
            key, f"{label}, the letter changed, went or was not required", of, n=every,
            population=ended, record_kind=CHECK,
        )
        for key, label, of in (
            ("peer-checks-missed", "Not looked at: after their hour had passed", found.missed),
            ("peer-checks-overtaken", "Overtaken: before their hour", found.overtaken),
        )
    ]  # fmt: skip
    late = ledger.count(
        "peer-checks-late", "Waiting past their hour", found.late, n=found.waiting,
        population="checks that waited when the report was made", record_kind=CHECK,
    )  # fmt: skip
    return [*keys, late]


def _looked_at(found: LoopFacts) -> str:
    """Say at how many letters colleagues looked, and how often where they did so again."""
    if not found.checks:
        return "No letter was looked at before it went."
    letters = len({each.letter for each in found.checks})
    often = f", {len(found.checks)} times in all," if len(found.checks) > letters else ""
    went = "it" if letters == 1 else "they"
    return f"Colleagues looked at {count_words(letters, 'letter')}{often} before {went} went."


def _missed(found: LoopFacts) -> list[str]:
    """Say how many looks nobody took by their hour, and nobody can take any more."""
    if not found.missed:
        return []
    is_one = len(found.missed) == 1
    looks = f"{count_words(len(found.missed), 'look')} {'was' if is_one else 'were'}"
    said = (
        f"{looks} not taken by {'its' if is_one else 'their'} hour, and not at all before the "
        "letter changed, went or was not required."
    )
    return [said]


def _let_go(found: LoopFacts) -> list[str]:
    """Say how many letters went without the look that they needed, if any had to have one."""
    if not found.bound:
        return []
    needed = f"{count_words(len(found.bound), 'letter')} that had to be looked at first and went"
    number = f"{len(found.waived)} was" if len(found.waived) == 1 else f"{len(found.waived)} were"
    said = [f"Of {needed}, {number} let go without, by name and with the reason."]
    if found.escaped:
        others = count_words(len(found.escaped), "letter")
        said.append(f"{others} went without, and nobody let {_them(found.escaped)} go.")
    return said


def _them(letters: Sequence[int]) -> str:
    return "it" if len(letters) == 1 else "them"


def feedback_closed(facts: ReportFacts, found: LoopFacts, ledger: Ledger) -> Section:
    """Return the section on what was told of letters before they went and of reasons."""
    section = Section(key="feedback-closed", title="Was what was told read and answered?")
    every = [each.id for each in found.parts]
    weeks = f"{POOLED_WEEKS} weeks to the {facts.week.short_words}"
    population = f"parts told by checks, and to prosecutors by markings, in the {weeks}"
    disputes = [each for each in found.parts if each.is_disputed]
    told = {each.recipient for each in found.parts}
    is_of_one = len(told) == 1 and None not in told
    read, disputed = (
        ledger.told(key, label, f"Not said: {TOLD_ALL}", every, population=population,
                    record_kind=PART)
        if is_of_one
        else ledger.rate(key, label, met, of=every, population=population, record_kind=PART)
        for key, label, met in (
            ("parts-read", "Read", [each.id for each in found.parts if each.is_read]),
            ("parts-disputed", "Disputed", [each.id for each in disputes]),
        )
    )  # fmt: skip
    key, label = "parts-decided-in-time", "Disputes decided in time, or not due yet"
    disputed_by = {each.recipient for each in disputes}
    of_disputes = f"disputed {population}"
    if is_of_one:
        decided = ledger.told(key, label, f"Not said: {TOLD_ALL}", every,
                              population=of_disputes, record_kind=PART)  # fmt: skip
    elif len(disputed_by) == 1 and None not in disputed_by:
        decided = ledger.told(key, label, f"Not said: {DISPUTED_ALL}",
                              [each.id for each in disputes],
                              population=of_disputes, record_kind=PART)  # fmt: skip
    else:
        decided = ledger.rate(key, label, [e.id for e in disputes if e.is_decided_in_time],
                              of=[each.id for each in disputes], population=of_disputes,
                              record_kind=PART)  # fmt: skip
    section.sentences = [
        f"{capitalised(TOLD_ALL)}, {THEIR_OWN}"
        if is_of_one
        else f"Of what was told, {ledger.figures[read].words} was read."
        if every
        else "Nothing was told by a check in these weeks."
    ]
    rows = [(ledger.figures[key].label, (key,)) for key in (read, disputed, decided)]
    section.tables.append(
        Table(caption="Feedback of checks and on reasons", columns=("Told",), rows=tuple(rows))
    )
    return section


def recurrence(facts: ReportFacts, found: LoopFacts, ledger: Ledger) -> Section:
    """Return the section on whether a fault came again after its author was told of it."""
    section = Section(key="recurrence", title="Did a fault come again after feedback?")
    population = f"faults that authors were told of in the year to the {facts.week.short_words}"
    by_criterion: dict[str, list[WatchFact]] = defaultdict(list)
    for each in found.watches:
        by_criterion[each.criterion].append(each)
    rows, beside = [], {}
    for key, watches in sorted(by_criterion.items()):
        once = [each for each in watches if each.is_counted]
        complete = [each for each in once if each.is_complete and each.is_shown]
        label = watches[0].label
        of_complete = (
            f"{population} by {label}, all of whose letters were looked at and whose outcome "
            "others than the author may see; those of one author that share letters once"
        )
        rate = _came_again(ledger, key, label, complete, of_complete)
        still = ledger.count(
            f"watched-{key}", f"{label}: still open",
            [each.duty for each in once if not each.is_complete], n=len(once),
            population=f"{population} by {label}; those of one author that share letters once",
            record_kind=WATCHED,
        )  # fmt: skip
        again = ledger.count(
            f"told-again-{key}", f"{label}: told again meanwhile",
            [each.duty for each in watches if not each.is_counted], n=len(watches),
            population=f"{population} by {label}", record_kind=WATCHED,
        )  # fmt: skip
        for_author = ledger.count(
            f"author-first-{key}", f"{label}: complete, for the author to see first",
            [each.duty for each in once if _is_for_author_first(each)], n=len(once),
            population=f"{population} by {label}; those of one author that share letters once",
            record_kind=WATCHED,
        )  # fmt: skip
        rows.append((label, (rate, still, for_author, again)))
        beside[rate] = complete
    once = [each for each in found.watches if each.is_counted]
    still_open = sum(not each.is_complete for each in once)
    first = sum(_is_for_author_first(each) for each in once)
    done = len(once) - still_open - first
    section.sentences = [
        f"{count_words(done, 'watch', 'watches')} of a fault {'is' if done == 1 else 'are'} "
        f"complete, and {still_open} still open."
        + (
            f" {first} more {'is' if first == 1 else 'are'} for the author to see first."
            if first
            else ""
        )
        if found.watches
        else "No fault is watched."
    ]
    if rows:
        section.tables.append(
            Table(caption="Repeat-fault rate by criterion",
                  columns=("Came again", "Still open", "For the author to see first",
                           "Told again meanwhile"),
                  rows=tuple(rows))
        )  # fmt: skip
        add_what_is_by_chance(section, ledger, facts, beside, found.letters_told)
    return section


def _came_again(
    ledger: Ledger, key: str, label: str, complete: Sequence[WatchFact], population: str
) -> str:
    """Keep the share of complete watches that saw a fault again; of one author alone no outcome."""
    key, label = f"recurred-{key}", f"{label}: came again"
    every = [each.duty for each in complete]
    share = by_author((each.author, each.is_again) for each in complete)
    if share.groups == 1:
        return ledger.unsaid(key, label, f"Not said: {OF_ONE}", every, population=population,
                             record_kind=WATCHED)  # fmt: skip
    again = [each.duty for each in complete if each.is_again]
    return ledger.clustered(key, label, share, (again, every), population=population,
                            record_kind=WATCHED)  # fmt: skip


def _is_for_author_first(watch: WatchFact) -> bool:
    return watch.is_complete and not watch.is_shown
