"""Which words of a meeting a person held back, and what stands in their place."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from forthright.audit.models import Event
from forthright.panels.models import Meeting, WordsHeldBack, WordsShownAgain
from forthright.rules.words import day_words
from forthright.web import clock

Part = WordsHeldBack.Part
# The part of what a meeting says, and the number of the finding or letter.
Which = tuple[str, int]


def held_in(meeting: Meeting) -> dict[Which, WordsHeldBack]:
    """Return what of a meeting is held back of the words that stand, and not shown again."""
    rows, words = _rows_in(meeting)
    return {(each.part, each.number): each for each in rows if _is_held(each, words)}


def shown_again(held: WordsHeldBack) -> WordsShownAgain | None:
    """Return that words were shown again after they were held back, if they were."""
    return getattr(held, "shown_again", None)


def told_in(meeting: Meeting) -> dict[Which, list[str]]:
    """Return for who keeps the panel all that was held back of a meeting, the words beside it."""
    rows, words = _rows_in(meeting)
    found: dict[Which, list[str]] = defaultdict(list)
    # What is held back now stands before what was.
    for each in sorted(rows, key=lambda row: not _is_held(row, words)):
        is_held, which = _is_held(each, words), (each.part, each.number)
        found[which].append(_told_of(each) if is_held else _told_of_then(each, words))
    return found


def _rows_in(meeting: Meeting) -> tuple[list[WordsHeldBack], dict[Which, str]]:
    rows = list(meeting.words_held_back.select_related("held_by", "shown_again__shown_by"))
    return rows, _words_in(meeting) if rows else {}


def _stand(held: WordsHeldBack, words: Mapping[Which, str]) -> bool:
    return held.of_words == stamp_of_words(words.get((held.part, held.number), ""))


def _is_held(held: WordsHeldBack, words: Mapping[Which, str]) -> bool:
    return _stand(held, words) and shown_again(held) is None


def _words_in(meeting: Meeting) -> dict[Which, str]:
    letters = meeting.letters.values_list("position", "left_out_because")
    found: dict[Which, str] = {(Part.LEFT_OUT, at): because for at, because in letters}
    for number, said, did in meeting.findings.values_list("number", "said", "did"):
        found |= {(Part.FOUND, number): said, (Part.DONE, number): did}
    return found


def left_out_held(meeting: Meeting) -> dict[str, list[Any]]:
    """Return for who keeps the panel which reasons are held back, and which may be.

    Before the pack is open a letter is put back, and left out anew in other words.
    """
    held = {number for part, number in held_in(meeting) if part == Part.LEFT_OUT}
    told = told_in(meeting)
    letters = meeting.letters.exclude(left_out_because="").order_by("position")
    is_open = meeting.state != Meeting.State.DRAWN
    return {
        "reasons_held": [
            (number, said, number in held)
            for (part, number), said in told.items()
            if part == Part.LEFT_OUT
        ],
        "reasons_to_hold": [
            each
            for each in letters.values_list("position", flat=True)
            if each not in held and is_open
        ],
    }


def words_of(meeting: Meeting, part: str, number: int) -> str:
    """Return what one part of a meeting says; nothing where it says nothing there."""
    return _words_in(meeting).get((part, number), "")


def stamp_of_words(words: str) -> str:
    """Return what is another once other words stand there."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def instead(held: WordsHeldBack) -> str:
    """Return what everybody reads in the place of words that are held back."""
    day = day_words(clock.day_of(held.held_at))
    by = "who keeps the panel"
    if _is_own(held):
        by = "who answers for it, as nobody else keeps the panel"
        if held.part == Part.LEFT_OUT:
            by = "who had a part in it, as nobody who had none keeps the panel"
    return f"Held back on {day} by {by}: it might say who a letter is about."


def _is_own(held: WordsHeldBack) -> bool:
    """Say whether somebody held back what was said of their own work, as nobody else could."""
    return Event.objects.filter(
        name="panel.words_held_back", subject_kind=Meeting._meta.label,
        subject_id=str(held.meeting_id), at=held.held_at, detail__part=held.part,
        detail__number=held.number, detail__is_own=True,
    ).exists()  # fmt: skip


def _told_of(held: WordsHeldBack) -> str:
    """Return what who keeps the panel reads beside words that are held back."""
    day = day_words(clock.day_of(held.held_at))
    manager = "" if held.part == Part.LEFT_OUT else " and the manager"
    return (
        f"Nobody but who keeps the panel{manager} reads {held.get_part_display()} since {day}; "
        f"{held.held_by} held it back: {held.held_because}"
    )


def _told_of_then(held: WordsHeldBack, words: Mapping[Which, str]) -> str:
    """Return the same of words that are shown again, or in whose place others stand."""
    what = held.get_part_display()
    begin = "Other words that stood here before were"
    if _stand(held, words):
        begin = f"{what[0].upper()}{what[1:]} was"
    told = f"{begin} held back on {day_words(clock.day_of(held.held_at))} by {held.held_by}"
    if (again := shown_again(held)) is None:
        return f"{told}: {held.held_because}"
    day = day_words(clock.day_of(again.shown_at))
    return f"{told}: {held.held_because} Shown again since {day} by {again.shown_by}: " + (
        again.shown_because
    )
