"""Second marks: given without the first ones, then both side by side."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.reviews import selectors
from forthright.reviews.forms import FollowsForm
from forthright.reviews.models import Review, SecondMarking
from forthright.reviews.selectors.lists import reviews_to_mark_blind, reviews_visible_to
from forthright.reviews.selectors.record import in_time, record_of
from forthright.reviews.selectors.second_marks import (
    both_levels,
    levels_stamp,
    second_levels,
    second_marking_for,
)
from forthright.reviews.selectors.second_urgent import found_in, second_marks_to_act_on
from forthright.reviews.selectors.taken_back import taken_back_from
from forthright.reviews.services import UrgentActsMissing
from forthright.reviews.services import second_marking as services
from forthright.reviews.services.second_urgent import record_what_follows
from forthright.rules.marking import UrgentAct
from forthright.rules.quotations import paragraphs_of
from forthright.rules.rubric import Level
from forthright.rules.scoring import MarksHaveProblems
from forthright.standards.models import Level as LevelChoices
from forthright.standards.selectors import rubric_of
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

LEVEL_WORDS = {value: words.lower() for value, words in LevelChoices.choices}
CHANGED = (
    "These marks were changed in another window after you opened this page. What you chose here "
    "is still on the page: look at it, and save it again if it is right."
)


@page(Permission.REVIEW_SEE)
def second_marks(request: SignedInRequest, marking_id: int) -> HttpResponse:
    """Show both markers' levels side by side, once both are done."""
    marking = second_marking_for(request.user, marking_id)
    if marking.marked_at is None:
        return redirect("reviews:second_mark", marking_id)
    if reviews_to_mark_blind(request.user).filter(pk=marking.review_id).exists():
        thing = marking.review.drawn_letter.words.thing
        messages.info(
            request,
            f"You still mark this {thing} elsewhere without its first marks. Once that is done, "
            "both marks are shown here.",
        )
        return redirect("reviews:reviews")
    return _both_shown(request, marking)


def _both_shown(
    request: SignedInRequest, marking: SecondMarking, form: FollowsForm | None = None
) -> HttpResponse:
    services.see_second_marking(marking, by=request.user, at=clock.now())
    both = both_levels(marking)
    reached = reviews_visible_to(request.user).filter(pk=marking.review_id).exists()
    context = {
        "marking": marking,
        "review": marking.review,
        "named": marking.review.drawn_letter.named if reached else marking.named,
        "first": selectors.LevelShown.of(marking.review.overall),
        "second": selectors.LevelShown.of(marking.overall),
        "lines": [
            (each.criterion, selectors.LevelShown.of(each.first),
             selectors.LevelShown.of(each.second), each.first == each.second)
            for each in both
        ],
        "alike": sum(each.first == each.second for each in both),
        "found": found_in(marking),
        "acts": [UrgentAct(act).words for act in marking.urgent_acts],
        "form": form or _form_of(request, marking),
    }  # fmt: skip
    return render(request, "reviews/second_marks.html", context)


def _form_of(request: SignedInRequest, marking: SecondMarking) -> FollowsForm | None:
    """Return the form for what follows, for who is asked."""
    if not second_marks_to_act_on(request.user).filter(pk=marking.pk).exists():
        return None
    return FollowsForm(request.POST or None, subject=marking.review.edition.subject)


@page(Permission.REVIEW_MARK, Permission.DISCLOSURE_MARK, methods=("POST",))
def what_follows(request: SignedInRequest, marking_id: int) -> HttpResponse:
    """Keep what follows from a critical failing that second marks found."""
    marking = second_marking_for(request.user, marking_id)
    form = _form_of(request, marking)
    if form is not None and form.is_valid():
        said = form.cleaned_data
        try:
            record_what_follows(
                marking, said["acts"], said["urgent_note"], by=request.user, at=clock.now()
            )
        except UrgentActsMissing as refusal:
            form.add_error("urgent_note" if said["acts"] else None, str(refusal))
        else:
            messages.success(request, "Recorded. Both marks stay as they are.")
            return redirect("reviews:second_marks", marking_id)
    if form is None:
        messages.info(request, "Somebody else has said what follows, or you are not asked.")
        return redirect("reviews:second_marks", marking_id)
    return _both_shown(request, marking, form)


