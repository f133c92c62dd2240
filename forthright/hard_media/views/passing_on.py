"""Hands a disc over to another unit of the Area."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.hard_media import policies
from forthright.hard_media.forms.discs import PassOnForm
from forthright.hard_media.selectors.discs import what_is_on
from forthright.hard_media.selectors.registered import carrier_for
from forthright.hard_media.services import carriers, seeing
from forthright.hard_media.services.for_the_court import unused_of
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.hard_media.services.passing_on import pass_on, units_for
from forthright.hard_media.views.asking import asked
from forthright.hard_media.views.discs import field_of
from forthright.rules.media_hands import court_hinted
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def disc_pass_on(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Record that another unit of the Area has a disc now."""
    one = carrier_for(request.user, disc_id)
    policies.check_can_record(request.user, one)
    held = what_is_on(one)
    form = PassOnForm(
        request.POST or None, units=units_for(one),
        may_be_party=bool(held.secret or unused_of(held.named) or court_hinted(one.location)),
        initial={"opened": carriers.hands_stamp(one)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            pass_on(
                one, said["unit"], form.hands(), by=request.user, at=clock.now(),
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except CarrierRefused as refusal:
            form.add_error(field_of(refusal), str(refusal))
        else:
            messages.success(
                request, f"{one.barcode} is with {said['unit']} now, and in their register."
            )
            return redirect("hard_media:discs")
    seeing.see(one, by=request.user, at=clock.now())
    return asked(
        request, form, "Hand it over to another unit", save="Record the hand-over",
        back=reverse("hard_media:disc", args=[one.pk]), caption=one,
    )  # fmt: skip
