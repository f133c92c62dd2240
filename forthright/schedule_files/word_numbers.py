"""What Word shows before the lines that it numbers by itself: it keeps how to count, no number.

How it counts stands in ECMA-376, part 1, 17.9. Where that leaves open what would show, or programs
differ, nothing is guessed: whoever reads the list must look.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from forthright.letter_files.reading import FALLBACK, open_word_file
from forthright.schedule_files.word_beside import MOST_STYLES, links, take_unseen

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "•"
# The levels of a list.
DEEPEST = 9
# The part of a level's text that stands for the count of a level, from 1.
COUNT = re.compile(r"%([1-9])")
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
         (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# The ways of counting that are written out here; of any other what shows is not sure.
KINDS = frozenset({"decimal", "decimalZero", "lowerLetter", "upperLetter", "lowerRoman",
                   "upperRoman", "none"})  # fmt: skip
OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts; `start` is None where its first number is not sure."""

    start: int | None
    kind: str
    text: str
    restart: str
    is_legal: bool
    is_sure: bool
    style: str


@dataclass(frozen=True, slots=True)
class WordList:
    """A list as lines name it; those of one `key` count together but for what they override."""

    number: str
    key: str
    levels: Mapping[int, Level]
    # What a level begins with where the list is first used; None where that is not sure.
    overrides: Mapping[int, int | None]


def marks_before(document: Any) -> Iterator[tuple[Any, str | None]]:
    """Yield each line of a body that Word numbers, with what shows before it.

    That is blank where nothing does, a dot for each kind of bullet, and None where it is not sure.
    """
    lists, counts = _Lists(document), _Counts()
    for line in document.element.body.iter(f"{W}p"):
        found = lists.of_line(line)
        # Word keeps a box twice, for itself and for older programs.
        if found is None or next(line.iterancestors(FALLBACK), None) is not None:
            continue
        is_hidden = _is_on(line.find(f"{W}pPr/{W}rPr"), "vanish")
        if is_hidden and is_empty(line):
            continue
        if is_hidden or _is_aside(line):
            counts.lose(*found)
            yield line, None
        else:
            yield line, counts.mark(*found)


def unsure_in_word(path: Path) -> list[str]:
    """Return the rows with words in which Word shows a number that cannot be told, by place."""
    document = open_word_file(path.read_bytes())
    take_unseen(document)
    places = {
        row: f"row {number:,} of table {table_number:,}"
        for table_number, table in enumerate(document.element.body.iter(f"{W}tbl"), start=1)
        for number, row in enumerate(table.iter(f"{W}tr"), start=1)
    }
    rows = [
        next(line.iterancestors(f"{W}tr"), None)
        for line, mark in marks_before(document) if mark is None and is_empty(line)
    ]  # fmt: skip
    return [places[row] for row in dict.fromkeys(rows) if row is not None and not is_empty(row)]


def is_empty(element: Any) -> bool:
    """Say whether a line or a row holds no words of its own."""
    return not "".join(part.text or "" for part in element.iter(f"{W}t")).strip()


def _is_aside(line: Any) -> bool:
    """Say whether programs differ in counting a line: in a box, a hidden row, below a merged cell.

    Such a line counts in some, and then each later number of its list is another.
    """
    if next(line.iterancestors(f"{W}txbxContent"), None) is not None:
        return True
    if any(_is_on(row.find(f"{W}trPr"), "hidden") for row in line.iterancestors(f"{W}tr")):
        return True
    merged = (cell.find(f"{W}tcPr/{W}vMerge") for cell in line.iterancestors(f"{W}tc"))
    return any(each is not None and each.get(f"{W}val") != "restart" for each in merged)


