"""Whose leniency a person may see: their own first, their unit's when its marker has seen it."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission, Reach, reach_of
from forthright.calibration.models import FigureLook, LeniencyFigure, LeniencyRun
from forthright.calibration.selectors.comparing import Sampled, sampled
from forthright.reviews.models import Review
from forthright.reviews.selectors.lists import number_to_mark_blind, reviews_visible_to
from forthright.rules.figures import Proportion
from forthright.rules.weekly_report.trust import VERSION as TRUST_RULES
from forthright.rules.weekly_report.trust import adjusted_words, editions_words
from forthright.web import clock


def newest_run(area: Area) -> LeniencyRun | None:
    """Return what was worked out last for an Area, if anything."""
    return LeniencyRun.objects.filter(area=area).first()


def own_figure(user: User) -> LeniencyFigure | None:
    """Return this person's own newest figure, if they have one."""
    run = newest_run(user.area)
    return run.figures.filter(marker=user.pk).select_related("run").first() if run else None


def own_figure_not_seen(user: User) -> LeniencyFigure | None:
    """Return this person's own newest figure, where it says something and they have not seen it."""
    figure = own_figure(user)
    if figure is None or figure.value is None:
        return None
    return None if figure.looks.filter(person=user.pk).exists() else figure


def figures_of_unit(user: User, today: date) -> QuerySet[LeniencyFigure]:
    """Return the newest figures that may be shown of a manager's own unit, by name.

    A marker sees their figure first; the manager when they have, or after some days. Until then
    the manager sees the one before: a new one each week would else always hide the last. Whose unit
    somebody is of is asked today, not when their figure was worked out.
    """
    run = newest_run(user.area)
    reach = reach_of(user.role, Permission.LENIENCY_SEE) if user.is_active else None
    if run is None or reach is not Reach.UNIT or user.unit_id is None:
        return LeniencyFigure.objects.none()
    seen = FigureLook.objects.filter(figure=OuterRef("pk"), person=OuterRef("marker"))
    newest = LeniencyFigure.objects.filter(
        Q(Exists(seen)) | Q(others_from__lte=today), area=run.area_id, marker=OuterRef("marker")
    ).order_by("-run__made_at", "-run__pk")
    of_unit = run.figures.filter(marker__unit=user.unit_id).exclude(marker=user.pk)
    shown = of_unit.annotate(shown=Subquery(newest.values("pk")[:1])).values("shown")
    found = LeniencyFigure.objects.filter(pk__in=shown).select_related("marker", "run")
    return found.order_by("marker__full_name", "pk")


def number_kept_back(user: User, today: date) -> int:
    """Return how many figures of a manager's unit their markers have yet to see first."""
    run = newest_run(user.area)
    if run is None or reach_of(user.role, Permission.LENIENCY_SEE) is not Reach.UNIT:
        return 0
    waiting = run.figures.filter(marker__unit=user.unit_id, others_from__gt=today)
    seen = FigureLook.objects.filter(figure__run=run, person=F("figure__marker"))
    return waiting.exclude(marker=user.pk).exclude(pk__in=seen.values("figure")).count()


def sampled_of(run: LeniencyRun) -> Sampled:
    """Return the letters of the random samples that the Area's shares of a run are of."""
    return sampled(run.area, clock.start_of(run.marks_since), run.made_at)


def area_figures(run: LeniencyRun, of: Sampled) -> dict[str, str]:
    """Return the Area's share as marked and adjusted, in words, with number and interval."""
    return {
        "raw_words": Proportion(run.raw_met, run.raw_n).words(),
        "adjusted_words": adjusted_words(
            run.raw_n, run.adjusted, run.adjusted_low, run.adjusted_high
        ),
        "editions_words": editions_words(of.edition, of.other_editions),
        "rules_words": f"{TRUST_RULES}, numbers {run.numbers}",
    }


def to_mark_blind(of: Sampled, user: User) -> int:
    """Return how many letters behind the Area's shares this person has yet to mark blind.

    While there is one, they see neither share: of a few letters it tells how each was marked.
    """
    return number_to_mark_blind(user, Q(pk__in=of.verdicts))


def letters_sampled(of: Sampled, user: User) -> tuple[list[tuple[Review, bool]], int]:
    """Return the markings behind the Area's shares that a person may see, and how many besides.

    Beside each stands whether its letter fully meets the standard. Who has yet to mark one of them
    blind is to be shown none.
    """
    found = of.verdicts
    visible = reviews_visible_to(user).filter(pk__in=found)
    rows = visible.select_related("drawn_letter__duty__case", "unit").order_by("marked_at", "pk")
    return [(each, found[each.pk].is_met) for each in rows], len(found) - len(rows)
