"""What a party sees that got a link: a code by e-mail, then the recordings shared with it."""

from datetime import datetime

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.hard_media.forms.links import CodeForm, WatchedForm
from forthright.hard_media.models import Playing, ShareContent, ShareLink
from forthright.hard_media.selectors.files import how_it_plays
from forthright.hard_media.selectors.links import (
    Given,
    content_given,
    link_of,
    received_by,
    ticket_of,
    why_closed,
)
from forthright.hard_media.services import links
from forthright.hard_media.services.handing import Damaged
from forthright.hard_media.views.streaming import content_type_of, handed_out, streamed
from forthright.web import clock
from forthright.web.page import open_page

ENTERED = "links_entered"  # in the session: which links were opened with a code, and when
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
        "refusal": refusal,
        "is_sent": "sent" in request.GET or form.is_bound,
        "hinted": f"{before[:1]}…@{domain}",
        "area": one.area,
        "expires_on": one.expires_on,
    }
    return render(request, "hard_media/received_code.html", context)


def _entered(request: HttpRequest, link: str) -> ShareLink:
    """Return a link that was opened with its code in this browser.

    :raises NotEntered: if it was not, was closed since, or that is too long ago
    """
    one = link_of(link)
    since = request.session.get(ENTERED, {}).get(str(one.pk))
    now = clock.now()
    is_fresh = since is not None and datetime.fromisoformat(since) + LASTS > now
    if not is_fresh or why_closed(one, now.date()):
        raise NotEntered
    return one


@open_page(because=BECAUSE)
def received_list(request: HttpRequest, link: str) -> HttpResponse:
    """List what a link opens."""
    try:
        one = _entered(request, link)
    except NotEntered:
        return redirect("hard_media:received", link)
    context = {"link": link, "one": one, "received": received_by(one)}
    return render(request, "hard_media/received_list.html", context)


@open_page(because=BECAUSE)
def received_play(request: HttpRequest, link: str, content_id: int) -> HttpResponse:
    """Play a recording to whoever got it; that it was opened is noted first."""
    try:
        given = _given(request, link, content_id)
    except NotEntered:
        return redirect("hard_media:received", link)
    now = clock.now()
    links.note_opened(given, by=None, at=now)
    one, content = given.link, given.content
    how = _how(content)
    ticket = _ticket(given, "play")
    address = reverse("hard_media:received_content", args=[link, content.pk, ticket])
    context = {
        "link": link,
        "item": given.share.item,
        "given": content,
        "how": how,
        "content": address if how and how.plays else "",
        "mark": f"{one.to}, {one.email}, {now:%-d %B %Y %H:%M}",
    }
    return render(request, "hard_media/received_play.html", context)


@open_page(because=BECAUSE, methods=("POST",))
def received_take_out(request: HttpRequest, link: str, content_id: int) -> HttpResponse:
    """Note that a file is taken out, and hand it out as it came."""
    try:
        given = _given(request, link, content_id)
    except NotEntered:
        return redirect("hard_media:received", link)
    try:
        links.note_taken_out(given, by=None, at=clock.now())
    except Damaged as refusal:
        messages.error(request, f"{refusal} Tell whoever sent you the link.")
        return redirect("hard_media:received_list", link)
    ticket = _ticket(given, "download")
    return redirect("hard_media:received_content", link, content_id, ticket)


@open_page(because=BECAUSE, methods=("POST",))
def received_watched(request: HttpRequest, link: str, content_id: int) -> HttpResponse:
    """Note how much of a recording was played, as the browser says."""
    form = WatchedForm(request.POST)
    try:
        given = _given(request, link, content_id)
    except NotEntered:
        return redirect("hard_media:received", link)
    if form.is_valid():
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
        what = signing.loads(ticket, salt=SALT, max_age=LASTS)
    except signing.BadSignature as fault:
        raise Http404("No such file") from fault
    one, content = given.link, given.content
    how = _how(content)
    if what == [one.pk, content.pk, "play"] and how is not None:
        return streamed(request, how.sha256 or content.sha256, content_type_of(how))
    if what == [one.pk, content.pk, "download"]:
        return handed_out(request, content)
    raise Http404("No such file")


def _how(content: ShareContent) -> Playing | None:
    """Return how it plays what was given, or nothing while nobody has looked into it."""
    if content.copy is not None:
        return how_it_plays(content.copy)
    return Playing.objects.filter(sent_file=content.file_id).first()


def _ticket(given: Given, what: str) -> str:
    return signing.dumps([given.link.pk, given.content.pk, what], salt=SALT)


def _given(request: HttpRequest, link: str, content_id: int) -> Given:
    """Return one thing that a link opens, where it was opened with its code."""
    return content_given(_entered(request, link), content_id)
