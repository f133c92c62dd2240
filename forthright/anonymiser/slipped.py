"""Slips in known names that the gate alone looks for: “O Shea”, “Vandyke”, “#JusticeForAmira”.

The layers of the anonymiser hide these by what stands around them, whether or not they are known.
The gate trusts none of those layers, so it looks for the names themselves. It may be strict where
they are not: in a finished letter hardly a word with a capital is left that could be one by chance.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import pairwise

from rapidfuzz.distance import OSA

from forthright.anonymiser.capital_words import POSSESSIVE, as_small, listed, stays
from forthright.anonymiser.known import Known, KnownPerson
from forthright.anonymiser.plain_words import WORD, as_plain, has_capital, is_cut
from forthright.anonymiser.record_people import NOT_INITIALS, NUMBER
from forthright.anonymiser.short_names import short_forms
from forthright.anonymiser.spans import ASKED, Found, Kind, Layer
from forthright.anonymiser.titles import JUDGE, NAME, NAMES, RANK, TITLE
from forthright.rules.letter_checks.name_words import is_also_word, is_always_capital
from forthright.rules.letter_checks.spelling import common_words, dictionary, is_small_word

# What stands between the parts of a name that a slip took apart.
APART = re.compile(r"[ \u00a0.'’‘ʼ´`′-]{1,2}|[ \t]*\n[ \t]*")
# A name on social media, a tag, the name of a file: with a sign, a digit or a capital within.
HANDLE = re.compile(r"[@#]?[^\W_](?:[\w.-]*[^\W_])?")
IS_HANDLE = re.compile(r"^[@#]|[\d_]|[a-zß-öø-ÿ][A-Z]")
PIECE = re.compile(r"[A-Z]?[a-zß-öø-ÿ]+|[A-Z]+(?![a-z])")
# “[Officer A]” stands for somebody already.
CALLED = re.compile(rf"(?<!\w)(?:{TITLE}|mrs?|ms)\.?[ \u00a0](?P<it>[^\W\d_])(?![\w’'&\]])")
# Where the words of a sentence stand for nobody's name: “Mr Hales”, “PC 4412 Kahn”, “the Khans”.
# “PS” where a line begins is what was forgotten. A rank may end a line by which somebody signs, or
# be all that somebody is called: “Detective Constable”, and “Thank you” on the next line.
BLANK = r"(?:[ \u00a0]+|[ \u00a0]*\n[ \u00a0]*)"
SURELY = r"(?:[Mm]rs?|[Mm]s|Miss|Mx|Dr|Messrs)"
TITLED = re.compile(
    rf"(?<!\w)(?!^PS\b)(?:(?P<surely>{SURELY})\.?{BLANK}|(?:{TITLE}|{RANK}|{JUDGE})\.?[ \u00a0]+)"
    rf"{NUMBER}(?P<it>{NAMES})",
    re.MULTILINE,
)
SEVERAL = re.compile(rf"\b[Tt]he{BLANK}(?P<it>{NAME})")
# One letter after another, each by itself: “m a r s d e n”, “O_s_e_i”.
PARTED = re.compile(r"(?<![^\W_])[^\W\d_](?:[\W_]{1,3}[^\W\d_]){3,}(?![^\W_])")
# A shorter name is in too many other words.
LEAST_WITHIN, LEAST_SLIPPED, LEAST_MANY, TWO = 4, 4, 3, 2
# After a title a letter may be left out of a name of four.
LEAST_TITLED = 3
MOST_PARTS = 12
# In a shorter name two other letters make any word of it.
LEAST_OF_TWO = 6
MAY_BE_SLIP = "with a slip, or whoever else is called so: somebody has to say which"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of somebody to compare with, each in small letters without accents.

    `telling` are those that English has no word for; `whole` has names of several words as one
    besides, and `pairs` a given name with a family name.
    """

    role: str
    every: frozenset[str]
    telling: frozenset[str]
    whole: frozenset[str]
    pairs: frozenset[str]
    family_initials: frozenset[str]


@lru_cache(maxsize=2_000)
def _names_of(person: KnownPerson) -> Names:
    written = (person.given, person.family, *person.also)
    parts = [[as_plain(word) for word in WORD.findall(each.replace("-", " "))] for each in written]
    every = frozenset(word for each in parts for word in each if word)
    short = short_forms(person.given)
    joined = {"".join(each) for each in parts if len(each) > 1} | short
    # “van Dyke Osei” is a family by each of two words that stand beside one another, too.
    joined |= {a + b for each in parts for a, b in pairwise(each)}
    given, family = parts[0], "".join(parts[1])
    firsts = {"".join(given), *given[:1], *short} - {""}
    if person.is_elsewhere:
        return _of_another_case(person, firsts, family)
    return Names(
        role=person.told_as,
        every=every | (short - common_words()),
        telling=frozenset(each for each in every if not _is_word(each)),
        whole=frozenset(each for each in every | joined
                        if len(each) >= LEAST_WITHIN and not _is_word(each)),
        pairs=frozenset(two for first in firsts if family
                        for two in (first + family, family + first) if len(two) > LEAST_WITHIN + 1),
        family_initials=frozenset(each[0] for each in parts[1][:1] + parts[1][-1:] if each),
    )  # fmt: skip


