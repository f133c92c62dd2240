"""Finds the people whom the case record knows, in all the forms in which letters write them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from forthright.anonymiser import calendar_names
from forthright.anonymiser.capital_runs import begins_at
from forthright.anonymiser.known import KnownPerson
from forthright.anonymiser.name_stands import stands_as_name
from forthright.anonymiser.other_scripts import is_of_another_script
from forthright.anonymiser.plain_words import LEAST_MISSPELT, POSSESSIVE, WORD, as_plain
from forthright.anonymiser.short_names import is_word_too, short_forms
from forthright.anonymiser.small_words import is_word_here
from forthright.anonymiser.spans import ASKED, Found, Kind, Layer
from forthright.anonymiser.titles import RANK, TITLE
from forthright.anonymiser.two_letters import ENGLISH, MAY_BE, Told, names_of_two, told_as
from forthright.rules.letter_checks.name_words import SAINTS, is_also_word, is_always_capital
from forthright.rules.letter_checks.spelling import common_words

# Two letters that stand for a rank, a body or a word, and for nobody's names.
NOT_INITIALS = frozenset(
    ["pc", "dc", "ps", "ds", "di", "ci", "uk", "eu", "tv", "id", "pm", "am", "us", "ok", "mp",
     "gp", "nhs", "cps", "vrr", "vcl", "dvd", "cctv", "dna", "pdf", "act", "law", "hmp", "mr",
     "ms", "dr", "st", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it",
     "me", "my", "no", "of", "on", "or", "so", "to", "up", "we", "ad", "al", "la", "le", "the",
     "and", "for"]
)  # fmt: skip
# “D.R. ” and “Á. ” before a family name.
CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
INITIALS = re.compile(rf"(?<![\w’'])(?:(?:{CAPITAL}[ \u00a0]|[^\W\d_]\.{{1,2}}[ \u00a0]?)){{1,3}}$")
INITIALS_FIT = 12
LONG = 8
SHORT = 4
NUMBER = r"(?:\(?\d{1,6}\)?,?[ \u00a0]+)?"
# What makes a name of any word that follows, with a capital or without: “Mr friend”, “Rex v hall”.
CALLED = re.compile(
    rf"(?<!\w)(?:(?:[Mm]rs?|[Mm]s|M[Xx]|mx|Miss|Dr|Prof|Rev|PC|DC|PS|DS|DI|DCI|PCSO|WPC|Sgt)"
    rf"\.?[ \u00a0]+{NUMBER}|(?:Dear|Hello|Hi)[ \u00a0]+|"
    r"(?:R|Rex|Regina)\.?[ \u00a0]-?v-?\.?[ \u00a0])$"
)
# Before a capital, whatever title there is.
TITLED = re.compile(rf"(?<!\w)(?:{TITLE}|{RANK})\.?[ \u00a0]+{NUMBER}$")
A_TITLE = re.compile(rf"{TITLE}|{RANK}|DJ|HHJ", re.IGNORECASE)
TITLE_FITS = 40
# What somebody does after a name that begins a sentence.
SAYING = frozenset(["told", "said", "says", "rang", "asked", "wrote"])
DOING = SAYING | {"was", "gave", "saw", "came"}
FAMILY = re.compile(r"[ \u00a0]family\b")


@lru_cache(maxsize=5_000)
def name_words(person: KnownPerson) -> dict[str, bool]:
    """Return the words of somebody's names, and whether each says nothing when it stands alone."""
    written = f"{person.given} {person.family} {' '.join(person.also)}"
    words = [as_plain(each) for each in WORD.findall(written.replace("-", " "))]
    glued = [as_plain(each.replace("-", "")) for each in written.split() if "-" in each]
    # “Ó Briain” and “de la Cruz”: a word of two letters is told by its neighbours alone.
    return {
        word: not is_other and (len(word) < 3 or is_also_word(word))
        for word in (*words, *glued)
        for is_other in (is_of_another_script(word),)
        if len(word) > 1 or is_other
    }


@lru_cache(maxsize=5_000)
def short_words(person: KnownPerson) -> dict[str, bool]:
    """Return the short forms of somebody's given names, and whether each is a word besides."""
    own = name_words(person)
    return {each: is_word_too(each) for each in short_forms(person.given) if each not in own}


