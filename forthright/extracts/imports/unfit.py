"""What makes a cell unfit to be read in its column at all, and how long each may be."""

from typing import Any

from forthright.cases.models import Case, Decision, Defendant, PersonToTell
from forthright.extracts.imports.cells import fault_in, fault_in_number
from forthright.extracts.imports.values import NotReadable
from forthright.schemes.models import Duty
from forthright.table_files import limits

REFERENCES = {"urn", "person_reference", "defendant_reference", "decision_reference"}


def _length(model: type[Any], name: str) -> int:
    return int(model._meta.get_field(name).max_length)


LONGEST = {
    "lead_offence": _length(Case, "lead_offence"),
    "person_reference": _length(PersonToTell, "reference"),
    "person_name": 200,
    "person_title": _length(PersonToTell, "title"),
    "person_given_names": _length(PersonToTell, "given_names"),
    "person_family_name": _length(PersonToTell, "family_name"),
    "preferred_name": _length(PersonToTell, "preferred_name"),
    "email": _length(PersonToTell, "email"),
    "phone": _length(PersonToTell, "phone"),
    "language": _length(PersonToTell, "language"),
    "defendant_reference": _length(Defendant, "reference"),
    "defendant_name": 100,
    "decision_reference": _length(Decision, "reference"),
    "prosecutor": _length(Decision, "made_by_name"),
    "drafter": _length(Duty, "drafter_name"),
}


def fault_in_column(name: str, cell: Any) -> NotReadable | None:
    """Return what makes a cell unfit to be read at all: its length, or what no text holds."""
    if name in REFERENCES and (lost := fault_in_number(cell)):
        return lost
    if not isinstance(cell, str):
        return None
    if len(cell) > limits.CELL_CHARACTERS:
        return NotReadable(
            f"The cell holds {len(cell):,} characters; the most is {limits.CELL_CHARACTERS:,}.",
            "A whole document may have been pasted into it. Shorten it.",
        )
    if len(cell) > LONGEST.get(name, limits.CELL_CHARACTERS):
        return NotReadable(
            f"“{cell[:40]}…” is {len(cell)} characters long; the most is {LONGEST[name]}.",
            "Shorten it, or check that the columns have not slipped.",
        )
    return fault_in(cell)
