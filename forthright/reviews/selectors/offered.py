"""Which levels each criterion may have for what was marked, by what the record says of it."""

from collections.abc import Mapping

from forthright.reviews.models import Review
from forthright.reviews.selectors.screen import decided_of
from forthright.rules.applicability import levels_offered
from forthright.rules.rubric import Level
from forthright.rules.words import list_words
from forthright.standards.selectors import rubric_of


def levels_offered_for(review: Review) -> dict[str, list[Level]]:
    """Return by code the levels that each criterion may have for what was marked, by the record."""
    criteria = rubric_of(review.edition).quality_criteria
    decided = decided_of(review.drawn_letter, criteria)
    return {each.code: levels_offered(each, decided.get(each.code)) for each in criteria}


def not_offered(review: Review, levels: Mapping[str, str]) -> tuple[str, ...]:
    """Say, a sentence each, which of these levels the record does not allow; nothing: all do.

    What the record says may have been put right since a level was kept.
    """
    offered = levels_offered_for(review)
    return tuple(
        f"{code}: “{Level(level).words}” is ruled out by what the record says now. Choose "
        f"{list_words([f'“{each.words}”' for each in offered[code]], joined_by='or')}."
        for code, level in levels.items()
        if code in offered and level not in offered[code]
    )