@lru_cache(maxsize=5_000)
def run_together(person: KnownPerson) -> frozenset[str]:
    """Return whole names without their blanks, as a slip leaves them: “SebastianN go”, “AOsei”."""
    given = [as_plain(each) for each in person.given.split()]
    family = as_plain("".join(WORD.findall(person.family)))
    if not given or not family:
        return frozenset()
    initials = "".join(each[:1] for each in given)
    firsts = ("".join(given), given[0], initials, initials[:1])
    return frozenset(each for first in firsts for each in (first + family, family + first))


@lru_cache(maxsize=5_000)
def _own_initials(person: KnownPerson) -> re.Pattern[str]:
    """Return the shape of somebody's first letters before another name of theirs, also small."""
    names = re.split(r"[ -]+", f"{person.given} {' '.join(person.also)}")
    letters = "".join(re.escape(each) for each in sorted({name[0] for name in names if name}))
    either = f"[{letters}{letters.lower()}]" if letters else "(?!)"
    return re.compile(rf"(?<![\w’'])(?:{either}(?:\.{{1,2}}[ \u00a0]?|[ \u00a0])){{1,3}}$")


def people_in(text: str, person: KnownPerson) -> Iterator[Found]:
    """Yield each place where somebody whom the record knows is named, and where they may be.

    A score of less than what is masked says that a person is to look.
    """
    names, whole, short_names = name_words(person), run_together(person), short_words(person)
    words, shifted, short = _words(text), _shifted(text), _short(text)
    of_two = names_of_two(person)
    because = f"a name of {person.told_as}"
    told = -2
    for number in _that_may_name(text, person):
        word = words[number]
        is_beside = told == number - 1 and _goes_on(text, words, number)
        of_it = told_as(text, word) if as_plain(word[0]) in of_two else Told.WORD
        is_sure = (
            of_it is Told.NAME
            or
            # Alone or with its neighbour it may be a whole name with its blank misplaced.
            _is_one_of(as_plain(word[0]), whole)
            or not whole.isdisjoint(shifted.get(number, ()))
            or _is_called(text, word, names, person)
            or _is_short_form(text, words, number, names, short_names)
        )
        if is_sure or _is_name(word[0], names, is_beside=is_beside):
            if not (is_sure or is_beside) and _is_word(text, words, number, names):
                yield Found(*word.span(), Kind.PERSON, Layer.RECORD, ASKED, person.role,
                            f"a word that is like {because}")  # fmt: skip
                continue
            told = number
            bare = POSSESSIVE.sub("", word[0])
            start = _start_of_initials(text, word, person)
            yield Found(start, word.start() + len(bare), Kind.PERSON, Layer.RECORD,
                        role=person.role, because=because)  # fmt: skip
        elif _is_lone_part(text, words, number, names) or (
            number in short and _is_short_slip(text, words, number, names)
        ):
            told = number
            yield Found(word.start(), word.end(), Kind.PERSON, Layer.RECORD,
                        role=person.role, because=because)  # fmt: skip
        elif of_it is Told.ASKED:
            yield Found(*word.span(), Kind.PERSON, Layer.RECORD, ASKED, person.role,
                        f"{MAY_BE} {because}")  # fmt: skip
    yield from _initials(text, person)


def _that_may_name(text: str, person: KnownPerson) -> Iterator[int]:
    """Yield which words of a text may name somebody, by themselves or with what stands around them.

    A text has few words often, and most of those are nobody's name wherever they stand: each of
    these is looked at once.
    """
    names, whole = name_words(person), run_together(person)
    others = {*short_words(person), *names_of_two(person)}
    shifted, short = _shifted(text), _short(text)
    nobody: set[str] = set()
    for number, word in enumerate(_words(text)):
        said = word[0]
        if said not in nobody:
            plain = as_plain(said)
            is_like = _is_one_of(plain, whole) or _is_name(said, names, is_beside=True)
            if not (is_like or plain in others):
                nobody.add(said)
        if said not in nobody or number in shifted or number in short:
            yield number


def _is_word(
    text: str, words: Sequence[re.Match[str]], number: int, names: dict[str, bool]
) -> bool:
    """Say whether a name in small letters is a word of its sentence: “a baker”, “she sings”."""
    word = words[number]
    if _has_next(text, words, number) and as_plain(words[number + 1][0]) in names:
        return False
    plain = as_plain(word[0])
    return is_word_here(text, *word.span(), plain, is_exact=plain in names)


def _start_of_initials(text: str, word: re.Match[str], person: KnownPerson) -> int:
    first = max(0, word.start() - INITIALS_FIT)
    found = [
        match.start()
        for shape in (INITIALS, _own_initials(person))
        if (match := shape.search(text, first, word.start()))
    ]
    return min(found, default=word.start())


