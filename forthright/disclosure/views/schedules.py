"""Deliveries of schedules: checked, taken in, found adequate or returned to the police."""

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import is_allowed
from forthright.disclosure import imports, policies
from forthright.disclosure.forms.endorsing import numbers_in
from forthright.disclosure.forms.schedules import (
    AcceptForm,
    AdequateBackForm,
    AdequateForm,
    AnswerForm,
    BringForm,
    HandInForm,
    LetGoForm,
    ReturnForm,
    TakeBackForm,
)
from forthright.disclosure.models import Delivery, DisclosureDuty, PoliceReturn
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.findings import note_of
from forthright.disclosure.selectors.handed_in import files_told
from forthright.disclosure.selectors.over import CaseEnd, over_on
from forthright.disclosure.services import (
    bringing,
    checking_again,
    holding,
    placing,
    seeing,
    triage,
)
from forthright.disclosure.services.of_case import DeliveryRefused
from forthright.disclosure.views.delivery_page import delivery_page, duty_of
from forthright.rules.disclosure_duty import DUTY
from forthright.rules.words import count_words
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of


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
                is_whole=said["is_whole"], of_this_case=said["of_this_case"], by=request.user,
                at=clock.now(),
            )  # fmt: skip
        except DeliveryRefused as refusal:
            form.add_error("schedules", str(refusal))
        else:
            return redirect("disclosure:delivery", delivery.pk)
    seeing.see_duty(duty, by=request.user, at=clock.now())
    return render(request, "disclosure/schedules_bring.html", {"duty": duty, "form": form})


