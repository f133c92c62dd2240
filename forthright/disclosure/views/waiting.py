"""What is shown to whoever decides on items that wait for a version: their choices, not kept."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, is_allowed
from forthright.disclosure import policies
from forthright.disclosure.forms.endorsing import (
    BesideForm,
    RulingForm,
    SetAsideForm,
    TakeDecisionBackForm,
    numbers_in,
    written_in,
)
from forthright.disclosure.models import Delivery, DisclosureDuty, Item
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.services import endorsing, seeing
from forthright.rules.disclosure_duty import DutyState
from forthright.rules.endorsements import Endorsed
from forthright.rules.schedules.schedule import Form
from forthright.rules.written import cleaned
from forthright.web import clock
from forthright.web.page import SignedInRequest

STAYS_TYPED = (
    "What you typed stays on this page; keep it again then, where the new version has the item in "
    "the same words."
)
WAITS_FOR_SCHEDULES = {DutyState.RECEIVED, DutyState.RETURNED}
View = Callable[..., HttpResponse]


def choices_shown(view: View) -> View:
    """Show what was chosen on a page of items where it is refused as a new version waits.

    The version may have come, or gone back, after the page was opened.
    """

    @wraps(view)
    def guarded(request: SignedInRequest, disclosure_id: int, **of_item: int) -> HttpResponse:
        try:
            return view(request, disclosure_id, **of_item)
        except NotAllowed as refusal:
            duty = selectors.duty_for(request.user, disclosure_id)
            # Whoever may not endorse in this unit is told whom to ask, as ever.
            policies.check_reaches(request.user, Permission.ITEM_ENDORSE, duty)
            come = Delivery.objects.filter(case=duty.case_id, state=Delivery.State.RECEIVED).first()
            waits = duty.stands in WAITS_FOR_SCHEDULES or come is not None
            if request.method != "POST" or not waits or duty.stands is DutyState.CLOSED:
                raise
            words = policies.NOT_LOOKED_THROUGH if come else str(refusal)
        seeing.see_duty(duty, by=request.user, at=clock.now())
        context = {
            "duty": duty,
            "refusal": words,
            "chosen": _chosen(request, duty, of_item),
            "come": come,
            "may_bring": come and is_allowed(policies.check_can_bring, request.user, come),
        }
        return render(request, "disclosure/endorse_waits.html", context, status=409)

    return guarded


def typed_of(user: User, duty: DisclosureDuty, rows: Iterable[endorsing.Written]) -> list[str]:
    """Return what was typed of items that stand no more, each by the name that it had."""
    rows = list(rows)
    named = _names(user, duty, [each.item_id for each in rows])
    said = []
    for each in rows:
        words = ", ".join(filter(None, (each.code, cleaned(each.reason), cleaned(each.inspected))))
        said.append(f"{named.get(each.item_id, 'An item')} as it was: {words}")
    return said


def _chosen(
    request: SignedInRequest, duty: DisclosureDuty, of_item: dict[str, int]
) -> list[str]:  # fmt: skip
    """Return what the person chose and wrote, item by item; what they left as it was is not."""
    if "schedule_item_id" in of_item:
        number = of_item["schedule_item_id"]
        named = _names(request.user, duty, [number]).get(number, "An item")
        form: forms.Form = SetAsideForm(request.POST, is_nearer=False)
        if "is_ruling" in request.POST:
            form = RulingForm(request.POST, prefix="ruling")
        elif "is_back" in request.POST:
            form = TakeDecisionBackForm(request.POST, prefix="back")
        elif "is_beside" in request.POST:
            form = BesideForm(request.POST, prefix="beside", is_recording=True)
        return [f"{named}: {each}" for each in _answers(form)]
    rows = [each for each in written_in(request.POST)
            if not endorsing.is_what_was_opened(duty, each)]  # fmt: skip
    ticked = [endorsing.Written(item_id=each, code=Endorsed.CLEARLY_NOT.value)
              for each in sorted(numbers_in(request.POST, "item"))]  # fmt: skip
    return typed_of(request.user, duty, [*rows, *ticked])


def _names(user: User, duty: DisclosureDuty, item_ids: Iterable[int]) -> dict[int, str]:
    items = Item.objects.filter(pk__in=item_ids, schedule__delivery__case=duty.case_id)
    if not selectors.may_see_sensitive(user, duty):
        items = items.exclude(schedule__form=Form.MG6D)
    return {each.pk: f"{each.schedule.form} {each}" for each in items.select_related("schedule")}


def _answers(form: forms.Form) -> list[str]:
    """Return each answer of a form as it was sent, after its question."""
    said = []
    for field in form.visible_fields():
        sent: Any = field.data
        words = " ".join(sent) if isinstance(sent, list) else str(sent or "")
        words = str(dict(getattr(field.field, "choices", [])).get(words, words))
        if cleaned(words):
            said.append(f"{field.label} {cleaned(words)}")
    return said
