"""The reads of the room, gathered so that other rooms need one import."""

from forthright.schemes.selectors.area_clock import (
    AreaClock,
    AreaNotStarted,
    NoRulesInForce,
    area_clock,
    calendar_of,
    calendar_warning_for,
    clock_rules_of,
    rule_sets_of,
)
from forthright.schemes.selectors.duties import (
    Waiting,
    decisions_with_nobody_to_tell,
    duties_due_in_week,
    duties_visible_to,
    duties_waiting,
    duty_for,
)
from forthright.schemes.selectors.stages import (
    came_back_of,
    in_post_of,
    reopened_of,
    stage_awaited,
    stage_lines,
    times_of,
)

__all__ = [
    "AreaClock",
    "AreaNotStarted",
    "NoRulesInForce",
    "Waiting",
    "area_clock",
    "calendar_of",
    "calendar_warning_for",
    "came_back_of",
    "clock_rules_of",
    "decisions_with_nobody_to_tell",
    "duties_due_in_week",
    "duties_visible_to",
    "duties_waiting",
    "duty_for",
    "in_post_of",
    "reopened_of",
    "rule_sets_of",
    "stage_awaited",
    "stage_lines",
    "times_of",
]
