"""Discs and sticks that are back: one that was missing turned up."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.hard_media import policies
from forthright.hard_media.forms.discs import FoundForm
from forthright.hard_media.selectors.registered import carrier_for
from forthright.hard_media.services import seeing, stock
from forthright.hard_media.services.carriers import CarrierRefused
from forthright.hard_media.views.asking import asked
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def disc_found(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Record that a disc which was missing turned up, and where it lies."""
    one = carrier_for(request.user, disc_id)
    policies.check_can_record(request.user, one)
    form = FoundForm(request.POST or None, initial={"location": one.location})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            stock.find_carrier(
                one, said["location"], reason=said["reason"], by=request.user, at=clock.now()
            )
        except CarrierRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is recorded as found, and is held again.")
            return redirect("hard_media:disc", one.pk)
    seeing.see(one, by=request.user, at=clock.now())
    back = reverse("hard_media:disc", args=[one.pk])
    return asked(
        request, form, "It was found", save="Record that it was found", back=back,
        caption=one.barcode,
    )  # fmt: skip
