"""Whose leniency a person may see: their own first, their unit's when its marker has seen it."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission, Reach, reach_of
from forthright.calibration.models import FigureLook, LeniencyFigure, LeniencyRun


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
    """Return the newest figures of a manager's own unit, by name.

    A marker sees their figure first; the manager when they have, or after some days.
    """
    run = newest_run(user.area)
    reach = reach_of(user.role, Permission.LENIENCY_SEE) if user.is_active else None
    if run is None or reach is not Reach.UNIT or user.unit_id is None:
        return LeniencyFigure.objects.none()
    seen = FigureLook.objects.filter(figure=OuterRef("pk"), person=OuterRef("marker"))
    shown = run.figures.filter(
        Q(Exists(seen)) | Q(others_from__lte=today), unit=user.unit_id
    ).exclude(marker=user.pk)
    return shown.select_related("marker", "run").order_by("marker__full_name", "pk")


def number_kept_back(user: User, today: date) -> int:
    """Return how many figures of a manager's unit their markers have yet to see first."""
    run = newest_run(user.area)
    if run is None or reach_of(user.role, Permission.LENIENCY_SEE) is not Reach.UNIT:
        return 0
    waiting = run.figures.filter(unit=user.unit_id, others_from__gt=today)
    seen = FigureLook.objects.filter(figure__run=run, person=F("figure__marker"))
    return waiting.exclude(marker=user.pk).exclude(pk__in=seen.values("figure")).count()
