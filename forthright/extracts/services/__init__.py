"""The writes of the room, gathered so that other rooms need one import."""

from forthright.extracts.services.applying import Source, apply_plan
from forthright.extracts.services.undoing import undo_import, why_not_undone
from forthright.extracts.services.waiting import (
    abandon_file,
    confirm_file,
    hand_over,
    remove_forgotten,
    see_rows,
)

__all__ = [
    "Source",
    "abandon_file",
    "apply_plan",
    "confirm_file",
    "hand_over",
    "remove_forgotten",
    "see_rows",
    "undo_import",
    "why_not_undone",
]
