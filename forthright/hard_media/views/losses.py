"""That a disc is known to be lost, said on its own page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.hard_media import policies
from forthright.hard_media.forms.losses import LossForm
from forthright.hard_media.selectors.registered import carrier_for
from forthright.hard_media.services import seeing
from forthright.hard_media.services.carriers import hands_stamp
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.hard_media.services.losses import DayOfLoss, record_loss
from forthright.hard_media.views.asking import asked
from forthright.rules.media_states import CarrierState
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page

INTRO = (
    "For one disc or stick that is known to be lost, whoever had it. It is then recorded as "
    "missing, as after a stock-take that did not find it: what is on it is not here by it. Where "
    "it turns up, record on its page that it was found."
)


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def disc_lost(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Record that a disc is lost: when that was noticed, how it is known, who had it last."""
    one = carrier_for(request.user, disc_id)
    policies.check_can_record(request.user, one)
    back = reverse("hard_media:disc", args=[one.pk])
    if one.state != CarrierState.HELD:
        messages.error(
            request, f"It is {one.get_state_display().lower()}, so it is not recorded as lost now."
        )
        return redirect(back)
    initial = {"noticed_on": clock.today(), "opened": hands_stamp(one)}
    form = LossForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            record_loss(one, form.lost(), by=request.user, at=clock.now())
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except CarrierRefused as refusal:
            is_day = isinstance(refusal, DayOfLoss)
            form.add_error("noticed_on" if is_day else None, str(refusal))
        else:
            messages.success(request, "It is recorded as lost, and so as missing.")
            return redirect(back)
    seeing.see(one, by=request.user, at=clock.now())
    return asked(
        request, form, "It is lost", save="Record that it is lost", back=back,
        caption=one.barcode, intro=INTRO,
    )  # fmt: skip
