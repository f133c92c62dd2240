"""Keeps what the checks find in a marked letter, beside the marks that people gave it."""

from collections import Counter
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.letters.selectors.past_letters import day_of_check, findings_when_sent
from forthright.reviews.models import LetterCheck, Review
from forthright.rules.letter_checks import spelling
from forthright.rules.working_days import CalendarTooShort
from forthright.schemes.selectors.area_clock import AreaNotStarted
from forthright.standards.selectors import check_rules_of
from forthright.standards.services import check_set_used


@transaction.atomic
def keep_check(review: Review, *, by: User, at: datetime) -> LetterCheck | None:
    """Keep what the rules of today find in the words that were marked.

    None where there are no words, or the record is too thin for a case: a marking is never held
    up by a check, and is then counted in no score.
    """
    version, duty = review.letter_version, review.drawn_letter.duty
    if version is None or duty is None or duty.sent_at is None:
        return None
    rules = check_rules_of(review.area_id)
    try:
        (findings,) = findings_when_sent(version, duty, rules)
    except (AreaNotStarted, CalendarTooShort):
        return None
    return LetterCheck.objects.create(
        review=review,
        check_set=check_set_used(review.area_id, by=by, at=at),
        checked_for=day_of_check(version, duty),
        fired=dict(Counter(each.rule for each in findings)),
        not_run=[] if spelling.is_available() else sorted(rules.prepared.spelling),
        checked_at=at,
    )
