"""Which Area, and which case, a command is about."""

from collections.abc import Iterable

import typer
from django.db.models import QuerySet

from forthright.accounts.models import Area
from forthright.cases.models import Case
from forthright.cases.selectors import WhichCase, the_case
from forthright.cli.refusals import WRONG_USE, stop
from forthright.rules.urn import NotAUrn
from forthright.rules.written import as_compared

NO_AREA = (
    "There is no Area yet. Make one with its first administrator; type:\n"
    "  .venv/bin/python manage.py found_area 'Name of the Area' you@example.org 'Your Name'"
)


def area_named(name: str) -> Area:
    """Return the Area of that name, or the only one there is.

    :raises typer.BadParameter: if none or several could be meant: wrong use, with every name
    :raises typer.Exit: if there is no Area yet, after saying how to make one
    """
    areas = list(Area.objects.order_by("name"))
    if not areas:
        stop(NO_AREA)
    return area_among(areas, name)


def area_among(areas: Iterable[Area], name: str) -> Area:
    """Return the one of some Areas that a name means, or the only one where none is named.

    :raises typer.BadParameter: if none or several could be meant: wrong use, with every name
    """
    known = list(areas)
    found = [area for area in known if as_compared(name) in {"", as_compared(area.name)}]
    # Areas founded before names were compared so may differ in case alone.
    found = [area for area in found if area.name == name] or found
    if len(found) == 1:
        return found[0]
    names = ", ".join(area.name for area in known) or "none yet"
    why = f"“{name}” is none of the Areas" if name else "say which of the Areas"
    raise typer.BadParameter(f"{why}: {names}", param_hint="--area")


def case_named(cases: "QuerySet[Case]", written: str) -> Case | None:
    """Return the one case of these that a URN means, or None where none of them has it.

    :raises typer.Exit: if it is no URN, or does not say which of several: wrong use, with each name
    """
    try:
        return the_case(cases, written)
    except (NotAUrn, WhichCase) as refusal:
        stop(str(refusal), WRONG_USE)
