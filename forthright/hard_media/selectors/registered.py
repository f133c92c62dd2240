"""The doors to what is in the register, and the lists of it."""

from datetime import date, datetime
from typing import TypeVar

from django.db.models import F, Model, QuerySet
from django.http import Http404

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, is_of_liaison_unit, within_reach
from forthright.cases.models import Defendant
from forthright.hard_media.models import (
    Carrier,
    Hearing,
    MediaItem,
    PoliceFeedback,
    Representation,
    ShareRecord,
    StockTake,
)
from forthright.rules.exhibits import exhibit_key
from forthright.rules.marking import said_stamp
from forthright.rules.media_history import known_by
from forthright.rules.media_parties import present_on
from forthright.rules.media_states import SENT_ANEW, WAITED_FOR, MediaEvent

Row = TypeVar("Row", bound=Model)


def visible(user: User, rows: "QuerySet[Row]") -> "QuerySet[Row]":
    """Return the rows of the register that this person may see.

    The Victim Liaison Unit, which reaches every unit's letters, has no part in recordings.
    """
    return reached(user, Permission.MEDIA_SEE, rows)


def reached(user: User, permission: Permission, rows: "QuerySet[Row]") -> "QuerySet[Row]":
    """Return the rows that one of this person's permissions reaches."""
    if is_of_liaison_unit(user):
        return rows.none()
    return within_reach(user, permission, rows)


def hearings_visible_to(user: User) -> "QuerySet[Hearing]":
    """Return the hearings of the cases in the register."""
    return visible(user, Hearing.objects.select_related("case", "unit", "area"))


def hearing_for(user: User, case_id: int) -> Hearing:
    """Return the hearing of one case of the register.

    :raises Http404: if there is none, or none that this person may see
    """
    return found(hearings_visible_to(user).filter(case=case_id), "No such case in the register")


def item_for(user: User, item_id: int) -> MediaItem:
    """Return one recording.

    :raises Http404: if there is none, or none that this person may see
    """
    rows = visible(user, MediaItem.objects.select_related("case", "unit", "area", "viewed_by"))
    return found(rows.filter(pk=item_id), "No such recording")


def share_for(user: User, share_id: int) -> ShareRecord:
    """Return one share of a recording.

    :raises Http404: if there is none, or none that this person may see
    """
    rows = ShareRecord.objects.filter(
        pk=share_id, item__in=visible(user, MediaItem.objects.all())
    ).select_related("item__case", "representation")
    return found(rows, "No such share")


def defendant_for(hearing: Hearing, defendant_id: int) -> Defendant:
    """Return one defendant of a case that this person has come in by.

    :raises Http404: if the case has no such defendant
    """
    return found(Defendant.objects.filter(case=hearing.case_id, pk=defendant_id), "Nobody here")


def feedback_visible_to(user: User) -> "QuerySet[PoliceFeedback]":
    """Return what the police were told, the newest first."""
    rows = PoliceFeedback.objects.select_related("item__case", "given_by")
    changes = ("answer_changes__old_by", "answer_changes__changed_by")
    return visible(user, rows.prefetch_related(*changes))


def feedback_for(user: User, feedback_id: int) -> PoliceFeedback:
    """Return one reason that the police were given.

    :raises Http404: if there is none, or none that this person may see
    """
    return found(feedback_visible_to(user).filter(pk=feedback_id), "No such reason")


def carriers_visible_to(user: User) -> "QuerySet[Carrier]":
    """Return the discs and sticks, those still held first."""
    return visible(user, Carrier.objects.select_related("unit", "area"))


def carrier_for(user: User, carrier_id: int) -> Carrier:
    """Return one disc or stick.

    :raises Http404: if there is none, or none that this person may see
    """
    return found(carriers_visible_to(user).filter(pk=carrier_id), "No such disc")


def carriers_with(user: User, barcode: str) -> "QuerySet[Carrier]":
    """Return the discs with a barcode as a scanner types it: with spaces, in any capitals.

    The one that is held or missing is the first; those that ended before are of earlier times.
    """
    rows = carriers_visible_to(user).filter(barcode__iexact=barcode.strip())
    return the_last_first(rows)


def with_another_unit(user: User, barcode: str) -> Carrier | None:
    """Return the disc of a barcode that has not ended and is in a register this person sees not.

    It is for whoever may take one in, who learns whom to ask for it, and nothing else of it.
    """
    rows = Carrier.objects.filter(area=user.area, barcode__iexact=barcode.strip(), ended_on=None)
    if not has_permission(user, Permission.MEDIA_RECORD):
        return None
    return rows.exclude(pk__in=carriers_visible_to(user)).select_related("unit").first()


