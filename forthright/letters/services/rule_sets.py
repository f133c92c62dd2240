"""Proposes a set of rules, tries it on letters of the past, and lets a second person adopt it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.letters.models import BackTest, BackTestLetter, LetterVersion
from forthright.letters.selectors import back_tests
from forthright.letters.selectors.past_letters import findings_when_sent
from forthright.rules.letter_checks.engine import Finding
from forthright.rules.letter_checks.rule import Level
from forthright.rules.working_days import CalendarTooShort
from forthright.schemes.selectors.area_clock import AreaNotStarted
from forthright.standards import policies
from forthright.standards import services as standards
from forthright.standards.models import CheckSet
from forthright.standards.selectors import check_rules_of, rules_of_set
from forthright.web import jobs

Key = tuple[str, str, int, int]


def propose(area: Area, proposal: standards.Proposal, *, by: User, at: datetime) -> CheckSet:
    """Propose a set of rules and ask for it to be tried on the Area's letters of the past.

    :raises NotAllowed: if this person may not propose rules
    :raises SetRefused: if the set cannot be used, changes nothing, or another waits
    """
    policies.check_can_propose_rules(by, area)
    standards.check_proposal(area, proposal)
    return keep_proposal(area, proposal, by=by, at=at)


@transaction.atomic
def keep_proposal(area: Area, proposal: standards.Proposal, *, by: User, at: datetime) -> CheckSet:
    """Keep a proposal that was tried on its examples, and ask for its back-test."""
    standards.check_set_used(area, by=by, at=at)  # keeps the shipped rules it is compared with
    check_set = standards.propose_set(area, proposal, by=by, at=at)
    now = check_rules_of(area)
    BackTest.objects.create(
        check_set=check_set, area=area, against=now.label, against_digest=now.digest, asked_at=at
    )
    jobs.ask("letters.backtest", key=f"back-test {check_set.pk}", args={"check_set": check_set.pk},
             by=by, at=at, area=area)  # fmt: skip
    return check_set


def try_letters(
    check_set_id: int, versions: Sequence[int], *, by: User | None, at: datetime
) -> int:
    """Check some letters by both sets and keep each; done twice, it keeps them once.

    Returns how many could not be checked.
    """
    test = BackTest.objects.select_related("check_set", "area").get(check_set=check_set_id)
    rules = check_rules_of(test.area), rules_of_set(test.check_set)
    kept, not_read = [], 0
    rows = LetterVersion.objects.filter(pk__in=versions).select_related(
        "added_by", *back_tests.DUTY
    )
    for version in rows:
        try:
            before, after = findings_when_sent(version, version.letter.duty, *rules)
        except (AreaNotStarted, CalendarTooShort):
            not_read += 1
            continue
        kept.append(_compared(test, version, before, after))
    keep_tried(test, versions, kept, by=by, at=at)
    return not_read


@transaction.atomic
def keep_tried(
    test: BackTest,
    versions: Sequence[int],
    kept: Sequence[BackTestLetter],
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Keep what both sets found in some letters, in place of an earlier try."""
    BackTestLetter.objects.filter(back_test=test, version__in=versions).delete()
    BackTestLetter.objects.bulk_create(kept)
    audit.record("check_rules.letters_tried", test.check_set, by=by, at=at, area=test.area,
                 versions=list(versions))  # fmt: skip


@transaction.atomic
def finish_back_test(
    check_set_id: int, *, not_read: int, by: User | None, at: datetime
) -> BackTest:
    """Say that every letter was tried, so that the set can be adopted."""
    test = BackTest.objects.select_for_update().get(check_set=check_set_id)
    test.finished_at, test.not_read = at, not_read
    test.save(update_fields=["finished_at", "not_read"])
    return test


@transaction.atomic
def adopt(check_set: CheckSet, *, although: str = "", by: User, at: datetime) -> CheckSet:
    """Check letters by a proposed set from now on, once it was tried against the rules in force.

    Whoever adopts it answers for what it does to letters, so they must be able to open each one.

    :raises NotAllowed: if this person proposed it, or may not adopt rules
    :raises SetRefused: if it is not tried yet, was tried against other rules than those now, or
        treats a letter differently that this person may not open
    """
    policies.check_can_adopt_rules(by, check_set)
    test = BackTest.objects.get(check_set=check_set)
    if test.finished_at is None:
        raise standards.SetRefused(["It is still being tried on letters of the past."])
    if test.against_digest != check_rules_of(test.area).digest:
        raise standards.SetRefused(
            ["The rules in force have changed since it was tried. Take it back, propose it again."]
        )
    if hidden := back_tests.number_hidden_from(by, test):
        raise standards.SetRefused([hidden_letters(hidden)])
    return standards.adopt_set(check_set, although=although, by=by, at=at)


def hidden_letters(number: int) -> str:
    """Say why somebody who may not open some letters cannot adopt a set, and who can."""
    letters, them = ("letter", "it") if number == 1 else ("letters", "them")
    return (
        f"It treats {number} {letters} differently that your role does not let you open. Whoever "
        f"adopts a change has to be able to read {them}: ask a legal manager who did not propose "
        "it."
    )


@transaction.atomic
def see_back_test(
    check_set: CheckSet, letters: Sequence[BackTestLetter], *, by: User, at: datetime
) -> None:
    """Record which letters were shown with the words that rules find in them."""
    if letters:
        audit.record("back_test.seen", check_set, by=by, at=at,
                     letters=[each.version_id for each in letters])  # fmt: skip


def _compared(
    test: BackTest, version: LetterVersion, before: Sequence[Finding], after: Sequence[Finding]
) -> BackTestLetter:
    was, now = {_key(each) for each in before}, {_key(each) for each in after}
    return BackTestLetter(
        back_test=test,
        version=version,
        was_stopped=any(each.level is Level.STOP for each in before),
        is_stopped=any(each.level is Level.STOP for each in after),
        gained=sorted(now - was),
        lost=sorted(was - now),
        is_different=was != now,
    )


def _key(finding: Finding) -> Key:
    """Return what makes two findings the same: rule, level and place, not the wording."""
    return finding.rule, finding.level.value, finding.start, finding.end
