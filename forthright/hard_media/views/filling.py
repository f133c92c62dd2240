"""Which recordings are on a disc or stick."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.cases.models import Case
from forthright.cases.selectors import WhichCase, the_case
from forthright.hard_media import policies
from forthright.hard_media.forms.deciding import ask_again
from forthright.hard_media.forms.filling import FillCopiesForm, UrnForm
from forthright.hard_media.models import Carrier, Hearing, MediaItem
from forthright.hard_media.selectors.copies_beside import alike_beside
from forthright.hard_media.selectors.registered import (
    carrier_for,
    hearings_visible_to,
    items_of,
)
from forthright.hard_media.services import carriers, seeing
from forthright.hard_media.services.coming_onto import (
    coming_to_a_party,
    hidden_of,
    unused_coming_to_court,
)
from forthright.hard_media.services.for_the_court import unused_of
from forthright.hard_media.services.going_to import CarrierRefused, HiddenOnDisc, UnusedOnDisc
from forthright.hard_media.views import not_registered
from forthright.hard_media.views.asking import asked
from forthright.hard_media.views.discs import done, field_of
from forthright.rules.media_states import WAITED_FOR
from forthright.rules.urn import NotAUrn
from forthright.rules.words import list_words
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def disc_fill(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Say which recordings are on a disc: first the case, then its recordings."""
    one = carrier_for(request.user, disc_id)
    policies.check_can_record(request.user, one)
    back = reverse("hard_media:disc", args=[disc_id])
    urn_form = UrnForm(request.GET if "urn" in request.GET else None)
    hearing = _case_named(request, urn_form)
    seeing.see(one, by=request.user, at=clock.now())
    if hearing is None:
        return asked(
            request, urn_form, "Which case is it for?", save="Continue", back=back,
            caption=one.barcode, method="get", notices=not_registered.to_register(one, urn_form),
        )  # fmt: skip
    there = set(one.carried.values_list("item", flat=True))
    items = list(items_of(hearing))
    if not items:
        return not_registered.nothing_to_tick(request, one, hearing)
    form = FillCopiesForm(
        request.POST or None, items=items, there=there, copies=alike_beside(one),
        unused=unused_of(unused_coming_to_court(one, items)),
        hidden=hidden_of(coming_to_a_party(one, items)),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["items"])
        was_waited_for = any(each.state in WAITED_FOR for each in chosen)
        try:
            waited_for = carriers.put_on_carrier(
                one, chosen, **form.decided(), by=request.user, at=clock.now()
            )
        except CarrierRefused as refusal:
            ask_again(form, field_of(refusal), str(refusal))
        else:
            _fill_copies(request, one, form)
            if waited_for:
                messages.warning(request, _still_waited_for(waited_for))
                return done(request, one, "It is recorded.")
            said = " Recordings that were waited for have come." if was_waited_for else ""
            return done(request, one, f"It is recorded.{said}")
    return asked(
        request, form, "What is on it?", save="Record it", back=back,
        caption=f"{one.barcode}: {hearing.case}",
        notices=not_registered.to_add(request, one, hearing),
    )  # fmt: skip


def _fill_copies(request: SignedInRequest, one: Carrier, form: FillCopiesForm) -> None:
    """Record of the copies that were chosen that the same is on them, or say why it is not.

    What a party or the court has of them is decided for each on its own page.
    """
    items = list(form.cleaned_data["items"])
    for each in form.cleaned_data.get("copies", ()):
        try:
            carriers.put_on_carrier(each, items, by=request.user, at=clock.now())
        except (HiddenOnDisc, UnusedOnDisc) as refusal:
            messages.error(
                request,
                f"Nothing is recorded as on {each.barcode}, its copy. {refusal} What is ticked "
                f"here counts for {one.barcode} alone: the box for {each.barcode} is on the page "
                f"of {each.barcode}, under “Say what is on it”.",
            )
        except CarrierRefused as refusal:
            messages.error(request, f"Nothing is recorded as on {each.barcode}. {refusal}")


def _still_waited_for(items: Sequence[MediaItem]) -> str:
    """Say which recordings have not come with a disc that was here before they were asked for."""
    names, was = list_words([str(each) for each in items]), "was" if len(items) == 1 else "were"
    return (
        f"{names} {was} asked for again after this disc or stick came, so it holds the copy "
        "before, and the next is still waited for. If what is on it is the copy that you need "
        "after all, record that it came on the page of the recording, with the day on which it was "
        "found, and choose this disc or stick there. If the day on which this disc or stick came "
        "is wrong, put that right on its page: what was asked for by then comes with it."
    )


def _case_named(request: SignedInRequest, form: UrnForm) -> Hearing | None:
    """Return the case of the register that was named, having said what is wrong if none is."""
    if not form.is_bound or not form.is_valid():
        return None
    rows = hearings_visible_to(request.user)
    try:
        case = the_case(Case.objects.filter(pk__in=rows.values("case")), form.cleaned_data["urn"])
    except (NotAUrn, WhichCase) as refusal:
        form.add_error("urn", str(refusal))
        return None
    found = None if case is None else rows.filter(case=case).first()
    if found is None:
        form.add_error("urn", not_registered.NOT_REGISTERED)
    return found
