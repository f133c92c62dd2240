"""How recordings reach people: beside the hearings, and what stands in the way."""

from forthright.rules.figures import Better
from forthright.rules.media_backlog import Came, RecordingFact
from forthright.rules.weekly_report.pieces import Section, Table
from forthright.rules.weekly_report.register_counts import (
    DISC,
    POOLED_WEEKS,
    RegisterCounts,
    shared_by_case,
)
from forthright.rules.weekly_report.trends import (
    CHARTED_WEEKS,
    Counted,
    Trend,
    WeekCount,
    are_enough,
)
from forthright.rules.weeks import Week, weeks_between

WAY = "recordings beside their hearings, 7"
HEARINGS = Counted(
    noun="recording", which="relied on", is_by_case=True,
    none="No hearing with a recording relied on was in the week of this report",
    population="recordings relied on in cases whose listed PTPH was in each week",
)  # fmt: skip


def hearing_table(counts: RegisterCounts) -> Table:
    """Return when recordings relied on were with everybody, beside the week's hearings."""
    held = counts.held.get(counts.week, [])
    early = counts.register.early_days
    came = {each: [r.id for r in held if r.came(early) is each] for each in Came}
    rows = (
        ("early", f"With everybody {early} days before it or earlier", came[Came.EARLY]),
        ("before", f"With everybody before it, by less than {early} days", came[Came.BEFORE]),
        ("late", "With everybody on its day or after it", came[Came.LATE]),
        ("not", "Not yet with everybody", came[Came.NOT]),
        ("opened", "Opened by everybody before it",
         [each.id for each in held if each.was_opened_before]),
    )  # fmt: skip
    return Table(
        caption=f"Recordings relied on, hearings of the {counts.week.short_words}",
        columns=("Share",),
        rows=(
            *(
                (label, (counts.rate(f"hearing-{key}", f"Beside the hearing: {label.lower()}", ids,
                                    of=held, population=_of_hearings(counts.week)),))
                for key, label, ids in rows
            ),
            _never_assessed(counts, len(held)),
        ),
    )  # fmt: skip


def _never_assessed(counts: RegisterCounts, relied_on: int) -> tuple[str, tuple[str]]:
    """Return how many are in none of the shares, because nobody said what they are.

    Without them a case of which nothing was looked at in time would not be seen here.
    """
    ids = [each.id for each in counts.unassessed.get(counts.week, [])]
    label = "Not assessed, so in none of these shares"
    key = counts.count(
        "hearing-unassessed", f"Beside the hearing: {label.lower()}", ids,
        n=relied_on + len(ids),
        of="recordings relied on or not assessed in cases whose listed PTPH was in the "
        f"{counts.week.short_words}",
    )  # fmt: skip
    return label, (key,)


def hindrance_table(counts: RegisterCounts) -> Table:
    """Return what keeps recordings from people: what does not play, links, discs."""
    tried = counts.tried
    discs = counts.register.discs
    every, of_discs = [each.id for each in discs], "discs and sticks registered and not ended"
    lost = [each.id for each in counts.stock if each.is_link_lost]
    unopened = [each.id for each in counts.stock if each.is_unopened]
    missing = [each.id for each in discs if each.is_missing]
    over = [each.id for each in discs if each.is_over]
    unknown = [each.id for each in discs if each.is_unknown]
    rows = (
        (
            f"Received in {POOLED_WEEKS} weeks and not in playable format",
            counts.rate("unplayable", "Not in playable format",
                       counts.unplayable(tried), of=tried,
                       population=counts.of_tried),
        ),
        (
            "A link of the police that expired with nothing kept",
            counts.count("lost", "Link of the police expired, nothing kept", lost,
                        n=len(counts.stock), of=counts.of_stock),
        ),
        (
            "A link to a party that expired, or that wrong codes closed, unopened",
            counts.count("unopened", "Link to a party expired or closed unopened", unopened,
                        n=len(counts.stock), of=counts.of_stock),
        ),
        *(
            (label, counts.count(key, label, ids, n=len(every), of=of_discs, kind=DISC))
            for key, label, ids in (
                ("discs", "Discs and sticks not returned, destroyed or written off", every),
                ("discs-over", "Of which no hearing is to come", over),
                ("discs-unknown", "Of which nobody recorded what is on them", unknown),
                ("discs-missing", "Of which missing", missing),
            )
        ),
    )  # fmt: skip
    return Table(
        caption="What stands in the way", columns=("Number",),
        rows=tuple((label, (key,)) for label, key in rows),
    )  # fmt: skip


def add_charts(counts: RegisterCounts, section: Section) -> None:
    """Add the charts beside the hearings, each week's share with its records."""
    last = counts.last_whole_week
    by_week = {
        week: held
        for week in weeks_between(last.plus(1 - CHARTED_WEEKS), last)
        if (held := counts.held.get(week, []))
    }
    early = counts.register.early_days
    measures = (
        ("before", "Recordings relied on that were with everybody before the hearing",
         {w: [r.id for r in held if is_before(r, early)] for w, held in by_week.items()}),
        ("opened-before", "Recordings relied on that everybody opened before the hearing",
         {w: [r.id for r in held if r.was_opened_before] for w, held in by_week.items()}),
    )  # fmt: skip
    for key, title, met in measures:
        weeks = [
            WeekCount(
                week=week, count=len(met[week]), n=len(held), rules=WAY,
                shared=tuple(shared_by_case(met[week], held).items()), things="recordings",
            )
            for week, held in by_week.items()
        ]  # fmt: skip
        if not are_enough(weeks):
            section.sentences.append(HEARINGS.too_few)
            return
        for week, held in by_week.items():
            counts.rate(f"{key}-{week}", f"{title}, {week.short_words}", met[week], of=held,
                       population=_of_hearings(week))  # fmt: skip
        chart, lead = Trend(f"recordings-{key}", title, Better.UP, HEARINGS).over(
            weeks, counts.facts, counts.ledger.rules
        )
        section.control_charts.append(chart)
        section.sentences.append(lead)


def is_before(recording: RecordingFact, early_days: int) -> bool:
    """Say whether a recording was with everybody before its hearing."""
    return recording.came(early_days) in (Came.EARLY, Came.BEFORE)


def _of_hearings(week: Week) -> str:
    return f"recordings relied on in cases whose listed PTPH was in the {week.short_words}"
