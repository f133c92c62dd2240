"""How letters write a firm that is known: with “and” or “&”, and without what every firm is called.

“Tandem Law LLP” is “Tandem Law”, and “Baker, Okafor & Co Limited” is “Baker and Okafor”.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from forthright.anonymiser.capital_words import is_ordinary
from forthright.anonymiser.plain_words import WORD, as_plain
from forthright.rules.letter_checks.spelling import common_words

BETWEEN = r"[\s,.’&+-]*(?:\band\b[\s,]*)?"
# What a firm is in law, and what it does, at the end of its name.
FORMS = frozenset({"llp", "ltd", "limited", "plc", "lp", "llc", "cic", "inc", "co", "company"})
TRADES = frozenset({
    "solicitors", "solicitor", "lawyers", "advocates", "barristers", "chambers", "legal",
    "associates", "partners", "partnership", "practice", "services", "group", "holdings", "uk",
})  # fmt: skip


@lru_cache(maxsize=2_000)
def shapes_of_firm(name: str) -> tuple[re.Pattern[str], ...]:
    """Return the ways in which a firm is written.

    What is left of it has to tell: a word that letters seldom have among at least two, or, where
    it says alone what a firm is in law, one that English has not. “Worcester Solicitors” and
    “Criminal Law Solicitors” are written whole.
    """
    words = [each for each in WORD.findall(name) if each.lower() != "and"]
    return tuple(
        re.compile(rf"(?<!\w){BETWEEN.join(map(_spelt, each))}(?!\w)", re.IGNORECASE)
        for each in _bodies(words)
    )


def _bodies(words: list[str]) -> Iterator[list[str]]:
    """Yield the words of a name, and those that are left of it without one ending after another."""
    is_form = True
    if words:
        yield words
    for end in range(len(words) - 1, 0, -1):
        ending = as_plain(words[end])
        is_form &= ending in FORMS
        if ending not in FORMS | TRADES:
            break
        if _tells(words[:end], is_form=is_form):
            yield words[:end]


def _tells(words: list[str], *, is_form: bool) -> bool:
    if len(words) == 1:
        return is_form and not is_ordinary(words[0])
    return any(as_plain(each) not in common_words() | FORMS | TRADES for each in words)


def _spelt(word: str) -> str:
    return re.sub("['’]", "['’]?", re.escape(word))
