"""What a party sees that got a link: a code by e-mail, then the recordings shared with it."""

import secrets
from datetime import datetime

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.hard_media.forms.links import CodeForm, WatchedForm
from forthright.hard_media.models import Playing, PlayingPart, ShareContent, ShareLink
from forthright.hard_media.selectors.files import how_it_plays
from forthright.hard_media.selectors.links import (
    Given,
    content_given,
    is_still_given,
    link_of,
    received_by,
    ticket_of,
    whom_to_ask,
    why_closed,
    why_not_given,
)
from forthright.hard_media.services import going_out, links
from forthright.hard_media.services.handing import Damaged
from forthright.hard_media.views.playing import chosen_part, playing_of, what_plays
from forthright.hard_media.views.streaming import (
    content_type_of,
    counted,
    handed_out,
    streamed,
    while_given,
)
from forthright.web import clock
from forthright.web.page import open_page

ENTERED = "links_entered"  # in the session: which links were opened with a code, and when
BROWSER = "links_browser"  # in the session: what tells this browser from every other
LASTS = links.OPEN_AT_MOST
SALT = "hard_media.received"
BECAUSE = "whoever got a link has no account; a code sent to their address opens it"


class NotEntered(Exception):
    """No code was given for this link in this browser, or too long ago."""


@open_page(because=BECAUSE)
def received(request: HttpRequest, link: str) -> HttpResponse:
    """Ask for the code; nothing of the case is shown before it is given."""
    one = link_of(link)
    form = CodeForm()
    return _code_page(request, one, form)


@open_page(because=BECAUSE, methods=("POST",))
def received_code(request: HttpRequest, link: str) -> HttpResponse:
    """Send a code to the address that the link was sent to."""
    one, form = link_of(link), CodeForm()
    try:
        links.send_code(one, by=None, at=clock.now())
    except links.CodeRefused as refusal:
        return _code_page(request, one, form, refusal=str(refusal))
    return redirect(reverse("hard_media:received", args=[link]) + "?sent=yes")


@open_page(because=BECAUSE, methods=("POST",))
def received_enter(request: HttpRequest, link: str) -> HttpResponse:
    """Open a link with the code that was sent."""
    one, form = link_of(link), CodeForm(request.POST)
    if form.is_valid():
        now = clock.now()
        try:
            links.enter_code(one, form.cleaned_data["code"], by=None, at=now)
        except links.CodeRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            known = request.session.get(ENTERED, {})
            request.session.cycle_key()
            request.session[ENTERED] = {**known, str(one.pk): now.isoformat()}
            request.session.setdefault(BROWSER, secrets.token_hex(16))
            return redirect("hard_media:received_list", link)
    return _code_page(request, one, form)


