"""Takes a new version from the unit of the police to which a delivery was returned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import Delivery, PoliceReturn
from forthright.disclosure.selectors.duties import handed_in
from forthright.disclosure.selectors.handed_in import forms_of
from forthright.disclosure.services.bringing import Brought, keep_checked
from forthright.disclosure.services.holding import remember_sensitive
from forthright.disclosure.services.moving import locked_of_case
from forthright.disclosure.services.of_case import DeliveryRefused
from forthright.disclosure.services.reading import (
    Contents,
    HandedOver,
    check_all_is_read,
    files_laid_out,
    read_files,
    read_one,
    together,
)
from forthright.rules.schedules.answering import forms_mend
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


@dataclass(frozen=True, slots=True)
class _GoesOn:
    """What of a delivery that waits goes on with a new one, and what the new one replaces."""

    # The deliveries as they stood when their files were read.
    waiting: tuple[int, ...]
    files: tuple[HandedOver, ...]
    read: tuple[Contents, ...]
    # The forms that came again, and the files in whose place theirs came.
    forms: frozenset[str]
    replaced: tuple[str, ...]


def stamp_of(waiting: Sequence[Delivery]) -> str:
    """Return the stamp of what waits to be taken in for a return."""
    return str(waiting[-1].pk) if waiting else "none"


def hand_in(
    returned: PoliceReturn, files: Sequence[HandedOver], *, opened: str | None = None, by: User,
    at: datetime,
) -> Delivery:  # fmt: skip
    """Keep a new version of what was returned, checked and waiting to be taken in.

    What was handed in before, and that no prosecutor has taken in, goes on with it as one delivery:
    its other forms and papers as they came, and each form that comes again in its newest version.
    So all of it is compared together, and nothing that somebody handed in is left out unasked. What
    was handed in before stays on the record with its files. It answers a return that it mends.

    :param opened: the stamp of what waited when the page was opened; None comes from no page
    :raises NotAllowed: if it was returned to another unit, or is mended already
    :raises DeliveryRefused: if a file or a list in it cannot be read, none is a schedule, it is
        another case's, or a file that waits holds a form that comes again and one that does not
    :raises ChangedMeanwhile: if something was handed in, or taken in, since the page was opened
    """
    policies.check_can_hand_in(by, returned)
    try:
        read = read_files(files)
        check_all_is_read(read)
        waiting = handed_in(returned)
        with files_laid_out(_kept_of(waiting)) as kept:
            goes_on = _going_on(waiting, kept, files, read)
            with transaction.atomic():
                return _handed_in(returned, files, read, goes_on, opened, by=by, at=at)
    except DeliveryRefused as refusal:
        raise DeliveryRefused(_said_to_police(str(refusal))) from refusal


def _kept_of(waiting: Sequence[Delivery]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file of what waits."""
    for delivery in waiting:
        for kept in delivery.kept_files.order_by("position"):
            yield kept.file_name, bytes(kept.content)


def _going_on(
    waiting: Sequence[Delivery], kept: Sequence[HandedOver], files: Sequence[HandedOver],
    read: Contents,
) -> _GoesOn:  # fmt: skip
    """Return what goes on of what waits: all but the forms that come again.

    :raises DeliveryRefused: if one file of it holds such a form and another one
    """
    again = read.forms
    # The same file handed in twice is one.
    come = {each.sha256 for each in files}
    stay: list[tuple[HandedOver, Contents]] = []
    forms, replaced = set[str](), list[str]()
    for file in kept:
        found = read_one(file)
        held = found.forms
        if held & again and held - again:
            raise DeliveryRefused(
                f"What waits for the prosecutor has the {list_words(sorted(held))} in one file. "
                f"Yours would replace the {list_words(sorted(held & again))} of it: hand the "
                f"{list_words(sorted(held - again))} in again together with yours. Nothing was "
                "handed in."
            )
        if held & again:
            forms |= held & again
            replaced.append(file.sha256)
        elif file.sha256 not in come:
            stay.append((file, found))
    return _GoesOn(
        waiting=tuple(each.pk for each in waiting), files=tuple(file for file, _ in stay),
        read=tuple(found for _, found in stay), forms=frozenset(forms), replaced=tuple(replaced),
    )  # fmt: skip