@page(Permission.DISCLOSURE_SEE)
def delivery(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Show what came: its schedules, what the check found, and what changed."""
    shown = selectors.delivery_for(request.user, delivery_id)
    return delivery_page(request, shown)


@page(Permission.SENSITIVE_SEE)
def delivery_file(request: SignedInRequest, delivery_id: int, file_number: int) -> HttpResponse:
    """Hand out a file of a delivery as the police sent it; nothing of it is shown in a browser."""
    file = selectors.delivered_file_for(request.user, delivery_id, file_number)
    seeing.see_delivery_file(file, by=request.user, at=clock.now())
    return HttpResponse(
        bytes(file.content),
        content_type="application/octet-stream",
        headers={"Content-Disposition": content_disposition_header(True, file.file_name) or ""},
    )


@page(Permission.SCHEDULE_BRING, methods=("POST",))
def delivery_take_in(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Take a checked delivery into its case, once each item that leaves by it is let go."""
    shown = selectors.delivery_for(request.user, delivery_id)
    form = LetGoForm(request.POST)
    let_go = placing.LetGo(numbers_in(request.POST, "left"), request.POST.get("reason", ""))
    try:
        bringing.take_in(shown, let_go=let_go, by=request.user, at=clock.now())
    except placing.LeavingRefused as refusal:
        form.add_error("reason", str(refusal))
        return delivery_page(request, shown, let_go=form)
    except ChangedMeanwhile as refusal:
        checking_again.compare_again(shown, by=request.user, at=clock.now())
        messages.error(request, str(refusal))
        return redirect("disclosure:delivery", shown.pk)
    except DeliveryRefused as refusal:
        return _refused(request, shown, refusal)
    messages.success(request, "Taken in. Now say whether it is adequate.")
    return redirect("disclosure:delivery", shown.pk)


@page(Permission.SCHEDULE_BRING, methods=("POST",))
def delivery_give_up(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Throw away a delivery that was checked and not taken in."""
    shown = selectors.delivery_for(request.user, delivery_id)
    duty = duty_of(request, shown)
    try:
        held = bringing.give_up(shown, by=request.user, at=clock.now())
    except DeliveryRefused as refusal:
        return _refused(request, shown, refusal)
    stays = (
        f" The words of {count_words(held, 'item')} stay held back should they come again."
        if held
        else ""
    )
    messages.success(request, f"Thrown away. Nothing of the case changed.{stays}")
    return redirect("disclosure:duty", duty.pk) if duty else redirect("disclosure:duties")


@page(Permission.SCHEDULE_BRING, methods=("POST",))
def delivery_adequate(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Find a delivery adequate, so that its items can be endorsed."""
    shown = selectors.delivery_for(request.user, delivery_id)
    form = AdequateForm(request.POST, delivery=shown)
    if form.is_valid():
        said = form.cleaned_data
        try:
            triage.find_adequate(
                shown, reason=said["reason"], unit=said.get("unit"), by=request.user,
                at=clock.now(),
            )  # fmt: skip
        except triage.UnitRefused as refusal:
            form.add_error("unit" if "unit" in form.fields else None, str(refusal))
        except triage.TriageRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            duty = duty_of(request, shown)
            messages.success(request, _adequate_words(duty))
            return redirect("disclosure:duty", duty.pk) if duty else redirect("disclosure:duties")
    return delivery_page(request, shown, adequate=form)


@page(Permission.SCHEDULE_BRING, methods=("GET", "POST"))
def delivery_adequate_back(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Take back that a delivery is adequate, on the day on which it was found so."""
    shown = selectors.delivery_for(request.user, delivery_id)
    policies.check_can_take_adequate_back(request.user, shown, clock.today())
    form = AdequateBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            triage.take_adequate_back(shown, reason=reason, by=request.user, at=clock.now())
        except triage.TriageRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, "Taken back. Decide on it again.")
            return redirect("disclosure:delivery", shown.pk)
    seeing.see_delivery(shown, with_sensitive=False, by=request.user, at=clock.now())
    context = {"delivery": shown, "form": form}
    return render(request, "disclosure/delivery_adequate_back.html", context)


@page(Permission.SCHEDULE_BRING, Permission.ITEM_ENDORSE, methods=("POST",))
def delivery_hold_back(
    request: SignedInRequest, delivery_id: int, schedule_item_id: int
) -> HttpResponse:
    """Hold the words of an item back at once; only the lawyers of the unit read them from now."""
    shown = selectors.delivery_for(request.user, delivery_id)
    if shown.replaced_by_id:
        messages.error(
            request, "Nothing was held back: the police handed more in since you opened that page, "
            "and this is where it went on. Hold the words back here."
        )  # fmt: skip
        return redirect("disclosure:delivery", shown.replaced_by_id)
    item = selectors.item_of(shown, schedule_item_id)
    reason = request.POST.get("reason", "")
    try:
        holding.hold_back(item, reason=reason, by=request.user, at=clock.now())
    except holding.HoldRefused as refusal:
        messages.error(request, f"{item.schedule.form} {item}: {refusal}")
    else:
        messages.success(request, f"The words of {item.schedule.form} {item} are held back.")
    # Back to the same page of a long schedule.
    here = reverse("disclosure:delivery", args=[shown.pk])
    return redirect(f"{here}?{request.GET.urlencode()}" if request.GET else here)


@page(Permission.SCHEDULE_BRING, methods=("GET", "POST"))
def delivery_return(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Return a delivery to the police: what is asked, each under its exact reason."""
    shown = selectors.delivery_for(request.user, delivery_id)
    policies.check_can_return(request.user, shown)
    form = ReturnForm(request.POST or None, delivery=shown, note=note_of(shown))
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


@page(Permission.SCHEDULE_BRING, methods=("GET", "POST"))
def delivery_take_back(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Take a return to the police back that was a mistake, with why."""
    shown = selectors.delivery_for(request.user, delivery_id)
    returned = selectors.standing_return_of(shown)
    policies.check_can_take_back(request.user, returned)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            triage.take_back(returned, reason=reason, by=request.user, at=clock.now())
        except triage.TriageRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(
                request, f"Taken back. {returned.unit} sees that, and why. Decide on it again."
            )
            return redirect("disclosure:delivery", shown.pk)
    seeing.see_delivery(shown, with_sensitive=False, by=request.user, at=clock.now())
    context = {"delivery": shown, "returned": returned, "form": form}
    return render(request, "disclosure/delivery_take_back.html", context)


@page(Permission.SCHEDULE_BRING, methods=("GET", "POST"))
def delivery_accept(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Accept what the police answered to a return, with why: the schedules stand as they came."""
    shown = selectors.delivery_for(request.user, delivery_id)
    returned = selectors.standing_return_of(shown)
    policies.check_can_accept(request.user, returned)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            triage.accept_answer(returned, reason=reason, by=request.user, at=clock.now())
        except triage.TriageRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, f"Accepted. {_adequate_words(duty_of(request, shown))}")
            return redirect("disclosure:delivery", shown.pk)
    seeing.see_delivery(shown, with_sensitive=False, by=request.user, at=clock.now())
    context = {"delivery": shown, "returned": returned, "form": form}
    return render(request, "disclosure/delivery_accept.html", context)


@page(Permission.RETURN_ANSWER)
def returns(request: SignedInRequest) -> HttpResponse:
    """List what was returned to this person's unit of the police, the unanswered first."""
    due = selectors.returns_waiting_for(request.user)
    waiting = list(due.order_by("answer_by", "pk")[:200])
    rest = selectors.returns_visible_to(request.user).exclude(pk__in=due.order_by().values("pk"))
    pages = slice_of(rest, request.GET, order=("-sent_at", "-pk"), size=25)
    seeing.see_returns([*waiting, *pages.rows], by=request.user, at=clock.now())
    over = over_on([each.delivery.case_id for each in pages.rows])
    done = [(each, _ended_since(each, over)) for each in pages.rows]
    context = {"waiting": waiting, "pages": pages, "done": done, "today": clock.today()}
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
        "handed_in": [
            (each, files_told(each, request.user), note_of(each))
            for each in selectors.handed_in(returned)
        ],
        "today": clock.today(), "over_on": _over_on(returned),
    }  # fmt: skip
    return render(request, "disclosure/return_answer.html", context)


@page(Permission.RETURN_ANSWER, methods=("GET", "POST"))
def return_hand_in(request: SignedInRequest, return_id: int) -> HttpResponse:
    """Take the new version of what was returned to a unit of the police."""
    returned = selectors.return_for(request.user, return_id)
    policies.check_can_hand_in(request.user, returned)
    waiting = selectors.handed_in(returned)
    form = HandInForm(request.POST or None, request.FILES or None, waiting=waiting)
    if request.method == "POST" and form.is_valid():
        files = form.cleaned_data["schedules"]
        try:
            imports.hand_in_uploads(
                returned, files, opened=form.cleaned_data["opened"], by=request.user,
                at=clock.now(),
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            waiting = selectors.handed_in(returned)
            form = HandInForm(request.POST, request.FILES, waiting=waiting)
            form.full_clean()
            ask_anew(form, refusal)
        except DeliveryRefused as refusal:
            form.add_error("schedules", str(refusal))
        else:
            messages.success(request, "Handed in. The prosecutor takes it from here.")
            return redirect("disclosure:return_answer", returned.pk)
    seeing.see_return(returned, by=request.user, at=clock.now())
    told = [(each, files_told(each, request.user)) for each in waiting]
    context = {
        "returned": returned, "form": form, "waiting": told, "over_on": _over_on(returned),
    }  # fmt: skip
    return render(request, "disclosure/return_hand_in.html", context)


def _over_on(returned: PoliceReturn) -> date | None:
    """Return the day on which the case of a return ended, where nobody waits for it any more."""
    if returned.mended_by_id or returned.taken_back_at or returned.accepted_at:
        return None
    return _ended_since(returned, over_on([returned.delivery.case_id]))


def _ended_since(returned: PoliceReturn, over: Mapping[int, CaseEnd]) -> date | None:
    """Return the day on which the case of a return ended, where it ended after it was sent."""
    end = over.get(returned.delivery.case_id)
    return end.day if end and end.ends(returned.sent_at) else None


def _refused(
    request: SignedInRequest, delivery: Delivery, refusal: DeliveryRefused
) -> HttpResponse:
    """Say why on the page of the delivery, or on that of the duty where it is there no more."""
    messages.error(request, str(refusal))
    if selectors.deliveries_visible_to(request.user).filter(pk=delivery.pk).exists():
        return redirect("disclosure:delivery", delivery.pk)
    duty = duty_of(request, delivery)
    return redirect("disclosure:duty", duty.pk) if duty else redirect("disclosure:duties")


def _adequate_words(duty: DisclosureDuty | None) -> str:
    """Say what can be done now that a delivery is adequate, or what is still waited for."""
    if duty is None or duty.stands in policies.ENDORSABLE:
        return "Adequate. Its items can be endorsed."
    return (
        f"Adequate. The duty is {DUTY.state_words[duty.stands]}, so its items can be endorsed once "
        "that is done."
    )
