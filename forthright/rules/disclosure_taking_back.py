"""When what was recorded of a service, a notice or a statement may be taken back: it never was."""

from collections.abc import Sequence

from forthright.rules.words import count_words, list_words


def why_no_service_back(*, is_first: bool, later: int, statements: Sequence[str]) -> str:
    """Say why a service stays as it is recorded until something else is taken back.

    The first service carries all that came after it; a later one carries nothing.

    :param later: how many services were recorded after it
    :param statements: what is recorded of the defence statement since, each in words
    :returns: what to take back first; nothing where it may be taken back
    """
    if not is_first:
        return ""
    rests = [f"{count_words(later, 'later service')}"] if later else []
    if not (rests := [*rests, *statements]):
        return ""
    return (
        f"This was the first service, and what was recorded after it rests on it: "
        f"{list_words(rests)}. Where none of that was so for this defendant either, take it back "
        "first, each by itself; then this."
    )
