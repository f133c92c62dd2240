"""The rungs of one recording until it is classified: whether each is reached, and why not."""

from forthright.rules.media_facts import Classification, ItemFacts
from forthright.rules.media_rungs import Rung, Step
from forthright.rules.words import count_words, date_words


def steps_to_classified(item: ItemFacts, *, is_with_all: bool = False) -> tuple[Step, ...]:
    """Return the rungs that a recording climbs before it can be shared.

    :param is_with_all: everybody who must have it has it, so that nobody needs it here any more
    """
    return (
        _received(item, is_with_all=is_with_all),
        _readable(item),
        Step(
            rung=Rung.DESCRIBED,
            reached=item.is_described,
            why="" if item.is_described else "It does not say what the recording shows.",
        ),
        Step(rung=Rung.VIEWED, reached=item.is_viewed, why=_viewed_words(item)),
        Step(
            rung=Rung.CLASSIFIED,
            reached=item.classification is not Classification.NOT_ASSESSED,
            why=_classified_words(item),
        ),
    )


def _received(item: ItemFacts, *, is_with_all: bool) -> Step:
    if item.is_received and item.gone:
        # It came, and how a case stood by its hearing goes by that; what is left to do cannot be.
        is_needed = item.is_waited_for and not is_with_all
        ask = f" {_ask_for_gone(item)}" if is_needed else ""
        return Step(rung=Rung.RECEIVED, reached=not is_needed, why=f"{item.gone}{ask}")
    why = "Asked for." if item.is_requested else "Named, and never asked for."
    if item.is_taken_up:
        why = "Taken up again, and not asked for since."
    return Step(rung=Rung.RECEIVED, reached=item.is_received, why="" if item.is_received else why)


def _ask_for_gone(item: ItemFacts) -> str:
    """Say how what is not here any more is had anew: what was decided of it is to stand."""
    if item.classification is Classification.NOT_ASSESSED:
        return "Ask for it again."
    if item.is_second_asked:
        return "A second copy of the same was asked for."
    return "Ask for a second copy of the same."


def _readable(item: ItemFacts) -> Step:
    why = {
        None: "Nobody has tried whether it plays.",
        False: "It does not play here: the police are asked for another copy.",
        True: "",
    }[item.is_readable]
    return Step(rung=Rung.READABLE, reached=item.is_readable is True, why=why)


def _viewed_words(item: ItemFacts) -> str:
    if item.viewed_on is None:
        return "No prosecutor has seen or heard it."
    viewed = f"Viewed on {date_words(item.viewed_on)}."
    if not item.unviewed:
        return viewed
    came = count_words(item.unviewed, "file has", "files have")
    return f"{viewed} Since then {came} come that nobody has viewed, or not all: view what is new."


def _classified_words(item: ItemFacts) -> str:
    kind = item.classification
    if item.is_barred and kind is Classification.NOT_ASSESSED:
        return f"{kind.words} anew. It was sensitive, and goes to nobody until it is."
    return f"{kind.words}."