class _Counts:
    """The counts of each list so far, by level."""

    def __init__(self) -> None:
        self.at: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()
        # The levels of lists of which it is not sure how far they have counted.
        self.lost: set[tuple[str, int]] = set()
        self.order: dict[str, list[WordList]] = {}

    def lose(self, found: WordList, level: int) -> None:
        self.lost |= {(found.key, each) for each in range(level, DEEPEST)}

    def mark(self, found: WordList, level: int) -> str | None:
        """Count one more line of a list, and return what shows before it."""
        how = found.levels.get(level)
        if how is None:
            return ""
        self._join(found)
        number = self._next(found, level, how)
        self._restart_below(found, level)
        counts = self.at[found.key]
        if number is None:
            self.lost.add((found.key, level))
        else:
            counts[level] = number
        for above in range(level):
            if above in found.levels and above not in counts:
                # Whether what was passed over counts as begun, programs see differently.
                self.lost.add((found.key, above))
        return self._shown(found, level, how)

    def _join(self, found: WordList) -> None:
        """Note which list is on; what shows when one is gone back to is not sure.

        That is where another began to count anew between, as both share their counts.
        """
        order = self.order.setdefault(found.key, [])
        self.at.setdefault(found.key, {})
        before = next((place for place in reversed(range(len(order)))
                       if order[place].number == found.number), None)  # fmt: skip
        if before is None:
            order.append(found)
        elif any(each.overrides for each in order[before + 1 :]):
            self.lose(found, 0)

    def _next(self, found: WordList, level: int, how: Level) -> int | None:
        counts, own = self.at[found.key], found.overrides.get(level, how.start)
        is_first = (found.number, level) not in self.begun
        self.begun.add((found.number, level))
        if level in found.overrides and is_first:
            self.lost.discard((found.key, level))
            return own
        if (found.key, level) in self.lost:
            return None
        if level in counts:
            return counts[level] + 1
        # Whether a level that was begun with another number does so again is not sure.
        return how.start if own == how.start else None

    def _restart_below(self, found: WordList, level: int) -> None:
        counts = self.at[found.key]
        for below in range(level + 1, DEEPEST):
            how = found.levels.get(below)
            if how is None or not how.restart:
                counts.pop(below, None)
                self.lost.discard((found.key, below))
            elif how.restart != "0":
                self.lost.add((found.key, below))

    def _shown(self, found: WordList, level: int, how: Level) -> str | None:
        if how.kind == "bullet":
            return BULLET if how.text else ""
        named = {int(each) - 1 for each in COUNT.findall(how.text)}
        counts = self.at[found.key]
        kinds = {each: found.levels[each].kind if each in found.levels else "" for each in named}
        if not how.is_sure or any((found.key, each) in self.lost or each not in counts
                                  or kinds[each] not in KINDS for each in named):  # fmt: skip
            return None
        words = COUNT.sub(
            lambda each: _written(counts[place := int(each[1]) - 1],
                                  "decimal" if how.is_legal else kinds[place]),
            how.text,
        )  # fmt: skip
        return words.strip()