def _touch(text: str, words: Sequence[re.Match[str]], number: int) -> bool:
    between = text[words[number - 1].end() : words[number].start()]
    return len(between) <= 2 and not between.strip(" \u00a0.-\n")


def _goes_on(text: str, words: Sequence[re.Match[str]], number: int) -> bool:
    """Say whether a word may belong to a name right before it, and begins no sentence after it."""
    between = text[words[number - 1].end() : words[number].start()]
    # A name too may be broken over two lines.
    is_apart = "." in between or between.count("\n") > 1
    return _touch(text, words, number) and not (is_apart and _begins_sentence(text, words[number]))


def _begins_sentence(text: str, word: re.Match[str]) -> bool:
    """Say whether a word of English begins a sentence or a line: “Ms Harris. He said so”."""
    plain = as_plain(word[0])
    is_word = plain in ENGLISH | NOT_INITIALS or plain in common_words()
    return is_word and begins_at(text, word.start()) and not stands_as_name(text, word)


@lru_cache(maxsize=16)
def _words(text: str) -> tuple[re.Match[str], ...]:
    """Return the words of a text, which is read anew for each person of its case."""
    return tuple(WORD.finditer(text))


@lru_cache(maxsize=16)
def _shifted(text: str) -> dict[int, frozenset[str]]:
    """Return by word what it is with a neighbour, where a blank may stand a letter too late."""
    words = _words(text)
    found: dict[int, set[str]] = {}
    for second in range(1, len(words)):
        first, last = words[second - 1][0], words[second][0]
        # A neighbour of ordinary small letters is the sentence: “will go”, “a friend”.
        is_slip = any(each.isupper() for each in first[1:] + last[1:])
        if is_slip and _touch(text, words, second):
            said = as_plain(first + last)
            found.setdefault(second - 1, set()).add(said)
            found.setdefault(second, set()).add(said)
    return {number: frozenset(said) for number, said in found.items()}


@lru_cache(maxsize=16)
def _short(text: str) -> frozenset[int]:
    """Return which words may be a short name: with a capital, of two to four letters, no title."""
    return frozenset(
        number
        for number, word in enumerate(each[0] for each in _words(text))
        if any(c.isupper() for c in word)
        and 1 < len(as_plain(word)) <= SHORT
        and not A_TITLE.fullmatch(word)
    )


def _is_one_of(plain: str, whole: frozenset[str]) -> bool:
    if plain in common_words() or len(plain) < LEAST_MISSPELT:
        return False
    return plain in whole or (
        len(plain) > LONG and any(OSA.distance(plain, each, score_cutoff=1) <= 1 for each in whole)
    )


def _is_called(text: str, word: re.Match[str], names: dict[str, bool], person: KnownPerson) -> bool:
    """Say whether what stands around a known name of ordinary words makes it a name there."""
    if as_plain(word[0]) not in names:
        return False
    first = max(0, word.start() - TITLE_FITS)
    if stands_as_name(text, word) or calendar_names.is_called_so(text, word):
        return True
    # “I asked PC 4412 to ring”, though somebody is called To.
    is_word = word[0] in ENGLISH and text[max(0, word.start() - 2)].isdecimal()
    if (CALLED.search(text, first, word.start()) and not is_word) or (
        FAMILY.match(text, word.end()) and text[max(0, word.start() - 4) : word.start()] == "the "
    ):
        return True
    if word[0][0].isupper() and TITLED.search(text, first, word.start()):
        return True
    initials = _own_initials(person).search(text, max(0, word.start() - INITIALS_FIT), word.start())
    # “a friend” is no initial before a name, “t marks” and “a. friend” are.
    return initials is not None and (word[0][0].isupper() or initials[0] not in {"a ", "i "})


def _is_name(word: str, names: dict[str, bool], *, is_beside: bool) -> bool:
    """Say whether a word is one of somebody's names, or one with a slip in it."""
    plain = as_plain(word)
    if plain in names:
        is_word = names[plain]
        if not is_word or is_beside:
            return True
        # “Grace” is a name wherever it has a capital; “Court” and “Law” are none by themselves.
        is_name = word[:1].isupper() or plain not in common_words()
        return len(plain) > 2 and is_name and not is_always_capital(plain)
    if len(plain) < LEAST_MISSPELT or plain in common_words():
        return False
    most = 2 if len(plain) >= LONG else 1
    return any(
        len(name) >= LEAST_MISSPELT
        and OSA.distance(plain, name, score_cutoff=most) <= most
        and (word[:1].isupper() or not is_also_word(plain))
        and _could_be(plain, name)
        for name in names
    )


