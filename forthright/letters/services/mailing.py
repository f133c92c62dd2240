"""Hands letters to a mail server or to GOV.UK Notify, each once whatever breaks in between.

A mail server cannot be asked whether it has a message. So that one is being handed over is
written down first: should we be killed in the middle, the next try finds that and asks a person
to look, rather than send a second copy. Notify can be asked, by the key of the dispatch.
"""

import smtplib
from datetime import date, datetime

from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from forthright.letter_files.writing import pdf_of, text_of
from forthright.letters.models import Dispatch
from forthright.letters.notify import Notify, NotifyRefused
from forthright.letters.selectors.addressed import as_it_goes
from forthright.letters.selectors.case_facts import wishes_of
from forthright.letters.services.delivery import note_event
from forthright.letters.services.holding import held_back
from forthright.rules.contact_lock import BY_EMAIL, Way
from forthright.rules.envelopes import window_for
from forthright.rules.words import local
from forthright.web.jobs import JobRefused

S = Dispatch.State
SUBJECT = "A letter from the Crown Prosecution Service"
# A subject is read on a locked screen, as an envelope is in a hallway.
PLAIN_SUBJECT = "A letter for you"
TITLE = "Letter from the Crown Prosecution Service"
FOR_GOOD = 500  # SMTP answers from here on will not change by trying again


def send_dispatch(dispatch: Dispatch, notify: Notify | None, *, at: datetime) -> None:
    """Hand one dispatch over, if it still waits.

    :raises JobRefused: if a person must look first, or it can never go
    :raises OSError: if the server cannot be reached, so that it is tried again
    """
    if dispatch.state == S.SENDING and dispatch.channel == Way.EMAIL:
        _say_unsure(dispatch, at)
    if dispatch.state not in (S.ASKED, S.SENDING):
        return
    # Between the asking and now its approval, its address or a danger may have changed.
    if held_back(dispatch, by=None, at=at):
        return
    if dispatch.channel == Way.EMAIL:
        _send_by_mail_server(dispatch, at)
    else:
        _send_by_notify(dispatch, notify, at)


def ask_notify(dispatch: Dispatch, notify: Notify, *, at: datetime) -> None:
    """Ask Notify what became of a dispatch, and write down what is new."""
    kind, detail = notify.state_of(dispatch.notify_id)
    if kind and kind != dispatch.state:
        note_event(dispatch, kind, happened_at=at, by=None, at=at, detail=detail)


def _send_by_mail_server(dispatch: Dispatch, at: datetime) -> None:
    connection = get_connection()
    # What fails before a message is begun is simply tried again.
    connection.open()
    try:
        dispatch = note_event(dispatch, S.SENDING, happened_at=at, by=None, at=at)
        try:
            connection.send_messages([_message(dispatch, at)])
        except smtplib.SMTPRecipientsRefused as refusal:
            _note_recipient(dispatch, refusal, at)
            return
        except smtplib.SMTPResponseException as refusal:
            _note_answer(dispatch, refusal, at)
            return
        except OSError:
            _say_unsure(dispatch, at)
        note_event(dispatch, S.SENT, happened_at=at, by=None, at=at)
    finally:
        connection.close()


def _message(dispatch: Dispatch, at: datetime) -> EmailMessage:
    return EmailMessage(
        subject=_subject_of(dispatch),
        body=text_of(as_it_goes(dispatch, local(at).date())),
        to=[dispatch.to_what],
        headers={"Message-ID": dispatch.message_id},
    )


def _subject_of(dispatch: Dispatch) -> str:
    """Return what stands above an e-mail: who writes is left out where a plain envelope is."""
    wishes = wishes_of(dispatch.duty.person)
    return PLAIN_SUBJECT if wishes is not None and wishes.plain_envelope else SUBJECT


def _note_answer(dispatch: Dispatch, refusal: smtplib.SMTPResponseException, at: datetime) -> None:
    """Write down that the server said no: for good, or for now and then it is tried again."""
    if refusal.smtp_code >= FOR_GOOD:
        _note_refused(dispatch, f"{refusal.smtp_code}", at)
        return
    note_event(dispatch, S.ASKED, happened_at=at, by=None, at=at)
    raise refusal


def _note_recipient(
    dispatch: Dispatch, refusal: smtplib.SMTPRecipientsRefused, at: datetime
) -> None:
    """Write down that the address was refused, or only for now, as some servers do at first."""
    codes = [code for code, _ in refusal.recipients.values()]
    if any(code >= FOR_GOOD for code in codes):
        _note_refused(dispatch, ", ".join(str(code) for code in codes), at)
        return
    note_event(dispatch, S.ASKED, happened_at=at, by=None, at=at)
    raise refusal


def _note_refused(dispatch: Dispatch, why: str, at: datetime) -> None:
    detail = f"The mail server refused it: {why}."
    note_event(dispatch, S.FAILED, happened_at=at, by=None, at=at, detail=detail)


def _say_unsure(dispatch: Dispatch, at: datetime) -> None:
    detail = "We were cut off while handing it over, so it may or may not have gone."
    with transaction.atomic():
        note_event(dispatch, S.UNSURE, happened_at=at, by=None, at=at, detail=detail)
    raise JobRefused(
        f"It is not known whether dispatch {dispatch.pk} went. Look for {dispatch.message_id} in "
        "the log of the mail server, then say on the page of the letter what became of it."
    )


def _send_by_notify(dispatch: Dispatch, notify: Notify | None, at: datetime) -> None:
    if notify is None:
        raise JobRefused("No key of GOV.UK Notify is set, so nothing goes that way.")
    try:
        today = local(at).date()
        dispatch.notify_id = notify.found(dispatch.key) or _given_to(notify, dispatch, today)
    except NotifyRefused as refusal:
        note_event(dispatch, S.FAILED, happened_at=at, by=None, at=at, detail=str(refusal))
        return
    dispatch.save(update_fields=["notify_id"])
    note_event(dispatch, S.SENT, happened_at=at, by=None, at=at)


def _given_to(notify: Notify, dispatch: Dispatch, today: date) -> str:
    composed = as_it_goes(dispatch, today)
    if dispatch.channel in BY_EMAIL:
        return notify.send_email(
            dispatch.to_what, subject=_subject_of(dispatch), body=text_of(composed),
            key=dispatch.key,
        )  # fmt: skip
    wishes = wishes_of(dispatch.duty.person)
    is_large = wishes is not None and wishes.is_large_print
    window = window_for(Way.NOTIFY_LETTER, today)
    pdf = pdf_of(composed, title=TITLE, is_large_print=is_large, window=window)
    return notify.send_letter(pdf, key=dispatch.key)
