"""What they said who were asked for what was taken back from them, or is in a bag that left."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.hard_media import policies
from forthright.hard_media.forms.asked_back import AnswerBackForm, BagAnswerForm
from forthright.hard_media.models import MediaItem
from forthright.hard_media.selectors.bags import bagged_for, reasons_stamp, why_asked_for
from forthright.hard_media.selectors.registered import share_for
from forthright.hard_media.services import asked_back, seeing
from forthright.hard_media.services.giving import ShareRefused
from forthright.hard_media.views.asking import asked
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def share_asked(request: SignedInRequest, share_id: int) -> HttpResponse:
    """Record what became of asking a party for what was taken back from it."""
    share = share_for(request.user, share_id)

    form = AnswerBackForm(request.POST or None)

    def record(words: str) -> None:
        asked_back.record_answer(
            share, words, is_settled=form.is_settled, by=request.user, at=clock.now()
        )

    title = f"What {share.to_within} said of what they have"
    return _answered(request, share.item, form, title, record)


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def bag_asked(request: SignedInRequest, bagged_id: int) -> HttpResponse:
    """Record what became of asking whoever has a bag for a recording in it."""
    bagged = bagged_for(request.user, bagged_id)

    form = BagAnswerForm(request.POST or None, initial={"opened": reasons_stamp(bagged)})

    def record(words: str) -> None:
        asked_back.record_answer_of_bag(
            bagged, words, is_settled=form.is_settled, opened=form.cleaned_data["opened"],
            by=request.user, at=clock.now(),
        )  # fmt: skip

    why = why_asked_for(bagged)
    intro = f"It is to be asked for, since {why}." if why else ""
    return _answered(request, bagged.item, form, "What whoever has the bag said", record, intro)


def _answered(
    request: SignedInRequest, item: MediaItem, form: AnswerBackForm, title: str,
    record: Callable[[str], None], intro: str = "",
) -> HttpResponse:  # fmt: skip
    """Ask what somebody said, and record it."""
    policies.check_can_record(request.user, item)
    back = reverse("hard_media:item", args=[item.pk])
    if request.method == "POST" and form.is_valid():
        try:
            record(form.cleaned_data["answer"])
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except ShareRefused as refusal:
            form.add_error("answer", str(refusal))
        else:
            ends = "no more" if form.is_settled else "still"
            messages.success(request, f"It is recorded, and waits {ends}.")
            return redirect(back)
    seeing.see(item, by=request.user, at=clock.now())
    return asked(
        request, form, title, save="Record it", back=back, caption=f"{item.case}: {item}",
        intro=intro,
    )  # fmt: skip