def _is_short_form(
    text: str,
    words: Sequence[re.Match[str]],
    number: int,
    names: dict[str, bool],
    short_names: dict[str, bool],
) -> bool:
    """Say whether a word is a short form of a given name: “Liz”, “josh”, “rob Baker”."""
    said = words[number][0]
    plain = as_plain(said)
    if plain not in short_names:
        return False
    if not short_names[plain]:
        return True
    following = words[number + 1][0] if _has_next(text, words, number) else ""
    has_capital, is_common = said[0].isupper(), plain in common_words()
    is_whole = as_plain(following) in names
    if is_whole and (has_capital or following[0].isupper() or not is_common):
        return True
    if stands_as_name(text, words[number]) or (following in SAYING and not is_common):
        return True
    # “Will you come?” begins with no name, “Will told us” does; nobody begins with “Rob” but him.
    is_said = following in DOING or not is_common
    return has_capital and (is_said or not begins_at(text, words[number].start()))


def _has_next(text: str, words: Sequence[re.Match[str]], number: int) -> bool:
    return number + 1 < len(words) and _touch(text, words, number + 1)


def _could_be(plain: str, name: str) -> bool:
    """Say whether a slip is likely: the beginning or the end of a name is mostly right."""
    return plain[0] == name[0] or plain[1:3] == name[1:3] or plain[-3:] == name[-3:]


def _is_lone_part(
    text: str, words: Sequence[re.Match[str]], number: int, names: dict[str, bool]
) -> bool:
    """Say whether a name of ordinary words has the other names beside it: “Will Court”."""
    plain = as_plain(words[number][0])
    if not names.get(plain):
        return False
    following = number + 1 < len(words) and _touch(text, words, number + 1)
    is_saint = number > 0 and as_plain(words[number - 1][0]) in SAINTS
    return following and not is_saint and as_plain(words[number + 1][0]) in names


def _is_short_slip(
    text: str, words: Sequence[re.Match[str]], number: int, names: dict[str, bool]
) -> bool:
    """Say whether a short name with a slip stands beside another name: “To” for “Tu Breer”.

    “To Breer” is “T. Breer” too, with a slip in the full stop.
    """
    plain = as_plain(words[number][0])
    # No slip made a name of a plain word that begins what follows a name.
    first = max(0, number if _begins_sentence(text, words[number]) else number - 1)
    beside = [
        as_plain(words[other][0])
        for other, later in ((number - 1, number), (number + 1, number + 1))
        if first <= other < len(words) and later < len(words) and _touch(text, words, later)
    ]
    is_near = any(
        (len(name) <= SHORT and OSA.distance(plain, name, score_cutoff=1) <= 1)
        or (len(plain) == 2 and plain[0] == name[0])
        for name in names
    )
    return is_near and any(names.get(each) is False and each != plain for each in beside)


def _initials(text: str, person: KnownPerson) -> Iterator[Found]:
    """Yield the first letters of somebody's names: “D.H.”, “D H”, “DH”."""
    for shape in _shapes_of_initials(person):
        for match in shape.finditer(text):
            yield Found(match.start(), match.end(), Kind.PERSON, Layer.RECORD, 0.9, person.role,
                        f"the initials of {person.told_as}")  # fmt: skip


@lru_cache(maxsize=5_000)
def _shapes_of_initials(person: KnownPerson) -> tuple[re.Pattern[str], ...]:
    given = [each[0] for each in re.split(r"[ -]+", person.given) if each]
    family = [each[0] for each in re.split(r"[ -]+", person.family) if each]
    if not given or not family:
        return ()
    found = []
    for letters in {
        (given[0], family[-1]),
        (given[0], family[0]),
        (*given, family[0]),
        (*given, *family),
    }:
        plain = "".join(letters)
        dotted = r"\.[ \u00a0]?"
        shapes = [dotted.join(re.escape(each) for each in letters) + r"\.?"]
        if plain.lower() not in NOT_INITIALS:
            shapes.append(r"[ \u00a0]?".join(re.escape(each) for each in letters))
        found.append(re.compile(rf"(?<![\w./-])(?:{'|'.join(shapes)})(?![\w/]|-\d)"))
    return tuple(found)
