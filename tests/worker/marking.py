"""Marks without end until it is killed; and says whether what it left is whole.

python -m tests.worker.marking begin | mark | check
"""

import os
import sys
from itertools import count
from pathlib import Path

import django

django.setup()

from forthright.audit.models import Event  # noqa: E402 - Django must be set up first
from forthright.audit.selectors import verify  # noqa: E402
from forthright.reviews.models import Mark, Review  # noqa: E402
from forthright.reviews.services import Answer, save_marks  # noqa: E402
from tests import given  # noqa: E402

QUOTATIONS = ("Dear Ms Begum", "a realistic prospect", "within 10 working days")


def begin() -> None:
    """Begin a review to mark."""
    given.a_started_review()


def mark() -> None:
    """Save one mark after another, each unlike the one before, until killed."""
    review = Review.objects.select_related("marker").get()
    for number in count():
        level = ("NOT_MET", "PARTIALLY")[number % 2]
        quotation = QUOTATIONS[number % 3]
        answers = {
            code: Answer(level=level, quotation=quotation, note=f"{number}")
            for code in ("A1", "B1", "B3")
        }
        save_marks(review, answers, by=review.marker, at=given.NOON)
        (Path(os.environ["FORTHRIGHT_HOME"]) / "marked").write_text(str(number))


def check() -> None:
    """Fail unless every mark is whole, agrees with its record, and the record holds together."""
    marks = list(Mark.objects.select_related("criterion", "review__letter_version"))
    assert len({each.note for each in marks}) == 1, "some marks of one save are missing"
    for each in marks:
        text = each.review.letter_version.text
        assert text[each.quotation_start : each.quotation_end] == each.quotation
        last = Event.objects.filter(name="mark.saved", subject_id=str(each.pk)).latest("sequence")
        assert last.detail["level"] == each.level
    verdict = verify()
    assert verdict.ok, verdict.faults


if __name__ == "__main__":
    {"begin": begin, "mark": mark, "check": check}[sys.argv[1]]()
