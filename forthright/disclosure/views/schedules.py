"""Deliveries of schedules: checked, taken in, found adequate or returned to the police."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import is_allowed
from forthright.disclosure import imports, policies
from forthright.disclosure.forms.schedules import (
    AdequateForm,
    AnswerForm,
    BringForm,
    HandInForm,
    ReturnForm,
)
from forthright.disclosure.models import Delivery, DisclosureDuty, Schedule
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.hidden import OPEN_FORMS, is_hidden, open_numbers
from forthright.disclosure.selectors.schedules import stops_of
from forthright.disclosure.services import bringing, checking_again, seeing, triage
from forthright.rules.disclosure_duty import DUTY
from forthright.rules.letter_checks.rule import Level
from forthright.rules.schedules.bundle import plain
from forthright.rules.schedules.engine import WHOLE
from forthright.rules.schedules.schedule import Form
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of

# More of a long schedule is read on the page of endorsing.
ITEMS_SHOWN = 100


@page(Permission.SCHEDULE_BRING, methods=("GET", "POST"))
def schedules_bring(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Hand over schedules to be checked; nothing is taken in yet."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_bring(request.user, duty)
    form = BringForm(request.POST or None, request.FILES or None, area=request.user.area)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            delivery = imports.check_uploads(
                duty, said["schedules"], police_unit=said["police_unit"],
                is_whole=said["is_whole"], by=request.user, at=clock.now(),
            )  # fmt: skip
        except bringing.DeliveryRefused as refusal:
            form.add_error("schedules", str(refusal))
        else:
            return redirect("disclosure:delivery", delivery.pk)
    seeing.see_duty(duty, by=request.user, at=clock.now())
    return render(request, "disclosure/schedules_bring.html", {"duty": duty, "form": form})


@page(Permission.DISCLOSURE_SEE)
def delivery(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Show what came: its schedules, what the check found, and what changed."""
    shown = selectors.delivery_for(request.user, delivery_id)
    return _delivery_page(request, shown)