def _said_to_police(words: str) -> str:
    """Return why files are refused as it is said to the police, who mend them themselves."""
    for to_prosecutor, to_police in _TO_POLICE:
        words = words.replace(to_prosecutor, to_police)
    return words


def _handed_in(  # noqa: PLR0913 - what was read before the transaction
    returned: PoliceReturn, files: Sequence[HandedOver], read: Contents, goes_on: _GoesOn,
    opened: str | None, *, by: User, at: datetime,
) -> Delivery:  # fmt: skip
    # The duties first, as whoever takes a delivery in does: two who wait for each other never end.
    [duty, *_] = locked_of_case(returned.delivery.case_id)
    returned = PoliceReturn.objects.select_for_update().get(pk=returned.pk)
    policies.check_can_hand_in(by, returned)
    waiting = handed_in(returned)
    _check_known(waiting, goes_on, opened)
    for before in waiting:
        # Its items come again with the new one, as that says them; what was sensitive stays so.
        remember_sensitive(before, at=at)
        before.forms_then = sorted(forms_of(before))
        before.schedules.all().delete()
        before.state = Delivery.State.REPLACED
        before.findings, before.note, before.changes = [], [], []
        before.save(update_fields=["forms_then", "state", "findings", "note", "changes"])
    brought = Brought(files=[*goes_on.files, *files], police_unit=returned.unit, answers=returned)
    all_read = together([*goes_on.read, read])
    delivery = keep_checked(duty, brought, all_read, by=by, at=at)
    for before in waiting:
        before.replaced_by = delivery
        before.save(update_fields=["replaced_by"])
        audit.record(
            "delivery.replaced", before, by=by, at=at, forms=sorted(goes_on.forms),
            delivery=delivery.pk, sha256=list(goes_on.replaced),
        )  # fmt: skip
    # What does not mend it answers nothing: the return goes on waiting for the police.
    if returned.answered_at is None and _may_mend(returned, all_read):
        returned.answer, returned.answered_at, returned.answered_by = SAID, at, by
        returned.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record(
        "return.handed_in", returned, by=by, at=at, delivery=delivery.pk,
        forms=sorted(read.forms), sha256=[each.sha256 for each in files],
        joins=[each.pk for each in waiting],
    )  # fmt: skip
    return delivery


def _may_mend(returned: PoliceReturn, read: Contents) -> bool:
    """Say whether what was read mends a return, once it is taken in."""
    return forms_mend(
        forms_of(returned.delivery), read.forms,
        reasons=[asked["reason"] for asked in returned.requests],
        was_taken_in=returned.delivery.received_at is not None,
    )  # fmt: skip


def _check_known(waiting: Sequence[Delivery], goes_on: _GoesOn, opened: str | None) -> None:
    """Refuse to go on from what another page than this one showed, or than was read.

    :raises ChangedMeanwhile: with what waits, and who handed it in when
    """
    stands = stamp_of(waiting)
    is_known = opened in {None, stands}
    if is_known and goes_on.waiting == tuple(each.pk for each in waiting):
        return
    said = "; ".join(
        f"the {list_words(sorted(forms_of(each)))}, handed in by "
        f"{each.checked_by or 'somebody of your unit'}, {moment_words(each.checked_at)}"
        for each in waiting
    )
    if not said:
        words = "What waited when you opened this page waits no more: a prosecutor decided on it."
    else:
        words = (
            f"Since you opened this page something else came, and waits for the prosecutor: {said}."
        )
    raise ChangedMeanwhile(
        f"Nothing of yours was handed in yet. {words} Choose your files again and hand them in: "
        "they join what waits, and a form that waits already is replaced by yours. Or cancel.",
        stands=stands,
    )
