"""The acts of the room, gathered so that other rooms need one import."""

from forthright.standards.services.check_sets import (
    Proposal,
    SetRefused,
    adopt_set,
    check_proposal,
    check_set_used,
    propose_set,
    take_back_set,
)
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
    "Proposal",
    "SetRefused",
    "adopt_edition",
    "adopt_set",
    "adoption_problems",
    "change_criterion",
    "check_proposal",
    "check_set_used",
    "copy_edition",
    "discard_draft",
    "propose_set",
    "start_area_standards",
    "take_back_set",
]
