"""Names told by a shape and a capital: “7 Heron’s Reach”, “Ward 7”, “at The Link”."""

import re
from collections.abc import Callable, Iterator, Sequence

from forthright.anonymiser.capital_runs import is_owning_nothing
from forthright.anonymiser.capital_words import is_edge, listed, stays
from forthright.anonymiser.spans import MASKED_FROM, Found, Kind, Layer
from forthright.anonymiser.titles import GO_ON, NAME, NAMES

JOINS = r"(?:and|of|the|upon|under|y|yr|le|la|de)"
WORD = re.compile(NAME)
HOUSES = re.compile(r"(?:House|Cottage|Farm|Lodge|Barn|Hall|Villa|Grange|View|Mill)$")
# A house by its name, on the line above its number.
ABOVE = re.compile(
    rf"^[ \t]*(?P<it>{NAME}(?:[ \u00a0]{NAME}){{1,3}})(?:,?$(?=\n[ \t]*\d)|(?=, \d))", re.MULTILINE
)
# A town on the line below who signed.
SIGNED = re.compile(
    rf"(?i:sincerely|faithfully|truly|regards|wishes),?[ \t]*\n\s*{NAMES},?[ \t]*\n[ \t]*"
    rf"(?P<it>{NAME}(?:[ -](?:{JOINS}[ -]){{0,2}}{NAME}){{0,3}})"
    r"(?:[ \t]+(?:[Oo]ffice|[Bb]ranch|[Tt]eam|[Uu]nit))?[ \t]*$",
    re.MULTILINE,
)
HOUSE = re.compile(
    rf"(?<![\w/.,£-])(?P<it>\d{{1,3}}[A-Za-z]?,?[ \u00a0](?:(?:St|The)\.?[ \u00a0])?{NAME}"
    rf"(?:[ \u00a0](?:{JOINS}[ \u00a0]){{0,2}}{NAME}){{0,3}})"
)
# Pubs that are called as what every letter speaks of: “in the Crown”, and not “for the Crown”.
SIGNS = re.compile(
    r"\b(?:in|inside|outside|near|at|behind|opposite|past|beside|left) "
    rf"(?P<it>the (?:Crown|King|Queen|Judge)|The {NAME}(?: (?:and|of|in)(?: the)? {NAME})?)"
    r"(?![ \u00a0][A-Z]|\w)"
)
# “The” has a capital within a sentence where it begins a name, whatever the name is made of.
THE_WITHIN = re.compile(rf"(?<=[a-z][ \u00a0])(?P<it>The[ \u00a0]{NAME})(?![ \u00a0][A-Z])")
PARTS = re.compile(
    r"\b(?P<it>(?:Ward|Wing|Junction|Platform|Unit|Block|Plot|Flat|Room|Bay|Gate|Pitch|Landing|"
    r"Channel|(?<=\b[Ii]n )Class) (?:[A-Z]?\d{1,3}[A-Za-z]?|[A-Z]))\b"
)
# “eBay”, “iPlayer”.
INNER = re.compile(r"(?<![\w’'@./-])(?P<it>[a-z]{1,2}[A-Z][a-z]\w*)")
# What the name of a house may begin with.
FIRST = frozenset({"the", "our", "my"})
# Peoples whose languages every letter may name.
NOT_OF_SOMEBODY = (
    "version|copy|copies|letter|language|speaker|speaking|translation|translator|interpreter|form|"
    "leaflet|law|laws|courts|bank|banks|government|parliament|police|edition|standards?|text|words?|"
    "name|sign|and|or|if|is|was|are|were|as|at|by|for|in|on|to|too|from|with|when|where|please|but|"
    "that|which|who|will|can|may|should|would|has|have|instead|first|only|also"
)
AT_HOME = re.compile(
    r"\b(?P<it>English|Welsh|British)(?=[ \u00a0](?:and|but|man|men|woman|women|boy|girl|people|"
    r"person|family|couple|nationals?|citizens?|origin|accent|student|passport|descent|"
    r"background|heritage|roots|parents|friends?|neighbours?|lad|girls?|boys?|driver|husband|wife|"
    r"mother|father|side|blood|or something)\b)|"
    rf"\b(?:is|are|was|were|being|half|[Aa]n?) [“\"‘']?(?P<too>English|Welsh|British)"
    rf"(?!\w| (?:{NOT_OF_SOMEBODY})\b)|"
    r"\b[Aa]n? (?P<one>English|Welsh|British)(?= court\b)|"
    r"[“\"‘'](?P<said>English|Welsh|British)(?=[”\"’'])"
)
CALLED_SO = frozenset({"crown", "code", "act"})
# The last line of an address, below one that ends as one.
LAST_LINE = re.compile(
    rf"^[ \t]*(?P<it>{NAME}(?:[ -](?:{JOINS}[ -]){{0,2}}{NAME}){{0,3}}),?[ \t]*$", re.MULTILINE
)
PLACED = {Kind.ADDRESS, Kind.PLACE, Kind.POSTCODE}


