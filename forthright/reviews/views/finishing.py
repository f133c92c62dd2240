"""Checking marks before they are locked, and telling the drafter afterwards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.reviews import forms, policies, selectors, services
from forthright.reviews.models import Feedback, Review
from forthright.reviews.selectors import Sheet
from forthright.rules.deadlines import DisputeDeadline
from forthright.rules.marking import UrgentAct, feedback_text, spent_words
from forthright.rules.sampled import Subject
from forthright.rules.words import day_words
from forthright.rules.working_days import CalendarTooShort
from forthright.schemes.selectors import AreaNotStarted, NoRulesInForce
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

NOTHING_SENT = {
    Subject.LETTERS: "No letter was sent to somebody who was owed one.",
    Subject.DISCLOSURE: "No initial disclosure was served on a defendant who was owed it.",
}
NO_DEADLINE = (AreaNotStarted, CalendarTooShort, NoRulesInForce)


@page(Permission.REVIEW_MARK, Permission.DISCLOSURE_MARK, methods=("GET", "POST"))
def check(request: SignedInRequest, drawn_letter_id: int) -> HttpResponse:
    """Show all marks and what they come to, and lock them."""
    review = selectors.own_review_for(request.user, drawn_letter_id)
    if review.marked_at is not None:
        return _finished_already(request, review)
    policies.check_can_change_marks(request.user, review)
    sheet = selectors.sheet_of(review, clock.now())
    if request.method == "POST":
        return _finish(request, sheet)
    services.see_review(review, by=request.user, at=clock.now())
    overall = None if sheet.problems else services.overall_of(sheet)
    context = {
        "review": review,
        "sheet": sheet,
        "said": sheet.said,
        "letter": review.drawn_letter,
        "lines": selectors.mark_lines(request.user, review, sheet),
        "problems": sheet.problems,
        "overall": overall,
        "level": selectors.LevelShown.of(overall.level) if overall else None,
        "in_time": selectors.in_time(review.drawn_letter, clock.today()),
        "spent": spent_words(review.seconds_spent),
        "urgent": [UrgentAct(each).words for each in review.urgent_acts],
        "is_urgent": bool(sheet.failures),
    }
    return render(request, "reviews/check.html", context)


def _finish(request: SignedInRequest, sheet: Sheet) -> HttpResponse:
    """Lock the marks this person was shown, and no others."""
    drawn_letter_id = sheet.review.drawn_letter_id
    if request.POST.get("seen") != sheet.stamp:
        messages.error(
            request, "The marks were changed after you opened this page. Look at them again."
        )
        return redirect("reviews:check", drawn_letter_id)
    try:
        services.finish_review(sheet.review, by=request.user, at=clock.now())
    except services.ReviewHasProblems as refusal:
        messages.error(request, str(refusal))
        return redirect("reviews:check", drawn_letter_id)
    except NotAllowed:
        review = selectors.own_review_for(request.user, drawn_letter_id)
        if review.marked_at is None:
            raise
        return _finished_already(request, review)
    author = sheet.review.drawn_letter.words.author
    messages.success(request, f"Marking finished. Now tell the {author}.")
    return redirect("reviews:feedback_give", drawn_letter_id)


def _finished_already(request: SignedInRequest, review: Review) -> HttpResponse:
    """Lead on from marks that are finished, for whoever presses twice or comes back."""
    messages.success(request, "This was done already: the marks are finished.")
    is_told = selectors.feedback_of(review) is not None
    address = "reviews:review" if is_told else "reviews:feedback_give"
    return redirect(address, review.drawn_letter_id)


@page(Permission.REVIEW_MARK, Permission.DISCLOSURE_MARK, methods=("GET", "POST"))
def feedback_give(request: SignedInRequest, drawn_letter_id: int) -> HttpResponse:
    """Tell the drafter, or record how somebody without an account was told."""
    review = selectors.own_review_for(request.user, drawn_letter_id)
    if review.marked_at is None:
        return redirect("reviews:mark", drawn_letter_id)
    if selectors.feedback_of(review) is not None:
        return _told_already(request, review)
    policies.check_can_tell(request.user, review)
    drafter = services.can_be_told_here(review)
    form = _tell_form(request, review, is_here=drafter is not None)
    if request.method == "POST" and form.is_valid():
        try:
            feedback = _tell(request, review, form, is_here=drafter is not None)
        except (services.TellingRefused, *NO_DEADLINE) as refusal:
            form.add_error(None, str(refusal))
        except NotAllowed:
            review = selectors.own_review_for(request.user, drawn_letter_id)
            if selectors.feedback_of(review) is None:
                raise
            return _told_already(request, review)
        else:
            told = feedback.drafter or feedback.told_name
            thing = review.drawn_letter.words.thing
            messages.success(request, f"{told} has been told. This {thing} is finished.")
            return redirect("reviews:reviews")
    services.see_review(review, by=request.user, at=clock.now())
    context = {
        "form": form,
        "review": review,
        "drafter": drafter,
        "tell_words": f"Tell the {review.drawn_letter.words.author}",
        "result": selectors.result_of(review),
        "lines": [each for each in selectors.mark_lines(request.user, review) if each.is_fault],
        "limit": _limit(review),
    }
    return render(request, "reviews/feedback_give.html", context)


def _limit(review: Review) -> DisputeDeadline | None:
    try:
        return services.dispute_limit(review, clock.today())
    except NO_DEADLINE:
        return None


def _told_already(request: SignedInRequest, review: Review) -> HttpResponse:
    """Lead on from feedback that was given, for whoever presses twice or comes back."""
    feedback = selectors.feedback_of(review)
    if feedback is not None:
        told = feedback.drafter or feedback.told_name
        day = day_words(clock.day_of(feedback.told_at))
        messages.success(request, f"This was done already: {told} was told on {day}.")
    return redirect("reviews:review", review.drawn_letter_id)


def _tell_form(request: SignedInRequest, review: Review, *, is_here: bool) -> forms.TellForm:
    data = request.POST or None
    text = _feedback_text(review)
    if is_here:
        return forms.TellForm(data, initial={"text": text})
    drawn = review.drawn_letter
    who = drawn.author.full_name if drawn.author else drawn.author_name
    return forms.TellingForm(data, initial={"text": text, "who": who, "on": clock.today()})


def _tell(
    request: SignedInRequest, review: Review, form: forms.TellForm, *, is_here: bool
) -> Feedback:
    cleaned = form.cleaned_data
    now = clock.now()
    if is_here:
        return services.tell_drafter(review, by=request.user, at=now, text=cleaned["text"])
    telling = services.Telling(who=cleaned["who"], how=cleaned["how"], on=cleaned["on"])
    return services.record_telling(review, telling, by=request.user, at=now, text=cleaned["text"])


def _feedback_text(review: Review) -> str:
    """Return the words to tell the drafter with, made from the marks."""
    result, said = selectors.result_of(review), selectors.said_to(review.marker, review)
    if not selectors.has_letter(review, clock.now()):
        parts = [
            NOTHING_SENT[review.drawn_letter.subject],
            f"What the record shows: {said.not_sent_because}",
            f"To change: {said.to_change}" if said.to_change else "",
        ]
        return "\n\n".join(part for part in parts if part)
    faults = [
        f"{each.criterion.code} ({each.criterion.title.lower()})"
        for each in selectors.mark_lines(review.marker, review)
        if each.is_fault
    ]
    return feedback_text(
        done_well=said.done_well,
        to_change=said.to_change,
        overall=result.quality.words,
        because=result.because,
        faults=faults,
    )
