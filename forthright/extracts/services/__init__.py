"""The writes of the room, gathered so that other rooms need one import."""

from forthright.extracts.services.applying import Source, apply_plan
from forthright.extracts.services.undo_checks import why_not_undone
from forthright.extracts.services.undoing import (
    ask_for_undo,
    is_large,
    undo_import,
    undo_key,
)
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
    "ask_for_undo",
    "confirm_file",
    "hand_over",
    "is_large",
    "remove_forgotten",
    "see_rows",
    "undo_import",
    "undo_key",
    "why_not_undone",
]
