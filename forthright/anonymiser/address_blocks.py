"""Lines and parts of an address that stand between others of it: “The Coach House”, “Beer”."""

import re
from collections.abc import Iterator, Sequence

from forthright.anonymiser.keeping import kept_places
from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.anonymiser.titles import GO_ON, NAME

# A part ends at a comma or the end of its line; nothing else stands between two parts.
PART = re.compile(r"[^\n,]+")
SEPARATOR = re.compile(r",?[ \t\u00a0]*\n?[ \t\u00a0]*")
SMALL = r"(?:the|of|on|in|le|la|upon|under|y|yr|and|by|with|c|e|next|cum)"
CALLED = re.compile(
    rf"[ \t\u00a0]*(?P<it>{NAME}(?:[ -](?:{SMALL}[ -]){{0,2}}{NAME}){{0,4}})[ \t]*$"
)
PLACED = {Kind.ADDRESS, Kind.PLACE, Kind.POSTCODE}
NUMBERED = {Kind.ADDRESS, Kind.POSTCODE}


def parts_between(text: str, masked: Sequence[Found]) -> Iterator[Found]:
    """Yield each part with capitals that has a masked part of an address on both its sides.

    One side may be whose address it is; the other has a number then, as a house or a postcode.
    """
    kinds = _kinds(text, masked)
    kept = kept_places(text)
    parts = list(PART.finditer(text))
    for before, part, after in zip(parts, parts[1:], parts[2:], strict=False):
        called = CALLED.match(part[0])
        if not called or not (_meet(text, before, part) and _meet(text, part, after)):
            continue
        start, end = part.start() + called.start("it"), part.start() + called.end("it")
        sides = _side(kinds, text, before), _side(kinds, text, after)
        is_placed = all(side in PLACED for side in sides)
        is_owned = sides[0] is Kind.PERSON and sides[1] in NUMBERED
        is_word = called["it"].split()[0].lower() in GO_ON - {"the"}
        if (is_placed or is_owned) and not is_word and not all(kept[start:end]):
            yield Found(start, end, Kind.ADDRESS, Layer.TITLE, 0.7,
                        because="it stands between other parts of an address")  # fmt: skip


def _kinds(text: str, masked: Sequence[Found]) -> dict[int, Kind]:
    """Return for each masked character what it was masked as."""
    return {at: each.kind for each in masked for at in range(each.start, each.end)}


def _meet(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    return SEPARATOR.fullmatch(text, first.end(), second.start()) is not None


def _side(kinds: dict[int, Kind], text: str, part: re.Match[str]) -> Kind | None:
    """Return what a whole part is masked as; nothing where a word of it stands bare."""
    told = [kinds.get(at) for at in range(part.start(), part.end()) if text[at].isalnum()]
    return told[-1] if told and None not in told else None
