"""Seeing and hearing a recording in its page, and taking its file out."""

from collections.abc import Sequence

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import is_allowed
from forthright.hard_media import policies
from forthright.hard_media.forms.marks import MarkForm
from forthright.hard_media.models import Playing, PlayingPart, SentFile
from forthright.hard_media.selectors.files import (
    file_to_take_out_for,
    hiding_copies_of,
    kept_file_for,
    mark_for,
    marks_of,
)
from forthright.hard_media.selectors.registered import found
from forthright.hard_media.services import cutting, marks, playing
from forthright.hard_media.services.handing import Damaged
from forthright.hard_media.views.streaming import (
    content_type_of,
    handed_out,
    say_damaged,
    streamed,
)
from forthright.media_playing.waveform import Waveform, drawing_of
from forthright.rules.media_clock import clock_words
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

SALT = "hard_media.content"
VALID = 12 * 60 * 60  # seconds: longer than a recording is


@page(Permission.MEDIA_PLAY)
def file_show(request: SignedInRequest, file_id: int) -> HttpResponse:
    """Play a file, or say why it cannot be; that it was opened is noted first."""
    sent = kept_file_for(request.user, file_id)
    return _shown(request, sent, MarkForm())


def _shown(request: SignedInRequest, sent: SentFile, form: MarkForm) -> HttpResponse:
    whole = Playing.objects.filter(sent_file=sent).first()
    parts = list(whole.parts.all()) if whole else []
    part = chosen_part(request, parts)
    playing.open_file(sent, by=request.user, at=clock.now(), part=part)
    # At a glance is drawn of what stands for the file, so of no other of its cameras or sounds.
    drawn = whole if part is None or (whole and part.sha256 == whole.sha256) else None
    how = playing_of(part) if part else whole
    context = {
        "file": sent,
        "how": how,
        "part": part,
        "parts": parts,
        "sheet": content_address(request, sent, "sheet") if drawn and drawn.sheet_sha256 else "",
        "moments": [(each, clock_words(each)) for each in drawn.sheet_moments] if drawn else [],
        "waveform": _drawing(drawn, f"{sent.item}, its sound") if drawn and drawn.waveform else "",
        "content": content_address(request, sent, what_plays(part)) if how and how.plays else "",
        "form": form,
        "marks": list(marks_of(sent)),
        "may_cut": is_allowed(policies.check_can_record, request.user, sent.item),
        "has_copies": hiding_copies_of(sent).exists(),
        "to_hide": cutting.TO_HIDE,
    }
    return render(request, "hard_media/play.html", context)


def chosen_part(request: HttpRequest, parts: Sequence[PlayingPart]) -> PlayingPart | None:
    """Return which camera or sound the address asks for; else the first that plays.

    None: the file holds one of each.
    """
    asked_for = request.GET.get("part", "")
    plays = next((each for each in parts if each.plays), parts[0] if parts else None)
    return next((each for each in parts if str(each.number) == asked_for), plays)


def what_plays(part: PlayingPart | None) -> str:
    """Return what a ticket is for that lets a browser play a file, or a part of it."""
    return f"part {part.number}" if part else "play"


def playing_of(part: PlayingPart) -> Playing:
    """Return how one camera or sound of a file plays, as a player shows it."""
    whole = part.playing
    is_whole = part.sha256 == whole.sha256
    return Playing(
        # By its number alone: given the file itself, that would take this for how it plays.
        sent_file_id=whole.sent_file_id, how=part.how, words=part.words, container=whole.container,
        has_pictures=part.picture is not None, seconds=whole.seconds, sha256=part.sha256,
        frames_a_second=whole.frames_a_second if is_whole else None,
        shortest_gap=whole.shortest_gap if is_whole else None, lineage=part.lineage,
        made_at=part.made_at,
    )  # fmt: skip


@page(Permission.MEDIA_PLAY, methods=("POST",))
def file_mark(request: SignedInRequest, file_id: int) -> HttpResponse:
    """Note what is seen or heard at a moment, and go back to it."""
    sent = kept_file_for(request.user, file_id)
    how = Playing.objects.filter(sent_file=sent).first()
    form = MarkForm(request.POST, length=how.seconds if how else None)
    if not form.is_valid():
        return _shown(request, sent, form)
    said = form.cleaned_data
    mark = marks.mark_moment(sent, said["at"], said["note"], by=request.user, at=clock.now())
    messages.success(request, f"{mark.clock} is marked.")
    return redirect(f"{reverse('hard_media:file_show', args=[file_id])}#t={mark.seconds:g}")


@page(Permission.MEDIA_PLAY, methods=("POST",))
def mark_remove(request: SignedInRequest, mark_id: int) -> HttpResponse:
    """Take a mark off the page; it stays kept."""
    mark = marks.remove_mark(mark_for(request.user, mark_id), by=request.user, at=clock.now())
    messages.success(request, f"The mark at {mark.clock} is removed.")
    return redirect("hard_media:file_show", mark.file_id)


@page(Permission.MEDIA_PLAY, methods=("POST",))
def file_download(request: SignedInRequest, file_id: int) -> HttpResponse:
    """Note that a file is taken out, and hand it out as it came."""
    sent = file_to_take_out_for(request.user, file_id)
    try:
        playing.download_file(sent, by=request.user, at=clock.now())
    except Damaged as refusal:
        say_damaged(request, refusal)
        if sent.state == SentFile.State.PROGRAM:
            return redirect("hard_media:item", sent.item_id)
        return redirect("hard_media:file_show", sent.pk)
    return redirect(content_address(request, sent, "download"))


@page(Permission.MEDIA_PLAY)
def file_content(request: SignedInRequest, file_id: int, ticket: str) -> HttpResponse:
    """Hand out the bytes, or a part of them, to whoever opened the file a while ago."""
    sent = file_to_take_out_for(request.user, file_id)
    what = _read_ticket(request, sent, ticket)
    how = Playing.objects.filter(sent_file=sent).first()
    if what == "sheet" and how is not None:
        return streamed(request, how.sheet_sha256, "image/jpeg")
    if what == "play" and how is not None:
        return streamed(request, how.sha256 or sent.sha256, content_type_of(how))
    if what.startswith("part ") and how is not None:
        part = found(how.parts.filter(number=what.removeprefix("part ")), "No such camera")
        kind = content_type_of(playing_of(part))
        return streamed(request, part.sha256 or sent.sha256, kind)
    return handed_out(request, sent)


def _drawing(how: Playing, title: str) -> SafeString:
    wave = how.waveform
    told = Waveform(wave["seconds"], wave["per_second"], tuple(wave["peaks"]))
    return mark_safe(drawing_of(told, title))  # noqa: S308 - numbers, and a title that it escapes


def content_address(request: SignedInRequest, sent: SentFile, what: str) -> str:
    """Return the address of the bytes, good for this person and for half a day."""
    ticket = signing.dumps([sent.pk, request.user.pk, what], salt=SALT)
    return reverse("hard_media:file_content", args=[sent.pk, ticket])


def _read_ticket(request: SignedInRequest, sent: SentFile, ticket: str) -> str:
    """Return what a ticket is for.

    :raises Http404: if it is another's, of another file, too old or made up
    """
    try:
        file_id, person_id, what = signing.loads(ticket, salt=SALT, max_age=VALID)
    except signing.BadSignature as fault:
        raise Http404("No such file") from fault
    if (file_id, person_id) != (sent.pk, request.user.pk):
        raise Http404("No such file")
    return str(what)
