"""The Area's periods for recordings, and which force each police partner is of."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.hard_media.forms.addresses import MailboxForm
from forthright.hard_media.forms.discs import ForceForm
from forthright.hard_media.selectors import police
from forthright.hard_media.selectors.links import mailbox_of
from forthright.hard_media.selectors.periods import periods_of, periods_stamp, rules_of
from forthright.hard_media.services import settings
from forthright.hard_media.views.asking import asked
from forthright.rules.marking import said_stamp
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.own_numbers import OwnNumbersForm
from forthright.web.page import SignedInRequest, page

LONGEST = 400  # days that a period may be
FURTHEST = {"furthest_days": 5 * 366}  # but for how far ahead a court lists


@page(Permission.SCHEME_SEE)
def periods(request: SignedInRequest) -> HttpResponse:
    """Show each period with its source and whether the Area has confirmed it."""
    area = request.user.area
    context = {
        "periods": list(periods_of(area).periods.values()),
        "editions": rules_of(area),
        "may_change": has_permission(request.user, Permission.SCHEME_CHANGE),
    }
    return render(request, "hard_media/periods.html", context)


@page(Permission.SCHEME_CHANGE, methods=("GET", "POST"))
def periods_change(request: SignedInRequest) -> HttpResponse:
    """Change or confirm periods; the edition before is kept."""
    area = request.user.area
    stand = periods_of(area)
    initial = {"opened": periods_stamp(rules_of(area).first())}
    form = OwnNumbersForm(
        request.POST or None, numbers=stand.periods, most=lambda name: FURTHEST.get(name, LONGEST),
        initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            new = settings.NewPeriods(
                values=form.values(), source=said["source"], reason=said["reason"]
            )
            settings.change_periods(
                area, new, by=request.user, at=clock.now(), opened=said["opened"]
            )
        except ChangedMeanwhile as refusal:
            ask_beside(form, refusal, {name: each.value for name, each in stand.periods.items()})
        except settings.SettingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The periods are changed. Every ladder follows from now.")
            return redirect("hard_media:periods")
    back = reverse("hard_media:periods")
    return asked(request, form, "Change the periods", save="Change them", back=back)


@page(Permission.PEOPLE_CHANGE)
def mailboxes(request: SignedInRequest) -> HttpResponse:
    """List the units that send links, each with the address at which it is written to."""
    units = [(each, mailbox_of(each)) for each in request.user.area.case_units.order_by("name")]
    return render(request, "hard_media/mailboxes.html", {"units": units})


@page(Permission.PEOPLE_CHANGE, methods=("GET", "POST"))
def mailbox(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """Say at which address a unit is written to."""
    unit = request.user.area.case_units.filter(pk=unit_id).first()
    if unit is None:
        raise Http404("No such unit")
    email = mailbox_of(unit)
    form = MailboxForm(request.POST or None, initial={"email": email, "opened": said_stamp(email)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            settings.set_mailbox(
                unit, said["email"], by=request.user, at=clock.now(), opened=said["opened"]
            )
        except ChangedMeanwhile as refusal:
            ask_beside(form, refusal, {"email": email})
        else:
            messages.success(request, "It is recorded.")
            return redirect("hard_media:mailboxes")
    back = reverse("hard_media:mailboxes")
    return asked(request, form, f"Where is {unit} written to?", save="Record it", back=back)


@page(Permission.PEOPLE_CHANGE)
def partners(request: SignedInRequest) -> HttpResponse:
    """List the police partners of the Area with their forces."""
    context = {"partners": police.partners_of(request.user)}
    return render(request, "hard_media/partners.html", context)


@page(Permission.PEOPLE_CHANGE, methods=("GET", "POST"))
def partner(request: SignedInRequest, partner_id: int) -> HttpResponse:
    """Say which force a police partner is of."""
    found = {each.pk: (each, force) for each, force in police.partners_of(request.user)}
    if partner_id not in found:
        raise Http404("No such police partner")
    person, force = found[partner_id]
    form = ForceForm(request.POST or None, initial={"force": force, "opened": force})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            settings.set_force(
                person, said["force"], by=request.user, at=clock.now(), opened=said["opened"]
            )
        except ChangedMeanwhile as refusal:
            ask_beside(form, refusal, {"force": force})
        else:
            messages.success(request, f"{person} sees what that force is asked for.")
            return redirect("hard_media:partners")
    back = reverse("hard_media:partners")
    return asked(request, form, f"Which force is {person} of?", save="Record it", back=back)
