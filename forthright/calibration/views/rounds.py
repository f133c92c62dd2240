"""Calibration rounds: made, marked blind, closed, talked about and agreed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, has_permission, is_allowed
from forthright.calibration import drawing, forms, policies
from forthright.calibration.models import GoldLetter, Round, RoundLetter, RoundMarker
from forthright.calibration.selectors import rounds as selectors
from forthright.calibration.services import rounds as services
from forthright.calibration.services import seeing
from forthright.reviews.selectors import LevelShown
from forthright.reviews.selectors.left_out import Reading
from forthright.reviews.selectors.record import in_time, record_of
from forthright.reviews.selectors.screen import text_marked
from forthright.reviews.selectors.second_marks import levels_stamp
from forthright.rules.agreement_on import agreement_by
from forthright.rules.quotations import paragraphs_of
from forthright.rules.rubric import Criterion, Level
from forthright.rules.sampled import Subject as SubjectKind
from forthright.rules.words import capitalised
from forthright.standards.models import Subject
from forthright.standards.selectors import edition_in_force, rubric_of
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page

CHANGED = (
    "These marks were changed in another window after you opened this page. What you chose here "
    "is still on the page: look at it, and save it again if it is right."
)
SEED = 2026


@page(Permission.CALIBRATION_SEE)
def rounds(request: SignedInRequest) -> HttpResponse:
    """List the rounds that a person takes part in, or all of the Area."""
    context = {
        "rounds": selectors.rounds_visible_to(request.user),
        "waiting": selectors.waiting_rounds(request.user),
        "may_lead": has_permission(request.user, Permission.CALIBRATION_LEAD),
        "of_disclosure": edition_in_force(
            request.user.area, clock.today(), Subject.DISCLOSURE.value
        )
        is not None,
    }
    return render(request, "calibration/rounds.html", context)


@page(Permission.CALIBRATION_LEAD, methods=("GET", "POST"))
def round_make(request: SignedInRequest) -> HttpResponse:
    """Make a round of letters, or of disclosure, that were marked before."""
    area = request.user.area
    asked = request.GET.get("of", "")
    subject = Subject(asked) if asked in Subject.values else Subject.LETTERS
    edition = edition_in_force(area, clock.today(), subject)
    letters = selectors.letters_offered(area, edition) if edition else []
    people = list(selectors.people_offered(area, subject))
    form = forms.RoundForm(request.POST or None, people=people, letters=letters, subject=subject)
    if request.method == "POST" and form.is_valid():
        try:
            held = services.make_round(area, form.draft(), by=request.user, at=clock.now())
        except services.RoundRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Round “{held.name}” is open.")
            return redirect("calibration:round", held.pk)
    seeing.see_letters_offered(letters, by=request.user, at=clock.now())
    context = {"form": form, "letters": letters, "words": SubjectKind(subject).words}
    return render(request, "calibration/round_make.html", context)


@page(Permission.CALIBRATION_SEE)
def round_see(request: SignedInRequest, round_id: int) -> HttpResponse:
    """Show a round: while it is open who has come how far, and then what everybody gave."""
    held = selectors.round_for(request.user, round_id)
    seeing.see_round(held, by=request.user, at=clock.now())
    marker = selectors.marker_in(held, request.user)
    context: dict[str, Any] = {
        "round": held,
        "progress": selectors.progress_of(held),
        "mine": _own_letters(marker) if marker and held.is_open else [],
        "marker": marker,
        "may_close": is_allowed(policies.check_can_close, request.user, held),
        "letters": held.letters.select_related(*selectors.OF_LETTER),
    }
    if not held.is_open and not held.is_given_up:
        context |= _what_was_given(held)
    return render(request, "calibration/round.html", context)


@page(Permission.REVIEW_MARK, Permission.DISCLOSURE_MARK, methods=("GET", "POST"))
def round_mark(request: SignedInRequest, round_id: int, letter_id: int) -> HttpResponse:
    """Show a letter of a round without anybody's marks, and keep one's own."""
    letter = selectors.letter_in_round_for(request.user, round_id, letter_id)
    codes = [each.code for each in rubric_of(letter.round.edition).quality_criteria]
    chosen = {code: request.POST[code] for code in codes if request.POST.get(code)}
    try:
        return _marked(request, letter, chosen)
    except NotAllowed as refusal:
        if not chosen or selectors.marker_in(letter.round, request.user) is None:
            raise
        return _too_late(request, letter, chosen, str(refusal))


@page(Permission.REVIEW_MARK, Permission.DISCLOSURE_MARK, methods=("POST",))
def round_finish(request: SignedInRequest, round_id: int) -> HttpResponse:
    """Lock one's own marks of a round."""
    held = selectors.round_for(request.user, round_id)
    try:
        services.finish_marks_in_round(held, by=request.user, at=clock.now())
    except services.RoundRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, "Your marks are finished. You see everybody’s when the round closes."
        )
    return redirect("calibration:round", round_id)