@page(Permission.REVIEW_MARK, Permission.DISCLOSURE_MARK, methods=("GET", "POST"))
def second_mark(request: SignedInRequest, marking_id: int) -> HttpResponse:
    """Show a letter without its first marks, and keep the second ones."""
    if request.method == "POST" and (review := taken_back_from(request.user, marking_id)):
        return _given_back(request, review, _taken_back_words(review))
    marking = second_marking_for(request.user, marking_id)
    if marking.marked_at is not None:
        return _finished_already(request, marking)
    if request.method != "POST":
        return _shown(request, marking, second_levels(marking))
    try:
        return _kept(request, marking)
    except (NotAllowed, Http404, SecondMarking.DoesNotExist) as refusal:
        # It was taken back in this very moment, or may not be marked by this person any more.
        taken = taken_back_from(request.user, marking_id)
        if taken is None and not isinstance(refusal, NotAllowed):
            raise
        said = _taken_back_words(taken) if taken else str(refusal)
        return _given_back(request, marking.review, said)


def _taken_back_words(review: Review) -> str:
    thing = review.drawn_letter.words.thing
    return (
        f"This {thing} was taken back from you, and may be with another second marker by now. "
        "That is so where somebody marks no more or may not mark it without the marks of others, "
        "where its words were withdrawn, or where the standard in force asks otherwise than the "
        "edition by which it was marked first."
    )


def _given_back(request: SignedInRequest, review: Review, refusal: str) -> HttpResponse:
    """Give back to a second marker what they chose and what can be kept no more."""
    chosen = _chosen(request, review)
    context = {
        "refusal": refusal,
        "chosen": [
            (each, selectors.LevelShown.of(Level(chosen[each.code])))
            for each in rubric_of(review.edition).quality_criteria
            if chosen.get(each.code) in set(Level)
        ],
    }
    return render(request, "reviews/second_mark_too_late.html", context, status=403)


def _finished_already(request: SignedInRequest, marking: SecondMarking) -> HttpResponse:
    """Lead to both marks once they are finished, and say what another window chose in vain."""
    kept = second_levels(marking)
    lost = {
        code: level
        for code, level in _chosen(request, marking.review).items()
        if level != kept.get(code)
    }
    if lost:
        said = "; ".join(f"{code} {LEVEL_WORDS.get(level, level)}" for code, level in lost.items())
        messages.error(
            request,
            "You had finished these marks in another window, and they no longer change. What you "
            f"chose in this one and was not kept: {said}.",
        )
    elif request.method == "POST":
        messages.success(request, "This was done already: your second marks are finished.")
    return redirect("reviews:second_marks", marking.pk)


def _chosen(request: SignedInRequest, review: Review) -> dict[str, str]:
    """Return the levels that were sent, by code."""
    codes = [each.code for each in rubric_of(review.edition).quality_criteria]
    return {code: request.POST[code] for code in codes if request.POST.get(code)}


def _kept(request: SignedInRequest, marking: SecondMarking) -> HttpResponse:
    """Keep what was chosen, unless another window was quicker, and go where was asked."""
    chosen = _chosen(request, marking.review)
    if request.POST.get("seen") != levels_stamp(second_levels(marking)):
        messages.error(request, CHANGED)
        return _shown(request, marking, chosen)
    try:
        services.save_second_levels(marking, chosen, by=request.user, at=clock.now())
    except NotAllowed:
        marking = second_marking_for(request.user, marking.pk)
        if marking.marked_at is None:
            raise
        return _finished_already(request, marking)
    except services.NoSuchLevel as refusal:
        messages.error(request, f"Nothing was saved. {refusal}")
        return _shown(request, marking, chosen)
    return _gone_on(request, marking)


def _gone_on(request: SignedInRequest, marking: SecondMarking) -> HttpResponse:
    """Go where was asked once what was chosen is kept: to finish, or to another time."""
    if request.POST.get("then") != "finish":
        messages.success(request, "Saved. Go on when you like.")
        return redirect("reviews:reviews")
    try:
        services.finish_second_marking(marking, by=request.user, at=clock.now())
    except MarksHaveProblems as refusal:
        messages.error(request, f"Saved, but not finished. {refusal}")
        return redirect("reviews:second_mark", marking.pk)
    messages.success(request, "Second marks finished. Both marks stay as they are.")
    return redirect("reviews:second_marks", marking.pk)


def _shown(
    request: SignedInRequest, marking: SecondMarking, chosen: dict[str, Level] | dict[str, str]
) -> HttpResponse:
    sheet = services.open_second_marking(marking, by=request.user, at=clock.now())
    drawn = marking.review.drawn_letter
    context = {
        "marking": marking,
        "letter": drawn,
        "seen": levels_stamp(sheet.levels),
        "parts": paragraphs_of(sheet.text),
        "hides_names": bool(marking.words),
        "record": None if marking.words else record_of(drawn),
        "in_time": in_time(drawn, clock.today()),
        "cards": [
            (each, [(level, each.levels.get(level), level == chosen.get(each.code))
                    for level in sheet.offered[each.code]])
            for each in sheet.criteria
        ],
        "given": sum(each.code in chosen for each in sheet.criteria),
    }  # fmt: skip
    return render(request, "reviews/second_mark.html", context)