def _code_page(
    request: HttpRequest, one: ShareLink, form: CodeForm, *, refusal: str = ""
) -> HttpResponse:
    before, _, domain = one.email.partition("@")
    context = {
        "link": ticket_of(one),
        "form": form,
        "closed": why_closed(one, clock.today()),
        "whom_to_ask": whom_to_ask(one),
        "refusal": refusal,
        "is_sent": "sent" in request.GET or form.is_bound,
        "hinted": f"{before[:1]}…@{domain}",
        "area": one.area,
        "expires_on": one.expires_on,
        "hours": int(LASTS.total_seconds() // 3600),
    }
    return render(request, "hard_media/received_code.html", context)


def _entered(request: HttpRequest, link: str) -> ShareLink:
    """Return a link that was opened with its code in this browser.

    :raises NotEntered: if it was not, was closed since, or that is too long ago
    """
    one = link_of(link)
    until, now = _open_until(request, one), clock.now()
    if until is None or until <= now or why_closed(one, now.date()):
        raise NotEntered
    return one


def _open_until(request: HttpRequest, one: ShareLink) -> datetime | None:
    """Return until when the code that was given in this browser opens a link; None without one."""
    since = request.session.get(ENTERED, {}).get(str(one.pk))
    return datetime.fromisoformat(since) + LASTS if since is not None else None


@open_page(because=BECAUSE)
def received_list(request: HttpRequest, link: str) -> HttpResponse:
    """List what a link opens."""
    try:
        one = _entered(request, link)
    except NotEntered:
        return redirect("hard_media:received", link)
    until = _open_until(request, one)
    context = {
        "link": link, "one": one, "received": received_by(one), "until": until,
        "whom_to_ask": whom_to_ask(one),
    }  # fmt: skip
    return render(request, "hard_media/received_list.html", context)


@open_page(because=BECAUSE)
def received_play(request: HttpRequest, link: str, content_id: int) -> HttpResponse:
    """Show a recording to whoever got it, to be played; it is opened once that begins."""
    try:
        given = _given(request, link, content_id)
    except NotEntered:
        return redirect("hard_media:received", link)
    except Http404:
        return _no_longer_given(request, link, content_id)
    now = clock.now()
    one, content = given.link, given.content
    parts = _parts(content)
    part = chosen_part(request, parts)
    links.note_looked_at(given, by=None, at=now)
    word = what_plays(part)
    how = _players(content).get(word)
    ticket = _ticket(given, word)
    address = reverse("hard_media:received_content", args=[link, content.pk, ticket])
    context = {
        "link": link,
        "item": given.share.item,
        "given": content,
        "how": how,
        "part": part,
        "parts": parts,
        "content": address if how and how.plays else "",
        "until": _open_until(request, one),
        "mark": f"{one.to}, {one.email}, {now:%-d %B %Y %H:%M}",
    }
    return render(request, "hard_media/received_play.html", context)


def _no_longer_given(request: HttpRequest, link: str, content_id: int) -> HttpResponse:
    """Say that something was taken back to whoever had it listed.

    :raises Http404: if the link was never to open it
    """
    one = link_of(link)
    why = why_not_given(one, content_id)
    if not why:
        raise Http404("No such file")
    context = {"link": link, "why": why, "whom_to_ask": whom_to_ask(one)}
    return render(request, "hard_media/received_gone.html", context, status=404)


@open_page(because=BECAUSE, methods=("POST",))
def received_take_out(request: HttpRequest, link: str, content_id: int) -> HttpResponse:
    """Read a file as a whole, then hand it out as it came."""
    try:
        given = _given(request, link, content_id)
    except NotEntered:
        return redirect("hard_media:received", link)
    except Http404:
        return _no_longer_given(request, link, content_id)
    try:
        links.ask_to_take_out(given, by=None, at=clock.now())
    except Damaged as refusal:
        messages.error(request, f"{refusal} Tell whoever sent you the link.")
        return redirect("hard_media:received_list", link)
    ticket = _ticket(given, "download")
    return redirect("hard_media:received_content", link, content_id, ticket)


@open_page(because=BECAUSE, methods=("POST",))
def received_watched(request: HttpRequest, link: str, content_id: int) -> HttpResponse:
    """Note how much of a recording was played, or that it did not play, as the browser says."""
    form = WatchedForm(request.POST)
    try:
        given = _given(request, link, content_id)
    except NotEntered:
        return redirect("hard_media:received", link)
    if form.is_valid() and form.cleaned_data["trouble"]:
        part = chosen_part(request, _parts(given.content))
        links.note_not_played(given, by=None, at=clock.now(), part=part)
    elif form.is_valid():
        seconds = form.cleaned_data["seconds"]
        links.note_watched(given, seconds, by=None, at=clock.now())
    return HttpResponse(status=204)


@open_page(because=BECAUSE)
def received_content(request: HttpRequest, link: str, content_id: int, ticket: str) -> HttpResponse:
    """Hand out the bytes, or a part of them, to whoever opened the recording."""
    try:
        given = _given(request, link, content_id)
    except NotEntered:
        return redirect("hard_media:received", link)
    try:
        link_id, what_id, word, *_ = signing.loads(ticket, salt=SALT, max_age=LASTS)
    except signing.BadSignature as fault:
        raise Http404("No such file") from fault
    content = given.content
    if (link_id, what_id) != (given.link.pk, content.pk):
        raise Http404("No such file")
    if word == "download":
        answer = while_given(
            handed_out(request, content, in_one=True), lambda: _is_still_given(given)
        )
        return counted(answer, lambda piece: _note_taken(given, ticket, piece))
    how = _players(content).get(word)
    if how is None:
        raise Http404("No such file")
    sha256 = how.sha256 or content.sha256
    answer = streamed(request, sha256, content_type_of(how), in_one=True)
    answer = while_given(answer, lambda: _is_still_given(given))
    browser = f"{request.session.get(BROWSER, ticket)} {sha256}"

    def note(piece: going_out.Piece) -> None:
        _note_begun(given, word, ticket, piece)
        going_out.note_played(given, browser, piece, by=None, at=clock.now())

    return counted(answer, note)


def _is_still_given(given: Given) -> bool:
    """Say whether what is on its way is still given; that it was broken off is noted."""
    is_given = is_still_given(given, clock.today())
    if not is_given:
        links.note_broken_off(given, by=None, at=clock.now())
    return is_given


def _note_begun(given: Given, word: str, ticket: str, piece: going_out.Piece) -> None:
    """Note that a recording began to play from a page, and which camera or sound of several."""
    parts = _parts(given.content)
    part = next((each for each in parts if what_plays(each) == word), None)
    going_out.note_begun(given, ticket, piece, by=None, at=clock.now(), part=part)


def _note_taken(given: Given, ticket: str, piece: going_out.Piece) -> None:
    going_out.note_piece_taken(given, ticket, piece, by=None, at=clock.now())


def _how(content: ShareContent) -> Playing | None:
    """Return how it plays what was given, or nothing while nobody has looked into it."""
    if content.copy is not None:
        return how_it_plays(content.copy)
    return getattr(content.file, "playing", None)


def _parts(content: ShareContent) -> list[PlayingPart]:
    """Return the cameras and sounds of a file that holds several; a copy shows one of each."""
    whole = _how(content) if content.copy is None else None
    return list(whole.parts.all()) if whole else []


def _players(content: ShareContent) -> dict[str, Playing]:
    """Return how it plays by the word of a ticket: as a whole, or each camera and sound."""
    if parts := _parts(content):
        return {what_plays(each): playing_of(each) for each in parts}
    whole = _how(content)
    return {what_plays(None): whole} if whole else {}


def _ticket(given: Given, what: str) -> str:
    """Return a ticket that no other page has, though both were opened in one second."""
    one = [given.link.pk, given.content.pk, what, secrets.token_hex(8)]
    return signing.dumps(one, salt=SALT)


def _given(request: HttpRequest, link: str, content_id: int) -> Given:
    """Return one thing that a link opens, where it was opened with its code."""
    return content_given(_entered(request, link), content_id)
