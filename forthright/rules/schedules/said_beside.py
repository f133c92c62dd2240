"""Finds what the words beside a table say of its items: the police write there what has no cell."""

import re
from collections.abc import Iterable, Iterator

from forthright.rules.schedules.bundle import Bundle, Hit, plain
from forthright.rules.schedules.care import mark_beside, mark_in
from forthright.rules.schedules.items_named import items_named
from forthright.rules.schedules.kept_words import kept_words
from forthright.rules.schedules.schedule import Line, Place, Schedule

# The certificate itself asks which items might undermine the case or assist the defence, and why.
OF_THE_TEST = re.compile(r"\b(?:undermin|assist)\w*")
# What forms print at their foot of the whole schedule: the prosecutor decides what is given.
BY_LEAVE = re.compile(
    r"^\W*(?:(?:this|the|no part of this|nothing (?:on|in) this)\b[^.]{0,40}?"
    r"\b(?:form|document|schedule|list)\b[^.]{0,25}?|do |it (?:is|must) )?"
    r"\b(?:not )?(?:to )?(?:be )?(?:disclos|serv|releas|cop)\w+[^.]{0,30}?"
    r"\b(?:without|unless|except|until|before)\b[^.]{0,30}?"
    r"\b(?:prosecut\w+|cps|crown|lawyer)\b"
)
# The full stop of "No. 2" ends no sentence, and its "no" denies nothing.
NUMBER_SHORT = re.compile(r"\bnos?\.? ?(?=\d)", re.IGNORECASE)
ENDS = re.compile(r"(?<=[.!?])\s+(?=\S)")


def said_beside(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each item that words beside the table name, and words there that keep back something.

    It is asked what a sentence says, and not how many items it names: only one that speaks of
    care, of a source, of how the police work or of private notes holds back what it names. Of the
    words themselves only those that name the item, or mark it, are repeated.
    """
    by_number = {item.number: item for item in schedule.items if item.number is not None}
    told: set[int] = set()
    for place, sentence in sentences_of((*schedule.head, *schedule.certificate)):
        words = plain(sentence)
        named = items_named(words, sorted(by_number)) & by_number.keys()
        said = {"where": place.within or "its file"}
        if named and may_keep_back(words):
            for number in sorted(named - told):
                told.add(number)
                yield Hit(schedule=schedule, item=by_number[number], words=f"item {number}",
                          said={**said, "item": f"item {number}"})  # fmt: skip
        elif not named and (kept := _keeps_back_unnamed(words)):
            yield Hit(schedule=schedule, words=kept, place=place, said={**said, "item": "an item"})


def may_keep_back(words: str) -> bool:
    """Say whether a sentence that names items may keep them back; in doubt it does."""
    if mark_in(words) or kept_words(("source", "private", "beside")).found_in(words):
        return True
    # Why an item assists is told in the words of whoever gave it, which are no sign of a source.
    return OF_THE_TEST.search(words) is None and bool(kept_words(("doubt",)).found_in(words))


def _keeps_back_unnamed(words: str) -> str:
    """Return the words by which a sentence that names no item keeps something back, if any."""
    marked = "" if BY_LEAVE.search(words) else mark_beside(words)
    return marked or kept_words(("source", "beside")).found_in(words)


def sentences_of(lines: Iterable[Line]) -> Iterator[tuple[Place, str]]:
    """Yield the sentences of some lines, each whole though lines break it, and where it begins.

    A line that begins with a small letter or a number goes on with the one above.
    """
    whole: list[Line] = []
    # A certificate that was kept before is one line of many.
    parted = (Line(place=line.place, text=text)
              for line in lines for text in line.text.split("\n"))  # fmt: skip
    for line in parted:
        goes_on = line.text[:1].islower() or line.text[:1].isdigit()
        if whole and goes_on:
            whole[-1] = Line(place=whole[-1].place, text=f"{whole[-1].text} {line.text}")
        else:
            whole.append(line)
    for line in whole:
        yield from (
            (line.place, each) for each in ENDS.split(NUMBER_SHORT.sub("number ", line.text))
        )
