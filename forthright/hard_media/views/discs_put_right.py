"""What was recorded of a disc by mistake, put right with a reason."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from forthright.accounts.models import Unit
from forthright.accounts.permissions import Permission
from forthright.hard_media import policies
from forthright.hard_media.forms.discs import DiscRightForm
from forthright.hard_media.models import MediaItem
from forthright.hard_media.selectors.registered import carrier_for, reached
from forthright.hard_media.services import seeing
from forthright.hard_media.services.carriers import NotComeYet
from forthright.hard_media.services.come_again import BeforeItWent
from forthright.hard_media.services.discs_put_right import Right, put_disc_right, right_stamp
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.hard_media.views.asking import asked
from forthright.rules.words import date_words, list_words
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def disc_put_right(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Correct the barcode or the day of a disc, and take off what is not on it."""
    one = carrier_for(request.user, disc_id)
    policies.check_can_record(request.user, one)
    theirs = reached(request.user, Permission.MEDIA_RECORD, MediaItem.objects.filter(carriers=one))
    others = Unit.objects.filter(pk__in=one.items.exclude(pk__in=theirs).values("unit"))
    form = DiscRightForm(
        request.POST or None, disc=one, theirs=theirs, initial={"opened": right_stamp(one)}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        right = Right(
            barcode=said["barcode"], received_on=said["received_on"], reason=said["reason"],
            not_on_it=list(said.get("not_on_it", ())), opened=said["opened"],
        )  # fmt: skip
        try:
            put_disc_right(one, right, by=request.user, at=clock.now())
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
            came = date_words(one.received_on)
            form.add_error(None, f"Now its barcode is {one.barcode}, and it came on {came}.")
        except CarrierRefused as refusal:
            is_day = isinstance(refusal, (NotComeYet, BeforeItWent))
            form.add_error("received_on" if is_day else None, str(refusal))
        else:
            messages.success(request, "It is put right; what stood before is kept.")
            return redirect("hard_media:disc", one.pk)
    seeing.see(one, by=request.user, at=clock.now())
    back = reverse("hard_media:disc", args=[one.pk])
    return asked(
        request, form, "What is wrong here?", save="Put it right", back=back, caption=one.barcode,
        intro=_of_others([str(each) for each in others.order_by("name")]),
    )  # fmt: skip


def _of_others(units: Sequence[str]) -> str:
    """Say whose recordings on a disc are not offered, and what to do where one is not on it."""
    if not units:
        return ""
    return (
        f"What is on it of a case that is with {list_words(units)} is not among these: only they "
        "say that it is not on it, once you have handed this disc or stick over to them."
    )
