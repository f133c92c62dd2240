"""Prints the letters that wait as one file, and says when they were posted."""

import hashlib
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import check_has_permission
from forthright.audit import services as audit
from forthright.letter_files.writing import pdf_of_many
from forthright.letters.models import Dispatch, PrintBatch
from forthright.letters.selectors.addressed import as_it_goes
from forthright.letters.selectors.case_facts import wishes_of
from forthright.letters.selectors.sending import waiting_for_print
from forthright.letters.services.delivery import note_event
from forthright.letters.services.holding import held_back
from forthright.letters.services.mailing import TITLE
from forthright.rules.contact_lock import Way
from forthright.rules.envelopes import window_for
from forthright.rules.words import local

MOST = 100


class PrintRefused(ValueError):
    """A batch cannot be made or posted; the message says why."""


@transaction.atomic
def make_batch(area: Area, *, by: User, at: datetime) -> PrintBatch | None:
    """Put the letters that wait into one file, each beginning on a new sheet.

    What may not go any more is held back, with the reason on its page; where nothing is left,
    no batch is made.

    :raises NotAllowed: if this person may not send letters
    :raises PrintRefused: if none waits
    """
    check_has_permission(by, Permission.LETTER_SEND)
    Area.objects.select_for_update().get(pk=area.pk)
    asked = list(waiting_for_print(by)[:MOST])
    if not asked:
        raise PrintRefused("No letter waits to be printed.")
    waiting = [each for each in asked if not held_back(each, by=by, at=at)]
    if not waiting:
        return None
    content, pages = _one_file(waiting, local(at).date())
    last = PrintBatch.objects.filter(area=area).defer("content").first()
    batch = PrintBatch.objects.create(
        area=area, number=last.number + 1 if last else 1, content=content, pages=pages,
        sha256=hashlib.sha256(content).hexdigest(), made_at=at, made_by=by,
    )  # fmt: skip
    Dispatch.objects.filter(pk__in=[each.pk for each in waiting]).update(batch=batch)
    audit.record(
        "letters.batch_made", batch, by=by, at=at, number=batch.number,
        letters=[each.duty_id for each in waiting], sha256=batch.sha256,
    )  # fmt: skip
    return batch


@transaction.atomic
def mark_posted(batch: PrintBatch, *, by: User, at: datetime) -> list[Dispatch]:
    """Say that the letters of a batch are in the post; each is then sent.

    Return those that are not, because something came to stand against them since the batch was
    made: they are to be taken out of the pile.

    :raises NotAllowed: if this person may not send letters
    :raises PrintRefused: if that was said before
    """
    check_has_permission(by, Permission.LETTER_SEND)
    batch = PrintBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.posted_at:
        raise PrintRefused("This batch was posted already.")
    batch.posted_at, batch.posted_by = at, by
    batch.save(update_fields=["posted_at", "posted_by"])
    held = []
    for dispatch in batch.dispatches.select_related("version", "area"):
        if held_back(dispatch, by=by, at=at):
            held.append(dispatch)
        else:
            note_event(dispatch, Dispatch.State.SENT, happened_at=at, by=by, at=at)
    audit.record("letters.batch_posted", batch, by=by, at=at, number=batch.number)
    return held


@transaction.atomic
def take_out_batch(batch: PrintBatch, *, by: User, at: datetime) -> bytes:
    """Return the file of a batch, and record that it was taken out.

    Until the batch is posted, a letter that may not go any more is held back and left out of
    the file. What was posted stays as it went.

    :raises PrintRefused: if nothing of it may go any more
    """
    batch = PrintBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.posted_at is None:
        _leave_out_what_may_not_go(batch, by=by, at=at)
    audit.record("letters.batch_taken_out", batch, by=by, at=at, number=batch.number)
    return bytes(batch.content)


def _leave_out_what_may_not_go(batch: PrintBatch, *, by: User, at: datetime) -> None:
    letters = list(batch.dispatches.select_related("duty__person", "version").order_by("pk"))
    stay = [each for each in letters if not held_back(each, by=by, at=at)]
    if len(stay) == len(letters):
        return
    if not stay:
        raise PrintRefused("No letter of this batch may go any more. Each page says why.")
    content, pages = _one_file(stay, local(at).date())
    before, digest = batch.sha256, hashlib.sha256(content).hexdigest()
    batch.content, batch.pages, batch.sha256 = content, pages, digest
    batch.save(update_fields=["content", "pages", "sha256"])
    audit.record(
        "letters.batch_made_again", batch, by=by, at=at, number=batch.number,
        letters=[each.duty_id for each in stay], sha256=digest, sha256_before=before,
    )  # fmt: skip


def _one_file(waiting: list[Dispatch], today: date) -> tuple[bytes, int]:
    letters = []
    for dispatch in waiting:
        wishes = wishes_of(dispatch.duty.person)
        is_large_print = wishes is not None and wishes.is_large_print
        letters.append((as_it_goes(dispatch, today), is_large_print))
    return pdf_of_many(letters, title=TITLE, window=window_for(Way.PRINT, today))
