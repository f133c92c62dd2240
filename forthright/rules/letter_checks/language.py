"""Whether a letter is in English, which most rules need; what else it seems to be in."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from forthright.rules.letter_checks.sentences import words_of
from forthright.rules.letter_checks.text import LetterText, Sentence

# Small words that every English letter is full of. "A", "an", "am", "i" and "no" are Welsh too.
ENGLISH = words_of(
    """
    the of and to in is that it was for on are as with his her they at be this have from or had by
    not but what all were we when your can said there use each which she he do how their if will
    other about out many then them these so some would him has my our me us you who been did after
    because more why whether than could also any until before since please without within cannot
    sorry case letter decision
    """
)
WELSH = words_of(
    """
    yn y yr mae i a o wedi gan ar ei eich chi ni fod bod oedd nid ddim am eu hyn hwn sydd yw gyda
    eisiau ac at i'r o'r a'r i'ch roedd bydd byddaf gallwch os neu ein nad ond wrth er
    """
)
# Of a hundred words of an English letter about forty are such words; of a letter in two
# languages, side by side, twenty.
LEAST_SHARE = 0.15
LEAST_WELSH = 0.2
# A few words are a name or a heading, and say nothing of the language.
LEAST_WORDS = 12
NOT_LATIN = re.compile(r"[^\x00-\u024f\u2000-\u206f]")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@lru_cache(maxsize=1)
def language_otherwise(letter: LetterText) -> str:
    """Return the language that a letter is in, within a sentence; nothing where it is English."""
    said = _said(letter)
    text = " ".join(letter.plain[each.start : each.end] for each in said)
    if script := _other_script(text):
        return f"a language written in {script} letters"
    words = WORD.findall(text)
    if len(words) < LEAST_WORDS or _share(words, ENGLISH) >= LEAST_SHARE:
        return ""
    return "Welsh" if _share(words, WELSH) >= LEAST_WELSH else "another language than English"


def _said(letter: LetterText) -> tuple[Sentence, ...]:
    """Return what the writer says, or every sentence where a letter has no such part."""
    return letter.body or letter.sentences


def first_said(letter: LetterText) -> Sentence | None:
    """Return the first sentence of what the writer says."""
    return next(iter(_said(letter)), None)


def _share(words: list[str], of: frozenset[str]) -> float:
    return sum(each in of for each in words) / len(words)


def _other_script(text: str) -> str:
    """Return the name of the letters that most of a text is written in, if not ours."""
    strange = [each for each in NOT_LATIN.findall(text) if each.isalpha()]
    if not strange or 2 * len(strange) <= sum(each.isalpha() for each in text):
        return ""
    scripts = Counter(unicodedata.name(each, "OTHER").split()[0] for each in strange)
    name = scripts.most_common(1)[0][0]
    return "Chinese or Japanese" if name == "CJK" else name.capitalize()
