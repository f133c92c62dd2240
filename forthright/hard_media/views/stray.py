"""A file that came for a sensitive recording by mistake: one lawyer says so, another agrees."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, is_allowed
from forthright.hard_media import policies
from forthright.hard_media.forms.items import NothingForm, ReasonForm
from forthright.hard_media.models import SentFile, Stray
from forthright.hard_media.selectors.files import kept_file_for
from forthright.hard_media.services import seeing, strays
from forthright.hard_media.views.asking import Notice, asked
from forthright.rules.words import list_words, moment_words
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

DOES = (
    "A sensitive recording is never shared, and neither is any file that was sent for it, wherever "
    "else the same file turns up. Once one lawyer says, and another agrees, that this file was "
    "sent for it by mistake, this file alone is no longer taken for a sensitive one: links to it "
    "open again, and it can be shared as part of the other recording. Nothing else changes of the "
    "recording here, nor of any other file of it. Both of you stand in the record. If the file "
    "shows anything of what is sensitive, do not."
)

SAID = "It is noted. Nothing follows from it before another lawyer of the unit agrees."
AGREED = "It is agreed: this file is no longer taken for one of the sensitive recording."


@page(Permission.MEDIA_CLASSIFY, methods=("GET", "POST"))
def file_stray(request: SignedInRequest, file_id: int) -> HttpResponse:
    """Say that a file was never of its recording, or agree to that."""
    sent = kept_file_for(request.user, file_id)
    policies.check_can_classify(request.user, sent.item)
    back = reverse("hard_media:item", args=[sent.item_id])
    said = Stray.objects.filter(file=sent).select_related("said_by", "file__item").first()
    asks = ReasonForm if said is None else NothingForm
    form = asks(request.POST if request.method == "POST" else None)
    why_not = _why_not(request, sent, said)
    if request.method == "POST" and not why_not and form.is_valid():
        try:
            if said is None:
                reason = form.cleaned_data["reason"]
                strays.say_stray(sent, reason=reason, by=request.user, at=clock.now())
            else:
                strays.agree_stray(said, by=request.user, at=clock.now())
        except (strays.StrayRefused, NotAllowed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, SAID if said is None else AGREED)
            return redirect(back)
    seeing.see(sent.item, by=request.user, at=clock.now())
    if why_not:
        messages.error(request, why_not)
        return redirect(back)
    others = list_words([f"{each} of {each.case}" for each in strays.others_with(sent)])
    return asked(
        request, form, "This file was never of this recording", caption=f"{sent.item}: {sent}",
        save="It was never of it" if said is None else "I agree: it was never of it", back=back,
        intro=DOES,
        notices=[
            Notice(f"The same file is that of {others}. {_said(said)}",
                   reverse("hard_media:file_show", args=[file_id]), "See or hear it first"),
        ],
    )  # fmt: skip


def _why_not(request: SignedInRequest, sent: SentFile, said: Stray | None) -> str:
    """Return why there is nothing to ask here, or nothing."""
    if said is not None and said.agreed_at is not None:
        return f"That was agreed on {moment_words(said.agreed_at)}."
    if why := strays.why_not_stray(sent):
        return why
    if said is not None and not is_allowed(policies.check_can_agree, request.user, said):
        return "You said so. Nothing follows from it before another lawyer of the unit agrees."
    return ""


def _said(said: Stray | None) -> str:
    if said is None:
        return ""
    who = f" by {said.said_by}" if said.said_by else ""
    return f"Said{who}, {moment_words(said.said_at)}: {said.reason}"
