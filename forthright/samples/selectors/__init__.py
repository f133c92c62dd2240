"""The reads of the room, gathered so that other rooms need one import."""

from forthright.samples.selectors.coverage import coverage_of, letters_counted
from forthright.samples.selectors.draws import (
    draw_for,
    drawn_letter_for,
    drawn_letters_visible_to,
    draws_of_week,
    draws_visible_to,
    last_ended_week,
    letters_of,
    letters_to_mark,
    letters_without_marker,
    marked_before,
    next_week_to_draw,
    plans_in_week,
    since_drawn_of,
    whole_draw_for,
)
from forthright.samples.selectors.frames import drafter_code, reference_of
from forthright.samples.selectors.frozen import NotAsDrawn, faults_of
from forthright.samples.selectors.hands import hands_of, hands_on
from forthright.samples.selectors.plans import (
    active_plans,
    drawn_instead_by,
    first_week_of,
    plan_for,
    plans_visible_to,
    unit_held_to,
    version_in_use,
    versions_in_use,
    worth_of,
)

__all__ = [
    "NotAsDrawn",
    "active_plans",
    "coverage_of",
    "drafter_code",
    "draw_for",
    "drawn_instead_by",
    "drawn_letter_for",
    "drawn_letters_visible_to",
    "draws_of_week",
    "draws_visible_to",
    "faults_of",
    "first_week_of",
    "hands_of",
    "hands_on",
    "last_ended_week",
    "letters_counted",
    "letters_of",
    "letters_to_mark",
    "letters_without_marker",
    "marked_before",
    "next_week_to_draw",
    "plan_for",
    "plans_in_week",
    "plans_visible_to",
    "reference_of",
    "since_drawn_of",
    "unit_held_to",
    "version_in_use",
    "versions_in_use",
    "whole_draw_for",
    "worth_of",
]
