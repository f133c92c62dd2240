"""Whether more of a letter is hidden than was, and nothing of what was hidden can be read again.

Places are pairs of start and end in the words of one letter, counted in letters from nought.
"""

from collections.abc import Iterable

Stretch = tuple[int, int]


def shown_again(text: str, before: Iterable[Stretch], now: Iterable[Stretch]) -> list[str]:
    """Return what was hidden before and can be read now, as it stands in the letter."""
    return _words_in(text, _covered(text, before) - _covered(text, now))


def hidden_since(text: str, before: Iterable[Stretch], now: Iterable[Stretch]) -> list[str]:
    """Return what is hidden now and could be read before, as it stands in the letter."""
    return _words_in(text, _covered(text, now) - _covered(text, before))


def _covered(text: str, places: Iterable[Stretch]) -> set[int]:
    """Return where a letter or a figure is hidden; blanks and stops say nothing of anybody."""
    return {at for start, end in places for at in range(start, end) if text[at : at + 1].isalnum()}


def _words_in(text: str, letters: set[int]) -> list[str]:
    """Return the stretches that these letters make, with the blanks and stops between them."""
    found: list[list[int]] = []
    for at in sorted(letters):
        if found and not any(each.isalnum() for each in text[found[-1][1] : at]):
            found[-1][1] = at + 1
        else:
            found.append([at, at + 1])
    return [text[start:end] for start, end in found]
