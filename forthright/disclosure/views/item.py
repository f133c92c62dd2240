"""The page of one item: all that was written against it, and what is said of it by itself."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.disclosure import policies
from forthright.disclosure.forms.endorsing import (
    BesideForm,
    RulingForm,
    SetAsideForm,
    TakeDecisionBackForm,
)
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.earlier import earlier_of, kept_before
from forthright.disclosure.selectors.standings import history_of
from forthright.disclosure.selectors.stuck import back_words
from forthright.disclosure.services import deciding_anew, endorsing, ruling
from forthright.disclosure.views.endorsing import keep_seen, lines_for
from forthright.disclosure.views.keeping import is_kept
from forthright.disclosure.views.waiting import choices_shown
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.ITEM_ENDORSE, methods=("GET", "POST"))
@choices_shown
def item(request: SignedInRequest, disclosure_id: int, schedule_item_id: int) -> HttpResponse:
    """Show all that was written against an item, and keep what is said of it by itself.

    That is: set it aside, what the court ruled, a decision taken back, or what it is beside what
    was served in other words.
    """
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_endorse(request.user, duty)
    line = next(
        (each for each in lines_for(request.user, duty) if each.item.pk == schedule_item_id), None
    )
    if line is None:
        raise NotAllowed(
            back_words(duty, [schedule_item_id], clock.now())
            or "This item is not on a schedule that stands, or is not for you to see."
        )
    sent = request.POST or None
    is_ruling, is_back = "is_ruling" in request.POST, "is_back" in request.POST
    is_beside = "is_beside" in request.POST
    ruled = RulingForm(sent if is_ruling else None, prefix="ruling")
    back = TakeDecisionBackForm(
        sent if is_back else None, prefix="back",
        initial={"opened": endorsing.stamp_of(line.endorsement)},
    )  # fmt: skip
    beside = BesideForm(
        sent if is_beside else None, prefix="beside", is_recording=line.to_endorse.is_recording,
        initial={"opened": endorsing.stamp_of(line.endorsement)},
    )  # fmt: skip
    is_nearer = endorsing.may_be_brought_nearer(line, clock.today())
    is_other = is_ruling or is_back or is_beside
    form = SetAsideForm(None if is_other else sent, is_nearer=is_nearer)
    asked = ruled if is_ruling else back if is_back else beside if is_beside else form
    if asked.is_bound and asked.is_valid() and is_kept(request, duty, schedule_item_id, asked):
        return redirect("disclosure:item", duty.pk, schedule_item_id)
    keep_seen(request, duty, [line])
    context = {"duty": duty, "line": line, "form": asked, "aside": form, "back_form": back,
               "may_take_back": deciding_anew.may_be_taken_back(line),
               "ruled": ruled, "may_be_ruled": ruling.may_be_ruled(line),
               "may_set_aside": endorsing.may_be_set_aside(line, clock.today()),
               "is_nearer": is_nearer, "history": history_of(duty, line.item),
               "beside": beside, "earlier": earlier_of(duty, line.item),
               "kept_before": kept_before(line.item)}  # fmt: skip
    return render(request, "disclosure/item.html", context)
