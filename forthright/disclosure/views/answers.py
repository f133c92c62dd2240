"""The answers to a defence statement: as a paper for the defence, and that they were sent."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.disclosure import documents, policies
from forthright.disclosure.forms.serving import STAYED, WENT, AnswersSentForm
from forthright.disclosure.models import AnswersSending, DefenceRequest, DisclosureDuty
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.answers import (
    answers_shown,
    left_out_words,
    telling_of,
    unkept_of,
)
from forthright.disclosure.selectors.broken import Broken
from forthright.disclosure.selectors.packs import NoPackYet
from forthright.disclosure.services import seeing, sending
from forthright.disclosure.views.management import TYPES
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page


@page(Permission.DISCLOSURE_SERVE)
def answers(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Hand out the answers that wait to be sent."""
    duty = selectors.duty_for(request.user, disclosure_id)
    return _file(request, duty, None)


@page(Permission.DISCLOSURE_SERVE)
def answers_sent(request: SignedInRequest, disclosure_id: int, sending_id: int) -> HttpResponse:
    """Hand out the answers that went by themselves, as they went."""
    duty = selectors.duty_for(request.user, disclosure_id)
    # Of an answer that told of what is sensitive no paper is made again.
    kept = duty.sendings.filter(pk=sending_id, serving=None, is_told=False).first()
    if kept is None:
        raise Http404("No such answers")
    return _file(request, duty, kept)


def _file(
    request: SignedInRequest, duty: DisclosureDuty, kept: AnswersSending | None
) -> HttpResponse:
    policies.check_can_serve(request.user, duty)
    try:
        content = documents.answers_file(duty, kept, by=request.user, at=clock.now())
    except NoPackYet as refusal:
        messages.error(request, str(refusal))
        return redirect("disclosure:statement", duty.pk)
    return HttpResponse(
        content,
        content_type=TYPES["docx"],
        headers={"Content-Disposition": f'attachment; filename="answers-{duty.pk}.docx"'},
    )


@page(Permission.DISCLOSURE_SERVE, methods=("GET", "POST"))
def answers_send(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Record that the answers went to the defence by themselves, when and how."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_serve(request.user, duty)
    now, shown = clock.now(), answers_shown(duty)
    # What is broken now may have gone before it was, or all the same.
    if not shown["answers_to_send"] and not shown["broken_unsent"]:
        messages.info(request, "No answer waits to be sent.")
        return redirect("disclosure:statement", duty.pk)
    opened = sending.stamp_of_answers(shown["answers_to_send"], shown["asked_about"])
    initial = {"day": now.date(), "hour": now.time(), "opened": opened}
    form = _sent_form(request, duty, shown["broken_unsent"], initial)
    if request.method == "POST" and form.is_valid():
        sent, opened = _sent(form), form.cleaned_data["opened"]
        try:
            sending.send_answers(duty, sent, by=request.user, at=now, opened=opened)
        except ChangedMeanwhile as refusal:
            # Whether an answer went says only who read it.
            ask_anew(form, refusal, **form.unsaid())
        except sending.SendingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept that the answers were sent.")
            if left := left_out_words(duty, sent.sent_at, stayed=sent.stayed):
                messages.info(request, left)
            return redirect("disclosure:statement", duty.pk)
    seeing.see_duty(duty, by=request.user, at=now)
    context = {"duty": duty, "form": form, "question": "When were the answers sent?",
               "save": "Keep that they were sent",
               "may_endorse": has_permission(request.user, Permission.ITEM_ENDORSE),
               "with_sensitive": selectors.may_see_sensitive(request.user, duty),
               **shown}  # fmt: skip
    return render(request, "disclosure/answers_send.html", context)


@page(Permission.DISCLOSURE_SERVE, methods=("GET", "POST"))
def answer_went(request: SignedInRequest, disclosure_id: int, request_id: int) -> HttpResponse:
    """Record that an answer went that tells of what is sensitive by now, when and how."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_record_told(request.user, duty)
    asked = DefenceRequest.objects.filter(pk=request_id, statement__duty=duty).first()
    if asked is None:
        raise Http404("No such request")
    if asked.pk not in telling_of(duty):
        messages.info(request, "This answer tells of nothing sensitive, or is recorded as sent.")
        return redirect("disclosure:statement", duty.pk)
    now = clock.now()
    initial = {"day": now.date(), "hour": now.time(), "opened": sending.stamp_of_answers([asked])}
    form = AnswersSentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            sending.record_told(
                asked, _sent(form), by=request.user, at=now, opened=form.cleaned_data["opened"]
            )
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except sending.SendingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept that it went. It is to be looked into today.")
            return redirect("disclosure:duty", duty.pk)
    seeing.see_duty(duty, by=request.user, at=now)
    context = {"duty": duty, "form": form, "asked": asked,
               "question": f"When did the answer to request {asked.number} go?",
               "save": "Keep that it went"}  # fmt: skip
    return render(request, "disclosure/answer_went.html", context)


def _sent_form(
    request: SignedInRequest, duty: DisclosureDuty, broken: list[Broken], initial: dict[str, Any]
) -> AnswersSentForm:
    """Return the form, which asks of each answer that goes on no paper whether it went."""
    form = AnswersSentForm(request.POST or None, initial=initial, broken=broken)
    # A moment to come is refused, and nothing is reckoned of the last year that there is.
    if request.method != "POST" or not form.is_valid() or form.moment() > clock.now():
        return form
    # What holds now may not have by then, so it is asked about once that moment is known.
    known = {each.request for each in broken}
    then = [each for each in unkept_of(duty, form.moment()) if each.request not in known]
    return AnswersSentForm(request.POST, initial=initial, broken=[*broken, *then]) if then else form


def _sent(form: AnswersSentForm) -> sending.Sent:
    said = form.cleaned_data
    return sending.Sent(
        method=said["method"], proof=said["proof"], sent_at=form.moment(),
        went=form.said_of(WENT), stayed=form.said_of(STAYED),
    )  # fmt: skip
