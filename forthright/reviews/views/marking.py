"""The marking screen: a letter on one side, the marks on the other, saved as you go."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.disclosure.selectors.duties import may_see_sensitive
from forthright.disclosure.selectors.papers import adequate_because, sensitive_lines
from forthright.disclosure.services.seeing import see_items
from forthright.letters.services import WordsRefused, keep_words
from forthright.reviews import forms, policies, selectors, services
from forthright.reviews.models import Review
from forthright.reviews.selectors import Sheet
from forthright.rules.marking import UrgentAct
from forthright.rules.sampling import BECAUSE_OVERRULED
from forthright.rules.written import cleaned
from forthright.samples import selectors as samples
from forthright.samples.models import DrawnLetter
from forthright.samples.selectors.overruled import overrides_by_letter
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.page import SignedInRequest, page
from forthright.web.templatetags.plain_words import clock_time


@page(Permission.REVIEW_MARK, Permission.DISCLOSURE_MARK, methods=("GET", "POST"))
def mark(request: SignedInRequest, drawn_letter_id: int) -> HttpResponse:
    """Show a drawn letter with its marks, and keep what is filled in."""
    letter = selectors.drawn_letter_for(request.user, drawn_letter_id)
    # To look begins nothing; the marking begins when something of it is first kept.
    opened = services.open_review if request.method == "POST" else services.see_letter_to_mark
    try:
        review = opened(letter, by=request.user, at=clock.now())
    except services.NoStandard as refusal:
        messages.error(request, str(refusal))
        return redirect("reviews:reviews")
    if review.marked_at is not None:
        if request.method == "POST":
            messages.error(
                request, "These marks were finished already, so nothing was changed by this page."
            )
        return redirect("reviews:review", drawn_letter_id)
    sheet = selectors.sheet_of(review, clock.now())
    if not sheet.is_sent:
        return _not_sent(request, sheet)
    if request.method == "POST":
        is_of_not_sent = "because" in request.POST
        return _not_sent(request, sheet) if is_of_not_sent else _save_all(request, sheet)
    parts = {
        "form": forms.MarkingForm(sheet=sheet),
        "summary": forms.SummaryForm(
            rubric=sheet.rubric, words=letter.words, initial=_summary_of(review)
        ),
        "urgent": forms.UrgentForm(initial=_urgent_of(review)),
    }
    return _screen(request, sheet, parts)


def _save_all(request: SignedInRequest, sheet: Sheet) -> HttpResponse:
    """Keep all that can be kept, then go where the button says or show what cannot."""
    review = sheet.review
    form = forms.MarkingForm(request.POST, sheet=sheet)
    summary = forms.SummaryForm(request.POST, rubric=sheet.rubric, words=review.drawn_letter.words)
    urgent = forms.UrgentForm(request.POST)
    is_whole = form.is_valid() & summary.is_valid() & urgent.is_valid()
    whole = None if forms.lets_stand(summary, services.WHOLE) else summary.summary()
    saved = services.save_marks(
        review, form.answers(), by=request.user, at=clock.now(), summary=whole
    )
    for code, problem in saved.problems.items():
        form.add_error(f"{code}_quotation", problem)
    for box, why in saved.refused.items():
        (summary if box in summary.fields else form).add_error(box, why)
    for code in saved.overtaken:
        where = (summary, "done_well") if code == services.WHOLE else (form, f"{code}_level")
        where[0].add_error(where[1], f"{_named(sheet, code)}: {services.CHANGED_MEANWHILE}")
    is_whole = is_whole and not (saved.problems or saved.refused or saved.overtaken)
    if urgent.is_valid() and (urgent.cleaned_data["acts"] or urgent.cleaned_data["urgent_note"]):
        is_whole = _record_urgent(request, review, urgent) and is_whole
    if not is_whole:
        review = _shown_again(request, review)
        sheet = selectors.sheet_of(review, clock.now(), rubric=sheet.rubric)
        parts = {"form": form, "summary": summary, "urgent": urgent}
        return _screen(request, sheet, parts, saved.overtaken)
    return _go_on(request, review)


def _shown_again(request: SignedInRequest, review: Review) -> Review:
    """Return a marking as it is kept now, to show with the letter once more."""
    return services.see_letter_to_mark(review.drawn_letter, by=request.user, at=clock.now())


def _go_on(request: SignedInRequest, review: Review) -> HttpResponse:
    """Go where the button says, once everything is saved."""
    if request.POST.get("then") == "check":
        return redirect("reviews:check", review.drawn_letter_id)
    if request.POST.get("then") == "later":
        messages.success(request, "Saved. You can go on where you stopped.")
        return redirect("reviews:reviews")
    address = reverse("reviews:mark", args=[review.drawn_letter_id])
    next_code = selectors.sheet_of(review, clock.now()).progress.next_code
    return redirect(f"{address}#{next_code or 'whole'}")


def _named(sheet: Sheet, code: str) -> str:
    if code == services.WHOLE:
        return f"The {sheet.review.drawn_letter.words.thing} as a whole"
    return f"{code} {sheet.rubric.criterion(code).title.lower()}"


def _record_urgent(request: SignedInRequest, review: Review, form: forms.UrgentForm) -> bool:
    said = form.cleaned_data
    is_same = said["acts"] == review.urgent_acts
    if is_same and cleaned(said["urgent_note"]) == _urgent_of(review)["urgent_note"]:
        return True
    if forms.lets_stand(form, "urgent"):
        return True
    try:
        services.record_urgent_acts(
            review, by=request.user, at=clock.now(), acts=said["acts"], note=said["urgent_note"],
            base=forms.base_of(form, "urgent"),
        )  # fmt: skip
    except (services.UrgentActsMissing, services.TellsSensitive, services.Overtaken) as refusal:
        is_note = bool(said["acts"]) and not isinstance(refusal, services.Overtaken)
        form.is_overtaken = isinstance(refusal, services.Overtaken)
        form.add_error("urgent_note" if is_note else "acts", str(refusal))
        return False
    return True


@page(Permission.REVIEW_MARK, Permission.DISCLOSURE_MARK, methods=("POST",))
def mark_save(request: SignedInRequest, drawn_letter_id: int, code: str) -> HttpResponse:
    """Keep one criterion, or the letter as a whole, and answer with what changed on the screen."""
    letter = selectors.drawn_letter_for(request.user, drawn_letter_id)
    now = clock.now()
    try:
        review = services.open_review(letter, by=request.user, at=now)
    except services.NoStandard as refusal:
        raise Http404 from refusal
    sheet = selectors.sheet_of(review, now)
    form: forms.SummaryForm | forms.MarkingForm
    if code == services.WHOLE:
        form = forms.SummaryForm(request.POST, rubric=sheet.rubric, words=letter.words)
    else:
        form = forms.MarkingForm(request.POST, sheet=sheet, codes=[code])
    saved = services.Saved()
    if form.is_valid() and not forms.lets_stand(form, code):
        saved = _save_one(request, review, form)
    refused = next(iter(saved.refused.values()), "")
    problem = saved.problems.get(code, "") or refused or _first_problem(form)
    review = selectors.own_review_for(request.user, drawn_letter_id)
    sheet = selectors.sheet_of(review, now, rubric=sheet.rubric)
    changed = _changed(request, sheet, code, problem)
    return JsonResponse({**changed, **_asked(request, sheet, code, is_asked=bool(saved.overtaken))})


def _save_one(
    request: SignedInRequest, review: Review, form: forms.SummaryForm | forms.MarkingForm
) -> services.Saved:
    now = clock.now()
    if isinstance(form, forms.SummaryForm):
        return services.save_summary(review, form.summary(), by=request.user, at=now)
    return services.save_marks(review, form.answers(), by=request.user, at=now)


def _asked(request: SignedInRequest, sheet: Sheet, code: str, *, is_asked: bool) -> dict[str, Any]:
    """Return the stamp of what is kept and what it says, and the question where it is asked."""
    review = sheet.review
    if code == services.WHOLE:
        clash, kept = selectors.whole_clash(review), _summary_of(review)
    else:
        clash = selectors.clash_of(sheet, code)
        words = (sheet.quotation_of(code), sheet.note_of(code))
        kept = dict(
            zip(
                (f"{code}_level", f"{code}_quotation", f"{code}_note"),
                (sheet.level_of(code), *words),
                strict=True,
            )
        )
    question = render_to_string("reviews/_clash.html", {"clash": clash}, request)
    return {"stamp": clash.stamp, "kept": kept, "clash": question if is_asked else ""}


def _first_problem(form: Any) -> str:
    return next((str(errors[0]) for errors in form.errors.values()), "")


def _changed(request: SignedInRequest, sheet: Sheet, code: str, problem: str) -> dict[str, Any]:
    """Return what a save changed on the screen, for the script to show."""
    review = sheet.review
    urgent = {
        "sheet": sheet,
        "urgent": forms.UrgentForm(initial=_urgent_of(review)),
        "urgent_acts": UrgentAct.of(review.drawn_letter.subject),
        "urgent_saved": selectors.urgent_stamp(review),
    }
    return {
        "saved": clock_time(clock.now()),
        "problem": problem,
        "progress": sheet.progress.words,
        "next": sheet.progress.next_code,
        "quotation": sheet.quotation_of(code),
        "letter": render_to_string(
            "reviews/_letter.html", {"parts": selectors.parts_of(review, sheet.marks)}
        ),
        "failures": " ".join(each.code for each in sheet.failures),
        "urgent": render_to_string("reviews/_urgent.html", urgent, request),
    }


def _screen(
    request: SignedInRequest,
    sheet: Sheet,
    parts: dict[str, Any],
    overtaken: Collection[str] = (),
) -> HttpResponse:
    review = sheet.review
    drawn = review.drawn_letter
    overruled = overrides_by_letter([drawn.duty_id])[drawn.duty_id] if drawn.duty_id else []
    form: forms.MarkingForm = parts["form"]
    faulty = [each for each in parts.values() if each.is_bound and each.errors]
    context = {
        **parts,
        **_stamps(review, parts, overtaken),
        "cards": form.cards(sheet, overtaken),
        "faulty": faulty,
        # The frame of the page asks this one whether the title begins with “Error”.
        "form": faulty[0] if faulty else form,
        "sheet": sheet,
        "review": review,
        "letter": review.drawn_letter,
        "parts": selectors.parts_of(review, sheet.marks),
        "record": selectors.record_of(drawn),
        "in_time": selectors.in_time(drawn, clock.today()),
        "urgent_acts": UrgentAct.of(drawn.subject),
        "overruled": overruled,
        "is_drawn_for_it": drawn.because == BECAUSE_OVERRULED,
        **_beside_papers(request, drawn),
        "marked_before": _marked_before(review),
        "since_drawn": samples.since_drawn_of(review.drawn_letter),
        "last_saved": max((each.saved_at for each in sheet.marks.values()), default=None),
    }
    return render(request, "reviews/mark.html", context)


def _beside_papers(request: SignedInRequest, drawn: DrawnLetter) -> dict[str, Any]:
    """Return what of a disclosure stands in no papers, for a marker who may see it."""
    if drawn.disclosure is None:
        return {}
    may_see = may_see_sensitive(request.user, drawn.disclosure)
    lines = sensitive_lines(drawn.disclosure)
    because = adequate_because(drawn.disclosure)
    if may_see and (lines or because):
        see_items(drawn.disclosure, items=len(lines), with_sensitive=True, by=request.user,
                  at=clock.now())  # fmt: skip
    return {
        "sensitive": lines if may_see else [],
        "adequate_because": because if may_see else [],
        "is_withheld": bool(lines or because) and not may_see,
    }


def _stamps(review: Review, parts: dict[str, Any], overtaken: Collection[str]) -> dict[str, Any]:
    """Return the stamps the form keeps, and what was changed meanwhile beside the criteria.

    A stamp that was overtaken stays in the form until the marker has chosen.
    """
    summary, urgent = parts["summary"], parts["urgent"]
    stamps: dict[str, Any] = {
        "whole_saved": selectors.whole_stamp(review),
        "urgent_saved": selectors.urgent_stamp(review),
    }
    if services.WHOLE in overtaken:
        stamps["whole_saved"] = summary.data.get("whole_saved", "")
        stamps["whole_clash"] = selectors.whole_clash(review)
    if getattr(urgent, "is_overtaken", False):
        stamps["urgent_saved"] = urgent.data.get("urgent_saved", "")
        stamps["urgent_clash"] = selectors.urgent_clash(review)
    return stamps


def _summary_of(review: Review) -> dict[str, str]:
    said = selectors.said_to(review.marker, review)
    return {
        "done_well": said.done_well,
        "to_change": said.to_change,
        "root_cause": review.root_cause.code if review.root_cause else "",
    }


def _urgent_of(review: Review) -> dict[str, Any]:
    note = selectors.said_to(review.marker, review).urgent_note
    return {"acts": review.urgent_acts, "urgent_note": note}


def _not_sent(request: SignedInRequest, sheet: Sheet) -> HttpResponse:
    """Ask why a letter was not sent; where it was sent meanwhile, keep the reason all the same."""
    review = sheet.review
    drawn = review.drawn_letter
    initial = {**_summary_of(review), "because": sheet.said.not_sent_because}
    form = forms.NotSentForm(
        request.POST or None, rubric=sheet.rubric, words=drawn.words, initial=initial
    )
    context: dict[str, Any] = {"whole_saved": selectors.not_sent_stamp(review)}
    if request.method == "POST" and form.is_valid():
        if forms.lets_stand(form, services.WHOLE):
            return _said_why(request, sheet)
        try:
            services.save_not_sent(review, form.said(), by=request.user, at=clock.now())
        except services.Overtaken as refusal:
            form.add_error("because", str(refusal))
            context["whole_saved"] = request.POST.get("whole_saved", "")
            context["whole_clash"] = selectors.not_sent_clash(review)
        except services.TellsSensitive as refusal:
            form.add_error(refusal.box, str(refusal))
        else:
            return _said_why(request, sheet)
    if request.method == "POST":
        review = _shown_again(request, review)
    context |= {
        "form": form,
        "review": review,
        "letter": review.drawn_letter,
        "sent_meanwhile": _sent_meanwhile(sheet),
        "marked_before": _marked_before(review),
        "record": selectors.record_of(drawn),
        "in_time": selectors.in_time(drawn, clock.today()),
    }
    return render(request, "reviews/not_sent.html", context)


def _said_why(request: SignedInRequest, sheet: Sheet) -> HttpResponse:
    """Lead on once it is kept why a letter was not sent: to its marks where it was sent since."""
    if not sheet.is_sent:
        return redirect("reviews:check", sheet.review.drawn_letter_id)
    messages.success(request, f"Saved. {_sent_meanwhile(sheet)}")
    return redirect("reviews:mark", sheet.review.drawn_letter_id)


def _sent_meanwhile(sheet: Sheet) -> str:
    """Say that a letter was sent while it was asked why it was not; nothing where it was not."""
    if not sheet.is_sent:
        return ""
    drawn = sheet.review.drawn_letter
    what = "its words" if drawn.duty_id else "it"
    sent = f"The {drawn.words.thing} has been {drawn.words.sent} meanwhile"
    return f"{sent}, so {what} can be marked now."


def _marked_before(review: Review) -> DrawnLetter | None:
    letter = review.drawn_letter
    return samples.marked_before([letter]).get(letter.pk)


@page(Permission.REVIEW_MARK, methods=("GET", "POST"))
def words_add(request: SignedInRequest, drawn_letter_id: int) -> HttpResponse:
    """Take in the words of a letter that came without them."""
    letter = selectors.drawn_letter_for(request.user, drawn_letter_id)
    if letter.duty is None:
        raise Http404
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
