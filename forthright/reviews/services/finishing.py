"""Finishes a marking: the published rule makes one level of the marks, and they are locked."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.reviews import policies
from forthright.reviews.models import Mark, Review
from forthright.reviews.selectors.record import in_time
from forthright.reviews.selectors.screen import Sheet, sheet_of
from forthright.reviews.selectors.states import effective_level
from forthright.reviews.services.checking import keep_check
from forthright.rules import scoring
from forthright.rules.marking import Problem
from forthright.rules.rubric import Level
from forthright.rules.scoring import Overall
from forthright.samples import services as samples
from forthright.standards.selectors import rubric_of
from forthright.web import clock


class ReviewHasProblems(ValueError):
    """Marks cannot be finished yet; each problem is a sentence."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems one by one."""
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


@transaction.atomic
def finish_review(review: Review, *, by: User, at: datetime) -> Review:
    """Lock the marks on a letter or disclosure and keep the level the rule makes of them.

    :raises NotAllowed: if these marks are not this person's, or are finished
    :raises ReviewHasProblems: if something is missing
    """
    Review.objects.select_for_update().get(pk=review.pk)
    review = Review.objects.select_related(
        "edition",
        "area",
        "root_cause",
        "drawn_letter__draw",
        "drawn_letter__duty__rule_set",
        "drawn_letter__disclosure",
    ).get(pk=review.pk)
    policies.check_can_change_marks(by, review)
    sheet = sheet_of(review, at)
    if sheet.problems:
        raise ReviewHasProblems(sheet.problems)
    if sheet.is_sent:
        _keep_marks_by_record(sheet, by=by, at=at)
    overall = overall_of(sheet)
    review.overall, review.overall_because = overall.level, list(overall.because)
    review.timeliness = in_time(review.drawn_letter, clock.day_of(at)).outcome
    review.marked_at = at
    review.save(update_fields=["overall", "overall_because", "timeliness", "marked_at"])
    keep_check(review, by=by, at=at)
    samples.record_marked(review.drawn_letter, by=by, at=at)
    audit.record(
        "review.finished", review, by=by, at=at, edition=review.edition.number,
        rule=overall.rule_version, overall=overall.level, timeliness=review.timeliness,
        critical=list(overall.critical_failures), seconds=review.seconds_spent,
        was_sent_when_drawn=review.drawn_letter.was_sent,
    )  # fmt: skip
    return review


def _keep_marks_by_record(sheet: Sheet, *, by: User, at: datetime) -> None:
    """Keep the marks that the record gives and nobody changed, so that each criterion has one."""
    levels = {each.code: sheet.level_of(each.code) for each in sheet.criteria}
    waiting = [code for code in levels if code not in sheet.marks or not sheet.marks[code].level]
    criteria = {each.code: each for each in sheet.review.edition.criteria.filter(code__in=waiting)}
    for code in waiting:
        mark = sheet.marks.get(code) or Mark(review=sheet.review, criterion=criteria[code])
        mark.level, mark.saved_at = levels[code], at
        mark.save()
        sheet.marks[code] = mark
        audit.record("mark.saved", mark, by=by, at=at, area=sheet.review.area,
                     review=sheet.review.pk, criterion=code, level=mark.level,
                     is_by_record=True)  # fmt: skip


def overall_of(sheet: Sheet) -> Overall:
    """Return what the rule makes of the marks.

    :raises MarksHaveProblems: if a mark is missing
    """
    if not sheet.is_sent:
        return scoring.never_sent(sheet.rubric, subject=sheet.review.drawn_letter.subject)
    levels = {each.code: sheet.level_of(each.code) for each in sheet.criteria}
    return scoring.overall(
        {code: Level(level) for code, level in levels.items() if level}, sheet.rubric
    )


def overall_after_disputes(review: Review) -> Overall:
    """Return what the rule makes of the marks as they count after accepted disputes."""
    marks = review.marks.select_related("criterion").prefetch_related("disputes")
    levels = {mark.criterion.code: level for mark in marks if (level := effective_level(mark))}
    return scoring.overall(levels, rubric_of(review.edition))
