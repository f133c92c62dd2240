"""Letters that colleagues looked at before they went: those of past weeks, and today's."""

import hashlib
from collections import Counter
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from forthright.accounts.models import Role, User
from forthright.demo.loading import Loaded
from forthright.demo.marking import NOTES, WELL
from forthright.letters.models import Letter, LetterVersion
from forthright.peer_checks.models import PartTold, PeerCheck, PeerLevel
from forthright.peer_checks.selectors.sheet import criteria_of, levels_offered
from forthright.peer_checks.services.checking import (
    Found,
    FoundOf,
    answer_check,
    open_check,
    save_found,
)
from forthright.peer_checks.services.giving import give_checks
from forthright.rules.applicability import BY_RECORD_ALONE
from forthright.rules.rubric import Level
from forthright.rules.words import local
from forthright.schemes.models import Duty
from forthright.schemes.selectors import area_clock
from forthright.standards.selectors import edition_in_force

A = PeerCheck.Answer
WEEKS, SHARE = 12, 0.16
# So long somebody looks at the letter that comes back today.
TAKES = timedelta(minutes=6)
# In so many letters something is changed before they go; of what is told so much is read.
CHANGED, READ = 0.22, 0.9
# What a colleague sees without judging, as the made-up letters have it wrong.
CHECKABLE = ("A3", "A5", "A6", "A7")


@transaction.atomic
def look_at_past_letters(loaded: Loaded, *, seed: int, until: datetime) -> int:
    """Have a part of the letters of the last weeks looked at before they went; return how many.

    A letter in which something was changed has the words of before as its first version.
    """
    chance = Random(f"{seed} looking")
    sent = Duty.objects.filter(
        area=loaded.area, drafter__isnull=False, sent_at__gte=until - timedelta(weeks=WEEKS),
        sent_at__lt=until,
    ).select_related("drafter", "area", "decision")  # fmt: skip
    letters = {each.duty_id: each for each in Letter.objects.filter(duty__in=sent, number=1)}
    looked: Counter[int] = Counter()
    for duty in sent.order_by("sent_at", "pk"):
        colleagues = _who_may_look(duty, loaded)
        if chance.random() > SHARE or duty.pk not in letters or not colleagues:
            continue
        checker = min(colleagues, key=lambda each: (looked[each.pk], chance.random()))
        _look_at(letters[duty.pk], duty, checker, loaded, chance)
        looked[checker.pk] += 1
    return looked.total()


def _who_may_look(duty: Duty, loaded: Loaded) -> list[User]:
    """Return the liaison officers, and the SPOCs of a letter's unit, who had no part in it."""
    spocs = [each for each in loaded.people[Role.LEGAL_SPOC] if each.unit_id == duty.unit_id]
    had_part = {duty.drafter_id, duty.decision.made_by_id}
    people = [*loaded.people[Role.VICTIM_LIAISON_OFFICER], *spocs]
    return [each for each in people if each.pk not in had_part]


def look_at_todays_letters(loaded: Loaded, *, at: datetime) -> int:
    """Give out what is put forward today, and have one come back with changes after `TAKES`."""
    given = give_checks(loaded.area, by=None, at=at)
    waiting = PeerCheck.objects.filter(area=loaded.area, answer="", checker__isnull=False)
    check = waiting.select_related("checker", "edition").order_by("pk").last()
    if check is None or given < 2:
        return given
    later = at + TAKES
    levels = {
        code: FoundOf(level=Level.NOT_MET if code == "A7" else offered[0],
                      note="No number stands beside it." if code == "A7" else "")
        for code, offered in levels_offered(check, local(later).date()).items()
    }  # fmt: skip
    open_check(check, by=_checker(check), at=at)
    found = Found(levels=levels, done_well=WELL[0], to_change="Name whom the person can ring.")
    save_found(check, found, by=_checker(check), at=later)
    answer_check(check, A.CHANGES, by=_checker(check), at=later, for_demo=True)
    return given


def _checker(check: PeerCheck) -> User:
    assert check.checker is not None  # noqa: S101 - it was given to somebody
    return check.checker


def _look_at(letter: Letter, duty: Duty, checker: User, loaded: Loaded, chance: Random) -> None:
    version = LetterVersion.objects.filter(letter=letter).order_by("-number").first()
    sent_at = duty.sent_at
    if version is None or sent_at is None:
        return
    left_in = loaded.faults.get(duty.pk, set())
    answered = sent_at - timedelta(minutes=chance.randint(25, 200))
    first_answered = answered - timedelta(minutes=40)
    # Only of a letter that is late can somebody see that it does not say sorry for that.
    is_late = local(first_answered).date() > duty.due_on
    seen = chance.choice([each for each in CHECKABLE if is_late or each not in BY_RECORD_ALONE])
    # What stands in the letter that went was not seen; another fault was, and was mended.
    if chance.random() < CHANGED and seen not in left_in and version.number == 1:
        first = _words_before(version, answered)
        _kept(duty, first, checker, seen, first_answered, chance)
    _kept(duty, version, checker, "", answered, chance)


def _words_before(version: LetterVersion, answered: datetime) -> LetterVersion:
    """Return the words as they stood before, as the first version; those that went are the next."""
    text = version.text.replace("Yours sincerely", "Yours")
    LetterVersion.objects.filter(pk=version.pk).update(number=2)
    return LetterVersion.objects.create(
        letter=version.letter, number=1, text=text, added_by=version.added_by,
        added_at=answered - timedelta(hours=2), sha256=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip


def _kept(
    duty: Duty, version: LetterVersion, checker: User, fault: str, answered: datetime,
    chance: Random,
) -> None:  # fmt: skip
    seconds = chance.randint(110, 560)
    forward = answered - timedelta(seconds=seconds, minutes=chance.randint(5, 190))
    due_at = forward + timedelta(hours=4)
    check = PeerCheck.objects.create(
        area_id=duty.area_id, unit_id=duty.unit_id, letter_id=version.letter_id, version=version,
        edition=edition_in_force(duty.area, local(answered).date()), drafter_id=duty.drafter_id,
        checker=checker, given_because="the least to do of those who may have it",
        given_at=forward, put_forward_at=forward, due_at=due_at,
        due_because=["4 office hours are allowed for it."],
        opened_at=answered - timedelta(seconds=seconds), last_active_at=answered,
        seconds_spent=seconds, answer=A.CHANGES if fault else A.PASSED, answered_at=answered,
        done_well=chance.choice(WELL) if fault else "",
        to_change=NOTES[fault] if fault else "",
    )  # fmt: skip
    offered = levels_offered(check, local(answered).date())
    PeerLevel.objects.bulk_create(
        PeerLevel(
            check_of=check, criterion=each, saved_at=answered,
            level=Level.NOT_MET if each.code == fault else offered[each.code][0],
            note=NOTES[fault] if each.code == fault else "",
        )
        for each in criteria_of(check)
    )  # fmt: skip
    if fault and duty.drafter is not None:
        _told(check, duty.drafter, answered, chance)


def _told(check: PeerCheck, drafter: User, answered: datetime, chance: Random) -> None:
    limit = area_clock(check.area).dispute_limit(local(answered).date())
    is_read = chance.random() < READ
    PartTold.objects.create(
        area_id=check.area_id, unit_id=check.unit_id, check_of=check, version=check.version,
        about=PartTold.About.WORDS, recipient=drafter, done_well=check.done_well,
        to_change=check.to_change, told_at=answered, told_by=_checker(check),
        dispute_by=limit.day, dispute_because=list(limit.arithmetic),
        read_at=answered + timedelta(minutes=15) if is_read else None,
    )  # fmt: skip
