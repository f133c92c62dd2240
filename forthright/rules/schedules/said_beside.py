"""Finds what the words beside a table say of its items: the police write there what has no cell."""

import re
from collections.abc import Iterator, Set

from forthright.rules.schedules.bundle import Bundle, Hit, plain
from forthright.rules.schedules.care import mark_beside, mark_in
from forthright.rules.schedules.schedule import Line, Place, Schedule

# "item 2", "items 1, 4 and 6", "entries 3 to 5", "Item No. 2".
NAMED = re.compile(
    r"\b(?:items?|entry|entries)(?: nos?\.?| numbers?)?:?\s*"
    r"(\d{1,5}(?:\s*(?:,|and|&|to|-|or)\s*\d{1,5})*)\b(?![/:]\d)"
)
SPAN = re.compile(r"(\d+)\s*(?:to|-)\s*(\d+)")
MOST_IN_SPAN = 5_000
# The certificate itself asks which items might undermine the case or assist the defence.
OF_THE_TEST = re.compile(r"\b(?:undermin|assist)\w*")
ENDS = re.compile(r"(?<=[.!?])\s+(?=\S)")


def said_beside(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each item that words beside the table name, and words there that keep back something.

    Of the words themselves only those that name the item, or mark it, are repeated.
    """
    by_number = {item.number: item for item in schedule.items if item.number is not None}
    told: set[int] = set()
    for place, sentence in _sentences(schedule):
        words = plain(sentence)
        mark = mark_in(words)
        named = _numbers_in(words) & by_number.keys()
        if named and (mark or _is_about_some(words, named, by_number.keys())):
            for number in sorted(named - told):
                told.add(number)
                said = {"where": place.within or "its file", "item": f"item {number}"}
                yield Hit(schedule=schedule, item=by_number[number], said=said,
                          words=f"item {number}")  # fmt: skip
        elif not named and (kept := mark_beside(words)):
            said = {"where": place.within or "its file", "item": "an item"}
            yield Hit(schedule=schedule, words=kept, place=place, said=said)


def _is_about_some(words: str, named: set[int], listed: Set[int]) -> bool:
    """Say whether a sentence is about some items, and neither about all nor the test for each."""
    return named != listed and OF_THE_TEST.search(words) is None


def _numbers_in(words: str) -> set[int]:
    found: set[int] = set()
    for each in NAMED.finditer(words):
        for first, last in SPAN.findall(each[1]):
            found |= set(range(int(first), min(int(last), int(first) + MOST_IN_SPAN) + 1))
        found |= {int(number) for number in re.findall(r"\d+", each[1])}
    return found


def _sentences(schedule: Schedule) -> Iterator[tuple[Place, str]]:
    """Yield the sentences beside the table, each whole though lines break it, and where it begins.

    A line that begins with a small letter or a number goes on with the one above.
    """
    whole: list[Line] = []
    # A certificate that was kept before is one line of many.
    lines = (
        Line(place=line.place, text=text)
        for line in (*schedule.head, *schedule.certificate) for text in line.text.split("\n")
    )  # fmt: skip
    for line in lines:
        goes_on = line.text[:1].islower() or line.text[:1].isdigit()
        if whole and goes_on:
            whole[-1] = Line(place=whole[-1].place, text=f"{whole[-1].text} {line.text}")
        else:
            whole.append(line)
    for line in whole:
        yield from ((line.place, each) for each in ENDS.split(line.text))
