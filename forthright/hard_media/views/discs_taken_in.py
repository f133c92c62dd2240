"""Discs and sticks that are taken in, and their labels."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

import segno
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.hard_media.forms.taking_in import MOST_COPIES, DiscForm
from forthright.hard_media.models import Carrier
from forthright.hard_media.selectors.registered import carrier_for, carriers_visible_to
from forthright.hard_media.services import seeing
from forthright.hard_media.services.carriers import NotComeYet
from forthright.hard_media.services.come_again import BeforeItWent
from forthright.hard_media.services.going_to import CarrierRefused, PlaceOfParty
from forthright.hard_media.services.several import others_have_records, receive_copies
from forthright.hard_media.views.asking import Notice, asked
from forthright.hard_media.views.same_code import of_the_same_code
from forthright.rules.code128 import NotInCode128, drawing_of
from forthright.rules.words import list_words
from forthright.web import clock
from forthright.web.numbers import number_of
from forthright.web.page import SignedInRequest, page


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def disc_add(request: SignedInRequest) -> HttpResponse:
    """Take a disc or stick into the register."""
    form = DiscForm(request.POST or None, initial={"received_on": clock.today(), "copies": 1})
    if request.user.unit is None:
        raise NotAllowed("You belong to no unit, so that no disc is yours to keep.")
    notices: list[Notice] = []
    if request.method == "POST" and form.is_valid():
        try:
            added = receive_copies(
                request.user.unit, form.new_carrier(), form.cleaned_data["copies"],
                by=request.user, at=clock.now(),
            )  # fmt: skip
        except CarrierRefused as refusal:
            form.add_error(_taken_in_by(refusal), str(refusal))
            notices = of_the_same_code(request, refusal)
        else:
            return _taken_in(request, added)
    back = reverse("hard_media:discs")
    return asked(
        request, form, "Take in a disc or stick", save="Take it in", back=back, notices=notices
    )


def _taken_in(request: SignedInRequest, added: Sequence[Carrier]) -> HttpResponse:
    """Lead to the disc that was taken in, or to the labels of several."""
    if len(added) == 1:
        messages.success(request, f"It is in the register as {added[0].barcode}.")
        return redirect("hard_media:disc", added[0].pk)
    names = list_words([each.barcode for each in added])
    messages.success(request, f"They are in the register as {names}.")
    numbers = urlencode({"disc": [each.pk for each in added]}, doseq=True)
    return redirect(f"{reverse('hard_media:disc_labels')}?{numbers}")


def _taken_in_by(refusal: CarrierRefused) -> str:
    """Return the field of what is taken in that puts a refusal right."""
    if isinstance(refusal, PlaceOfParty):
        return "location"
    return "received_on" if isinstance(refusal, (NotComeYet, BeforeItWent)) else "barcode"


@page(Permission.MEDIA_RECORD, methods=("POST",))
def disc_others(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Record that the other copies under the barcode of a disc were taken in, each by itself."""
    one = carrier_for(request.user, disc_id)
    try:
        others_have_records(one, by=request.user, at=clock.now())
    except CarrierRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "It is recorded: this one barcode is of one disc or stick now.")
    return redirect("hard_media:disc", one.pk)


@page(Permission.MEDIA_SEE)
def disc_label(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Show the label of a disc with its code, to be printed."""
    one = carrier_for(request.user, disc_id)
    seeing.see(one, by=request.user, at=clock.now())
    return render(request, "hard_media/label.html", {"disc": one, "labels": _labels_of([one])})


@page(Permission.MEDIA_SEE)
def disc_labels(request: SignedInRequest) -> HttpResponse:
    """Show the labels of discs that were taken in together, to be printed at once."""
    sent = request.GET.getlist("disc")[:MOST_COPIES]
    numbers = [number for each in sent if (number := number_of(each)) is not None]
    rows = carriers_visible_to(request.user).filter(pk__in=numbers).order_by("barcode")
    discs = list(rows)
    seeing.see_carriers(discs, by=request.user, at=clock.now())
    return render(request, "hard_media/label.html", {"labels": _labels_of(discs)})


def _labels_of(discs: Sequence[Carrier]) -> list[dict[str, object]]:
    prefetch_related_objects(discs, "items__case")
    return [_label_of(each) for each in discs]


def _label_of(one: Carrier) -> dict[str, object]:
    """Return what a label shows; the code is the barcode alone, and tells nothing of the case."""
    return {
        "disc": one,
        "code": segno.make_qr(one.barcode, error="m").svg_data_uri(scale=6, border=2),
        "bars": _bars_of(one.barcode),
        "cases": sorted({str(item.case) for item in one.items.all()}),
    }


def _bars_of(barcode: str) -> str:
    """Return the address of the bars for readers that read no QR codes; some texts have none."""
    try:
        return f"data:image/svg+xml,{quote(drawing_of(barcode))}"
    except NotInCode128:
        return ""