def the_last_first(rows: "QuerySet[Carrier]") -> "QuerySet[Carrier]":
    """Return discs of one barcode, the one that has not ended first, then the last that ended."""
    return rows.order_by(F("ended_on").desc(nulls_first=True), "-pk")


def stock_takes_visible_to(user: User) -> "QuerySet[StockTake]":
    """Return the stock-takes, the newest first."""
    return visible(user, StockTake.objects.select_related("unit", "begun_by", "given_up_by"))


def stock_take_for(user: User, stock_take_id: int) -> StockTake:
    """Return one stock-take.

    :raises Http404: if there is none, or none that this person may see
    """
    return found(stock_takes_visible_to(user).filter(pk=stock_take_id), "No such stock-take")


def items_of(hearing: Hearing) -> "QuerySet[MediaItem]":
    """Return the recordings of a case by their exhibit references."""
    return MediaItem.objects.filter(case=hearing.case_id).order_by("exhibit", "pk")


def same_exhibit(
    case_id: int, reference: str, *, but: MediaItem | None = None
) -> MediaItem | None:  # fmt: skip
    """Return the recording of a case with a reference, however its capitals and spaces stand."""
    key = exhibit_key(reference)
    rows = MediaItem.objects.filter(case=case_id)
    return next((e for e in rows if e != but and exhibit_key(e.exhibit) == key), None)


def present_representations(
    hearings: "list[Hearing]", today: date
) -> dict[int, Representation]:  # fmt: skip
    """Return who represents each defendant on a day, by the defendant."""
    firms: dict[int, list[Representation]] = {}
    cases = [each.case_id for each in hearings]
    for each in Representation.objects.filter(defendant__case__in=cases):
        firms.setdefault(each.defendant_id, []).append(each)
    present = {defendant: present_on(each, today) for defendant, each in firms.items()}
    return {defendant: each for defendant, each in present.items() if each is not None}


def last_representation(defendant: Defendant) -> Representation | None:
    """Return who represents a defendant with no end known: now, or from a day to come."""
    return Representation.objects.filter(defendant=defendant, ends_on=None).first()


def representations_by(
    hearings: "list[Hearing]", day: date, end: datetime
) -> dict[int, Representation]:  # fmt: skip
    """Return who represented each defendant on a day, as it was recorded before a moment.

    Where nobody was recorded by then, it is whoever is said now to have been.
    """
    firms: dict[int, list[Representation]] = {}
    cases = [each.case_id for each in hearings]
    rows = Representation.everything.filter(defendant__case__in=cases)
    for each in rows.prefetch_related("start_changes"):
        firms.setdefault(each.defendant_id, []).append(each)
    found = {}
    for defendant, theirs in firms.items():
        by_then = known_by(theirs, end, started=lambda firm: firm.starts_by(end))
        known = present_on(by_then, day)
        present = known.firm if known else None
        if not by_then:
            present = present_on([each for each in theirs if each.mistake_at is None], day)
        if present is not None:
            found[defendant] = present
    return found


def places_used(user: User) -> list[str]:
    """Return the places where discs of this person's own unit lie or have lain, to choose from."""
    rows = reached(user, Permission.MEDIA_RECORD, Carrier.objects.order_by("location"))
    return list(rows.values_list("location", flat=True).distinct())


def found(rows: "QuerySet[Row]", words: str) -> Row:
    """Return the one row there is.

    :raises Http404: if there is none
    """
    row = rows.first()
    if row is None:
        raise Http404(words)
    return row


def item_stamp(item: MediaItem) -> str:
    """Return a stamp of what is known of a recording, as its page of changes asks it."""
    known = (item.exhibit, item.kind, item.named_in, item.title, item.shows, item.seconds)
    return said_stamp(*(str(each or "") for each in known))


def asked_again_at(item: MediaItem) -> datetime | None:
    """Return when a recording that had come was last asked for again; None if it never was.

    To ask once more for what is still waited for is no such time.
    """
    asked = item.steps.filter(event=MediaEvent.REQUEST).exclude(before__in=WAITED_FOR)
    return asked.order_by("at", "pk").values_list("at", flat=True).last()


def anew_since(item: MediaItem) -> datetime | None:
    """Return since when a file that begins to come is of the next copy; None: there is but one.

    That is when the recording was last asked for again, or taken up again. The police read of what
    does not play or could not be kept that they are to send it anew: there it is since then.
    """
    again = item.steps.filter(event=MediaEvent.REQUEST).exclude(before__in=WAITED_FOR)
    anew = (again | item.steps.filter(event=MediaEvent.REINSTATE)).order_by("at", "pk").last()
    if anew is None or anew.before not in SENT_ANEW:
        return anew.at if anew else None
    told = item.steps.filter(after=anew.before, at__lte=anew.at).order_by("at", "pk").last()
    return told.at if told else anew.at