def _of_another_case(person: KnownPerson, firsts: set[str], family: str) -> Names:
    """Return the whole names alone of somebody in another case, whatever parts they have."""
    pairs = frozenset(
        two for first in firsts if family for two in (first + family, family + first)
        if len(two) > LEAST_WITHIN + 1 and not _is_word(two)
    )  # fmt: skip
    none: frozenset[str] = frozenset()
    return Names(person.role, every=none, telling=none, whole=pairs, pairs=pairs,
                 family_initials=none)  # fmt: skip


@lru_cache(maxsize=20_000)
def _is_word(plain: str) -> bool:
    """Say whether English has a word; where the machine has no dictionary, letters have it."""
    is_known = plain in common_words() or is_also_word(plain) or is_always_capital(plain)
    return is_known or (dictionary() is not None and is_small_word(plain))


def slips_in(text: str, known: Known) -> Iterator[Found]:
    """Yield each place where a known name stands with a slip that letters often have."""
    people = list(dict.fromkeys(_names_of(each) for each in known.people))
    if not people:
        return
    words = list(WORD.finditer(text))
    for names in people:
        yield from _taken_apart(text, words, names)
        yield from _by_title(text, names)
    yield from _of_each(
        words, lambda word: (*_as_one_word(word, people), *_backwards(word, people))
    )
    yield from _after_titles(text, people)
    for match in PARTED.finditer(text):
        yield from _parted(match, people)
    yield from _of_each(HANDLE.finditer(text), lambda match: _within(match, people))


def _of_each(
    words: Iterable[re.Match[str]], found_in: Callable[[re.Match[str]], Iterable[Found]]
) -> Iterator[Found]:
    """Yield what is found in words that are looked at for themselves: each only once if it is none.

    A text has few words often, and most of those are nobody's name.
    """
    nobody: set[str] = set()
    for word in words:
        if word[0] in nobody:
            continue
        found = list(found_in(word))
        if not found:
            nobody.add(word[0])
        yield from found


def _found(start: int, end: int, names: Names, how: str) -> Found:
    return Found(start, end, Kind.PERSON, Layer.RECORD, 0.9, names.role,
                 f"a name of {names.role} {how}")  # fmt: skip


def _taken_apart(text: str, words: Sequence[re.Match[str]], names: Names) -> Iterator[Found]:
    """Yield a name in several pieces: “O Shea”, “O`Shea”, “Mc Call”, “O S E I”."""
    longest = max(map(len, names.whole), default=0)
    for first, word in enumerate(words):
        if not has_capital(word[0]):
            continue
        said, pieces = as_plain(word[0]), [word[0]]
        for last in range(first + 1, min(first + MOST_PARTS, len(words))):
            if not APART.fullmatch(text, words[last - 1].end(), words[last].start()):
                break
            said += as_plain(words[last][0])
            pieces.append(words[last][0])
            if len(said) > longest:
                break
            if said in names.whole and not _is_sentence(pieces):
                yield _found(word.start(), words[last].end(), names, "taken apart")


def _is_sentence(pieces: Sequence[str]) -> bool:
    """Say whether pieces are words of a sentence that happen to make a name: “Will is”."""
    return all(len(each) > 1 or each in "Ia" for each in pieces) and all(
        each.lower() in common_words() or each in "Ia" for each in pieces
    )


def _by_title(text: str, names: Names) -> Iterator[Found]:
    """Yield the first letter of a family name after a title: “Ms O”."""
    for match in CALLED.finditer(text):
        if match["it"].isupper() and as_plain(match["it"]) in names.family_initials:
            yield _found(*match.span("it"), names, "by its first letter")


def _as_one_word(word: re.Match[str], people: Sequence[Names]) -> Iterator[Found]:
    """Yield “Vandyke”, “the Oseis”, “Osie”, “Ng”: one word with a capital that is no word."""
    said = word[0]
    plain = as_plain(said)
    # “Ng” is a measure in a dictionary, and a name in a letter.
    is_short = len(plain) == TWO and plain not in common_words() | NOT_INITIALS and said.istitle()
    if not has_capital(said) or not (is_short or (len(plain) > TWO and not _is_word(plain))):
        return
    for names in people:
        if how := _how_near(said, plain, names):
            yield _found(word.start(), word.end(), names, how)
            return


