"""The contacts and support services that letters name, dated."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.letters.forms.facts import FLAGS, ContactForm, RetireForm, SupportForm
from forthright.letters.models import ContactPoint, SupportService
from forthright.letters.selectors import contacts as found
from forthright.letters.services import facts as services
from forthright.rules.case_file import Flag
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.CONTACTS_SEE)
def contacts(request: SignedInRequest) -> HttpResponse:
    """List what letters name: how to reach the Area, and who helps."""
    area = request.user.area
    context = {
        "today": clock.today(),
        "contacts": found.contacts_of(area),
        "support": [
            (each, ", ".join(FLAGS[Flag(flag)] for flag in each.fits) or "Every case")
            for each in found.support_of(area)
        ],
        "may_change": has_permission(request.user, Permission.CONTACTS_CHANGE),
    }
    return render(request, "letters/contacts.html", context)


@page(Permission.CONTACTS_CHANGE, methods=("GET", "POST"))
def contact_add(request: SignedInRequest) -> HttpResponse:
    """Add a way to reach the Area."""
    form = ContactForm(request.POST or None, initial={"used_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        services.add_contact(
            request.user.area, form.new_contact(), used_from=form.cleaned_data["used_from"],
            by=request.user, at=clock.now(),
        )  # fmt: skip
        return _kept(request, "It is added. Letters name it once it is used.")
    return _asked(request, form, "Add a contact", "Add it")


@page(Permission.CONTACTS_CHANGE, methods=("GET", "POST"))
def support_add(request: SignedInRequest) -> HttpResponse:
    """Add a support service."""
    form = SupportForm(request.POST or None, initial={"used_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        services.add_support(
            request.user.area, form.new_service(), used_from=form.cleaned_data["used_from"],
            by=request.user, at=clock.now(),
        )  # fmt: skip
        return _kept(request, "It is added. Letters to people it fits name it.")
    return _asked(request, form, "Add a support service", "Add it")


@page(Permission.CONTACTS_CHANGE, methods=("GET", "POST"))
def contact_retire(request: SignedInRequest, contact_id: int) -> HttpResponse:
    """Say from which day a contact is used no more, or that it was checked."""
    return _retired(request, found.contact_for(request.user, contact_id))


@page(Permission.CONTACTS_CHANGE, methods=("GET", "POST"))
def support_retire(request: SignedInRequest, service_id: int) -> HttpResponse:
    """Say from which day a service is named no more, or that it was checked."""
    return _retired(request, found.support_for(request.user, service_id))


def _retired(request: SignedInRequest, offered: ContactPoint | SupportService) -> HttpResponse:
    form = RetireForm(request.POST or None, initial={"on": clock.today()})
    said: dict[str, Any] = {"by": request.user, "at": clock.now()}
    if request.method == "POST" and "confirm" in request.POST:
        services.confirm(offered, **said)
        return _kept(request, f"{offered} is confirmed.")
    if request.method == "POST" and form.is_valid():
        try:
            services.retire(offered, on=form.cleaned_data["on"], **said)
        except services.FactRefused as refusal:
            form.add_error("on", str(refusal))
        else:
            return _kept(request, f"Letters name {offered} no more from that day on.")
    return render(request, "letters/contact_retire.html", {"form": form, "offered": offered})


def _asked(request: SignedInRequest, form: Any, heading: str, save: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "save": save}
    return render(request, "letters/contact_add.html", context)


def _kept(request: SignedInRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("letters:contacts")
