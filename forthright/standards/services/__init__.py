"""The acts of the room, gathered so that other rooms need one import."""

from forthright.standards.services.check_sets import check_set_used
from forthright.standards.services.editions import (
    CriterionWords,
    DraftExists,
    EditionHasProblems,
    adopt_edition,
    adoption_problems,
    change_criterion,
    copy_edition,
    discard_draft,
    start_area_standards,
)

__all__ = [
    "CriterionWords",
    "DraftExists",
    "EditionHasProblems",
    "adopt_edition",
    "adoption_problems",
    "change_criterion",
    "check_set_used",
    "copy_edition",
    "discard_draft",
    "start_area_standards",
]
