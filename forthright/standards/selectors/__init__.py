"""The reads of the room, gathered so that other rooms need one import."""

from forthright.standards.selectors.check_sets import (
    CheckRules,
    check_rules_of,
    contents_in_force,
    label_of,
    proposed_set,
    rules_of_set,
    rules_with_digest,
    set_for,
    sets_visible_to,
    weakened_in,
)
from forthright.standards.selectors.editions import (
    MARKED_LEVELS,
    Difference,
    criteria_of,
    criterion_for,
    differences_between,
    draft_of,
    edition_for,
    edition_in_force,
    editions_visible_to,
    rubric_of,
)

__all__ = [
    "MARKED_LEVELS",
    "CheckRules",
    "Difference",
    "check_rules_of",
    "contents_in_force",
    "criteria_of",
    "criterion_for",
    "differences_between",
    "draft_of",
    "edition_for",
    "edition_in_force",
    "editions_visible_to",
    "label_of",
    "proposed_set",
    "rubric_of",
    "rules_of_set",
    "rules_with_digest",
    "set_for",
    "sets_visible_to",
    "weakened_in",
]
