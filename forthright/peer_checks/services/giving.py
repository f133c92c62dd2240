"""Gives letters that were put forward to colleagues, evenly, and hands a check on."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q

from forthright.accounts.covering import Standing, away_until, covers_standing, let_stand_in
from forthright.accounts.models import Area, Unit, User
from forthright.audit import services as audit
from forthright.letters.models import Letter, LetterVersion
from forthright.letters.selectors.approvers import reasons_given_in
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.sending import known_not_arrived, may_be_gone
from forthright.letters.selectors.which import wrote_of
from forthright.peer_checks import policies
from forthright.peer_checks.models import GivenOn, PeerCheck
from forthright.peer_checks.selectors.colleagues import colleagues
from forthright.peer_checks.selectors.lists import given_stamp, still_to_go
from forthright.peer_checks.selectors.look_dues import look_due, open_looks
from forthright.peer_checks.services.leaving import put_away, take_up
from forthright.peer_checks.services.redating import follow_letters
from forthright.rules.peer_check_settings import PutForward
from forthright.rules.peer_checks import AWAY, Checker, ToCheck, give_peer_checks
from forthright.rules.sharing_out import Reasons
from forthright.rules.words import count_words, day_words, local
from forthright.rules.written import reason_in
from forthright.schemes.models import Duty
from forthright.schemes.selectors import reopened_of
from forthright.standards.selectors import edition_in_force
from forthright.web.meanwhile import by_whom, check_unchanged

# So far back it counts how often one colleague looked at another's letters.
PAIRS_FROM = timedelta(days=90)
A = PeerCheck.Answer
# What changes who has a check.
GIVEN = ("peer_check.given", "peer_check.given_on", "peer_check.taken_back")


@dataclass(frozen=True, slots=True)
class Leaves:
    """Of one day: who stands in for whom, and who is away, each with their last day away."""

    covers: Collection[Standing]
    away: Mapping[int, date]


class GivingRefused(ValueError):
    """A check cannot go to this person, or no reason is given; the message says why."""


@transaction.atomic
def give_checks(area: Area, *, by: User | None, at: datetime) -> int:
    """Give every letter that was put forward to a colleague; return how many were given.

    Done twice it gives nothing twice. A check of words that were changed since, or of a letter
    that has gone, ends as overtaken. What somebody away today has not opened goes to another, and
    all that is open with somebody whose account is closed, or who may not look at it any more.
    The moment of one whose letter is due at another time since moves too.
    A letter that nobody may look at is kept without a checker, and tried again the next time.

    :raises NotAllowed: if this person does not look after checks
    """
    if by is not None:
        policies.check_can_give_out(by)
    Area.objects.select_for_update().get(pk=area.pk)
    newest = {letter: version for letter in letters_waiting(area)
              if (version := latest_words(letter)) is not None}  # fmt: skip
    _end_overtaken(area, {each.pk: version.pk for each, version in newest.items()}, by=by, at=at)
    waiting = list(open_looks(area))
    follow_letters(waiting, by=by, at=at)
    open_checks = {each.letter_id for each in waiting}
    for letter, version in newest.items():
        if letter.pk not in open_checks and letter.checked_version_id != version.pk:
            _put_forward(letter, version, by=by, at=at)
    _take_back_what_cannot_be_done(area, by=by, at=at)
    return _share_out(area, by=by, at=at)


@transaction.atomic
def give_on(
    check: PeerCheck, to: User, *, reason: str, by: User, at: datetime, opened: str | None = None
) -> PeerCheck:
    """Give a check to somebody else, with the reason, who begins anew.

    What was kept of it stays theirs who kept it, with their time; who gets it back goes on there.

    `opened` is the stamp of who had it as the page was opened; without one, nothing is asked.

    :raises ChangedMeanwhile: if it went to somebody else since the page was opened
    :raises NotAllowed: if this check is not this person's to give on
    :raises GivingRefused: if the other may not look at the letter, has it, or no reason is given
    """
    PeerCheck.objects.select_for_update().get(pk=check.pk)
    check = PeerCheck.objects.select_related("letter__duty", "checker", "area").get(pk=check.pk)
    policies.check_can_give_on(by, check)
    check_unchanged(opened, given_stamp(check), by_whom(check, *GIVEN))
    if not reason_in(reason):
        raise GivingRefused("Say why it goes to somebody else, so that others can follow it.")
    if check.checker_id == to.pk:
        raise GivingRefused(f"{to} has it already.")
    leaves = _leaves(check.area, at)
    if against := policies.reasons_against(let_stand_in(to, leaves.covers), check):
        raise GivingRefused(" ".join(_of_another(each, to) for each in against))
    if last_day := leaves.away.get(to.pk):
        raise GivingRefused(
            f"{to} is away until the end of {day_words(last_day)}. Choose somebody else."
        )
    was = check.checker
    GivenOn.objects.create(
        check_of=check, was=was, now=to, reason=reason_in(reason), given_at=at, given_by=by
    )
    left = put_away(check, at=at)
    check.checker, check.given_at = to, at
    check.given_because = f"given on by {by}"
    check.save(update_fields=["checker", "given_at", "given_because"])
    take_up(check)
    audit.record("peer_check.given_on", check, by=by, at=at, checker=to.pk,
                 was=was.pk if was else None, left=left.pk if left else None)  # fmt: skip
    return check


def letters_waiting(area: Area) -> list[Letter]:
    """Return the letters of an Area that a colleague is to look at: handed over and not sent."""
    drafted = Q(number=1, duty__drafted_at__isnull=False)
    drafted |= Q(number__gt=1, drafted_at__isnull=False)
    rows = Letter.objects.filter(drafted, still_to_go(), area=area, check_asked_at__isnull=False)
    related = ("duty__unit", "duty__drafter", "duty__decision", "drafter", "approved_by", "area")
    return list(rows.select_related(*related).order_by("check_asked_at", "pk"))


def _leaves(area: Area, at: datetime) -> Leaves:
    """Return who is away on the day, and who stands in for whom."""
    day = local(at).date()
    return Leaves(covers_standing(area.pk, day), away_until(area.pk, day))


def _end_overtaken(area: Area, newest: dict[int, int], *, by: User | None, at: datetime) -> None:
    rows = PeerCheck.objects.filter(area=area, answer="")
    for check in rows.select_related("area", "letter__duty"):
        if newest.get(check.letter_id) != check.version_id:
            end_overtaken(check, by=by, at=at)


def _take_back_what_cannot_be_done(area: Area, *, by: User | None, at: datetime) -> None:
    """Take back what waits for somebody who is away; once opened it stays, with what they found.

    What waits for whoever has left comes back to none, opened or not, and so does what its holder
    may not look at any more: they approved the letter since, wrote its reasons, or work elsewhere.
    """
    leaves = _leaves(area, at)
    held = PeerCheck.objects.filter(area=area, answer="", checker__isnull=False)
    related = ("checker__unit", "letter__duty__decision", "letter__drafter", "letter__area")
    for check in held.select_related(*related):
        if why := _why_back(check, leaves):
            put_away(check, at=at)
            was, check.checker, check.given_at, check.given_because = (
                check.checker_id,
                None,
                None,
                "",
            )
            check.save(update_fields=["checker", "given_at", "given_because"])
            audit.record("peer_check.taken_back", check, by=by, at=at, was=was, why=why)


def _why_back(check: PeerCheck, leaves: Leaves) -> str:
    """Return in a word why a check cannot stay with who has it, or nothing if it can."""
    holder = check.checker
    if holder is None or not holder.is_active:
        return "has left"
    if check.opened_at is None and holder.pk in leaves.away:
        return "is away"
    standing = let_stand_in(holder, leaves.covers)
    return "may not look" if policies.reasons_against(standing, check) else ""


def end_overtaken(check: PeerCheck, *, by: User | None, at: datetime) -> None:
    """End a check whose words are not those of the letter any more, or that is not to go."""
    check.answer, check.answered_at = A.OVERTAKEN, at
    check.overtaken_by = _overtaken_by(check.letter)
    check.save(update_fields=["answer", "answered_at", "overtaken_by"])
    audit.record("peer_check.overtaken", check, by=by, at=at, letter=check.letter_id,
                 overtaken_by=check.overtaken_by)  # fmt: skip


def _overtaken_by(letter: Letter) -> PeerCheck.Overtaken:
    """Return what came first of a letter whose look ends without an answer."""
    is_off = letter.given_up_at is not None
    if letter.is_owed:
        is_off = letter.duty.state == Duty.State.NOT_REQUIRED
    if is_off:
        return PeerCheck.Overtaken.NOT_REQUIRED
    is_out = letter.steps.sent_at is not None or may_be_gone(letter)
    return PeerCheck.Overtaken.SENT if is_out else PeerCheck.Overtaken.CHANGED


def _put_forward(letter: Letter, version: LetterVersion, *, by: User | None, at: datetime) -> None:
    """Make the check of a version, which nobody has yet."""
    asked = letter.check_asked_at or at
    forward = PutForward(
        at=asked,
        changed=version.added_at,
        reopened=max(reopened_of(letter.duty), default=None) if letter.is_owed else None,
        not_arrived=known_not_arrived(letter),
    )
    today = local(at).date()
    due = look_due(letter, forward)
    check = PeerCheck.objects.create(
        area_id=letter.area_id, unit_id=letter.duty.unit_id, letter=letter, version=version,
        edition=edition_in_force(letter.area, today), put_forward_at=forward.begins,
        drafter_id=letter.steps.drafter_id or version.added_by_id, due_at=due.at,
        due_because=list(due.because),
    )  # fmt: skip
    audit.record("peer_check.put_forward", check, by=by, at=at, letter=letter.pk,
                 version=version.number, due_at=due.at)  # fmt: skip


def _share_out(area: Area, *, by: User | None, at: datetime) -> int:
    """Give every check that waits for somebody to a person who may look at its letter."""
    waiting = PeerCheck.objects.filter(area=area, answer="", checker=None)
    waiting = waiting.select_related("letter__duty__unit", "letter__duty__drafter", "drafter",
                                     "letter__drafter", "area")  # fmt: skip
    of_unit: dict[Unit, list[PeerCheck]] = defaultdict(list)
    leaves = _leaves(area, at)
    given = 0
    for check in waiting.order_by("put_forward_at", "pk"):
        if _give_to_who_asked(check, leaves, by=by, at=at):
            given += 1
        else:
            of_unit[check.letter.duty.unit].append(check)
    for unit, checks in of_unit.items():
        given += _share_out_of_unit(unit, checks, leaves, by=by, at=at)
    return given


def _give_to_who_asked(check: PeerCheck, leaves: Leaves, *, by: User | None, at: datetime) -> bool:
    """Give a letter that was mended to who asked for the changes, if they still may look at it."""
    before = PeerCheck.objects.filter(letter=check.letter_id, answer__in=[A.CHANGES, A.RETURNED])
    last = before.select_related("checker").order_by("-answered_at").first()
    asked = last.checker if last else None
    if asked is None or not asked.is_active or asked.pk in leaves.away:
        return False
    if policies.reasons_against(let_stand_in(asked, leaves.covers), check):
        return False
    _give(check, asked.pk, "asked for the changes, so looks at what became of them", by=by, at=at)
    return True


def _share_out_of_unit(
    unit: Unit, checks: Collection[PeerCheck], leaves: Leaves, *, by: User | None, at: datetime,
) -> int:  # fmt: skip
    people = list(colleagues(unit.area, unit, leaves.covers))
    of_reference = {str(each.letter_id): each for each in checks}
    shared = give_peer_checks(
        [_to_check(each) for each in checks],
        _checkers(people, leaves),
        seed=local(at).date().toordinal(),
        had_before=_pairs_before(people, at),
    )
    given = 0
    for each in shared:
        check = of_reference[each.reference]
        if each.person:
            _give(check, int(each.person), each.because, by=by, at=at)
            given += 1
            continue
        check.given_because = _nobody_words(each.nobody_because or {})
        check.save(update_fields=["given_because"])
    return given


def _nobody_words(because: Mapping[str, Reasons]) -> str:
    """Say why nobody was given a letter."""
    if not because:
        return "Nobody here looks at letters of this unit before they go."
    people = count_words(len(because), "person looks", "people look")
    away = sum(said == (AWAY,) for said in because.values())
    if not away:
        return f"{people} at letters of this unit, and each drafted, wrote or approved this one."
    gone = count_words(away, "person is away", "people are away")
    if away == len(because):
        return f"{people} at letters of this unit, and nobody is in: {gone}."
    return (
        f"{people} at letters of this unit: {gone}, and the others drafted, wrote or approved "
        "this one."
    )


def _give(check: PeerCheck, person: int, because: str, *, by: User | None, at: datetime) -> None:
    check.checker_id, check.given_at, check.given_because = person, at, because[:300]
    check.save(update_fields=["checker", "given_at", "given_because"])
    take_up(check)
    audit.record("peer_check.given", check, by=by, at=at, checker=person, because=because)


def _to_check(check: PeerCheck) -> ToCheck:
    """Return a letter as the rules read it; whoever wrote the reasons counts among its writers."""
    letter = check.letter
    note = reasons_given_in(letter)
    wrote = {*wrote_of(letter), note.written_by_id if note else None} - {None}
    units = {letter.duty.unit_id, *([check.drafter.unit_id] if check.drafter else [])}
    return ToCheck(
        reference=str(letter.pk),
        units=frozenset(str(each) for each in units),
        drafter=str(check.drafter_id or ""),
        writers=tuple(sorted(str(each) for each in wrote)),
        approvers=(str(letter.approved_by_id),) if letter.approved_by_id else (),
    )


def _checkers(people: Collection[User], leaves: Leaves) -> list[Checker]:
    away = leaves.away
    units = {each.pk: {str(each.unit_id)} for each in people}
    for cover in leaves.covers:
        if cover.deputy_id in units:
            units[cover.deputy_id].add(str(cover.unit_id))
    rows = PeerCheck.objects.filter(answer="", checker__in=people).values_list("checker")
    waiting = dict(rows.annotate(number=Count("pk")))
    return [
        Checker(
            name=str(each.pk), units=frozenset(units[each.pk]), waiting=waiting.get(each.pk, 0),
            is_away=each.pk in away,
        )
        for each in people
    ]  # fmt: skip


def _pairs_before(people: Collection[User], at: datetime) -> Counter[tuple[str, str]]:
    rows = PeerCheck.objects.filter(checker__in=people, put_forward_at__gte=at - PAIRS_FROM)
    return Counter(
        (str(checker), str(drafter)) for checker, drafter in rows.values_list("checker", "drafter")
    )


def _of_another(reason: str, person: User) -> str:
    """Say of somebody else what the rules say to a person themselves."""
    return reason.replace("You ", f"{person} ", 1)
