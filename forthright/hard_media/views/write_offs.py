"""Whether a disc that stays missing is looked for still."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.hard_media import policies
from forthright.hard_media.forms.write_offs import LookAgainForm, TwiceForm, WriteOffForm
from forthright.hard_media.selectors.registered import carrier_for
from forthright.hard_media.services import seeing, write_offs
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.hard_media.services.taken_in_twice import end_second_record, others_of
from forthright.hard_media.views.asking import asked
from forthright.rules.media_states import CarrierState
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page

INTRO = (
    "It stays recorded as missing, and is no longer among what is looked for. What is on it is not "
    "here by it: the page of each recording says what to ask for. Where it is found after all, "
    "record that on its page, and it is held as before."
)

TWICE = (
    "For one disc or stick that has two records, as where two people took it in. This record then "
    "counts as missing and written off: there is none by it, so nobody looks for it. What is on "
    "the disc or stick, and where it lies, stands in its other record."
)


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def disc_write_off(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Record that a disc which stays missing is looked for no more, and what was done about it."""
    one = carrier_for(request.user, disc_id)
    policies.check_can_write_off(request.user, one)
    back = reverse("hard_media:disc", args=[one.pk])
    if one.state != CarrierState.MISSING:
        messages.error(request, "It is not missing, so there is nothing to write off.")
        return redirect(back)
    initial = {"opened": write_offs.write_off_stamp(one)}
    form = WriteOffForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            write_offs.write_off(one, form.decision(), by=request.user, at=clock.now())
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except CarrierRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is written off, and found it is held again.")
            return redirect(back)
    seeing.see(one, by=request.user, at=clock.now())
    return asked(
        request, form, "Write it off", save="Write it off", back=back, caption=one.barcode,
        intro=INTRO,
    )  # fmt: skip


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def disc_look_again(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Record that a disc which was written off is looked for again."""
    one = carrier_for(request.user, disc_id)
    policies.check_can_write_off(request.user, one)
    back = reverse("hard_media:disc", args=[one.pk])
    if write_offs.standing(one) is None:
        messages.error(request, "It is not written off.")
        return redirect(back)
    form = LookAgainForm(request.POST or None, initial={"opened": write_offs.write_off_stamp(one)})
    if request.method == "POST" and form.is_valid():
        try:
            write_offs.look_again(one, **form.cleaned_data, by=request.user, at=clock.now())
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except CarrierRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is looked for again; what was decided is kept.")
            return redirect(back)
    seeing.see(one, by=request.user, at=clock.now())
    return asked(
        request, form, "Look for it again", save="Look for it again", back=back,
        caption=one.barcode,
    )  # fmt: skip


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def disc_twice(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Record that a disc was taken in twice, so that there is none by this record."""
    one = carrier_for(request.user, disc_id)
    policies.check_can_write_off(request.user, one)
    back = reverse("hard_media:disc", args=[one.pk])
    initial = {"opened": write_offs.write_off_stamp(one)}
    form = TwiceForm(request.POST or None, others=others_of(one), initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            end_second_record(
                one, said["barcode"], reason=said["reason"], opened=said["opened"],
                by=request.user, at=clock.now(),
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except CarrierRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is recorded: there is no disc or stick by this record.")
            return redirect(back)
    seeing.see(one, by=request.user, at=clock.now())
    return asked(
        request, form, "It was taken in twice", save="End this record", back=back,
        caption=one.barcode, intro=TWICE,
    )  # fmt: skip
