"""Discs and sticks that are taken in, and their labels."""

from urllib.parse import quote

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.hard_media.forms.discs import DiscForm
from forthright.hard_media.selectors.registered import carrier_for
from forthright.hard_media.services import carriers, seeing
from forthright.hard_media.services.going_to import CarrierRefused, PlaceOfParty
from forthright.hard_media.views.asking import asked
from forthright.rules.code128 import NotInCode128, drawing_of
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def disc_add(request: SignedInRequest) -> HttpResponse:
    """Take a disc or stick into the register."""
    form = DiscForm(request.POST or None, initial={"received_on": clock.today(), "copies": 1})
    if request.user.unit is None:
        raise NotAllowed("You belong to no unit, so that no disc is yours to keep.")
    if request.method == "POST" and form.is_valid():
        try:
            added = carriers.receive_carrier(
                request.user.unit, form.new_carrier(), by=request.user, at=clock.now()
            )
        except CarrierRefused as refusal:
            form.add_error(_taken_in_by(refusal), str(refusal))
        else:
            messages.success(request, f"It is in the register as {added.barcode}.")
            return redirect("hard_media:disc", added.pk)
    back = reverse("hard_media:discs")
    return asked(request, form, "Take in a disc or stick", save="Take it in", back=back)


def _taken_in_by(refusal: CarrierRefused) -> str:
    """Return the field of what is taken in that puts a refusal right."""
    if isinstance(refusal, PlaceOfParty):
        return "location"
    return "received_on" if isinstance(refusal, carriers.NotComeYet) else "barcode"


@page(Permission.MEDIA_SEE)
def disc_label(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Show the label of a disc with its code, to be printed."""
    one = carrier_for(request.user, disc_id)
    seeing.see(one, by=request.user, at=clock.now())
    # The barcode alone: a phone that reads it learns nothing of the case.
    code = segno.make_qr(one.barcode, error="m").svg_data_uri(scale=6, border=2)
    cases = sorted({str(item.case) for item in one.items.select_related("case")})
    context = {"disc": one, "code": code, "bars": _bars_of(one.barcode), "cases": cases}
    return render(request, "hard_media/label.html", context)


def _bars_of(barcode: str) -> str:
    """Return the address of the bars for readers that read no QR codes; some texts have none."""
    try:
        return f"data:image/svg+xml,{quote(drawing_of(barcode))}"
    except NotInCode128:
        return ""
