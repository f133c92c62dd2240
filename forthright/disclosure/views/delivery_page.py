"""The page of a delivery: what came, what it changes, and what the check found."""

from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from forthright.accounts.policies import is_allowed
from forthright.disclosure import policies
from forthright.disclosure.forms.schedules import AdequateForm, LetGoForm
from forthright.disclosure.models import Delivery, DisclosureDuty, Item, Schedule
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.closed_since import closed_beside
from forthright.disclosure.selectors.falling import falls_by
from forthright.disclosure.selectors.findings import findings_for_all
from forthright.disclosure.selectors.handed_in import handed_in_with
from forthright.disclosure.selectors.hidden import OPEN_FORMS, Hidden, hidden_in
from forthright.disclosure.selectors.schedules import stops_of
from forthright.disclosure.selectors.versions import versions_of
from forthright.disclosure.services import seeing
from forthright.disclosure.services.triage import asks_for_unit
from forthright.disclosure.views.leaving import leaving_shown, left_by, rewritten_in
from forthright.rules.disclosure_duty import DutyState
from forthright.rules.letter_checks.rule import Level
from forthright.rules.schedules.schedule import Form
from forthright.web import clock
from forthright.web.page import SignedInRequest
from forthright.web.paging import Slice, slice_of

# On one page, of all the schedules together.
ITEMS_SHOWN = 100


def delivery_page(
    request: SignedInRequest, delivery: Delivery, *, adequate: AdequateForm | None = None,
    let_go: LetGoForm | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a delivery as this person may see it, with what is asked of them."""
    with_sensitive = selectors.may_see_sensitive(request.user, delivery)
    seeing.see_delivery(delivery, with_sensitive=with_sensitive, by=request.user, at=clock.now())
    # Who sees every word is spared the reading of each item of the case.
    hidden = Hidden() if with_sensitive else hidden_in(delivery.case_id)
    found = versions_of(delivery) if delivery.state == Delivery.State.CHECKED else None
    schedules = delivery.schedules.order_by("pk").prefetch_related("items")
    pages = _items_of(request, delivery, with_sensitive=with_sensitive)
    shown = [
        {
            "schedule": each,
            "count": len(each.items.all()),
            "items": [
                (item, not with_sensitive and hidden.has(item, each.form))
                for item in pages.rows
                if item.schedule_id == each.pk
            ],
            "is_hidden": each.form == Form.MG6D and not with_sensitive,
        }
        for each in schedules
    ]
    of_case = selectors.duties_visible_to(request.user).filter(case=delivery.case_id)
    going_on = of_case.exclude(state=DutyState.CLOSED.value).order_by("pk")
    falls = falls_by(delivery, found, going_on if found else (), with_sensitive=with_sensitive)
    seeing.see_list([each.duty for each in falls], by=request.user, at=clock.now())
    closed = closed_beside(delivery, selectors.duties_visible_to(request.user))
    seeing.see_list(closed, by=request.user, at=clock.now())
    context = {
        "delivery": delivery,
        "closed": [
            (each, is_allowed(policies.check_can_serve, request.user, each)) for each in closed
        ],
        "duty": duty_of(request, delivery),
        "schedules": shown,
        "findings": _findings(delivery, None if with_sensitive else (schedules, hidden)),
        "hides": not with_sensitive,
        # By their places: of what came before files were kept there is none.
        "kept": set(delivery.kept_files.values_list("position", flat=True)),
        "stops": stops_of(delivery),
        "asks_for_unit": asks_for_unit(delivery),
        "form": let_go or adequate or AdequateForm(delivery=delivery),
        "let_go": let_go or LetGoForm(),
        "leaving": leaving_shown(delivery, found, request.POST, with_sensitive=with_sensitive),
        "left": left_by(delivery, with_sensitive=with_sensitive),
        "falls": falls,
        "rewritten": rewritten_in(delivery, found, with_sensitive=with_sensitive),
        "may_bring": is_allowed(policies.check_can_bring, request.user, delivery),
        "may_hold": is_allowed(policies.check_can_hold_back, request.user, delivery),
        "open_forms": OPEN_FORMS,
        "returned": (standing := delivery.police_return),
        "came_since": selectors.handed_in(standing) if standing else [],
        "may_take_back": standing is not None
        and is_allowed(policies.check_can_take_back, request.user, standing),
        "may_accept": standing is not None
        and is_allowed(policies.check_can_accept, request.user, standing),
        "may_take_adequate_back": is_allowed(
            policies.check_can_take_adequate_back, request.user, delivery, clock.today()
        ),
        "taken_back": [each for each in delivery.police_returns.all() if each.taken_back_at],
        "hand_ins": handed_in_with(delivery),
        "pages": pages,
        "query": request.GET.urlencode(),
    }
    return render(request, "disclosure/delivery.html", context)


def _items_of(request: SignedInRequest, delivery: Delivery, *, with_sensitive: bool) -> Slice[Item]:
    """Return a page of the items of a delivery, schedule by schedule.

    Its addresses hold good also on the page that says why something was refused.
    """
    rows = Item.objects.filter(schedule__delivery=delivery)
    if not with_sensitive:
        rows = rows.exclude(schedule__form=Form.MG6D.value)
    pages = slice_of(rows, request.GET, order=("schedule_id", "place", "pk"), size=ITEMS_SHOWN)
    here = reverse("disclosure:delivery", args=[delivery.pk])
    return replace(
        pages,
        previous=pages.previous and f"{here}{pages.previous}#items",
        next=pages.next and f"{here}{pages.next}#items",
    )


def _findings(
    delivery: Delivery, shown: tuple[Iterable[Schedule], Hidden] | None
) -> list[dict[str, object]]:
    """Return what the check found, the gravest first.

    Who may not see what is sensitive sees those that everybody may read, without the place: a file
    may be named for what it tells.

    :param shown: the schedules and what of them is hidden, or None for who may see it all
    """
    order = {Level.STOP.value: 0, Level.WARN.value: 1, Level.ADVISE.value: 2}
    found = sorted(delivery.findings, key=lambda each: order.get(each["level"], 3))
    if shown is None:
        return found
    schedules, hidden = shown
    return [{**each, "place": ""} for each in findings_for_all(found, schedules, hidden)]


def duty_of(request: SignedInRequest, delivery: Delivery) -> DisclosureDuty | None:
    """Return the duty from which a person comes to a delivery, the first of its case."""
    rows = selectors.duties_visible_to(request.user).filter(case=delivery.case_id)
    return rows.order_by("pk").first()
