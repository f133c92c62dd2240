"""Which criteria of the standard a panel is asked, that has a letter's words and not its case.

A criterion that is settled by putting the letter beside the case record (who the person is and
where they are safe, the facts of the case, what they were told before, what the prosecutor noted)
cannot be judged from words in which these are hidden. Source: the guidance beside these criteria in
the standard that ships; an Area that asks something else under the same code is asked it.
"""

from collections.abc import Sequence

from forthright.rules.rubric import Criterion, published_rubric

ON_THE_RECORD = ("A1", "A2", "A9", "B5")


def asked_of_panel(criteria: Sequence[Criterion]) -> list[Criterion]:
    """Return the criteria that can be judged from the words of a letter."""
    asks = {each.code: each.question for each in published_rubric().criteria}
    return [
        each for each in criteria
        if each.code not in ON_THE_RECORD or each.question != asks[each.code]
    ]  # fmt: skip


def guidance_for_panel(criterion: Criterion) -> str:
    """Return how a criterion is judged from the words of a letter alone.

    What an Area worded anew for its line managers is shown as it is, as nobody wrote another.
    """
    rubric = published_rubric()
    asks = {each.code: (each.question, each.guidance) for each in rubric.criteria}
    is_as_published = asks.get(criterion.code) == (criterion.question, criterion.guidance)
    own = rubric.panel_guidance.get(criterion.code, "") if is_as_published else ""
    return own or criterion.guidance
