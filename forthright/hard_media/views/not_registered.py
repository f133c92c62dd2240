"""Where what is to be said to be on a disc is not in the register: the way there and back."""

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from forthright.accounts.policies import is_allowed
from forthright.cases.models import Case
from forthright.hard_media import policies
from forthright.hard_media.forms.filling import UrnForm
from forthright.hard_media.models import Carrier, Hearing
from forthright.hard_media.selectors.registered import carriers_visible_to
from forthright.hard_media.views.asking import Notice
from forthright.web.numbers import number_of
from forthright.web.page import SignedInRequest

NOT_REGISTERED = ValidationError(
    "No case of this URN is in the register. Put it there first.", code="not_registered"
)


def to_register(one: Carrier, form: UrnForm) -> list[Notice]:
    """Return the way to put the case that was named into the register, if it is not there."""
    if not form.has_error("urn", "not_registered"):
        return []
    asked = urlencode({"urn": form.cleaned_data.get("urn") or form["urn"].value(), "disc": one.pk})
    return [
        Notice(
            "Where the case is with your unit, put it into the register of recordings: you come "
            "back here from there. Where it is with another unit, hand the disc or stick over to "
            "them on its page.",
            f"{reverse('hard_media:case_register')}?{asked}",
            "Put the case into the register",
        )
    ]


def to_add(request: SignedInRequest, one: Carrier, hearing: Hearing) -> list[Notice]:
    """Return the way to add a recording of a case that is not among those to be ticked."""
    if not is_allowed(policies.check_can_record, request.user, hearing):
        return []
    return [
        Notice(
            "Is something on it that is not in this list? Add it to the recordings of the case "
            "first. You come back here from there.",
            _address_to_add(one, hearing),
            "Add a recording",
        )
    ]


def nothing_to_tick(request: SignedInRequest, one: Carrier, hearing: Hearing) -> HttpResponse:
    """Say that a case has no recordings yet, and how to add what is on a disc."""
    context = {
        "disc": one,
        "hearing": hearing,
        "address": _address_to_add(one, hearing)
        if is_allowed(policies.check_can_record, request.user, hearing)
        else "",
    }
    return render(request, "hard_media/nothing_to_tick.html", context)


def way_back(request: SignedInRequest, case: Case) -> str:
    """Return the address at which a disc is filled with what is of a case, where one led here."""
    number = number_of(request.GET.get("disc", ""))
    if number is None:
        return ""
    one = carriers_visible_to(request.user).filter(pk=number).first()
    if one is None:
        return ""
    address = reverse("hard_media:disc_fill", args=[one.pk])
    return f"{address}?{urlencode({'urn': str(case)})}"


def _address_to_add(one: Carrier, hearing: Hearing) -> str:
    address = reverse("hard_media:item_add", args=[hearing.case_id])
    return f"{address}?{urlencode({'disc': one.pk})}"
