"""What is hidden within a longer word, so that the rest of the word tells what it was."""

from collections import defaultdict
from collections.abc import Collection

from forthright.panels.models import AnonymisedLetter, Place
from forthright.rules.finding_words import around_words
from forthright.rules.words import list_words

QUOTED = 3


def hidden_within_words(letters: Collection[AnonymisedLetter]) -> dict[int, list[str]]:
    """Return by the number of each letter how such words can be read in it: “happen[person A]”.

    Letters of which nothing is hidden so are left out. Of many letters the database is asked once.
    """
    given = {each.pk: each.given for each in letters}
    places: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    rows = Place.objects.filter(letter__in=given, state=Place.State.HIDDEN).order_by("start")
    for pk, start, end, said in rows.values_list("letter", "start", "end", "replacement"):
        places[pk].append((start, end, said))
    found = {pk: _within(given[pk], of_letter) for pk, of_letter in places.items()}
    return {pk: words for pk, words in found.items() if words}


def said_within(words: Collection[str]) -> str:
    """Say what can be read so and how to mend it, as the letter is refused for it."""
    quoted = list_words([f"“{each}”" for each in list(dict.fromkeys(words))[:QUOTED]])
    return (
        f"Something is hidden within a longer word, so that anybody reads off what it was: {quoted}"
        " stands in the letter. Leave that place to stand, or hide the whole word."
    )


def _within(text: str, places: list[tuple[int, int, str]]) -> list[str]:
    """Return each replacement with what can be read of the words that it stands in."""
    starts, ends = {each[0] for each in places}, {each[1] for each in places}
    found = []
    for start, end, said in places:
        first, last = around_words(text, start, end)
        # Where two hidden places meet, nothing can be read between them.
        before = text[max([first, *(e for e in ends if e <= start)]) : start]
        after = text[end : min([last, *(s for s in starts if s >= end)])]
        if before or after:
            found.append(f"{before}{said}{after}")
    return found