@page(Permission.CALIBRATION_LEAD, methods=("GET", "POST"))
def round_close(request: SignedInRequest, round_id: int) -> HttpResponse:
    """Close a round, with a reason where not everybody has finished."""
    held = selectors.round_for(request.user, round_id)
    policies.check_can_close(request.user, held)
    form = forms.ClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close_round(held, by=request.user, at=clock.now(), **form.cleaned_data)
        except services.RoundRefused as refusal:
            form.add_error("because", str(refusal))
        else:
            messages.success(request, "The round is closed. Its marks are shown to all in it.")
            return redirect("calibration:round", round_id)
    seeing.see_round(held, by=request.user, at=clock.now())
    waiting = [each for each in selectors.progress_of(held) if not each.marker.finished_at]
    context = {
        "round": held, "form": form, "waiting": waiting,
        "too_few": selectors.too_few_to_agree(held),
    }  # fmt: skip
    return render(request, "calibration/round_close.html", context)


@page(Permission.CALIBRATION_LEAD, methods=("GET", "POST"))
def round_give_up(request: SignedInRequest, round_id: int) -> HttpResponse:
    """End a round that cannot be compared, with the reason."""
    held = selectors.round_for(request.user, round_id)
    policies.check_can_close(request.user, held)
    form = forms.GivingUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.give_up_round(held, by=request.user, at=clock.now(), **form.cleaned_data)
        messages.success(request, f"The round is given up. Its {held.words.things} are free again.")
        return redirect("calibration:round", round_id)
    context = {"round": held, "form": form, "progress": selectors.progress_of(held)}
    return render(request, "calibration/round_give_up.html", context)


@page(Permission.CALIBRATION_SEE)
def round_letter(request: SignedInRequest, round_id: int, letter_id: int) -> HttpResponse:
    """Show a letter of a closed round with everybody's marks, what was said and agreed."""
    letter = selectors.letter_in_round_for(request.user, round_id, letter_id)
    if letter.round.is_open or letter.round.is_given_up:
        never = "where a round was given up" if letter.round.is_given_up else (
            "before the round is closed"
        )  # fmt: skip
        messages.error(request, f"Nobody sees the marks of others {never}.")
        return redirect("calibration:round", round_id)
    seeing.see_letter_of_round(letter, by=request.user, at=clock.now())
    may_agree = is_allowed(policies.check_can_agree, request.user, letter)
    context = _letter_context(request, letter, may_agree=may_agree)
    return render(request, "calibration/round_letter.html", context)


