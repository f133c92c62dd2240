"""A letter as its reader sees it: paragraphs, sentences and words, each with its place.

Every place is counted in the text as it was given, so that the words of a finding can be shown
where they stand. The text is never changed; `plain` is a copy of the same length in small
letters and with straight quotation marks, to look for words in.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from unicodedata import normalize

from forthright.rules.letter_checks.sentences import sentence_ends


class Part(StrEnum):
    """What a paragraph of a letter is."""

    ADDRESS = "ADDRESS"
    SALUTATION = "SALUTATION"
    HEADING = "HEADING"
    TEXT = "TEXT"
    BULLET = "BULLET"
    SIGN_OFF = "SIGN_OFF"
    SIGNATORY = "SIGNATORY"
    AFTER = "AFTER"


# Not frozen, though nobody changes one: to freeze the thousand words of a letter takes as long as
# to find them.
@dataclass(slots=True, unsafe_hash=True)
class Span:
    """Some words of a letter and their place."""

    start: int
    end: int
    text: str


@dataclass(slots=True, unsafe_hash=True)
class Paragraph(Span):
    part: Part

    @property
    def is_body(self) -> bool:
        """Say whether this is what the writer says, between the greeting and the goodbye."""
        return self.part in (Part.TEXT, Part.BULLET)


@dataclass(slots=True, unsafe_hash=True)
class Sentence(Span):
    paragraph: Paragraph


WORD = re.compile(r"[^\W_]+(?:[’'\-.][^\W_]+)*")
BULLET = re.compile(r"[ \t]*(?:[-–—*•·▪◦o‣]|\(?(?:\d{1,2}|[a-z])[.)])[ \t]+(?=\S)")
SALUTATION = re.compile(
    r"[ \t*]*(?:dear|hello|hi|to whom it may concern|annwyl|"
    r"good (?:morning|afternoon|evening|day))\b[^.?!\n]{0,80}[,:]?[ \t*]*",
    re.IGNORECASE,
)
SIGN_OFF = re.compile(
    r"[ \t*]*(?:yours (?:sincerely|faithfully|truly)|(?:with )?(?:kind(?:est)?|best|warm(?:est)?)"
    r" (?:regards|wishes)|sincerely|regards|yn gywir|yr eiddoch yn gywir|cofion)\b[ \t*,.]*"
    r"(?:/[ \t]*yours (?:sincerely|faithfully|truly)[ \t*,.]*|/[ \t]*yn gywir[ \t*,.]*)?",
    re.IGNORECASE,
)
# Said in many a sentence besides, so these end a letter only near its end.
LOOSE_SIGN_OFF = re.compile(
    r"[ \t*]*(?:(?:with )?(?:(?:my|our|every|all|good|deep|deepest|sincere|sincerest|heartfelt|"
    r"much|kind|kindest|warm|warmest|best|many|and) )*"
    r"(?:sympath(?:y|ies)|condolences|thoughts|wishes|regards|thanks)"
    r"(?: (?:and|to|for) [a-z ]{1,30})?|(?:please )?take care(?: of yourself)?|"
    r"(?:yours|all the best|thank you|warmly|respectfully|faithfully)(?: [a-z]+)?)[ \t*,.]*",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"['’]s?$")
MARKS = re.compile(r"^[ \t]*(?:#{1,6}[ \t]*|\*\*)?")
ENDINGS = (".", "!", "?", ":", ";", ",")
# A line that ends so goes on in the next, however short it is.
LEADS_ON = re.compile(
    r"\b(?:the|a|an|of|to|by|and|or|that|which|than|not|was|were|is|are|be|has|had|have|will|would|"
    r"with|from|for|in|on|at|my|our|your|his|her|their|mr|mrs|ms|miss)$",
    re.IGNORECASE,
)
MOST_HEADING_WORDS = 12
LEAST_SAID = 3
# Paragraphs that may stand above the greeting: "This letter is about what happened to you."
MOST_BEFORE_GREETING = 2
MOST_SIGNATORY_LINES = 6
LEAST_WRAPPED = 45
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "})

# Letters of other scripts that nobody tells from ours; great ones look otherwise than small ones.
ALIKE = {
    "aceijopshdlxykmtb": "асеіјорѕһԁӏхукмтв",
    "ABCEHIJKMOPSTXYZ": "АВСЕНІЈКМОРЅТХУZ",
    "aiknoptuvy": "αικηορτυνγ",
    "ABEZHIKMNOPTYX": "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
}
# Letters that are ours in another shape: of full width, or bold and slanted as in mathematics.
SHAPES = (range(0xFF21, 0xFF3B), range(0xFF41, 0xFF5B), range(0x1D400, 0x1D7CC))
OTHER_SHAPES = {
    chr(code): ours
    for shape in SHAPES
    for code in shape
    if (ours := normalize("NFKC", chr(code))).isascii() and ours.isalpha()
}
LOOK_ALIKES = str.maketrans(OTHER_SHAPES | {
    theirs: ours
    for wanted, said in ALIKE.items()
    for ours, theirs in zip(wanted, said, strict=True)
})  # fmt: skip


def folded(text: str) -> str:
    """Return a text, as long as it was, with letters of other scripts read as those of ours."""
    return text if text.isascii() else text.translate(LOOK_ALIKES)


@lru_cache(maxsize=20_000)
def key_of(word: str) -> str:
    """Return a word of a name in small letters, with no possessive ending.

    A letter of another script that looks like one of ours is read as ours.
    """
    return POSSESSIVE.sub("", folded(word)).lower().replace("’", "'").strip(".")


def plain_copy(text: str) -> str:
    """Return a text in small letters and straight quotation marks, as long as it was."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(each.lower() if len(each.lower()) == 1 else each for each in text)
    return small.translate(STRAIGHT)