@page(Permission.SCHEDULE_BRING, methods=("POST",))
def delivery_take_in(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Take a checked delivery into its case."""
    shown = selectors.delivery_for(request.user, delivery_id)
    try:
        bringing.take_in(shown, by=request.user, at=clock.now())
    except ChangedMeanwhile as refusal:
        checking_again.compare_again(shown, by=request.user, at=clock.now())
        messages.error(request, str(refusal))
        return redirect("disclosure:delivery", shown.pk)
    except bringing.DeliveryRefused as refusal:
        return _refused(request, shown, refusal)
    messages.success(request, "Taken in. Now say whether it is adequate.")
    return redirect("disclosure:delivery", shown.pk)


@page(Permission.SCHEDULE_BRING, methods=("POST",))
def delivery_give_up(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Throw away a delivery that was checked and not taken in."""
    shown = selectors.delivery_for(request.user, delivery_id)
    duty = _duty_of(request, shown)
    try:
        bringing.give_up(shown, by=request.user, at=clock.now())
    except bringing.DeliveryRefused as refusal:
        return _refused(request, shown, refusal)
    messages.success(request, "Thrown away. Nothing of the case changed.")
    return redirect("disclosure:duty", duty.pk) if duty else redirect("disclosure:duties")


@page(Permission.SCHEDULE_BRING, methods=("POST",))
def delivery_adequate(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Find a delivery adequate, so that its items can be endorsed."""
    shown = selectors.delivery_for(request.user, delivery_id)
    form = AdequateForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            triage.find_adequate(shown, reason=reason, by=request.user, at=clock.now())
        except triage.TriageRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            duty = _duty_of(request, shown)
            messages.success(request, _adequate_words(duty))
            return redirect("disclosure:duty", duty.pk) if duty else redirect("disclosure:duties")
    return _delivery_page(request, shown, form)


@page(Permission.SCHEDULE_BRING, methods=("GET", "POST"))
def delivery_return(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Return a delivery to the police: what is asked, each under its exact reason."""
    shown = selectors.delivery_for(request.user, delivery_id)
    policies.check_can_triage(request.user, shown)
    form = ReturnForm(request.POST or None, delivery=shown)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            triage.return_to_police(
                shown, form.requests(), unit=said["unit"], answer_by=said["answer_by"],
                by=request.user, at=clock.now(),
            )  # fmt: skip
        except triage.TriageRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Returned to {said['unit']}. Their answer shows here.")
            return redirect("disclosure:delivery", shown.pk)
    seeing.see_delivery(shown, with_sensitive=False, by=request.user, at=clock.now())
    return render(request, "disclosure/delivery_return.html", {"delivery": shown, "form": form})


@page(Permission.RETURN_ANSWER)
def returns(request: SignedInRequest) -> HttpResponse:
    """List what was returned to this person's unit of the police, the unanswered first."""
    rows = selectors.returns_visible_to(request.user)
    waiting = list(rows.filter(answered_at=None, mended_by=None).order_by("answer_by", "pk")[:200])
    done = rows.exclude(answered_at=None, mended_by=None)
    pages = slice_of(done, request.GET, order=("-sent_at", "-pk"), size=25)
    seeing.see_returns([*waiting, *pages.rows], by=request.user, at=clock.now())
    context = {"waiting": waiting, "pages": pages, "today": clock.today()}
    return render(request, "disclosure/returns.html", context)


@page(Permission.RETURN_ANSWER, methods=("GET", "POST"))
def return_answer(request: SignedInRequest, return_id: int) -> HttpResponse:
    """Show what was returned to a unit of the police, and take its answer."""
    returned = selectors.return_for(request.user, return_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            triage.answer_return(returned, text, by=request.user, at=clock.now())
        except triage.TriageRefused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, "Answered. The prosecutor sees it.")
            return redirect("disclosure:return_answer", returned.pk)
    seeing.see_return(returned, by=request.user, at=clock.now())
    may_answer = is_allowed(policies.check_can_answer, request.user, returned)
    context = {
        "returned": returned, "form": form, "may_answer": may_answer,
        "may_hand_in": is_allowed(policies.check_can_hand_in, request.user, returned),
        "handed_in": selectors.handed_in(returned), "today": clock.today(),
    }  # fmt: skip
    return render(request, "disclosure/return_answer.html", context)


@page(Permission.RETURN_ANSWER, methods=("GET", "POST"))
def return_hand_in(request: SignedInRequest, return_id: int) -> HttpResponse:
    """Take the new version of what was returned to a unit of the police."""
    returned = selectors.return_for(request.user, return_id)
    policies.check_can_hand_in(request.user, returned)
    form = HandInForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files = form.cleaned_data["schedules"]
        try:
            imports.hand_in_uploads(returned, files, by=request.user, at=clock.now())
        except bringing.DeliveryRefused as refusal:
            form.add_error("schedules", str(refusal))
        else:
            messages.success(request, "Handed in. The prosecutor takes it from here.")
            return redirect("disclosure:return_answer", returned.pk)
    seeing.see_return(returned, by=request.user, at=clock.now())
    context = {"returned": returned, "form": form}
    return render(request, "disclosure/return_hand_in.html", context)


def _refused(
    request: SignedInRequest, delivery: Delivery, refusal: bringing.DeliveryRefused
) -> HttpResponse:
    """Say why on the page of the delivery, or on that of the duty where it is there no more."""
    messages.error(request, str(refusal))
    if selectors.deliveries_visible_to(request.user).filter(pk=delivery.pk).exists():
        return redirect("disclosure:delivery", delivery.pk)
    duty = _duty_of(request, delivery)
    return redirect("disclosure:duty", duty.pk) if duty else redirect("disclosure:duties")


def _delivery_page(
    request: SignedInRequest, delivery: Delivery, form: AdequateForm | None = None
) -> HttpResponse:
    with_sensitive = selectors.may_see_sensitive(request.user, delivery)
    seeing.see_delivery(delivery, with_sensitive=with_sensitive, by=request.user, at=clock.now())
    # Who sees every word is spared the reading of each item of the case.
    numbers = frozenset() if with_sensitive else open_numbers(delivery.case_id)
    schedules = delivery.schedules.order_by("pk").prefetch_related("items")
    shown = [
        {
            "schedule": each,
            "count": len(each.items.all()),
            "items": [
                (item, not with_sensitive and is_hidden(item, each.form, numbers))
                for item in each.items.all()[:ITEMS_SHOWN]
            ],
            "is_hidden": each.form == Form.MG6D and not with_sensitive,
        }
        for each in schedules
    ]
    context = {
        "delivery": delivery,
        "duty": _duty_of(request, delivery),
        "schedules": shown,
        "findings": _findings(delivery, None if with_sensitive else _open_words(schedules)),
        "hides": not with_sensitive,
        "stops": stops_of(delivery),
        "form": form or AdequateForm(),
        "may_bring": is_allowed(policies.check_can_bring, request.user, delivery),
        "returned": getattr(delivery, "police_return", None),
        "items_shown": ITEMS_SHOWN,
    }
    return render(request, "disclosure/delivery.html", context)


def _adequate_words(duty: DisclosureDuty | None) -> str:
    """Say what can be done now that a delivery is adequate, or what is still waited for."""
    if duty is None or duty.stands in policies.ENDORSABLE:
        return "Adequate. Its items can be endorsed."
    return (
        f"Adequate. The duty is {DUTY.state_words[duty.stands]}, so its items can be endorsed once "
        "that is done."
    )


def _findings(delivery: Delivery, open_words: str | None) -> list[dict[str, object]]:
    """Return what the check found, the gravest first.

    Who may not see what is sensitive sees findings about open forms alone, without the place: a
    file may be named for what it tells. What a finding repeats stands on the page too: a comment,
    a certificate or another paper may tell anything.

    :param open_words: the words that stand on the page, or None for who may see them all
    """
    order = {Level.STOP.value: 0, Level.WARN.value: 1, Level.ADVISE.value: 2}
    found = sorted(delivery.findings, key=lambda each: order.get(each["level"], 3))
    if open_words is None:
        return found
    # A check of before this was kept may have held back anything.
    held = {(each["form"], each["place"]) for each in found if each.get("holds_back", True)}
    return [
        {**each, "place": ""}
        for each in found
        if each["form"] in OPEN_FORMS
        and (each["form"], each["place"]) not in held
        and (not each["words"] or each["named"] != WHOLE)
        and (each["words"].isdecimal() or _squeezed(each["words"]) in open_words)
    ]


def _open_words(schedules: Iterable[Schedule]) -> str:
    """Return every word of the items that everybody may see."""
    said = [
        f"{item.description}\n{item.location}"
        for each in schedules
        if each.form in OPEN_FORMS
        for item in each.items.all()
        if not item.is_held_back
    ]
    return _squeezed("\n".join(said))


def _squeezed(words: str) -> str:
    return " ".join(plain(words).split())


def _duty_of(request: SignedInRequest, delivery: Delivery) -> DisclosureDuty | None:
    rows = selectors.duties_visible_to(request.user).filter(case=delivery.case_id)
    return rows.order_by("pk").first()
