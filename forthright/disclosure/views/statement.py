"""The defence statement: what it asks for, and the answer to each request."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, has_permission, is_allowed
from forthright.disclosure import policies
from forthright.disclosure.forms.serving import AnswerRequestForm, StatementForm
from forthright.disclosure.models import DefenceRequest, DefenceStatement, DisclosureDuty
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.answers import answers_shown, kept_from, names_of_requested
from forthright.disclosure.selectors.looking_again import unlooked_of
from forthright.disclosure.selectors.promises import lines_given, requests_owed, told_of
from forthright.disclosure.services import answering, seeing, sending
from forthright.disclosure.views.serving import see_lines
from forthright.rules.disclosure_duty import DutyEvent
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page


@page(Permission.DISCLOSURE_SERVE, methods=("GET", "POST"))
def statement(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Show what the defence stated and asked for, and record a statement that came."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_serve(request.user, duty)
    initial = {"opened": answering.stamp_of_statements(duty)}
    form = StatementForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            kept = answering.record_statement(
                duty, said["received_on"], said["requests"].splitlines(), by=request.user,
                at=clock.now(), opened=said["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except (answering.StatementRefused, NotAllowed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _kept_statement(kept))
            return redirect("disclosure:statement", duty.pk)
    seeing.see_duty(duty, by=request.user, at=clock.now())
    context = {
        "duty": duty,
        "form": form,
        "statements": duty.statements.prefetch_related(
            "requests__answered_by",
            "requests__items__item__schedule",
            "requests__sent__sending",
        ),
        **answers_shown(duty),
        **kept_from(request.user, duty),
        "may_endorse": has_permission(request.user, Permission.ITEM_ENDORSE),
        "names": names_of_requested(duty),
        "owed": {each.pk for each in requests_owed(duty)},
        "told": told_of(duty),
        "unlooked": {each.pk for each in unlooked_of(duty)},
        "may_look": is_allowed(policies.check_can_look_again, request.user, duty),
        "with_sensitive": selectors.may_see_sensitive(request.user, duty),
        "may_state": _may(duty, DutyEvent.STATE),
        "may_state_nothing": _may(duty, DutyEvent.STATE_NOTHING),
        "today": clock.today(),
    }
    return render(request, "disclosure/statement.html", context)


def _kept_statement(kept: DefenceStatement) -> str:
    if kept.requests.exists():
        return "The statement is kept. Answer each request by itself."
    return (
        "The statement is kept. It asks for nothing, so a lawyer of the unit looks again at what "
        "was not disclosed."
    )


@page(Permission.DISCLOSURE_SERVE, methods=("POST",))
def statement_none(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Record that no defence statement came in its time."""
    duty = selectors.duty_for(request.user, disclosure_id)
    try:
        answering.record_no_statement(duty, by=request.user, at=clock.now())
    except answering.StatementRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("disclosure:statement", duty.pk)
    messages.success(request, "Kept that none came. The duty goes on being reviewed.")
    return redirect("disclosure:duty", duty.pk)


@page(Permission.DISCLOSURE_SERVE, methods=("GET", "POST"))
def request_answer(request: SignedInRequest, disclosure_id: int, request_id: int) -> HttpResponse:
    """Answer one thing that the defence asks for."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_serve(request.user, duty)
    asked = DefenceRequest.objects.filter(pk=request_id, statement__duty=duty).first()
    if asked is None:
        raise Http404("No such request")
    lines = lines_given(duty)
    hidden = see_lines(request, duty, lines)
    initial = {"opened": sending.stamp_of_answers([asked])}
    form = AnswerRequestForm(
        request.POST or None, initial=initial, asked=asked, lines=lines, hidden=hidden
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            answering.answer_request(
                asked, said["outcome"], answer=said["answer"], items=form.items_chosen(),
                by=request.user, at=clock.now(), opened=said["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except answering.StatementRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Answered.")
            return redirect("disclosure:statement", duty.pk)
    context = {"duty": duty, "asked": asked, "form": form, **answers_shown(duty),
               **kept_from(request.user, duty),
               "may_endorse": has_permission(request.user, Permission.ITEM_ENDORSE),
               "owed": {each.pk for each in requests_owed(duty)},
               "with_sensitive": selectors.may_see_sensitive(request.user, duty),
               "may_answer": answering.may_be_answered(duty, asked)}  # fmt: skip
    return render(request, "disclosure/request_answer.html", context)


def _may(duty: DisclosureDuty, event: DutyEvent) -> bool:
    try:
        policies.check_move(duty, event)
    except NotAllowed:
        return False
    return True
