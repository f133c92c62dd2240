"""Discs and sticks that are back: one turned up, or was never returned or destroyed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.hard_media import policies
from forthright.hard_media.forms.deciding import ask_again
from forthright.hard_media.forms.discs import FoundForm, NotEndedForm
from forthright.hard_media.selectors.hands import is_with_us
from forthright.hard_media.selectors.registered import carrier_for
from forthright.hard_media.services import seeing, stock
from forthright.hard_media.services.carriers import hands_stamp
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.hard_media.services.not_ended import undo_ending
from forthright.hard_media.views.asking import Notice, asked
from forthright.hard_media.views.discs import asked_of, field_of
from forthright.hard_media.views.same_code import of_the_same_code
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def disc_found(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Record that a disc which was missing turned up, and where it lies."""
    one = carrier_for(request.user, disc_id)
    policies.check_can_record(request.user, one)
    initial = {"location": one.location if is_with_us(one) else "", "opened": hands_stamp(one)}
    form = FoundForm(request.POST or None, **asked_of(one), initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            to = form.hands(said["location"])
            stock.find_carrier(one, to, reason=said["reason"], by=request.user, at=clock.now())
        except CarrierRefused as refusal:
            ask_again(form, field_of(refusal), str(refusal))
        else:
            messages.success(request, "It is recorded as found, and is held again.")
            return redirect("hard_media:disc", one.pk)
    seeing.see(one, by=request.user, at=clock.now())
    back = reverse("hard_media:disc", args=[one.pk])
    return asked(
        request, form, "It was found", save="Record that it was found", back=back,
        caption=one.barcode,
    )  # fmt: skip


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def disc_not_ended(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Record that a disc was never returned or destroyed, and why it was recorded so."""
    one = carrier_for(request.user, disc_id)
    policies.check_can_record(request.user, one)
    back = reverse("hard_media:disc", args=[one.pk])
    if not one.certificate:
        messages.error(request, "It is not recorded as returned or destroyed.")
        return redirect(back)
    form = NotEndedForm(request.POST or None, initial={"opened": hands_stamp(one)})
    notices: list[Notice] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            undo_ending(
                one, reason=said["reason"], opened=said["opened"], by=request.user, at=clock.now()
            )
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except CarrierRefused as refusal:
            form.add_error(None, str(refusal))
            notices = of_the_same_code(request, refusal)
        else:
            messages.success(request, "It is held again; what stood before is kept.")
            return redirect(back)
    seeing.see(one, by=request.user, at=clock.now())
    return asked(
        request, form, "Was it not returned or destroyed?", save="It was not", back=back,
        caption=one.barcode,
        intro=f"It is then held where it was before. Certificate {one.certificate} becomes void: "
        "get back or tear up what was printed of it. If it is elsewhere now, hand it over next.",
        notices=notices,
    )  # fmt: skip
