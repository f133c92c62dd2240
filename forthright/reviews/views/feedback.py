"""A drafter's own feedback: reading it, acknowledging it, disputing a mark."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, is_allowed
from forthright.peer_checks.forms import ReplyForm
from forthright.peer_checks.selectors import parts_to
from forthright.peer_checks.services.seeing import see_parts
from forthright.reviews import forms, policies, selectors, services
from forthright.reviews.models import Feedback
from forthright.reviews.services import reading
from forthright.rules.states import ReviewState
from forthright.web import clock
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of

# Of what colleagues told of letters before they went, so many stand in the list.
MOST_TOLD = 50
# How far a letter has come, said to the person who wrote it.
ANSWERS = {
    ReviewState.TOLD: "Waiting for your answer",
    ReviewState.ACKNOWLEDGED: "You have read it",
    ReviewState.DISPUTED: "You disputed a mark; it is not decided yet",
    ReviewState.DECIDED: "You disputed a mark, and it has its outcome",
}


@page(Permission.FEEDBACK_ANSWER)
def feedback_list(request: SignedInRequest) -> HttpResponse:
    """List the feedback on letters this person wrote: what waits for an answer comes first."""
    user = request.user
    pages = slice_of(
        selectors.feedback_answered(user), request.GET, order=("-told_at", "-pk"), size=25
    )
    waiting = list(selectors.feedback_waiting(user))
    services.see_feedback_list([*waiting, *pages.rows], by=user, at=clock.now())
    twice = selectors.letters_told_of_twice(user)
    told = list(parts_to(user)[:MOST_TOLD])
    see_parts(told, by=user, at=clock.now())
    context = {
        "told": [(each, each.is_unanswered_on(clock.today())) for each in told],
        "waiting": [_line(each, twice) for each in waiting],
        "pages": pages,
        "lines": [_line(each, twice) for each in pages.rows],
    }
    return render(request, "reviews/feedback_list.html", context)


def _line(feedback: Feedback, twice: set[str]) -> dict[str, Any]:
    return {
        "feedback": feedback,
        "state": ANSWERS[selectors.state_of(feedback.review)],
        "is_told_of_twice": feedback.review.drawn_letter.reference in twice,
    }


@page(Permission.FEEDBACK_ANSWER, methods=("GET", "POST"))
def feedback(request: SignedInRequest, feedback_id: int) -> HttpResponse:
    """Show this person the marks on a letter they wrote, and take their reply."""
    shown = selectors.feedback_for(request.user, feedback_id)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reading.reply_to_feedback(
                shown, form.cleaned_data["text"], by=request.user, at=clock.now()
            )
        except reading.ReplyRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{shown.told_by} can read your reply.")
        return redirect("reviews:feedback", feedback_id)
    shown = reading.read_feedback(shown, by=request.user, at=clock.now())
    lines = selectors.mark_lines(request.user, shown.review)
    today = clock.today()
    disputable = {
        each.mark.pk
        for each in lines
        if is_allowed(policies.check_can_dispute, request.user, shown, each.mark, today)
    }
    context = {
        **_letter_of(request, shown),
        "form": form,
        "feedback": shown,
        "told": selectors.told_to(request.user, shown),
        "others_told": selectors.other_feedback(request.user, shown),
        "limit_changes": shown.limit_changes.filter(dispute=None),
        "is_too_late": today > shown.dispute_by,
        "review": shown.review,
        "letter": shown.review.drawn_letter,
        "result": selectors.result_of(shown.review),
        "faults": [each for each in lines if each.is_fault],
        "others": [each for each in lines if not each.is_fault],
        "disputable": disputable,
        "may_acknowledge": is_allowed(policies.check_can_acknowledge, request.user, shown),
        "state": ANSWERS[selectors.state_of(shown.review)],
    }
    return render(request, "reviews/feedback.html", context)


@page(Permission.FEEDBACK_ANSWER, methods=("POST",))
def feedback_acknowledge(request: SignedInRequest, feedback_id: int) -> HttpResponse:
    """Record that this person has read their feedback."""
    shown = selectors.feedback_for(request.user, feedback_id)
    if shown.acknowledged_at is not None:
        messages.success(request, "This was done already: you have said that you read it.")
        return redirect("reviews:feedback", feedback_id)
    try:
        services.acknowledge_feedback(shown, by=request.user, at=clock.now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Thank you. Your manager can see that you have read it.")
    return redirect("reviews:feedback", feedback_id)


@page(Permission.FEEDBACK_ANSWER, methods=("GET", "POST"))
def mark_dispute(request: SignedInRequest, feedback_id: int, mark_id: int) -> HttpResponse:
    """Let a drafter say why a mark is wrong."""
    shown = selectors.feedback_for(request.user, feedback_id)
    mark = selectors.mark_of(shown, mark_id)
    if selectors.is_disputed(shown, mark):
        messages.success(request, "This was done already: you have disputed this mark.")
        return redirect("reviews:feedback", feedback_id)
    try:
        policies.check_can_dispute(request.user, shown, mark, clock.today())
    except NotAllowed as refusal:
        return _dispute_refused(request, shown, str(refusal))
    form = forms.DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            raised = services.dispute_mark(
                shown, mark, by=request.user, at=clock.now(), reason=form.cleaned_data["reason"]
            )
        except services.DisputeRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            day = f"{raised.decide_by:%A} {raised.decide_by.day} {raised.decide_by:%B}"
            messages.success(request, f"Disputed. Somebody else decides by the end of {day}.")
            return redirect("reviews:feedback", feedback_id)
    services.see_review(shown.review, by=request.user, at=clock.now())
    context = {
        **_letter_of(request, shown),
        "form": form,
        "feedback": shown,
        "line": selectors.line_of(request.user, mark),
    }
    return render(request, "reviews/mark_dispute.html", context)


def _dispute_refused(request: SignedInRequest, feedback: Feedback, why: str) -> HttpResponse:
    """Say why a mark is not disputed here, and to whom its drafter can still turn."""
    context = {
        "feedback": feedback,
        "marker": feedback.review.marker,
        "refusal": why,
        "managers": selectors.who_decides_disputes(feedback),
    }
    return render(request, "reviews/dispute_refused.html", context, status=403)


def _letter_of(request: SignedInRequest, feedback: Feedback) -> dict[str, Any]:
    """Return the words that were marked, and whether this person may open the letter's page."""
    review = feedback.review
    marks = {each.criterion.code: each for each in selectors.marks_of(review)}
    return {
        "letter": review.drawn_letter,
        "parts": selectors.parts_of(review, marks),
        "may_open_letter": selectors.may_open_letter(request.user, review),
    }
