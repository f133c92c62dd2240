"""Takes a new version from the unit of the police to which a delivery was returned."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import Delivery, PoliceReturn
from forthright.disclosure.selectors.duties import handed_in
from forthright.disclosure.selectors.handed_in import forms_of
from forthright.disclosure.services.bringing import Brought, keep_checked
from forthright.disclosure.services.moving import locked_of_case
from forthright.disclosure.services.of_case import DeliveryRefused
from forthright.disclosure.services.reading import (
    Contents,
    HandedOver,
    check_all_is_read,
    read_files,
)
from forthright.rules.schedules.engine import ScheduleFinding
from forthright.rules.schedules.return_note import return_note
from forthright.rules.words import list_words, moment_words
from forthright.schedule_files.reading import SEND_AGAIN
from forthright.web.meanwhile import ChangedMeanwhile

SAID = "A new version was handed in."
# What a prosecutor is told to do about a file, and what the police are, who wrote it.
_TO_POLICE = (
    (SEND_AGAIN, "Save the schedule as an Excel, Word, .csv or text PDF file, and hand that in."),
    (", and open the right case for it", ""),
    ("have it mended in the file, or write why it is of this case", "mend it in the file"),
)


class Beside(StrEnum):
    """What becomes of what waits on the same form: the new one replaces it, or both stay."""

    REPLACE = "REPLACE"
    KEEP = "KEEP"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody chose about what waits, and the stamp of what their page knew of it."""

    beside: Beside
    opened: str | None = None


def stamp_of(waiting: Sequence[Delivery]) -> str:
    """Return the stamp of what waits to be taken in for a return."""
    return str(waiting[-1].pk) if waiting else "none"


def hand_in(
    returned: PoliceReturn, files: Sequence[HandedOver], *, chosen: Chosen | None = None, by: User,
    at: datetime,
) -> Delivery:  # fmt: skip
    """Keep a new version of what was returned, checked and waiting to be taken in.

    What was handed in before on another form, and that no prosecutor has taken in, waits beside it.
    What waits on the same form is replaced, or kept beside it, as was chosen by somebody who was
    shown it; of what is replaced every row stays. A return without an answer is answered by it.

    :raises NotAllowed: if it was returned to another unit, or is mended already
    :raises DeliveryRefused: if a file or a list in it cannot be read, none is a schedule, or it is
        another case's
    :raises ChangedMeanwhile: if one waits on the same form and nobody chose, or another came since
    """
    policies.check_can_hand_in(by, returned)
    try:
        read = read_files(files)
        check_all_is_read(read)
        with transaction.atomic():
            return _handed_in(returned, files, read, chosen, by=by, at=at)
    except DeliveryRefused as refusal:
        raise DeliveryRefused(_said_to_police(str(refusal))) from refusal


def _said_to_police(words: str) -> str:
    """Return why files are refused as it is said to the police, who mend them themselves."""
    for to_prosecutor, to_police in _TO_POLICE:
        words = words.replace(to_prosecutor, to_police)
    return words


def _handed_in(
    returned: PoliceReturn, files: Sequence[HandedOver], read: Contents, chosen: Chosen | None, *,
    by: User, at: datetime,
) -> Delivery:  # fmt: skip
    # The duties first, as whoever takes a delivery in does: two who wait for each other never end.
    [duty, *_] = locked_of_case(returned.delivery.case_id)
    returned = PoliceReturn.objects.select_for_update().get(pk=returned.pk)
    policies.check_can_hand_in(by, returned)
    waiting = handed_in(returned)
    forms = {schedule.form.value for schedule in read.schedules}
    met = [each for each in waiting if forms & forms_of(each)]
    if met:
        _check_chosen(waiting, met, forms, chosen)
    brought = Brought(files=files, police_unit=returned.unit, answers=returned)
    delivery = keep_checked(duty, brought, read, by=by, at=at)
    is_replacing = chosen is not None and chosen.beside is Beside.REPLACE
    gone = [_replace(each, forms, delivery, by=by, at=at) for each in met if is_replacing]
    if returned.answered_at is None:
        returned.answer, returned.answered_at, returned.answered_by = SAID, at, by
        returned.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record(
        "return.handed_in", returned, by=by, at=at, delivery=delivery.pk, forms=sorted(forms),
        sha256=_sums(delivery), replaced=[each.pk for each in gone],
        waits_beside=[each.pk for each in handed_in(returned) if each.pk != delivery.pk],
    )  # fmt: skip
    return delivery


def _check_chosen(
    waiting: Sequence[Delivery], met: Sequence[Delivery], forms: Collection[str],
    chosen: Chosen | None,
) -> None:  # fmt: skip
    """Refuse to put a form in the place of one that waits, before somebody who saw it chose so."""
    stands = stamp_of(waiting)
    if chosen is not None and chosen.opened in {None, stands}:
        return
    same = sorted({form for each in met for form in forms_of(each)} & set(forms))
    who = "; ".join(
        f"{each.checked_by or 'somebody of your unit'}, {moment_words(each.checked_at)}"
        for each in met
    )
    raise ChangedMeanwhile(
        f"Nothing of yours was handed in yet: {list_words(same)} waits for the prosecutor already, "
        f"handed in by {who}. Say below whether yours replaces it or the prosecutor gets both, "
        "choose your files again and hand them in; or cancel.",
        stands=stands,
    )


def _sums(delivery: Delivery) -> list[str]:
    """Return by what the files of a delivery are known: how one is named may tell of a person."""
    return [each["sha256"] for each in delivery.files]


def _replace(
    before: Delivery, forms: Collection[str], new: Delivery, *, by: User, at: datetime
) -> Delivery:
    """Let what waits on some forms be replaced; what else came with it waits on by itself.

    :returns: the delivery that holds what was replaced
    """
    gone, taken = before, forms_of(before) & set(forms)
    if forms_of(before) - taken:
        gone = _part(before, taken)
    gone.state, gone.replaced_by = Delivery.State.REPLACED, new
    gone.save(update_fields=["state", "replaced_by"])
    audit.record(
        "delivery.replaced", before, by=by, at=at, forms=sorted(taken), delivery=new.pk,
        kept_in=gone.pk, sha256=_sums(gone),
    )  # fmt: skip
    return gone


def _part(before: Delivery, forms: Collection[str]) -> Delivery:
    """Keep the schedules on some forms as a delivery by itself, as it came; return that.

    Its files go with it too, for one may hold several forms.
    """
    files = list(before.kept_files.all())
    found = {is_of: [each for each in before.findings if (each["form"] in forms) is is_of]
             for is_of in (True, False)}  # fmt: skip
    gone = Delivery.objects.get(pk=before.pk)
    gone.pk = None
    gone._state.adding = True
    for delivery, is_of in ((gone, True), (before, False)):
        delivery.findings = found[is_of]
        asked = return_note("", [ScheduleFinding(**each) for each in found[is_of]])
        delivery.note = asked.as_table()
        delivery.changes = [each for each in delivery.changes if (each["form"] in forms) is is_of]
        delivery.save()
    for file in files:
        gone.kept_files.create(
            position=file.position, file_name=file.file_name, sha256=file.sha256,
            content=file.content,
        )  # fmt: skip
    before.schedules.filter(form__in=forms).update(delivery=gone)
    return gone