@dataclass(frozen=True)
class LetterText:
    """The words of one letter; `names` are of the record and are never cut by a full stop."""

    text: str
    names: tuple[str, ...] = ()

    @cached_property
    def plain(self) -> str:
        """Return the text in small letters and straight quotation marks, every place the same.

        A line that only goes on in the next is joined to it by a space.
        """
        pieces, place = [], 0
        plain = plain_copy(self.text)
        for each in self.paragraphs:
            pieces += [plain[place : each.start], plain[each.start : each.end].replace("\n", " ")]
            place = each.end
        return "".join([*pieces, plain[place:]])

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Return the paragraphs, each with the part of the letter that it is."""
        return tuple(_with_parts(self.text, list(_blocks(self.text))))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences of every part of the letter."""
        return tuple(
            Sentence(start, end, self.text[start:end], paragraph)
            for paragraph in self.paragraphs
            for start, end in sentence_ends(
                self.text, paragraph.start, paragraph.end, self.dotted_names
            )
        )

    @cached_property
    def dotted_names(self) -> tuple[str, ...]:
        """Return the names that hold a full stop and stand in this letter."""
        return tuple(each for each in self.names if "." in each and each in self.text)

    @cached_property
    def words(self) -> tuple[Span, ...]:
        """Return the words; an apostrophe, a hyphen or a full stop within one belongs to it."""
        return tuple(Span(*found.span(), found.group()) for found in WORD.finditer(self.text))

    @cached_property
    def capitals(self) -> dict[str, list[int]]:
        """Return, by their small letters, the numbers of the words that begin with a capital.

        The ending of "Osei’s" is not part of the name.
        """
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            if word.text[0].isupper():
                found.setdefault(key_of(word.text), []).append(number)
        return found

    @cached_property
    def body(self) -> tuple[Sentence, ...]:
        """Return the sentences that the writer says, between the greeting and the goodbye."""
        return tuple(each for each in self.sentences if each.paragraph.is_body)

    @cached_property
    def body_end(self) -> int:
        """Return where the writer's own words end, to which a missing thing would be added."""
        return self.body[-1].end if self.body else len(self.text.rstrip())

    def words_within(self, span: Span) -> list[str]:
        """Return the words of a part of the letter, for which many rules ask."""
        place = span.start, span.end
        if place not in self._words_by_place:
            self._words_by_place[place] = WORD.findall(span.text)
        return self._words_by_place[place]

    @cached_property
    def _words_by_place(self) -> dict[tuple[int, int], list[str]]:
        return {}

    def sentence_at(self, place: int) -> Sentence | None:
        """Return the sentence that a place stands in, if it stands in one."""
        number = bisect_right(self._sentence_starts, place) - 1
        if number < 0 or place >= self.sentences[number].end:
            return None
        return self.sentences[number]

    def said_before(self, place: int, end: int | None = None) -> str:
        """Return, in small letters, what the sentence at a place says before it, or before `end`.

        Nothing where the place stands in no sentence.
        """
        sentence = self.sentence_at(place)
        return self.plain[sentence.start : place if end is None else end] if sentence else ""

    def around(self, place: int, *, after: int = 0, before: int = 0) -> str:
        """Return, in small letters and as one line, the sentence at a place and some beside it."""
        number = max(0, bisect_right(self._sentence_starts, place) - 1)
        near = self.sentences[max(0, number - before) : number + after + 1]
        around = self.plain[near[0].start : near[-1].end] if near else self.plain
        return " ".join(around.split())

    def parts(self, *wanted: Part) -> Sequence[Paragraph]:
        """Return the paragraphs that are one of some parts."""
        if wanted not in self._by_parts:
            self._by_parts[wanted] = tuple(each for each in self.paragraphs if each.part in wanted)
        return self._by_parts[wanted]

    @cached_property
    def _by_parts(self) -> dict[tuple[Part, ...], tuple[Paragraph, ...]]:
        return {}  # a hundred rules ask for the same parts of a letter

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [each.start for each in self.sentences]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph starts and ends; lines that were only wrapped are one."""
    began: int | None = None
    ended = 0
    for found in re.finditer(r"[^\r\n]*", text):
        start, end = found.span()
        line = found.group().strip()
        if start == end or not line or not line.strip("-–—_=*# "):
            if began is not None and _is_blank_line(text, start, end):
                yield began, ended
                began = None
            continue
        start += len(found.group()) - len(found.group().lstrip())
        end = start + len(line)
        if began is not None and not _goes_on(text[began:ended], line):
            yield began, ended
            began = None
        began = start if began is None else began
        ended = end
    if began is not None:
        yield began, ended


def _is_blank_line(text: str, start: int, end: int) -> bool:
    """Tell a blank line from the empty match that follows every line."""
    return start < end or start == 0 or text[start - 1] in "\r\n"


def _goes_on(before: str, line: str) -> bool:
    """Say whether a line only goes on what the line before it began."""
    last = before[before.rfind("\n") + 1 :].strip()
    if BULLET.match(line) or SIGN_OFF.fullmatch(line) or SALUTATION.fullmatch(line):
        return False
    if SALUTATION.fullmatch(last) or last.endswith((".", "!", "?", ":", ";")):
        return line[:1].islower() and len(last) >= LEAST_WRAPPED
    return line[:1].islower() or len(last) >= LEAST_WRAPPED or LEADS_ON.search(last) is not None


def _with_parts(text: str, blocks: Sequence[tuple[int, int]]) -> Iterator[Paragraph]:
    greeting = _greeting(text, blocks)
    goodbye = _goodbye(text, blocks, greeting)
    first = greeting + 1 if greeting >= 0 else _first_prose(text, blocks)
    for number, (start, end) in enumerate(blocks):
        words = text[start:end]
        if number == greeting:
            part = Part.SALUTATION
        elif number < first:
            part = Part.ADDRESS
        elif number < goodbye:
            part = _part_of(words)
        else:
            part = _part_after(words, number - goodbye)
        yield Paragraph(start, end, words, part)


def _greeting(text: str, blocks: Sequence[tuple[int, int]]) -> int:
    """Return the number of the paragraph that greets, or one before the first.

    What follows on a page of prose greets nobody: it is another letter, or a piece of this one.
    """
    prose = 0
    for number, (start, end) in enumerate(blocks):
        words = text[start:end]
        if SALUTATION.fullmatch(words):
            return number
        prose += _is_prose(words)
        if prose > MOST_BEFORE_GREETING:
            break
    return -1


def _goodbye(text: str, blocks: Sequence[tuple[int, int]], greeting: int) -> int:
    """Return the number of the paragraph that says goodbye, or one past the last."""
    for number, (start, end) in enumerate(blocks):
        if number > greeting and SIGN_OFF.fullmatch(text[start:end]):
            return number
    for number in range(max(greeting + 1, len(blocks) - MOST_SIGNATORY_LINES), len(blocks) - 1):
        start, end = blocks[number]
        if LOOSE_SIGN_OFF.fullmatch(text[start:end]):
            return number
    return len(blocks)


def _first_prose(text: str, blocks: Sequence[tuple[int, int]]) -> int:
    """Return the first paragraph that is a sentence, where nobody is greeted."""
    for number, (start, end) in enumerate(blocks):
        if _is_prose(text[start:end]):
            return number
    return 0


def _is_prose(words: str) -> bool:
    """Say whether a paragraph is a sentence, and no name, address or heading.

    A short one has to read like one: most of its words begin with a small letter.
    """
    if not words.rstrip("*_ ").endswith(ENDINGS):
        return False
    if len(words) > LEAST_WRAPPED:
        return True
    said = WORD.findall(words)
    return len(said) >= LEAST_SAID and 2 * sum(each.islower() for each in said) > len(said)


def _part_of(words: str) -> Part:
    if BULLET.match(words):
        return Part.BULLET
    shown = MARKS.sub("", words, count=1).rstrip("* \t")
    is_marked = words.lstrip().startswith("#")
    is_short = "\n" not in words and len(WORD.findall(shown)) <= MOST_HEADING_WORDS
    if is_marked or (is_short and not shown.endswith((".", "!", ":", ";", ","))):
        return Part.HEADING
    return Part.TEXT


def _part_after(words: str, lines: int) -> Part:
    if lines == 0:
        return Part.SIGN_OFF
    # A long line, for whom somebody signs, is one paragraph with the name under it.
    longest = max(len(WORD.findall(each)) for each in words.split("\n"))
    is_line = longest <= MOST_HEADING_WORDS and not words.endswith((".", "?"))
    return Part.SIGNATORY if lines <= MOST_SIGNATORY_LINES and is_line else Part.AFTER
