"""What the note of a meeting says: what was asked for, drawn, read and answered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forthright.panels.models import AnonymisedLetter, Meeting, PackLetter, Reading
from forthright.panels.selectors.asked import questions_by_letter
from forthright.panels.selectors.drawing import drawn_before, drawn_before_words
from forthright.panels.selectors.meetings import (
    letters_read,
    number_of_seats_ended,
    readings_of,
)
from forthright.panels.selectors.not_counted import (
    hidden_in_pack,
    number_not_counted,
    withdrawn_meanwhile,
)
from forthright.panels.selectors.recognised import number_put_aside, read_by
from forthright.rules.panel_map import LEAST_FOR_A_RATE, Square, squares_of
from forthright.rules.panel_questions import NOT_SURE, YES
from forthright.rules.rubric import Level
from forthright.rules.sampling import Part
from forthright.rules.words import day_words
from forthright.web import clock

PARTS = {Part.RANDOM: "Letters drawn by lot", Part.TARGETED: "Letters drawn for the theme"}
GOOD = (YES, Level.FULLY)
Note = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tally:
    """To one question, how many answers were good, of how many that say something.

    Who could not tell, and who said that it does not apply, are counted apart.
    """

    number: int
    words: str
    good: int
    of: int
    unsure: int
    not_applicable: int


def note_of(meeting: Meeting) -> Note:
    """Return what the note says: as it was published, and before that as it stands now."""
    return meeting.note or reckoned(meeting)


def since_published(meeting: Meeting) -> list[str]:
    """Say with its day what became of the letters and drawings of a note after its publication."""
    published = meeting.published_at
    if published is None:
        return []
    said = []
    for position, letter in _letters_by(meeting, published):
        gone, back = letter.withdrawn_at, letter.released_at
        acts = [
            f"{verb} on {day_words(clock.day_of(at))}"
            for verb, at in (("withdrawn", gone), ("released again", back))
            if at is not None and at > published
        ]  # fmt: skip
        if gone and back and gone > back:
            acts.reverse()
        if acts:
            said.append(f"Letter {position} was {' and '.join(acts)}.")
    for each in drawn_before(meeting):
        if each.cancelled_at is not None and each.cancelled_at > published:
            day = day_words(clock.day_of(each.cancelled_at))
            said.append(f"Panel {each.number}, drawn before, was called off on {day}.")
    return said


def _letters_by(meeting: Meeting, at: datetime) -> list[tuple[int, AnonymisedLetter]]:
    """Return the letters of a pack by position, each in the words that were taken by a moment."""
    letters = meeting.letters.filter(left_out_because="").order_by("position")
    rows = AnonymisedLetter.objects.filter(
        duty__in=[each.duty_id for each in letters], taken_at__lte=at
    )
    found = {each.duty_id: each for each in rows.order_by("taken_at", "pk")}
    return [(each.position, found[each.duty_id]) for each in letters if each.duty_id in found]


def reckoned(meeting: Meeting) -> Note:
    """Return what the note says as it stands now, as it can be kept; nobody is named in it."""
    readings, letters = readings_of(meeting), list(meeting.letters.all())
    read = letters_read(meeting, readings)
    times_aside, letters_aside = number_put_aside([meeting.pk])[meeting.pk]
    for_theme = meeting.theme_size if meeting.theme else 0
    parts = [_part(meeting, read, readings, part) for part in PARTS]
    not_counted = number_not_counted(meeting)
    hidden = hidden_in_pack(meeting)
    return {
        "sent": len(meeting.rows),
        "drawn_from": sum(not each["excluded_because"] for each in meeting.rows),
        "asked_by_lot": meeting.size - for_theme,
        "asked_for_theme": for_theme,
        "drawn_by_lot": sum(each.part == Part.RANDOM for each in letters),
        "drawn_for_theme": sum(each.part == Part.TARGETED for each in letters),
        "drawn_before": drawn_before_words(meeting),
        "read": len(read),
        "withdrawn": withdrawn_meanwhile(meeting),
        "of_other_words": not_counted["of_other_words"],
        "unfinished": not_counted["unfinished"],
        "words_hidden": sum(len(each.words.split()) for each in hidden),
        "letters_hidden": len({each.letter for each in hidden}),
        "in_pack": sum(not each.left_out_because for each in letters),
        "times_aside": times_aside,
        "letters_aside": letters_aside,
        "seats": meeting.seats.count(),
        "seats_ended": number_of_seats_ended(meeting),
        "members": len({each.seat_id for each in readings}),
        "handed_in": meeting.seats.filter(handed_in_at__isnull=False).count(),
        "parts": [each for each in parts if each["letters"]],
        "readers": {str(at): by.words for at, by in read_by(meeting, readings).items()},
        "is_few": sum(each.part == Part.RANDOM for each in read) < LEAST_FOR_A_RATE,
    }


def _part(
    meeting: Meeting, read: Sequence[PackLetter], readings: Sequence[Reading], part: Part
) -> Note:
    """Return what was answered of one part of the draw, letter by letter, for each question.

    Those drawn by lot and those drawn for the theme are never added together. A question stands
    with the letters that were asked it, and is left out where none was.
    """
    letters = [each for each in read if each.part == part]
    by_letter = questions_by_letter(meeting, letters)
    asked = {(each.position, key) for each in letters for key, _ in by_letter[each.pk]}
    keys, places = [key for key, _ in meeting.questions], [each.position for each in letters]
    answers = [(each.letter.position, each.answers) for each in readings]
    squares = squares_of(answers, places, keys)
    counted = [
        {
            "number": number,
            "words": words,
            "letters": [[at, dict(squares[at, key].counts)] for at in places if (at, key) in asked],
        }
        for number, (key, words) in enumerate(meeting.questions, 1)
    ]
    return {
        "part": str(part),
        "letters": len(letters),
        "answers": [each for each in counted if each["letters"]],
    }


def parts_shown(note: Note) -> list[tuple[str, str, int, list[Tally]]]:
    """Return for each part its heading, its name, how many letters were read, and its counts."""
    return [
        (
            PARTS[Part(each["part"])],
            each["part"],
            each["letters"],
            [_tally(counted) for counted in each["answers"]],
        )
        for each in note["parts"]
    ]


def _tally(counted: Mapping[str, Any]) -> Tally:
    said: Counter[str] = Counter()
    for _, counts in counted["letters"]:
        said.update(counts)
    unsure, not_applicable = said[NOT_SURE], said[Level.NOT_APPLICABLE]
    return Tally(
        counted["number"], counted["words"], good=sum(said[each] for each in GOOD),
        of=said.total() - unsure - not_applicable, unsure=unsure, not_applicable=not_applicable,
    )  # fmt: skip


def squares_counted(note: Note, part: Part, number: int) -> list[Square]:
    """Return letter by letter what a count of the note is made of; no member is named."""
    return [
        Square(at, str(number), counts)
        for each in note["parts"]
        for counted in each["answers"]
        for at, counts in counted["letters"]
        if each["part"] == part and counted["number"] == number
    ]
