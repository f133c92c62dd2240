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

__all__ = [
    "AreaClock",
    "AreaNotStarted",
    "NoRulesInForce",
    "area_clock",
    "calendar_of",
    "calendar_warning_for",
    "clock_rules_of",
    "rule_sets_of",
]
