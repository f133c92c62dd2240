"""Clips of a file and copies in which something is hidden: asked for, and taken out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.hard_media.forms.cutting import CutForm
from forthright.hard_media.models import Playing
from forthright.hard_media.selectors.files import copy_for, kept_file_for
from forthright.hard_media.services import cutting, seeing
from forthright.hard_media.views.asking import asked
from forthright.hard_media.views.streaming import streamed
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

INTRO = (
    "The file stays as it came. The copy is made in the background and stands on the page of the "
    "recording; it is for you and your unit, and is shared with nobody from here."
)


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def file_cut(request: SignedInRequest, file_id: int) -> HttpResponse:
    """Ask for a clip, or for a copy in which something is hidden."""
    sent = kept_file_for(request.user, file_id)
    how = Playing.objects.filter(sent_file=sent).first()
    form = CutForm(request.POST or None, length=how.seconds if how else None)
    if request.method == "POST" and form.is_valid():
        try:
            cutting.ask_for_copy(sent, form.cut, by=request.user, at=clock.now())
        except (NotAllowed, cutting.CutRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The copy is being made.")
            return redirect("hard_media:item", sent.item_id)
    one = sent.item
    seeing.see(one, by=request.user, at=clock.now())
    return asked(
        request, form, "Make a clip or hide something", caption=f"{one.case}: {one}", intro=INTRO,
        save="Make the copy", back=reverse("hard_media:file_show", args=[file_id]),
    )  # fmt: skip


@page(Permission.MEDIA_PLAY, methods=("POST",))
def copy_take_out(request: SignedInRequest, copy_id: int) -> HttpResponse:
    """Note that a copy is taken out, and hand it out to be saved."""
    copy = copy_for(request.user, copy_id)
    cutting.take_out_copy(copy, by=request.user, at=clock.now())
    answer = streamed(request, copy.sha256, "video/mp4")
    name = f"copy-{copy.pk}.mp4"
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer
