"""Keeps that a colleague is to look at a letter before it goes, that one did, and the Area's rule.

Who looks, and what they find, is kept in a room above; it tells this one.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.letters import policies
from forthright.letters.models import CheckRule, Letter, LetterVersion, LookPassed, LookWaived
from forthright.letters.selectors.checks import (
    check_reference,
    check_settings_of,
    newest_check_rule,
    rule_stamp,
)
from forthright.letters.selectors.letter import drafts_here, latest_words
from forthright.letters.selectors.which import letter_of
from forthright.letters.services.steps import give_back, locked
from forthright.rules.peer_check_settings import PeerCheckSettings
from forthright.rules.words import local
from forthright.rules.written import LEAST_WEIGHED, reason_in
from forthright.schemes.models import Duty
from forthright.web import jobs
from forthright.web.meanwhile import by_whom, check_unchanged

GIVE = "peer_checks.give"


class CheckRefused(ValueError):
    """A rule for checks cannot be so; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCheckRule:
    """What an Area wants looked at before it goes, from which day, and who says so."""

    in_force_from: date
    kinds: Sequence[str]
    share_percent: int
    is_required: bool
    hours: int
    latest: time
    source: str
    reason: str


@transaction.atomic
def ask_for_check(letter: Letter, version: LetterVersion, *, by: User | None, at: datetime) -> bool:
    """Note that a colleague is to look at a letter that was handed over; say whether that is so.

    What was asked for stays asked for, and what was required stays required: a later rule lets
    no letter go that an earlier one held. A version that passed is not looked at again.
    """
    settings = check_settings_of(letter.area_id, local(at).date())
    is_asked = settings.asks_for(letter.kind, check_reference(letter))
    if not is_asked and letter.check_asked_at is None:
        return False
    if letter.checked_version_id == version.pk:
        return False
    letter.check_asked_at = at
    _ask(letter, version, settings if is_asked else None, by=by, at=at)
    return True


@transaction.atomic
def ask_for_new_words(
    letter: Letter, version: LetterVersion, *, by: User | None, at: datetime
) -> None:
    """Hold words that are new in a letter that stands handed over to the rule of their own day.

    Letters drafted elsewhere are not asked for: they are not handed over here. When the letter was
    put forward stays as it was.
    """
    if letter.steps.drafted_at is None or letter.steps.sent_at or not drafts_here(letter).exists():
        return
    settings = check_settings_of(letter.area_id, local(at).date())
    is_known = letter.check_asked_at is not None
    asks_no_more = is_known and (letter.check_is_required or not settings.is_required)
    if asks_no_more or not settings.asks_for(letter.kind, check_reference(letter)):
        return
    letter.check_asked_at = letter.check_asked_at or at
    _ask(letter, version, settings, by=by, at=at)


@transaction.atomic
def ask_for_words_drafted(duties: Collection[int], *, by: User | None, at: datetime) -> None:
    """Hold words begun here to the rule of the day, where an extract says the letter is drafted.

    They can be approved and sent from then on without being handed over, which asks otherwise.
    """
    begun = Letter.objects.filter(duty__in=duties, number=1).values("duty")
    for duty in Duty.objects.filter(pk__in=begun).select_related("area").order_by("pk"):
        if (newest := latest_words(duty)) is not None:
            ask_for_new_words(letter_of(duty), newest, by=by, at=at)


def _ask(
    letter: Letter, version: LetterVersion, settings: PeerCheckSettings | None, *, by: User | None,
    at: datetime,
) -> None:  # fmt: skip
    """Keep that words are to be looked at, by which rule where one of today asks, and give them."""
    if settings is not None:
        letter.check_because = settings.words
        letter.check_is_required = letter.check_is_required or settings.is_required
    letter.save(update_fields=["check_asked_at", "check_because", "check_is_required"])
    audit.record("letter.check_asked", letter, by=by, at=at, version=version.number,
                 is_required=letter.check_is_required)  # fmt: skip
    jobs.ask(GIVE, key=f"peer check of letter {letter.pk} version {version.number}", by=by, at=at,
             area=letter.area)  # fmt: skip


