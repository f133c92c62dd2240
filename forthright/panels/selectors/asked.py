"""What the panel is asked of a letter, and what may be answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from forthright.panels.models import Meeting, PackLetter, Reading
from forthright.rules.applicability import SORRY_FOR_BEING_LATE, levels_offered
from forthright.rules.panel_criteria import guidance_for_panel
from forthright.rules.panel_questions import ANSWERS, NOT_SURE, NOT_SURE_OF_LEVEL, asked_of
from forthright.rules.words import list_words
from forthright.samples.models import Condition
from forthright.samples.selectors.frames import reference_of
from forthright.standards.selectors import rubric_of

Question = tuple[str, str]
IT_WAS_LATE = "The record says that it went out late."


def questions_by_letter(
    meeting: Meeting, letters: Iterable[PackLetter]
) -> dict[int, list[Question]]:
    """Return by its number what each letter of a meeting is asked, as pairs of key and words.

    The list that was frozen when they were drawn says which are of the theme, and which were late:
    the theme's questions, and how a letter says sorry for being late, are asked of these alone.
    """
    questions = [(key, words) for key, words in meeting.questions]
    if not meeting.asks_by_letter:
        return {each.pk: questions for each in letters}
    asked = {reference_of(each.duty_id): each.pk for each in letters}
    rows = {asked[row["reference"]]: row for row in meeting.rows if row["reference"] in asked}
    return {pk: _asked(meeting, questions, rows.get(pk, {})) for pk in asked.values()}


def questions_of(meeting: Meeting, letter: PackLetter) -> list[Question]:
    """Return what one letter of a meeting is asked."""
    return questions_by_letter(meeting, [letter])[letter.pk]


def _asked(meeting: Meeting, questions: list[Question], row: Mapping[str, Any]) -> list[Question]:
    is_late = bool(row.get("is_late"))
    if meeting.scoring == Meeting.Scoring.RUBRIC:
        return [
            (key, f"{words} {IT_WAS_LATE}" if key == SORRY_FOR_BEING_LATE else words)
            for key, words in questions
            if is_late or key != SORRY_FOR_BEING_LATE
        ]
    is_of_theme = (
        is_late if meeting.theme == Condition.LATE else meeting.theme in row.get("flags", ())
    )
    return asked_of(questions, theme=meeting.theme, is_of_theme=is_of_theme)


def numbers_of(meeting: Meeting) -> dict[str, int]:
    """Return by its key the number of each question: one at the whole meeting, on screen and paper.

    A letter that is not asked every question leaves a number out.
    """
    return {key: number for number, (key, _) in enumerate(meeting.questions, 1)}


def leaves_out(meeting: Meeting, questions: Sequence[Question]) -> bool:
    """Say whether a number is left out before or between the questions that a letter is asked."""
    numbers = numbers_of(meeting)
    return any(numbers[key] != number for number, (key, _) in enumerate(questions, 1))


def is_whole(questions: Sequence[Question], reading: Reading | None) -> bool:
    """Say whether every question that a letter is asked was answered."""
    return reading is not None and {key for key, _ in questions} <= reading.answers.keys()


def that_say_something(readings: "QuerySet[Reading]") -> "QuerySet[Reading]":
    """Return the readings that hold an answer or a remark: an empty one is no answer."""
    return readings.exclude(answers={}, remark="")


def says_something(said: Reading | None) -> bool:
    """Say the same of one reading, or of none."""
    return said is not None and bool(said.answers or said.remark)


def unanswered(meeting: Meeting, questions: Sequence[Question], said: Reading | None) -> list[int]:
    """Return by number the questions that a letter is asked and that have no answer yet."""
    numbers, answers = numbers_of(meeting), said.answers if said is not None else {}
    return [numbers[key] for key, _ in questions if key not in answers]


def questions_words(numbers: Sequence[int]) -> str:
    """Say questions by their number: "question 3", "questions 3 and 5"."""
    word = "question" if len(numbers) == 1 else "questions"
    return f"{word} {list_words([str(each) for each in numbers])}" if numbers else ""


@dataclass(frozen=True, slots=True)
class StandardShown:
    """What a criterion asks, and each of its levels: its words, what it means, an example."""

    guidance: str
    levels: tuple[tuple[str, str, str], ...]


def guidance_of(meeting: Meeting) -> dict[str, str]:
    """Return by its code how members are to judge by each criterion that a meeting asks about."""
    if meeting.scoring == Meeting.Scoring.QUESTIONS or meeting.edition is None:
        return {}
    rubric = rubric_of(meeting.edition)
    return {key: guidance_for_panel(rubric.criterion(key)) for key, _ in meeting.questions}


def standard_of(meeting: Meeting, key: str) -> StandardShown | None:
    """Return what a criterion is marked by, where the panel marks by the standard too.

    Marks are laid beside those of line managers, so that both see what each level means. How to
    judge it is told by the letter alone, as members have no record, and in the words that stood
    when the pack was opened. Where these were not kept yet members read those of the standard.
    """
    if meeting.scoring == Meeting.Scoring.QUESTIONS or meeting.edition is None:
        return None
    criterion = rubric_of(meeting.edition).criterion(key)
    levels = tuple(
        (level.words, meant.anchor, meant.example)
        for level in levels_offered(criterion, None)
        if (meant := criterion.levels.get(level)) is not None
    )
    return StandardShown(meeting.guidance.get(key, criterion.guidance), levels)


def answers_offered(meeting: Meeting, key: str) -> list[tuple[str, str]]:
    """Return what may be answered to a question: yes or no, or the levels of the standard.

    Whoever has the letter alone may always say that they cannot tell.
    """
    if meeting.scoring == Meeting.Scoring.QUESTIONS or meeting.edition is None:
        return list(ANSWERS.items())
    criterion = rubric_of(meeting.edition).criterion(key)
    levels = [(str(level), level.words) for level in levels_offered(criterion, None)]
    return [*levels, (NOT_SURE, NOT_SURE_OF_LEVEL)]
