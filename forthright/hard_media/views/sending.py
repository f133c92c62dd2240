"""Sending the file of a recording: as a plain form, or in parts that go on where they ended."""

import json
from typing import Any

from django.contrib import messages
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.models import Role, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.hard_media import policies, storing
from forthright.hard_media.forms.files import SendForm
from forthright.hard_media.models import MediaItem, SentFile
from forthright.hard_media.selectors.files import (
    is_of_the_copy_before,
    item_to_send_for,
    own_arriving,
    own_file_for,
)
from forthright.hard_media.selectors.police import (
    WITHDRAWN,
    files_that_do_not_play,
    harmful_file_of,
    is_format_asked,
    items_withdrawn,
    why_asked,
)
from forthright.hard_media.services import receiving, seeing
from forthright.hard_media.services.sent_twice import why_twice_as_sent
from forthright.media_files.incoming import About, EmptyFile, NoRoom
from forthright.media_files.names import BadName
from forthright.media_files.sources import ReadSource
from forthright.media_files.tus import TusServer
from forthright.media_files.tus_words import OVERRIDE, TusRefusal
from forthright.media_files.wsgi import answer_to
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

SENT = "All of the file has come. It is read back now, and then kept."
# Whoever sends from a program sees no page; by this header it is told what becomes of a file.
NOTICE = "Forthright-Notice"
OF_BEFORE = (
    "This file began to come before the recording was asked for again. It goes on, is kept with "
    "the copy before, and does not answer that: the recording is still asked for. If it is the new "
    "copy, give it up on the page on which files of the recording are sent, and send it once more."
)
PLAIN = "text/plain; charset=utf-8"
GONE = "No such file is arriving or has come. Send it again."


class ItemGate:
    """Lets one person send files of one recording, and go on with those they began."""

    def __init__(self, item: MediaItem, person: User) -> None:
        """Stand before a recording that this person has come in to."""
        self.item, self.person = item, person
        self.has_arrived = False
        # Why the file that has arrived is not kept, where that is known already.
        self.why_twice = ""

    def begin(self, caller: Any, said: dict[str, str], length: int) -> dict[str, Any]:
        """Let a file begin.

        :raises TusRefusal: if this person may not, or the recording takes none now
        """
        try:
            policies.check_can_send(self.person, self.item)
            receiving.check_takes_files(self.item)
            receiving.check_leaves_room(self.person, length)
        except (NotAllowed, receiving.NotTaken) as refusal:
            raise TusRefusal(403, str(refusal)) from refusal
        return {"item": self.item.pk, "by": self.person.pk, "head": said.get("head", "")[:64]}

    def begun(self, caller: Any, name: str) -> None:
        """Note whose file it is."""
        incoming = storing.store().incoming(name)
        head = str(incoming.about.notes["head"])
        receiving.begin_file(self.item, incoming, head=head, by=self.person, at=clock.now())
        _let_the_database_go()

    def go_on(self, caller: Any, about: About) -> None:
        """Let whoever began a file go on with it.

        :raises TusRefusal: if it is another person's, or of another recording
        """
        if (about.notes.get("item"), about.notes.get("by")) != (self.item.pk, self.person.pk):
            raise TusRefusal(404, GONE)

    def arrived(self, caller: Any, name: str) -> None:
        """Have a file kept that has come as a whole."""
        sent = SentFile.objects.select_related("area").get(incoming=name)
        self.why_twice = why_twice_as_sent(sent)
        receiving.note_whole(sent, by=self.person, at=clock.now())
        self.has_arrived = True

    def given_up(self, caller: Any, name: str) -> None:
        """Note that what came of a file was removed."""
        sent = SentFile.objects.select_related("area").get(incoming=name)
        receiving.give_up_file(sent, by=self.person, at=clock.now())


@page(Permission.MEDIA_SEND, methods=("GET", "POST"))
def file_send(request: SignedInRequest, item_id: int) -> HttpResponse:
    """Ask for the file of a recording, and take it in where it comes with the form."""
    if withdrawn := _withdrawn(request.user, item_id):
        seeing.see(withdrawn, by=request.user, at=clock.now())
        context = {"item": withdrawn, "refusal": WITHDRAWN, "after": reverse("hard_media:owed")}
        return render(request, "hard_media/send.html", context)
    one = item_to_send_for(request.user, item_id)
    is_sent = request.method == "POST"
    came = (request.POST, request.FILES) if is_sent else ()
    harmful = harmful_file_of(one)
    form = SendForm(*came, is_format_asked=is_format_asked(one), is_harmful=harmful is not None)
    refusal = _refusal_of(one)
    if is_sent and form.is_valid() and (sent := _taken(request, one, form)):
        _say_it_came(request, why_twice_as_sent(sent))
        return redirect(_after(request.user, one))
    seeing.see(one, by=request.user, at=clock.now())
    arriving = own_arriving(request.user, one)
    known = [
        {
            "name": each.file.file_name,
            "size": each.file.length,
            "head": each.file.head,
            "address": reverse("hard_media:file_part", args=[one.pk, each.file.incoming]),
        }
        for each in arriving
        if not each.is_before
    ]
    context = {
        "item": one,
        "form": form,
        "refusal": refusal,
        "arriving": arriving,
        "do_not_play": files_that_do_not_play(request.user, one),
        "harmful": harmful,
        "why": why_asked(one),
        "feedback": list(one.feedback.filter(outcome="")),
        "now": clock.now(),
        "known": json.dumps(known),
        "after": _after(request.user, one),
    }
    return render(request, "hard_media/send.html", context)


