"""What is said beside the ladder of a case that no rung says."""

from collections.abc import Sequence
from datetime import date

from forthright.rules.media_facts import CaseFacts, ItemFacts
from forthright.rules.media_parties import pressing, taking_over
from forthright.rules.media_rungs import Standing
from forthright.rules.words import date_words, list_words


def notes_of(case: CaseFacts, today: date) -> tuple[str, ...]:
    """Say what no rung says: a hearing that is only expected, and who has no solicitor."""
    said = []
    if case.hearing_on is None:
        said.append("No hearing date is recorded.")
    elif case.is_estimated:
        said.append("The court has not listed the hearing: the day is counted from sending.")
    for each in case.defendants:
        if each.ended_on is not None:
            said.append(
                f"The case has ended for {each.name}, on {date_words(each.ended_on)}: nothing is "
                "owed to them."
            )
        elif each.said_to_end:
            said.append(
                f"{each.said_to_end}. Until somebody records that it has ended for {each.name}, "
                "they count as a defendant, and what is relied on is owed to them."
            )
    alone = [
        each.name for each in case.defendants if each.is_unrepresented and each.ended_on is None
    ]
    if alone:
        said.append(
            f"{list_words(alone)} has nobody to represent them: settle how they see what is "
            "relied on."
        )
    return (*said, *taking_over(case, today))


def notes_of_items(
    items: Sequence[ItemFacts], case: CaseFacts, today: date
) -> tuple[str, ...]:  # fmt: skip
    """Say of each recording that is waited for what its rung alone would hide in a list."""
    return tuple(f"{each.name}: {words}" for each in items for words in pressing(each, case, today))


def notes_since(
    case: CaseFacts, standing: Standing, now: Standing, today: date
) -> tuple[str, ...]:  # fmt: skip
    """Say as of which day a case stands so, where it would stand otherwise by what is so now."""
    if case.then is None or (on := case.then.hearing_on) is None or standing is now:
        return ()
    if on == today:
        said = (
            "For whom the case ended today, on the day of the hearing, was a defendant at it, so "
            f"that for the hearing it is {_in_a_sentence(standing)}. Nothing is owed to them now."
        )
        return (said,)
    stood = "had ended" if standing is Standing.ENDED else f"was {_in_a_sentence(standing)}"
    said = (
        f"At the end of the day of the hearing, {date_words(on)}, the case {stood}. What changed "
        "since does not change that; what is to be done now is said of each recording."
    )
    return (said,)


def _in_a_sentence(standing: Standing) -> str:
    return standing.words[0].lower() + standing.words[1:]