@page(Permission.CALIBRATION_LEAD, methods=("GET", "POST"))
def round_discuss(request: SignedInRequest, round_id: int, letter_id: int) -> HttpResponse:
    """Write down what was said about a letter's marks."""
    letter = selectors.letter_in_round_for(request.user, round_id, letter_id)
    policies.check_can_agree(request.user, letter)
    reading = Reading(letter.review.drawn_letter, request.user)
    known = {"discussion": reading.of(letter.discussion)}
    opened = {"opened": services.discussion_stamp(letter)}
    form = forms.DiscussionForm(request.POST or None, initial=known | opened)
    if request.method == "POST" and form.is_valid():
        try:
            services.note_discussion(
                letter, form.cleaned_data["discussion"], by=request.user, at=clock.now(),
                opened=form.cleaned_data["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            letter.refresh_from_db(fields=["discussion"])
            ask_beside(form, refusal, {"discussion": reading.of(letter.discussion)})
        except services.RoundRefused as refusal:
            form.add_error("discussion", str(refusal))
        else:
            messages.success(request, "What was said is kept.")
            return redirect("calibration:round_letter", round_id, letter_id)
    seeing.see_letter_of_round(letter, by=request.user, at=clock.now())
    return render(request, "calibration/round_discuss.html", {"form": form, "letter": letter})


@page(Permission.CALIBRATION_LEAD, methods=("GET", "POST"))
def round_agree(request: SignedInRequest, round_id: int, letter_id: int) -> HttpResponse:
    """Write down the agreed marks of a letter, once."""
    letter = selectors.letter_in_round_for(request.user, round_id, letter_id)
    policies.check_can_agree(request.user, letter)
    # Of two who agree at once, the second keeps on the page what they wrote.
    if request.method != "POST" and letter.agreed.exists():
        messages.error(request, "These marks were agreed already, and they stay.")
        return redirect("calibration:round_letter", round_id, letter_id)
    if selectors.finished_on(letter.round)[letter.pk] < selectors.FEWEST_MARKERS:
        messages.error(request, services.nothing_to_agree(letter))
        return redirect("calibration:round_letter", round_id, letter_id)
    criteria = rubric_of(letter.round.edition).quality_criteria
    given = selectors.marks_by_letter(letter.round).get(letter.pk, {})
    form = forms.AgreementForm(request.POST or None, criteria=criteria, given=given)
    if request.method == "POST" and form.is_valid():
        try:
            services.agree_marks(letter, form.agreed(), by=request.user, at=clock.now())
        except services.RoundRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The marks of {letter} are agreed.")
            return redirect("calibration:round_letter", round_id, letter_id)
    seeing.see_letter_of_round(letter, by=request.user, at=clock.now())
    context = {**_letter_context(request, letter, may_agree=True), "form": form}
    lines = {criterion.code: boxes for criterion, *boxes in form.lines()}
    context["boxes"] = [(*line, *lines[line[0].code]) for line in context["lines"]]
    return render(request, "calibration/round_agree.html", context)


def _marked(request: SignedInRequest, letter: RoundLetter, chosen: dict[str, str]) -> HttpResponse:
    """Keep what a marker chose, and lead them on; or show the letter, with it where it cannot be.

    :raises NotAllowed: if it is not this person's to mark, or no longer
    """
    policies.check_can_mark_letter_in_round(request.user, letter)
    marker = letter.round.markers.get(person=request.user.pk)
    now = selectors.levels_in_round(letter, marker)
    if request.method != "POST":
        return _shown(request, letter, now)
    if request.POST.get("seen") != levels_stamp(now):
        messages.error(request, CHANGED)
        return _shown(request, letter, chosen)
    try:
        services.save_marks_in_round(letter, chosen, by=request.user, at=clock.now())
    except services.RoundRefused as refusal:
        messages.error(request, f"Nothing was saved. {refusal}")
        return _shown(request, letter, chosen)
    messages.success(request, f"{capitalised(str(letter))} saved.")
    return _next_letter(marker) or redirect("calibration:round", letter.round_id)


def _own_letters(marker: RoundMarker) -> list[tuple[RoundLetter, int, int]]:
    done = selectors.number_done(marker)
    number = len(rubric_of(marker.round.edition).quality_criteria)
    return [(each, done.get(each.pk, 0), number) for each in selectors.letters_of(marker)]


def _next_letter(marker: RoundMarker) -> HttpResponse | None:
    waiting = [letter for letter, done, of in _own_letters(marker) if done < of]
    if not waiting:
        return None
    return redirect("calibration:round_mark", marker.round_id, waiting[0].pk)


def _shown(
    request: SignedInRequest, letter: RoundLetter, chosen: dict[str, Level] | dict[str, str]
) -> HttpResponse:
    sheet = services.open_letter_in_round(letter, by=request.user, at=clock.now())
    drawn = letter.review.drawn_letter
    context = {
        "in_round": letter,
        "letter": drawn,
        "seen": levels_stamp(sheet.levels),
        "parts": paragraphs_of(sheet.text),
        "record": record_of(drawn),
        "in_time": in_time(drawn, clock.today()),
        "cards": [
            (each, [(level, each.levels.get(level), level == chosen.get(each.code))
                    for level in sheet.offered[each.code]])
            for each in sheet.criteria
        ],
        "given": sum(each.code in chosen for each in sheet.criteria),
    }  # fmt: skip
    return render(request, "calibration/round_mark.html", context)


def _too_late(
    request: SignedInRequest, letter: RoundLetter, chosen: dict[str, str], refusal: str
) -> HttpResponse:
    """Give back to a marker what they chose on a page that was open when the round ended."""
    criteria = rubric_of(letter.round.edition).quality_criteria
    context = {
        "in_round": letter,
        "refusal": refusal,
        "chosen": [
            (each, LevelShown.of(Level(chosen[each.code])))
            for each in criteria if chosen.get(each.code) in set(Level)
        ],
        "lead": letter.round.closed_by or letter.round.made_by,
    }  # fmt: skip
    return render(request, "calibration/round_too_late.html", context, status=403)


def _what_was_given(held: Round) -> dict[str, Any]:
    """Return the agreement by criterion, the spread and each letter of a closed round."""
    marks = selectors.marks_by_letter(held)
    criteria = rubric_of(held.edition).quality_criteria
    letters = list(held.letters.select_related(*selectors.OF_LETTER).prefetch_related("agreed"))
    people = sorted({p for letter in marks.values() for code in letter.values() for p in code})
    return {
        "chart": drawing.spread_chart(criteria, marks),
        "lines": [(each, _agreement(each, marks, people)) for each in criteria],
        "number_finished": held.markers.exclude(finished_at=None).count(),
        "letters": [
            (each, sum(len(set(g.values())) > 1 for g in marks.get(each.pk, {}).values()))
            for each in letters
        ],
        "too_few": selectors.too_few_to_agree(held),
    }


def _agreement(
    criterion: Criterion, marks: dict[int, dict[str, dict[int, Level]]], people: list[int]
) -> object:
    rows = [
        [letter.get(criterion.code, {}).get(person) for person in people]
        for letter in marks.values()
    ]
    return agreement_by(criterion, rows, seed=SEED)


def _letter_context(
    request: SignedInRequest, letter: RoundLetter, *, may_agree: bool
) -> dict[str, Any]:
    reading = Reading(letter.review.drawn_letter, request.user)
    given = selectors.marks_by_letter(letter.round).get(letter.pk, {})
    markers = letter.round.markers.select_related("person").exclude(finished_at=None)
    people = [
        each.person
        for each in markers.order_by("person__full_name", "pk")
        if str(each.person_id) not in letter.left_out
    ]
    agreed = selectors.agreed_of(letter)
    return {
        "letter": letter,
        "round": letter.round,
        "discussion": reading.of(letter.discussion),
        "said_before": [
            (reading.of(each.discussion), each.discussed_at, each.discussed_by)
            for each in letter.said_before.select_related("discussed_by")
        ],
        "people": people,
        "lines": [
            (
                each,
                [_shown_level(given.get(each.code, {}).get(person.pk)) for person in people],
                len(set(given.get(each.code, {}).values())) > 1,
                reading.of(agreed[each.code].reason) if each.code in agreed else "",
                LevelShown.of(agreed[each.code].level) if each.code in agreed else None,
            )
            for each in rubric_of(letter.round.edition).quality_criteria
        ],
        "is_agreed": bool(agreed),
        "agreed_by_one": GoldLetter.objects.filter(letter=letter, is_by_one=True).exists(),
        "agreed_wrong": GoldLetter.objects.filter(
            letter=letter, marks_wrong_at__isnull=False
        ).first(),
        # What was agreed stays, also where it was before two had to mark it.
        "nothing_to_agree": (
            services.nothing_to_agree(letter)
            if len(people) < selectors.FEWEST_MARKERS and not agreed
            else ""
        ),
        "may_agree": may_agree,
        "parts": paragraphs_of(text_marked(letter.review)),
    }


def _shown_level(level: Level | None) -> LevelShown | None:
    return LevelShown.of(level) if level else None