def _say_it_came(request: SignedInRequest, why_twice: str) -> None:
    if why_twice:
        messages.warning(request, why_twice)
    else:
        messages.success(request, SENT)


def _taken(request: SignedInRequest, one: MediaItem, form: SendForm) -> SentFile | None:
    """Take in the file that came with the form, or say on it why not."""
    file = form.cleaned_data["file"]
    source = ReadSource(file.read)
    try:
        return receiving.take_whole(
            one, file.name, file.size, source, by=request.user, at=clock.now()
        )  # fmt: skip
    except (receiving.NotTaken, BadName, EmptyFile, NoRoom) as refusal:
        form.add_error("file", str(refusal))
        return None


def _refusal_of(one: MediaItem) -> str:
    """Return why a recording takes no file now, or nothing."""
    try:
        receiving.check_takes_files(one)
    except receiving.NotTaken as refusal:
        return str(refusal)
    return ""


def _after(user: User, one: MediaItem) -> str:
    """Return where a person goes on once a file was sent."""
    if user.role == Role.POLICE_PARTNER:
        return reverse("hard_media:owed")
    return reverse("hard_media:item", args=[one.pk])


@page(Permission.MEDIA_SEND, methods=("POST", "OPTIONS"))
def file_begin(request: SignedInRequest, item_id: int) -> HttpResponse:
    """Begin a file that comes in parts, or say what is understood of the tus protocol here."""
    return _spoken(request, item_id, "")


@page(Permission.MEDIA_SEND, methods=("HEAD", "PATCH", "DELETE", "POST"))
def file_part(request: SignedInRequest, item_id: int, incoming: str) -> HttpResponse:
    """Say how far a file has come, take in a part of it, or give it up, by the tus protocol.

    A POST is one of these by its header X-HTTP-Method-Override, for whoever sits behind a proxy
    that lets nothing else through; without it, it is refused.
    """
    return _spoken(request, item_id, incoming)


def _withdrawn(user: User, item_id: int) -> MediaItem | None:
    """Return a recording that a police partner was to send, where the unit withdrew it since."""
    if user.role != Role.POLICE_PARTNER:
        return None
    return items_withdrawn(user, clock.now()).filter(pk=item_id).first()


def _spoken(request: SignedInRequest, item_id: int, incoming: str) -> HttpResponse:
    """Let the receiver of files answer; the body was read by nobody before it."""
    if _withdrawn(request.user, item_id):
        return HttpResponse(WITHDRAWN, status=403, content_type=PLAIN)
    one = item_to_send_for(request.user, item_id)
    gate = ItemGate(one, request.user)
    address = reverse("hard_media:file_begin", args=[one.pk])
    server = TusServer(
        storing.store(), gate, clock=clock.now, address=address, expires_after=storing.PATIENCE
    )
    _let_the_database_go()
    answered = answer_to(request.META, server, name=incoming)
    if gate.has_arrived:
        _say_it_came(request, gate.why_twice)
    verb = request.headers.get(OVERRIDE, request.method or "").upper()
    if verb == "DELETE" and answered.status == 204:
        sent = SentFile.objects.get(incoming=incoming)
        receiving.give_up_file(sent, by=request.user, at=clock.now())
    headers = dict(answered.headers)
    is_going_on = verb in {"HEAD", "PATCH"} and answered.status < 300
    if is_going_on and is_of_the_copy_before(one, incoming):
        headers[NOTICE] = OF_BEFORE
    if gate.why_twice:
        headers[NOTICE] = gate.why_twice
    return HttpResponse(
        answered.words, status=answered.status, headers=headers,
        content_type=PLAIN,
    )  # fmt: skip


def _let_the_database_go() -> None:
    """Hold no connection to the database while bytes come, which may take hours."""
    if not connection.in_atomic_block:
        connection.close()


@page(Permission.MEDIA_SEND, methods=("POST",))
def file_give_up(request: SignedInRequest, file_id: int) -> HttpResponse:
    """Give up a file that has not come as a whole."""
    sent = own_file_for(request.user, file_id)
    try:
        receiving.give_up_file(sent, by=request.user, at=clock.now())
    except receiving.NotTaken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "It is given up, and what had come of it is removed.")
    return redirect("hard_media:file_send", sent.item_id)
