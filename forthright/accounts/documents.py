"""Writes the table of permissions as a page that people can read."""

from forthright.accounts.models import Role
from forthright.accounts.permissions import COVERED, DEPUTIES, TABLE, Permission, Reach

REACHES = {Reach.OWN: "own", Reach.UNIT: "unit", Reach.AREA: "Area"}


def permissions_page() -> str:
    """Return the page docs/reference/permissions.md."""
    lines = [
        "# Who may do what",
        "",
        "This page is written from `forthright/accounts/permissions.py` by",
        "`scripts/write_reference.py`; change the table there, not here.",
        "",
        "- **own**: what this person drafted, marked or was told",
        "- **unit**: the person's unit; for the Victim Liaison Unit, every letter it writes",
        "- **Area**: the whole Area; nobody sees into another",
        "",
        "## By what is done",
        "",
    ]
    for permission in Permission:
        lines += [f"### {permission.value.capitalize()}", ""]
        lines += [line_of(permission), ""]
    lines += [*lines_of_deputies(), "## By role", "", *sections_by_role()]
    return "\n".join(lines).rstrip() + "\n"


def line_of(permission: Permission) -> str:
    """Return the roles that hold a permission, by how far it reaches."""
    words = []
    for reach in (Reach.AREA, Reach.UNIT, Reach.OWN):
        roles = [Role(role).label for role in TABLE if TABLE[role].get(permission) is reach]
        if roles:
            words.append(f"{REACHES[reach]}: {', '.join(roles)}")
    return ". ".join(words) + "." if words else "Nobody."


def lines_of_deputies() -> list[str]:
    """Return what a deputy may do besides, in the unit and on the days of a cover."""
    roles = ", ".join(role.label for role in DEPUTIES)
    whoever = (
        f"Whoever covers for a legal SPOC ({roles}) may do these things besides, in the unit and "
        "on the days of the cover:"
    )
    allowed = [f"- {each.value}" for each in Permission if each in COVERED]
    return [
        "## As a deputy",
        "",
        whoever,
        "",
        *allowed,
        "",
    ]


def sections_by_role() -> list[str]:
    """Return each role with all it may do."""
    lines: list[str] = []
    for role in Role:
        lines += [f"### {role.label}", "", "| may | how far |", "| --- | --- |"]
        lines += [f"| {what.value} | {REACHES[reach]} |" for what, reach in TABLE[role].items()]
        lines.append("")
    return lines
