"""Which words of a meeting a person held back, and what stands in their place."""

import hashlib
from typing import Any

from forthright.panels.models import Meeting, WordsHeldBack
from forthright.rules.words import day_words
from forthright.web import clock

Part = WordsHeldBack.Part
# The part of what a meeting says, and the number of the finding or letter.
Which = tuple[str, int]


def held_in(meeting: Meeting) -> dict[Which, WordsHeldBack]:
    """Return what of a meeting is held back."""
    rows = meeting.words_held_back.select_related("held_by")
    return {(each.part, each.number): each for each in rows}


def left_out_held(meeting: Meeting) -> dict[str, list[Any]]:
    """Return for who keeps the panel which reasons are held back, and which may be.

    Before the pack is open a letter is put back, and left out anew in other words.
    """
    held = {
        number: each for (part, number), each in held_in(meeting).items() if part == Part.LEFT_OUT
    }
    letters = meeting.letters.exclude(left_out_because="").order_by("position")
    is_open = meeting.state != Meeting.State.DRAWN
    return {
        "reasons_held": [told_of(each) for each in held.values()],
        "reasons_to_hold": [
            each
            for each in letters.values_list("position", flat=True)
            if each not in held and is_open
        ],
    }


def words_of(meeting: Meeting, part: str, number: int) -> str:
    """Return what one part of a meeting says; nothing where it says nothing there."""
    if part == Part.LEFT_OUT:
        letters = meeting.letters.filter(position=number)
        return letters.values_list("left_out_because", flat=True).first() or ""
    field = "said" if part == Part.FOUND else "did"
    found = meeting.findings.filter(number=number).values_list(field, flat=True).first()
    return found or ""


def stamp_of_words(words: str) -> str:
    """Return what is another once other words stand there."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def instead(held: WordsHeldBack) -> str:
    """Return what everybody reads in the place of words that are held back."""
    day = day_words(clock.day_of(held.held_at))
    return f"Held back on {day} by who keeps the panel: it might say who a letter is about."


def told_of(held: WordsHeldBack) -> str:
    """Return what who keeps the panel reads beside words that are held back."""
    day = day_words(clock.day_of(held.held_at))
    manager = "" if held.part == Part.LEFT_OUT else " and the manager"
    return (
        f"Nobody but who keeps the panel{manager} reads {held.get_part_display()} since {day}; "
        f"{held.held_by} held it back: {held.held_because}"
    )
