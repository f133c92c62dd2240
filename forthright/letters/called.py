"""What came up in calls, as the letter says it."""

from collections.abc import Iterable

from forthright.letters.models import CallAttempt
from forthright.rules.letter_blocks.composed import Composed, Origin, Paragraph, ParagraphKind, Run
from forthright.rules.words import date_words, local

HEADING = "When we spoke"
QUESTIONS = "If you have questions"


def with_calls(composed: Composed, calls: Iterable[CallAttempt]) -> Composed:
    """Return the letter with a paragraph for each call in which something came up.

    They stand under a heading of their own, before the part about questions or else before the
    sign-off; what the letter says already is not said twice.
    """
    said = composed.plain()
    new = [words for call in calls if call.came_up and (words := words_of(call)) not in said]
    if not new:
        return composed
    added = [Paragraph(runs=(Run(text=words, origin=Origin.PERSON),)) for words in new]
    place = _end_of_calls(composed.paragraphs)
    if place is None:
        place = _place(composed.paragraphs)
        added.insert(0, Paragraph(kind=ParagraphKind.HEADING, runs=(_heading(),)))
    paragraphs = (*composed.paragraphs[:place], *added, *composed.paragraphs[place:])
    return composed.model_copy(update={"paragraphs": paragraphs})


def words_of(call: CallAttempt) -> str:
    """Return what a letter says of a call: "We spoke on 5 October 2026. You asked …"."""
    return f"We spoke on {date_words(local(call.called_at).date())}. {call.came_up}"


def _heading() -> Run:
    return Run(text=HEADING, origin=Origin.TEMPLATE, block="calls")


def _end_of_calls(paragraphs: tuple[Paragraph, ...]) -> int | None:
    """Return where the part about calls ends; None where the letter has none yet."""
    is_within = False
    for number, each in enumerate(paragraphs):
        if is_within and each.kind is not ParagraphKind.TEXT:
            return number
        is_within = is_within or (each.kind is ParagraphKind.HEADING and each.text == HEADING)
    return len(paragraphs) if is_within else None


def _place(paragraphs: tuple[Paragraph, ...]) -> int:
    for number, each in enumerate(paragraphs):
        is_questions = each.kind is ParagraphKind.HEADING and each.text.startswith(QUESTIONS)
        if is_questions or each.kind is ParagraphKind.SIGN_OFF:
            return number
    return len(paragraphs)
