"""What of the panel is due, or was left lying: a meeting, its marks, its findings, its note."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.audit.models import Event
from forthright.panels.models import (
    AgreementOffered,
    Alarm,
    AnonymisedLetter,
    FindingCorrection,
    Meeting,
    NotGiven,
    PackLetter,
    PanelFinding,
)
from forthright.panels.selectors.being_read import is_being_read
from forthright.panels.selectors.meetings import OVER, pack_lines_of_each
from forthright.panels.selectors.seen import seen_by
from forthright.rules.panel_map import next_meeting_on
from forthright.web import clock

# Marks may be closed days before the panel meets: it meets all the same.
TO_COME = (Meeting.State.PLANNED, Meeting.State.DRAWN, Meeting.State.OPEN, Meeting.State.CLOSED)


def next_due(user: User) -> date | None:
    """Return when the next meeting is due after the last that took place, if any did."""
    return due_after(Meeting.objects.filter(area=user.area_id))


def due_after(held: Iterable[Meeting]) -> date | None:
    """Return when the next meeting is due after the last of these that took place, if any did."""
    now = clock.now()
    # Marks may be closed days before the panel meets, or not yet: a meeting took place if its
    # letters could be read for it and its hour is over.
    took_place = [
        each.starts_at
        for each in held
        if each.state in {*OVER, Meeting.State.OPEN} and each.starts_at <= now
    ]
    return next_meeting_on(clock.day_of(max(took_place))) if took_place else None


def meeting_to_come(user: User) -> Meeting | None:
    """Return the nearest meeting that is planned for a moment to come."""
    rows = Meeting.objects.filter(area=user.area_id, state__in=TO_COME, starts_at__gt=clock.now())
    return rows.order_by("starts_at").first()


def day_proposed(user: User) -> date | None:
    """Return the day that a new meeting is offered: two months after the last, planned ones too."""
    rows = Meeting.objects.filter(area=user.area_id).exclude(state=Meeting.State.CANCELLED)
    last = rows.order_by("-starts_at").first()
    day = next_meeting_on(clock.day_of(last.starts_at)) if last else None
    return day if day is None or day > clock.today() else None


def never_held(held: Iterable[Meeting], now: datetime) -> list[Meeting]:
    """Return the meetings whose moment is over without their pack having been opened."""
    states = (Meeting.State.PLANNED, Meeting.State.DRAWN)
    return [each for each in held if each.state in states and each.starts_at < now]


def run_out(held: Iterable[Meeting], today: date) -> list[Meeting]:
    """Return the meetings whose pack nobody can read any more and whose marks are not closed."""
    return [each for each in held if each.state == Meeting.State.OPEN and each.pack_until < today]


def without_note(held: Iterable[Meeting]) -> list[tuple[Meeting, bool]]:
    """Return the meetings that met without a published note, each with whether it has a finding."""
    now = clock.now()
    closed = [e for e in held if e.state == Meeting.State.CLOSED and e.starts_at <= now]
    found = PanelFinding.objects.filter(meeting__in=closed).values_list("meeting", flat=True)
    with_finding = set(found) if closed else set()
    return [(each, each.pk in with_finding) for each in closed]


def alarms_waiting(user: User) -> "list[tuple[PackLetter, Alarm]]":
    """Return to who keeps the panel what should be withdrawn from a pack, and why.

    It waits from the opening of the pack until it is answered: words that give somebody away are
    read out at the meeting, and go out with agreed marks, once nobody reads the pack any more.
    """
    if not has_permission(user, Permission.PANEL_KEEP):
        return []
    rows = Alarm.objects.filter(
        letter__area=user.area_id, letter__state=AnonymisedLetter.State.RELEASED, answered_at=None
    )
    alarms = list(rows.select_related("letter", "raised_by"))
    in_packs = PackLetter.objects.filter(
        meeting__opened_at__isnull=False, left_out_because="",
        duty__in=[each.letter.duty_id for each in alarms],
    ).order_by("meeting__opened_at")  # fmt: skip
    found = {each.duty_id: each for each in in_packs.select_related("meeting")}
    return [(found[e.letter.duty_id], e) for e in alarms if e.letter.duty_id in found]


def taken_from_packs(
    user: User, held: Iterable[Meeting]
) -> "list[tuple[PackLetter, AnonymisedLetter, bool]]":
    """Return to who keeps the panel what somebody else withdrew from a pack, and if it was over.

    From a pack that is read it stands until it is released again; from one that is over, until
    somebody else who keeps the panel opened the letter.
    """
    today = clock.today()
    gone = AnonymisedLetter.objects.filter(
        duty=OuterRef("duty"), state=AnonymisedLetter.State.WITHDRAWN, withdrawn_by__isnull=False,
        withdrawn_at__gte=OuterRef("meeting__opened_at"),
    ).exclude(withdrawn_by=user.pk)  # fmt: skip
    opened = [each for each in held if each.opened_at is not None]
    rows = PackLetter.objects.filter(Exists(gone), meeting__in=opened, left_out_because="")
    concerned = set(rows.values_list("meeting", flat=True)) if opened else set()
    lines = pack_lines_of_each([each for each in opened if each.pk in concerned])
    found = [
        (line.letter, line.anonymised, not is_being_read(line.letter.meeting, today))
        for of_meeting in lines.values()
        for line in of_meeting
        if line.anonymised is not None
        and not line.is_left_out
        and line.anonymised.state == AnonymisedLetter.State.WITHDRAWN
        and line.anonymised.withdrawn_by_id not in {None, user.pk}
    ]
    seen = _seen_by_another([letter for _, letter, is_over in found if is_over])
    return [row for row in found if row[1].pk not in seen]


def _seen_by_another(letters: Sequence[AnonymisedLetter]) -> set[int]:
    """Return which letters somebody else who keeps the panel opened since they were withdrawn.

    Of all the letters that were ever withdrawn the database is asked once, and of each person once.
    """
    withdrawn = {each.pk: each for each in letters}
    since = {
        pk: {
            person
            for person, at in looks
            if (gone := withdrawn[pk].withdrawn_at) is not None
            and at > gone
            and person != withdrawn[pk].withdrawn_by_id
        }
        for pk, looks in seen_by(withdrawn).items()
    }
    if not (people := {person for each in since.values() for person in each}):
        return set()
    rows = User.objects.filter(pk__in=people, is_active=True)
    keepers = {each.pk for each in rows if has_permission(each, Permission.PANEL_KEEP)}
    return {pk for pk, each in since.items() if each & keepers}


def corrected_unseen(user: User) -> "list[FindingCorrection]":
    """Return how others put findings right that this person wrote, until they saw it; the last."""
    rows = FindingCorrection.objects.filter(finding__given_by=user.pk).exclude(corrected_by=user.pk)
    last = {each.finding_id: each for each in rows.order_by("corrected_at", "pk")
            .select_related("finding__meeting", "corrected_by")}  # fmt: skip
    seen = _saw_meetings(user, {each.finding.meeting_id for each in last.values()})
    return [
        each
        for each in last.values()
        if (saw := seen.get(each.finding.meeting_id)) is None or saw <= each.corrected_at
    ]


def _saw_meetings(user: User, meetings: Collection[int]) -> dict[int, datetime]:
    """Return when this person last saw each of these meetings, of those that they ever saw."""
    rows = Event.objects.filter(
        name="panel.letters_seen", subject_kind=Meeting._meta.label, by=user.pk,
        subject_id__in=[str(each) for each in meetings],
    )  # fmt: skip
    last = rows.order_by().values_list("subject_id").annotate(Max("at"))
    return {int(meeting): at for meeting, at in last}


def kept_back_unseen(held: Iterable[Meeting]) -> list[Meeting]:
    """Return the meetings at which a letter is kept from a member anew and no keeper saw it yet."""
    today = clock.today()
    going_on = [
        e for e in held if e.state == Meeting.State.CLOSED or is_being_read(e, today)
    ]  # fmt: skip
    rows = NotGiven.objects.filter(
        seat__meeting__in=going_on, is_found_later=True, seen_at=None
    )  # fmt: skip
    unseen = set(rows.values_list("seat__meeting", flat=True)) if going_on else set()
    return [each for each in going_on if each.pk in unseen]


def agreements_offered(user: User) -> "list[AgreementOffered]":
    """Return the agreed marks that somebody else wrote down and this person may confirm."""
    if not has_permission(user, Permission.PANEL_KEEP):
        return []
    # Nothing is agreed on words that are not released any more.
    released = AnonymisedLetter.objects.filter(
        duty=OuterRef("letter__duty"), state=AnonymisedLetter.State.RELEASED
    )
    rows = AgreementOffered.objects.filter(Exists(released), letter__meeting__area=user.area_id)
    rows = rows.exclude(offered_by=user.pk).select_related("letter__meeting", "offered_by")
    return list(rows.order_by("offered_at"))


def agreement_offered(letter: PackLetter) -> AgreementOffered | None:
    """Return the agreed marks of a letter that wait for a second person, if there are any."""
    return AgreementOffered.objects.filter(letter=letter.pk).select_related("offered_by").first()
