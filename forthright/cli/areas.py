"""Which Area a command is about."""

from forthright.accounts.models import Area
from forthright.cli.refusals import stop

NO_AREA = (
    "There is no Area yet. Make one with its first administrator; type:\n"
    "  .venv/bin/python manage.py found_area 'Name of the Area' you@example.org 'Your Name'"
)


def area_named(name: str) -> Area:
    """Return the Area of that name, or the only one there is; otherwise stop with the names."""
    areas = list(Area.objects.order_by("name"))
    found = [area for area in areas if name.lower() in {"", area.name.lower()}]
    if len(found) == 1:
        return found[0]
    if not areas:
        stop(NO_AREA)
    names = ", ".join(area.name for area in areas)
    problem = (
        f"There is no Area called “{name}”. There is" if name else "Say which Area with --area"
    )
    return stop(f"{problem}: {names}.")