def is_said_small(word: str) -> bool:
    """Say whether a word is one that letters are made of, whatever its capital."""
    return stays(word) or word.lower() in GO_ON


def _is_house(words: list[str]) -> bool:
    return not is_said_small(words[0])


def _is_above(words: list[str]) -> bool:
    is_house = words[0] == "The" or HOUSES.search(words[-1]) is not None
    return is_house and _names_no_role(words)


def _names_no_role(words: list[str]) -> bool:
    return not any(each.lower() in listed("roles") | GO_ON - FIRST for each in words)


def _is_no_role(words: list[str]) -> bool:
    return not is_edge(words[1]) and words[1].lower() not in CALLED_SO


def _is_no_word(words: list[str]) -> bool:
    return not stays(words[0])


ALL = (
    (HOUSE, Kind.ADDRESS, "a house's number stands before a name", _is_house),
    (ABOVE, Kind.ADDRESS, "the name of a house above an address", _is_above),
    (SIGNED, Kind.PLACE, "a line below who signed", _names_no_role),
    (SIGNS, Kind.ORGANISATION, "a word for a place leads to it", bool),
    (THE_WITHIN, Kind.ORGANISATION, "“The” with a capital begins a name", _is_no_role),
    (PARTS, Kind.ADDRESS, "a part of a building or a place, by its number", bool),
    (AT_HOME, Kind.DESCRIPTION, "the name of a people", bool),
    (INNER, Kind.ORGANISATION, "a capital within a word names something", _is_no_word),
)  # fmt: skip
# Those that say of what is kept elsewhere that it is a name here.
OF_KEPT = frozenset({SIGNS, AT_HOME})


def told_by_shape(text: str, seen: Sequence[Found], kept: bytearray) -> Iterator[Found]:
    """Yield what has one of the shapes, and the ends of names and addresses that others saw."""
    holds: Callable[[list[str]], bool]
    for shape, kind, because, holds in ALL:
        for match in shape.finditer(text):
            start, end = match.span(match.lastgroup or "it")
            is_kept = shape not in OF_KEPT and all(kept[start:end])
            if not is_kept and holds(re.findall(r"[^\W\d_][\w’'-]*", text[start:end])):
                yield Found(start, end, kind, Layer.TITLE, 0.6, because=because)
    masked = [each for each in seen if each.score >= MASKED_FROM]
    yield from _possessives(text, masked)
    yield from _last_lines(text, masked, kept)


def _possessives(text: str, masked: Sequence[Found]) -> Iterator[Found]:
    """Yield the “’s” that belongs to a name, as in “at Dr Gray’s.”"""
    for each in masked:
        end = each.end + 2
        if text[each.end : end].lower() in {"'s", "’s"} and is_owning_nothing(text, end):
            yield Found(each.end, end, each.kind, Layer.TITLE, 0.6,
                        because="nothing follows that the name would own")  # fmt: skip


def _last_lines(text: str, masked: Sequence[Found], kept: bytearray) -> Iterator[Found]:
    """Yield a line of capitals alone below one that ends in a place: the town of an address."""
    ends = {each.end for each in masked if each.kind in PLACED}
    for match in LAST_LINE.finditer(text):
        before = match.start() - 1
        if text[before - 1 : before] == ",":
            before -= 1
        words = WORD.findall(match["it"])
        if before in ends and _names_no_role(words) and not all(kept[slice(*match.span("it"))]):
            yield Found(*match.span("it"), Kind.ADDRESS, Layer.TITLE, 0.6,
                        because="a line of capitals below a place")  # fmt: skip
