"""Works out everybody's leniency and keeps it; the marker sees it before their manager."""

from collections.abc import Collection, Hashable
from datetime import datetime, timedelta

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.calibration.models import FigureLook, LeniencyFigure, LeniencyRun
from forthright.calibration.selectors.comparing import Compared, Told, compared_in, sampled
from forthright.calibration.selectors.rounds import people_offered
from forthright.rules.leniency import Leniency, study_leniency
from forthright.rules.leniency_area import adjusted_figure
from forthright.rules.words import count_words
from forthright.standards.selectors.marking_numbers import marking_numbers_of
from forthright.web import clock

NOBODY = "too few to say (0 letters that others marked too; 10 needed)"

# To follow on a method.
LEFT_OUT = (
    " What goes to a second marker because its first marker passed it in doubt, and not by lot, is "
    "left out: it was chosen by what is compared here, so its first marker would seem lenient. "
    "Letters of calibration rounds are picked by somebody who could read how they were marked, so "
    "these first marks are left out as well: what was given without them, in the round and "
    "afterwards, is compared."
)


@transaction.atomic
def make_leniency_run(area: Area, *, by: User | None, at: datetime) -> LeniencyRun:
    """Work out how lenient everybody in an Area marks, and the Area's figure beside it."""
    today = clock.day_of(at)
    numbers = marking_numbers_of(area, today)
    since = today - timedelta(weeks=numbers["leniency_weeks"])
    compared = compared_in(area, clock.start_of(since))
    study = study_leniency(compared.given())
    sample = sampled(area, clock.start_of(since), at)
    figure = adjusted_figure(list(sample.verdicts.values()), compared.verdicts())
    run = LeniencyRun.objects.create(
        area=area, made_at=at, marks_since=since, numbers=numbers.version,
        method=study.method + LEFT_OUT + _marked_before(compared, clock.start_of(since))
        + _not_held_against(compared),
        in_common=study.in_common.words, raw_met=figure.raw.met, raw_n=figure.raw.n,
        adjusted=figure.adjusted, adjusted_low=figure.interval.low if figure.interval else None,
        adjusted_high=figure.interval.high if figure.interval else None,
        words=figure.words, area_method=figure.method + LEFT_OUT,
        reviews=compared.reviews_compared(),
    )  # fmt: skip
    _keep_figures(run, study.of_each, compared, first_days=numbers["first_days"])
    audit.record("leniency.worked_out", run, by=by, at=at, numbers=numbers.version,
                 letters=len(run.reviews))  # fmt: skip
    return run


@transaction.atomic
def leniency_run_of_day(area: Area, *, by: User | None, at: datetime) -> LeniencyRun:
    """Return what was worked out on the day already, or work it out; a job may be run twice."""
    Area.objects.select_for_update().get(pk=area.pk)
    today = clock.start_of(clock.day_of(at))
    made = LeniencyRun.objects.filter(area=area, made_at__gte=today, made_at__lte=at).first()
    return made or make_leniency_run(area, by=by, at=at)


@transaction.atomic
def see_figures(figures: Collection[LeniencyFigure], *, by: User, at: datetime) -> None:
    """Record who saw which markers' figures, once for each figure, and that the page was seen."""
    for figure in figures:
        FigureLook.objects.get_or_create(figure=figure, person=by, defaults={"seen_at": at})
    audit.record("leniency.seen", by=by, at=at, area=by.area,
                 figures=[each.pk for each in figures])  # fmt: skip


def _marked_before(compared: Compared, since: datetime) -> str:
    """Say, to follow on the method, how much of what is compared was given before the time named.

    A mark of before counts in its marker's figure, and the page is not to name a time it is not of.
    """
    if not (number := compared.markings_before(since)):
        return ""
    markings = sum(marker is not None for _, marker in compared.given_at)
    return (
        f" All marks of a letter that was marked again in that time count, for whoever gave them: "
        f"{number} of {count_words(markings, 'marking')} {'was' if number == 1 else 'were'} given "
        "before it."
    )


def _not_held_against(compared: Compared) -> str:
    """Say, to follow on the method, of how many letters nothing is held against agreed marks."""
    said = ""
    for number, why in (
        (compared.by_one, "that one person alone had finished"),
        (compared.wrong, "that were found wrong"),
    ):
        if number:
            said += (
                f" The agreed marks of {count_words(number, 'letter')} {why} are left out; "
                "before, they were held against what others gave."
            )
    return said


def _still_told(before: LeniencyRun | None, compared: Compared) -> dict[Hashable, Told]:
    """Return by marker the change of which the run before told, while its letters are compared."""
    if before is None:
        return {}
    told = {
        each.marker_id: Told(each.drift, each.look_at, each.look_at_rounds)
        for each in before.figures.exclude(drift="")
    }
    return {marker: each for marker, each in told.items() if compared.still_compares(marker, each)}


def _keep_figures(
    run: LeniencyRun, of_each: Collection[Leniency], compared: Compared, *, first_days: int
) -> None:
    known = {each.marker: each for each in of_each}
    earlier = LeniencyRun.objects.filter(area=run.area, made_at__lt=run.made_at)
    before = earlier.order_by("-made_at", "-pk").first()
    drifts = _still_told(before, compared) | compared.drifts(
        run.made_at, before.made_at if before else None
    )
    for person in people_offered(run.area):
        found = known.get(person.pk)
        told = drifts.get(person.pk, Told("", [], []))
        is_shown = found is not None and found.value is not None
        LeniencyFigure.objects.create(
            run=run, area=run.area, unit_id=person.unit_id, marker=person,
            letters=found.letters if found else 0,
            value=found.value if found else None,
            low=found.interval.low if found and found.interval else None,
            high=found.interval.high if found and found.interval else None,
            words=found.words if found else NOBODY,
            drift=told.words if is_shown else "",
            look_at=told.look_at if is_shown else [],
            look_at_rounds=told.look_at_rounds if is_shown else [],
            others_from=clock.day_of(run.made_at) + timedelta(days=first_days),
        )  # fmt: skip
