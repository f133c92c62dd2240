"""What a party said that was asked for what was taken back from it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.hard_media import policies
from forthright.hard_media.forms.asked_back import AnswerBackForm
from forthright.hard_media.selectors.registered import share_for
from forthright.hard_media.services import asked_back, seeing
from forthright.hard_media.services.giving import ShareRefused
from forthright.hard_media.views.asking import asked
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def share_asked(request: SignedInRequest, share_id: int) -> HttpResponse:
    """Record what became of asking a party for what was taken back from it."""
    share = share_for(request.user, share_id)
    policies.check_can_record(request.user, share.item)
    form = AnswerBackForm(request.POST or None)
    back = reverse("hard_media:item", args=[share.item_id])
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["answer"]
        try:
            asked_back.record_answer(
                share, words, is_settled=form.is_settled, by=request.user, at=clock.now()
            )
        except ShareRefused as refusal:
            form.add_error("answer", str(refusal))
        else:
            ends = "no more" if form.is_settled else "still"
            messages.success(request, f"It is recorded, and waits {ends}.")
            return redirect(back)
    seeing.see(share.item, by=request.user, at=clock.now())
    return asked(
        request, form, f"What {share.to_within} said of what they have", save="Record it",
        back=back, caption=f"{share.item.case}: {share.item}",
    )  # fmt: skip
