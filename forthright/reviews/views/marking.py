"""The marking screen: a letter on one side, the marks on the other, saved as you go."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.letters.services import WordsRefused, keep_words
from forthright.reviews import forms, policies, selectors, services
from forthright.reviews.models import Review
from forthright.reviews.selectors import Sheet
from forthright.rules.marking import UrgentAct
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.page import SignedInRequest, page
from forthright.web.templatetags.plain_words import clock_time


@page(Permission.REVIEW_MARK, methods=("GET", "POST"))
def mark(request: SignedInRequest, drawn_letter_id: int) -> HttpResponse:
    """Show a drawn letter with its marks, and keep what is filled in."""
    letter = selectors.drawn_letter_for(request.user, drawn_letter_id)
    try:
        review = services.open_review(letter, by=request.user, at=clock.now())
    except services.NoStandard as refusal:
        messages.error(request, str(refusal))
        return redirect("reviews:reviews")
    if review.marked_at is not None:
        return redirect("reviews:review", drawn_letter_id)
    if not letter.was_sent:
        return _not_sent(request, review)
    sheet = selectors.sheet_of(review)
    if request.method == "POST":
        return _save_all(request, review, sheet)
    parts = {
        "form": forms.MarkingForm(rubric=sheet.rubric),
        "summary": forms.SummaryForm(rubric=sheet.rubric, initial=_summary_of(review)),
        "urgent": forms.UrgentForm(initial=_urgent_of(review)),
    }
    return _screen(request, sheet, parts)


def _save_all(request: SignedInRequest, review: Review, sheet: Sheet) -> HttpResponse:
    """Keep all that can be kept, then go where the button says or show what cannot."""
    form = forms.MarkingForm(request.POST, rubric=sheet.rubric)
    summary = forms.SummaryForm(request.POST, rubric=sheet.rubric)
    urgent = forms.UrgentForm(request.POST)
    is_whole = form.is_valid() & summary.is_valid() & urgent.is_valid()
    saved = services.save_marks(
        review, form.answers(), by=request.user, at=clock.now(), summary=summary.summary()
    )
    for code, problem in saved.problems.items():
        form.add_error(f"{code}_quotation", problem)
        is_whole = False
    if urgent.cleaned_data.get("acts") or urgent.cleaned_data.get("urgent_note"):
        is_whole = _record_urgent(request, review, urgent) and is_whole
    if not is_whole:
        sheet = selectors.sheet_of(selectors.own_review_for(request.user, review.drawn_letter_id))
        return _screen(request, sheet, {"form": form, "summary": summary, "urgent": urgent})
    if request.POST.get("then") == "check":
        return redirect("reviews:check", review.drawn_letter_id)
    if request.POST.get("then") == "later":
        messages.success(request, "Saved. You can go on where you stopped.")
        return redirect("reviews:reviews")
    address = reverse("reviews:mark", args=[review.drawn_letter_id])
    next_code = selectors.sheet_of(review).progress.next_code
    return redirect(f"{address}#{next_code or 'whole'}")


def _record_urgent(request: SignedInRequest, review: Review, form: forms.UrgentForm) -> bool:
    said = form.cleaned_data
    if said["acts"] == review.urgent_acts and said["urgent_note"].strip() == review.urgent_note:
        return True
    try:
        services.record_urgent_acts(
            review, by=request.user, at=clock.now(), acts=said["acts"], note=said["urgent_note"]
        )
    except services.UrgentActsMissing as refusal:
        form.add_error("urgent_note" if said["acts"] else "acts", str(refusal))
        return False
    return True


@page(Permission.REVIEW_MARK, methods=("POST",))
def mark_save(request: SignedInRequest, drawn_letter_id: int, code: str) -> HttpResponse:
    """Keep one criterion, or the letter as a whole, and answer with what changed on the screen."""
    review = selectors.own_review_for(request.user, drawn_letter_id)
    rubric = selectors.sheet_of(review).rubric
    now = clock.now()
    problem = ""
    if code == "whole":
        summary = forms.SummaryForm(request.POST, rubric=rubric)
        if summary.is_valid():
            services.save_summary(review, summary.summary(), by=request.user, at=now)
        problem = _first_problem(summary)
    else:
        form = forms.MarkingForm(request.POST, rubric=rubric, codes=[code])
        if form.is_valid():
            saved = services.save_marks(review, form.answers(), by=request.user, at=now)
            problem = saved.problems.get(code, "")
        problem = problem or _first_problem(form)
    review = selectors.own_review_for(request.user, drawn_letter_id)
    sheet = selectors.sheet_of(review, rubric=rubric)
    return JsonResponse(_changed(request, sheet, code, problem))


def _first_problem(form: Any) -> str:
    return next((str(errors[0]) for errors in form.errors.values()), "")


def _changed(request: SignedInRequest, sheet: Sheet, code: str, problem: str) -> dict[str, Any]:
    """Return what a save changed on the screen, for the script to show."""
    review = sheet.review
    kept = sheet.marks.get(code)
    urgent = {
        "sheet": sheet,
        "urgent": forms.UrgentForm(initial=_urgent_of(review)),
        "urgent_acts": list(UrgentAct),
    }
    return {
        "saved": clock_time(clock.now()),
        "problem": problem,
        "progress": sheet.progress.words,
        "next": sheet.progress.next_code,
        "quotation": kept.quotation if kept else "",
        "letter": render_to_string(
            "reviews/_letter.html", {"parts": selectors.parts_of(review, sheet.marks)}
        ),
        "failures": " ".join(each.code for each in sheet.failures),
        "urgent": render_to_string("reviews/_urgent.html", urgent, request),
    }


def _screen(request: SignedInRequest, sheet: Sheet, parts: dict[str, Any]) -> HttpResponse:
    review = sheet.review
    duty = review.drawn_letter.duty
    form: forms.MarkingForm = parts["form"]
    faulty = [each for each in parts.values() if each.is_bound and each.errors]
    context = {
        **parts,
        "cards": form.cards(sheet.marks),
        "faulty": faulty,
        # The frame of the page asks this one whether the title begins with “Error”.
        "form": faulty[0] if faulty else form,
        "sheet": sheet,
        "review": review,
        "letter": review.drawn_letter,
        "parts": selectors.parts_of(review, sheet.marks),
        "record": selectors.record_of(duty),
        "in_time": selectors.in_time(duty, clock.today()),
        "urgent_acts": list(UrgentAct),
        "last_saved": max((each.saved_at for each in sheet.marks.values()), default=None),
    }
    return render(request, "reviews/mark.html", context)


def _summary_of(review: Review) -> dict[str, str]:
    return {
        "done_well": review.done_well,
        "to_change": review.to_change,
        "root_cause": review.root_cause.code if review.root_cause else "",
    }


def _urgent_of(review: Review) -> dict[str, Any]:
    return {"acts": review.urgent_acts, "urgent_note": review.urgent_note}


def _not_sent(request: SignedInRequest, review: Review) -> HttpResponse:
    """Ask why a letter was never sent."""
    sheet = selectors.sheet_of(review)
    duty = review.drawn_letter.duty
    initial = {**_summary_of(review), "because": review.not_sent_because}
    form = forms.NotSentForm(request.POST or None, rubric=sheet.rubric, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.save_not_sent(review, by=request.user, at=clock.now(), **form.cleaned_data)
        return redirect("reviews:check", review.drawn_letter_id)
    context = {
        "form": form,
        "review": review,
        "letter": review.drawn_letter,
        "record": selectors.record_of(duty),
        "in_time": selectors.in_time(duty, clock.today()),
    }
    return render(request, "reviews/not_sent.html", context)


@page(Permission.REVIEW_MARK, methods=("GET", "POST"))
def words_add(request: SignedInRequest, drawn_letter_id: int) -> HttpResponse:
    """Take in the words of a letter that came without them."""
    letter = selectors.drawn_letter_for(request.user, drawn_letter_id)
    policies.check_can_mark(request.user, letter)
    form = forms.WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            keep_words(letter.duty, text=form.cleaned_data["text"], by=request.user, at=clock.now())
        except WordsRefused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, "The letter’s words are kept.")
            return redirect("reviews:mark", drawn_letter_id)
    see_letter(letter.duty, by=request.user, at=clock.now())
    return render(request, "reviews/words_add.html", {"form": form, "letter": letter})