@transaction.atomic
def ask_who_looks_now(letter: Letter, version: LetterVersion, *, by: User, at: datetime) -> None:
    """Have a letter given out anew once it is approved: whoever approved it may not look at it."""
    if letter.check_asked_at is None or letter.checked_version_id == version.pk:
        return
    key = f"peer check of letter {letter.pk} version {version.number} approved {at:%Y%m%d%H%M%S}"
    jobs.ask(GIVE, key=key, by=by, at=at, area=letter.area)


@transaction.atomic
def waive_look(letter: Letter, number: int, *, reason: str, by: User, at: datetime) -> LookWaived:
    """Let the newest words of a letter go without the look that is required, by name.

    It holds for these words, and until they are put forward again. The look itself still waits.

    :raises NotAllowed: if this person may not, or had a part in the letter
    :raises CheckRefused: if the words changed since they were read, or no reason is given
    """
    letter = locked(letter)
    policies.check_can_waive_look(by, letter)
    newest = latest_words(letter)
    if newest is None or newest.number != number:
        raise CheckRefused(
            "The letter was changed since you opened this page. Its newest words are shown by "
            "the letter’s page: read them, and decide again."
        )
    if not reason_in(reason, least=LEAST_WEIGHED):
        raise CheckRefused("Say why it goes without a look, so that others can follow it.")
    waived = LookWaived.objects.create(
        letter=letter, version=newest, reason=reason_in(reason), made_at=at, made_by=by
    )
    audit.record("letter.look_waived", waived, by=by, at=at, area=letter.area, letter=letter.pk,
                 version=newest.number)  # fmt: skip
    return waived


@transaction.atomic
def note_checked(letter: Letter, version: LetterVersion, *, by: User, at: datetime) -> bool:
    """Note that a colleague looked at a version and it may go; say whether it is the newest."""
    letter = locked(letter)
    letter.checked_version, letter.checked_at, letter.checked_by = version, at, by
    letter.save(update_fields=["checked_version", "checked_at", "checked_by"])
    LookPassed.objects.create(letter=letter, version=version, made_at=at, made_by=by)
    audit.record("letter.checked", letter, by=by, at=at, version=version.number)
    newest = latest_words(letter)
    return newest is not None and newest.pk == version.pk


@transaction.atomic
def give_back_unpassed(letter: Letter, asked: str, *, by: User, at: datetime) -> Letter:
    """Give a letter back to its drafter because a colleague asks for changes before it goes."""
    letter = locked(letter)
    give_back(letter, asked[:500], why="A colleague who looked at it asked for changes.",
              by=by, at=at)  # fmt: skip
    return letter


@transaction.atomic
def set_check_rule(
    area: Area, new: NewCheckRule, *, by: User | None, at: datetime, opened: str | None = None
) -> CheckRule:
    """Add a dated edition of what is looked at before it goes; the earlier ones stay.

    `opened` is the edition that the page was made from; without one, nothing is asked.

    :raises ChangedMeanwhile: if another edition was kept since the page was opened
    :raises CheckRefused: if it begins in the past, or no source or reason is given
    """
    Area.objects.select_for_update().get(pk=area.pk)
    last = newest_check_rule(area)
    check_unchanged(opened, rule_stamp(last), by_whom(last, "check_rule.set"))
    if new.in_force_from < local(at).date():
        raise CheckRefused("A rule begins today or later: what was put forward before is judged "
                           "by the rule of its day.")  # fmt: skip
    if not reason_in(new.reason) or not reason_in(new.source):
        raise CheckRefused("Say why, and who decided it, so that others can follow it.")
    rule = CheckRule.objects.create(
        area=area, version=last.version + 1 if last else 1, in_force_from=new.in_force_from,
        kinds=sorted(new.kinds), share_percent=new.share_percent, is_required=new.is_required,
        hours=new.hours, latest=new.latest, seed=str(secrets.randbits(63)),
        source=reason_in(new.source), reason=reason_in(new.reason), made_at=at, made_by=by,
    )  # fmt: skip
    audit.record("check_rule.set", rule, by=by, at=at, version=rule.version,
                 is_required=rule.is_required, share_percent=rule.share_percent,
                 in_force_from=rule.in_force_from)  # fmt: skip
    return rule