def _how_near(said: str, plain: str, names: Names) -> str:
    """Say in which way a word is a name of somebody; nothing where it is none."""
    if plain in names.whole:
        return "in one word"
    if len(plain) == TWO:
        return "of two letters" if plain in names.every else ""
    if any(is_cut(said, name) for name in names.telling):
        return "with its middle left out"
    return _how_slipped(plain, names.telling)


def _how_slipped(plain: str, held: frozenset[str], *, least: int = LEAST_SLIPPED) -> str:
    """Say whether a word is a name for a family or with a slip; nothing where it is neither."""
    is_slip = len(plain) >= least and any(
        len(name) >= LEAST_SLIPPED and OSA.distance(plain, name, score_cutoff=1) <= 1
        for name in held
    )
    return _how_many(plain, held) or ("with a slip" if is_slip else "")


def _how_many(plain: str, held: frozenset[str]) -> str:
    is_family = any(len(name) >= LEAST_MANY and plain in {f"{name}s", f"{name}es"} for name in held)
    return "for a family" if is_family else ""


def _after_titles(text: str, people: Sequence[Names]) -> Iterator[Found]:
    """Yield a slip in any name after a title, and any family: “Mr Hales”, “PC Kahn”, “the Khans”.

    There the words of English tell little: nobody but a person is called so. What follows a rank
    may be the next word of a sentence, so that a slip is no common word: “Police Officer Who”.
    """
    for match in TITLED.finditer(text):
        for number, word in enumerate(WORD.finditer(text, *match.span("it"))):
            if (match["surely"] and not number) or not stays(word[0]):
                is_slip = match["surely"] or as_plain(word[0]) not in common_words()
                how = partial(_how_slipped, least=LEAST_TITLED) if is_slip else _how_many
                yield from _whoever(word, people, how)
    for match in SEVERAL.finditer(text):
        several = WORD.match(text, match.start("it"))
        if several and not stays(several[0]):
            yield from _whoever(several, people, _how_many)


def may_be_slips_in(text: str, known: Known) -> Iterator[Found]:
    """Yield what may be a slip in a known name after a title, and another’s: “PC Hall” for Hale.

    It may as well be whose name it is, or the next word of a sentence; only a person can say.
    """
    people = list(dict.fromkeys(_names_of(each) for each in known.people))
    for match in TITLED.finditer(text):
        for word in WORD.finditer(text, *match.span("it")):
            if has_capital(word[0]) and as_small(word[0]) not in listed("roles"):
                yield from _whose_it_may_be(word, people)


def _whose_it_may_be(word: re.Match[str], people: Sequence[Names]) -> Iterator[Found]:
    plain = as_plain(POSSESSIVE.sub("", word[0]))
    for names in people:
        if any(_is_near(plain, name) for name in names.every):
            found = _found(*word.span(), names, MAY_BE_SLIP)
            yield replace(found, score=ASKED)
            return


def _is_near(plain: str, name: str) -> bool:
    """Say whether so many letters of two words are others that one may stand for the other."""
    least = min(len(plain), len(name))
    most = 2 if least >= LEAST_OF_TWO else 1
    return least >= LEAST_SLIPPED and 0 < OSA.distance(plain, name, score_cutoff=most) <= most


def _whoever(
    word: re.Match[str], people: Sequence[Names], said_how: Callable[[str, frozenset[str]], str]
) -> Iterator[Found]:
    if any(_as_one_word(word, people)):
        return
    for names in people:
        if how := said_how(as_plain(word[0]), names.every):
            yield _found(*word.span(), names, how)
            return


def _backwards(word: re.Match[str], people: Sequence[Names]) -> Iterator[Found]:
    """Yield a name that is written from its end: “iesO”."""
    plain = as_plain(word[0])
    if len(plain) < LEAST_SLIPPED or _is_word(plain):
        return
    for names in people:
        if plain[::-1] in names.whole:
            yield _found(*word.span(), names, "written backwards")
            return


def _parted(match: re.Match[str], people: Sequence[Names]) -> Iterator[Found]:
    """Yield a name whose letters stand apart, forwards or backwards, whatever is between them."""
    said = as_plain(re.sub(r"[\W_]", "", match[0]))
    for names in people:
        if any(each in said or each[::-1] in said for each in names.whole):
            yield _found(*match.span(), names, "with its letters apart")
            return


def _within(match: re.Match[str], people: Sequence[Names]) -> Iterator[Found]:
    """Yield a name within a handle, a tag or the name of a file."""
    said = match[0]
    plain = as_plain(re.sub(r"[^\w]|_", "", said))
    is_handle = IS_HANDLE.search(said) is not None
    pieces = {as_plain(each) for each in PIECE.findall(said)} if is_handle else set()
    for names in people:
        parts = {each for each in names.every if len(each) >= LEAST_WITHIN} & pieces
        telling = [each for each in names.whole if each in plain] if is_handle else []
        if parts or telling or any(each in plain and each != plain for each in names.pairs):
            yield _found(match.start(), match.end(), names, "within a name of several")
            return