class _Lists:
    """The lists of a document, and which of them a line is of, and how deep."""

    def __init__(self, document: Any) -> None:
        kept = [link.target_part for link in links(document)
                if link.reltype.endswith("/numbering")]  # fmt: skip
        self.numbering = kept[0].element if kept else None
        self.styles = {each.get(f"{W}styleId"): each
                       for each in document.styles.element.iter(f"{W}style")}  # fmt: skip
        self.of_all = next(
            (name for name, each in self.styles.items()
             if each.get(f"{W}type") == "paragraph"
             and (each.get(f"{W}default") or "0").lower() not in OFF), None
        )  # fmt: skip
        self.named = cache(self._named)
        self.of_style = cache(self._of_style)

    def of_line(self, line: Any) -> tuple[WordList, int] | None:
        """Return the list of a line and its level, from 0; its own settings go before its style's.

        They do so also where they say that it is of none.
        """
        own = line.find(f"{W}pPr/{W}numPr")
        style = line.find(f"{W}pPr/{W}pStyle")
        number, level = _value(own, "numId"), _value(own, "ilvl")
        if number is None:
            by_style = self.of_style(self.of_all if style is None else style.get(f"{W}val"))
            if by_style is None:
                return None
            return by_style[0], int(level) if level is not None else by_style[1]
        found = self.named(number)
        return None if found is None else (found, int(level or 0))

    def _of_style(self, name: str | None) -> tuple[WordList, int] | None:
        for _ in range(MOST_STYLES):
            style = self.styles.get(name)
            if style is None:
                return None
            settings = style.find(f"{W}pPr/{W}numPr")
            if (number := _value(settings, "numId")) is not None:
                found = self.named(number)
                if found is None:
                    return None
                linked = (at for at, level in found.levels.items() if level.style == name)
                return found, next(linked, int(_value(settings, "ilvl") or 0))
            based = style.find(f"{W}basedOn")
            name = based.get(f"{W}val") if based is not None else None
        return None

    def _named(self, number: str) -> WordList | None:
        kept = self._kept("num", "numId", number)
        own = self._abstract(kept)
        linked = own.find(f"{W}numStyleLink") if own is not None else None
        if linked is not None:
            # A list may be kept once as a style of its own, for others to be counted by.
            style = self.styles.get(linked.get(f"{W}val"))
            settings = style.find(f"{W}pPr/{W}numPr") if style is not None else None
            own = self._abstract(self._kept("num", "numId", _value(settings, "numId") or ""))
        if own is None:
            return None
        levels = {int(at): _level(each) for each in own.iterfind(f"{W}lvl")
                  if (at := each.get(f"{W}ilvl", "")).isdecimal()}  # fmt: skip
        overrides: dict[int, int | None] = {}
        for each in kept.iterfind(f"{W}lvlOverride"):
            at = each.get(f"{W}ilvl", "")
            if not at.isdecimal():
                continue
            start, instead = _value(each, "startOverride"), each.find(f"{W}lvl")
            before = levels.get(int(at))
            if instead is not None:
                levels[int(at)] = _level(instead)
            if start is not None:
                overrides[int(at)] = int(start)
            elif instead is not None and (before is None or before.start != levels[int(at)].start):
                overrides[int(at)] = None
        return WordList(number, own.get(f"{W}abstractNumId", ""), levels, overrides)

    def _abstract(self, kept: Any) -> Any:
        name = _value(kept, "abstractNumId")
        return None if name is None else self._kept("abstractNum", "abstractNumId", name)

    def _kept(self, kind: str, name: str, value: str) -> Any:
        found = self.numbering.iterfind(f"{W}{kind}") if self.numbering is not None else ()
        return next((each for each in found if each.get(f"{W}{name}") == value), None)


def _level(kept: Any) -> Level:
    text, style = kept.find(f"{W}lvlText"), kept.find(f"{W}pStyle")
    way, start = kept.find(f"{W}numFmt"), _value(kept, "start")
    # A way of counting that only newer programs know is wrapped beside one that older ones do.
    is_wrapped = any(not str(each.tag).startswith(W) for each in kept)
    return Level(
        start=int(start) if start is not None else None,
        kind=way.get(f"{W}val", "") if way is not None else "decimal",
        text=text.get(f"{W}val", "") if text is not None else "",
        restart=_value(kept, "lvlRestart") or "",
        is_legal=_is_on(kept, "isLgl"),
        is_sure=text is not None and not is_wrapped and not _is_on(kept.find(f"{W}rPr"), "vanish"),
        style=style.get(f"{W}val", "") if style is not None else "",
    )


def _written(number: int, kind: str) -> str:
    """Return a number as a list of some kind counts: "4", "04", "d", "IV"."""
    if kind in {"decimal", "none"} or number < 1:
        return "" if kind == "none" else str(number)
    if kind == "decimalZero":
        return f"{number:02}"
    if kind.endswith("Letter"):
        # After z come aa, bb and so on.
        again, place = divmod(number - 1, 26)
        words = chr(ord("a") + place) * (again + 1)
    else:
        words = ""
        for value, letters in ROMAN:
            words += letters * (number // value)
            number %= value
    return words.upper() if kind.startswith("upper") else words


def _value(settings: Any, name: str) -> str | None:
    """Return the number that settings hold under a name, as it is written."""
    found = settings.find(f"{W}{name}") if settings is not None else None
    written = found.get(f"{W}val", "") if found is not None else ""
    return written if written.isascii() and written.isdecimal() and len(written) < 10 else None


def _is_on(settings: Any, name: str) -> bool:
    found = settings.find(f"{W}{name}") if settings is not None else None
    return found is not None and (found.get(f"{W}val") or "1").lower() not in OFF
