"""The reads of the room, gathered so that other rooms need one import."""

from forthright.peer_checks.selectors.lists import (
    came_back_to,
    check_for,
    checks_given_on_by,
    checks_of_letter,
    checks_to_do,
    checks_visible_to,
    done_by,
    given_stamp,
    may_see_findings,
    waiting_for_nobody,
    with_somebody_away,
)
from forthright.peer_checks.selectors.parts import (
    disputes_waiting,
    part_disputed_for,
    part_for,
    parts_to,
    parts_to_read,
    writer_of_reasons,
)
from forthright.peer_checks.selectors.sheet import (
    LevelKept,
    PeerSheet,
    findings_of,
    levels_kept,
    sheet_of,
)
from forthright.peer_checks.selectors.unit import UnitFigures, unit_figures

__all__ = [
    "LevelKept",
    "PeerSheet",
    "UnitFigures",
    "came_back_to",
    "check_for",
    "checks_given_on_by",
    "checks_of_letter",
    "checks_to_do",
    "checks_visible_to",
    "disputes_waiting",
    "done_by",
    "findings_of",
    "given_stamp",
    "levels_kept",
    "may_see_findings",
    "part_disputed_for",
    "part_for",
    "parts_to",
    "parts_to_read",
    "sheet_of",
    "unit_figures",
    "waiting_for_nobody",
    "with_somebody_away",
    "writer_of_reasons",
]
