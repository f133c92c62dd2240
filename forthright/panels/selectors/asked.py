"""What the panel is asked of a letter, and what may be answered."""

from forthright.panels.models import Meeting, Reading
from forthright.rules.applicability import levels_offered
from forthright.rules.panel_questions import ANSWERS, NOT_SURE, NOT_SURE_OF_LEVEL
from forthright.standards.selectors import rubric_of


def is_whole(meeting: Meeting, reading: Reading | None) -> bool:
    """Say whether every question was answered."""
    keys = {key for key, _ in meeting.questions}
    return reading is not None and keys <= reading.answers.keys()


def answers_offered(meeting: Meeting, key: str) -> list[tuple[str, str]]:
    """Return what may be answered to a question: yes or no, or the levels of the standard.

    Whoever has the letter alone may always say that they cannot tell.
    """
    if meeting.scoring == Meeting.Scoring.QUESTIONS or meeting.edition is None:
        return list(ANSWERS.items())
    criterion = rubric_of(meeting.edition).criterion(key)
    levels = [(str(level), level.words) for level in levels_offered(criterion, None)]
    return [*levels, (NOT_SURE, NOT_SURE_OF_LEVEL)]
