"""Clips of a file and copies in which something is hidden: asked for, and taken out."""

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, is_allowed
from forthright.hard_media import policies
from forthright.hard_media.forms.cutting import CutForm, NotRightForm
from forthright.hard_media.models import CutCopy, Playing
from forthright.hard_media.selectors.files import (
    copy_for,
    hiding_copies_of,
    how_it_plays,
    kept_file_for,
    shares_of_copy,
)
from forthright.hard_media.selectors.firm_mistakes import given_of
from forthright.hard_media.selectors.wrong_copies import (
    beside,
    built_on,
    gone_with,
    wrong_beneath,
)
from forthright.hard_media.services import cutting, playing, seeing, wrong_copies
from forthright.hard_media.services.handing import Damaged
from forthright.hard_media.views.asking import asked
from forthright.hard_media.views.playing import (
    VALID,
    chosen_part,
    content_address,
    playing_of,
    what_plays,
)
from forthright.hard_media.views.streaming import content_type_of, saved, say_damaged, streamed
from forthright.rules.words import list_words
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

SALT = "hard_media.copy"
INTRO = (
    "The file stays as it came. The copy is made in the background and stands on the page of the "
    "recording. Once somebody else has looked at it and found it right, it can be shared in place "
    "of the recording."
)
NOT_RIGHT_INTRO = (
    "It goes to nobody from now on: it is not offered to be shared, links open it no more, and "
    "it is taken back from everybody who has it. So it is with each clip of it, and with each copy "
    "that hides by the same parts. That it was found right stays beside it."
)
NOT_RIGHT = "It is recorded, and the copy goes to nobody. Make it anew."
NOT_RIGHT_TAKEN_BACK = (
    "It is recorded, and taken back from everybody. Who had it stands below: ask them for it, then "
    "make the copy anew and share that."
)


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def file_cut(request: SignedInRequest, file_id: int) -> HttpResponse:
    """Ask for a clip, or for a copy in which something is hidden."""
    sent = kept_file_for(request.user, file_id)
    how = Playing.objects.filter(sent_file=sent).first()
    parts = list(how.parts.all()) if how else []
    part = chosen_part(request, parts)
    copies = list(hiding_copies_of(sent))
    form = CutForm(
        request.POST or None, length=how.seconds if how else None, parts=parts,
        copies=copies, initial={"part": part},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            cutting.ask_for_copy(sent, form.cut, by=request.user, at=clock.now())
        except (NotAllowed, cutting.CutRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The copy is being made.")
            return redirect("hard_media:item", sent.item_id)
    seeing.see(sent.item, by=request.user, at=clock.now())
    content = ""
    if how is not None and how.plays:
        playing.open_file(sent, by=request.user, at=clock.now(), part=part)
        content = content_address(request, sent, what_plays(part))
    context = {
        "file": sent,
        "how": playing_of(part) if part else how,
        "part": part,
        "parts": parts,
        "content": content,
        "form": form,
        # Of a copy that was made before, a clip is cut all the same.
        "why_not": "" if copies else cutting.why_not_made(part or how),
        "intro": INTRO,
        "back": reverse("hard_media:file_show", args=[file_id]),
    }
    return render(request, "hard_media/cut.html", context)


@page(Permission.MEDIA_PLAY, methods=("POST",))
def copy_take_out(request: SignedInRequest, copy_id: int) -> HttpResponse:
    """Note that a copy is taken out, and hand it out to be saved."""
    copy = copy_for(request.user, copy_id)
    try:
        cutting.take_out_copy(copy, by=request.user, at=clock.now())
    except cutting.CutRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("hard_media:copy_show", copy.pk)
    except Damaged as refusal:
        say_damaged(request, refusal)
        return redirect("hard_media:copy_show", copy.pk)
    answer = saved(request, copy.sha256, "video/mp4")
    answer["Content-Disposition"] = content_disposition_header(True, copy.file_name) or ""
    return answer


@page(Permission.MEDIA_PLAY)
def copy_show(request: SignedInRequest, copy_id: int) -> HttpResponse:
    """Play a copy, and let somebody else than who asked for it say that it is right."""
    copy = copy_for(request.user, copy_id)
    cutting.open_copy(copy, by=request.user, at=clock.now())
    ticket = signing.dumps([copy.pk, request.user.pk], salt=SALT)
    context = {
        "copy": copy,
        "how": how_it_plays(copy),
        "content": reverse("hard_media:copy_content", args=[copy.pk, ticket]),
        "may_pass": is_allowed(policies.check_can_pass, request.user, copy),
        "may_find_wrong": is_allowed(policies.check_can_find_wrong, request.user, copy),
        "given": given_of(shares_of_copy(copy)),
        "gone_with": gone_with(copy),
        "beneath": wrong_beneath(copy),
    }
    return render(request, "hard_media/copy.html", context)


@page(Permission.MEDIA_PLAY)
def copy_content(request: SignedInRequest, copy_id: int, ticket: str) -> HttpResponse:
    """Hand out the bytes of a copy, or a part of them, to whoever opened it a while ago."""
    copy = copy_for(request.user, copy_id)
    try:
        given = signing.loads(ticket, salt=SALT, max_age=VALID)
    except signing.BadSignature as fault:
        raise Http404("No such copy") from fault
    if given != [copy.pk, request.user.pk]:
        raise Http404("No such copy")
    return streamed(request, copy.sha256, content_type_of(how_it_plays(copy)))


@page(Permission.MEDIA_CLASSIFY, methods=("POST",))
def copy_pass(request: SignedInRequest, copy_id: int) -> HttpResponse:
    """Record that somebody looked at a copy and found it right."""
    copy = copy_for(request.user, copy_id)
    try:
        cutting.pass_copy(copy, by=request.user, at=clock.now())
    except (NotAllowed, cutting.CutRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("hard_media:copy_show", copy_id)
    messages.success(request, "It is found right, and can be shared in place of the recording.")
    return redirect("hard_media:item", copy.file.item_id)


def _words_of(found: wrong_copies.FoundWrong) -> str:
    """Say what was done where a copy was found not right, and what is to be looked at again."""
    said = [NOT_RIGHT_TAKEN_BACK if found.shares else NOT_RIGHT]
    if found.others:
        said.append(f"Shut with it: {_named(found.others)}.")
    if found.alike:
        said.append(
            f"What hides some of the same stays as it is: {_named(found.alike)}. Look at it again, "
            "and say so there if it is not right either."
        )
    return " ".join(said)


def _named(copies: list[CutCopy]) -> str:
    return list_words([f"copy {each.pk}" for each in copies])


@page(Permission.MEDIA_CLASSIFY, methods=("GET", "POST"))
def copy_not_right(request: SignedInRequest, copy_id: int) -> HttpResponse:
    """Record that a copy is not right, and lead to who had it."""
    copy = copy_for(request.user, copy_id)
    policies.check_can_find_wrong(request.user, copy)
    among = beside(copy)
    built = [each for each in built_on(copy, among) if each.wrong_at is None]
    form = NotRightForm(request.POST or None, built=built)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        right = list(said.get("right", ()))
        try:
            found = wrong_copies.find_wrong(
                copy, said["reason"], right=right, by=request.user, at=clock.now()
            )
        except cutting.CutRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _words_of(found))
            return redirect("hard_media:copy_show", copy.pk)
    seeing.see(copy.file.item, by=request.user, at=clock.now())
    return asked(
        request, form, f"What is not right in copy {copy.pk}?", save="It is not right",
        back=reverse("hard_media:copy_show", args=[copy.pk]),
        caption=f"{copy.file.item.case}: {copy.file.item}", intro=NOT_RIGHT_INTRO,
    )  # fmt: skip
