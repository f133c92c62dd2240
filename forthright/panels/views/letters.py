"""Anonymising a letter: what is hidden and why, decided place by place."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.panels.forms.letters import AddPlaceForm
from forthright.panels.models import AnonymisedLetter
from forthright.panels.policies import alarms_told
from forthright.panels.selectors import letters as selectors
from forthright.panels.selectors.judged import alarms_unanswered
from forthright.panels.selectors.opened import opened_of_letter
from forthright.panels.selectors.whose import roles_offered
from forthright.panels.services import saying_who, seeing, taking
from forthright.rules.words import count_words, list_words
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.numbers import number_of
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of


@page(Permission.LETTER_ANONYMISE)
def letters(request: SignedInRequest) -> HttpResponse:
    """List the letters that are being anonymised, released and withdrawn."""
    rows = selectors.letters_visible_to(request.user)
    rows = rows.select_related("duty__case", "unit", "taken_by")
    pages = slice_of(rows, request.GET, order=("-taken_at", "-pk"), size=25)
    seeing.see_letters(pages.rows, [], by=request.user, at=clock.now())
    context = {"pages": pages, "scores": selectors.layer_scores(request.user)}
    return render(request, "panels/letters.html", context)


@page(Permission.LETTER_ANONYMISE)
def letter_choose(request: SignedInRequest) -> HttpResponse:
    """Offer the letters that went out and that nobody has taken yet."""
    asked = request.GET.get("urn", "")
    found = selectors.letters_to_take(request.user, asked)
    seeing.see_letters([], found, by=request.user, at=clock.now())
    context = {"asked": asked, "found": found, "most": selectors.MOST_FOUND}
    return render(request, "panels/letter_choose.html", context)


@page(Permission.LETTER_ANONYMISE, methods=("POST",))
def letter_take(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Take one letter and let every layer look at it."""
    duty = selectors.duty_to_take(request.user, duty_id)
    try:
        letter = taking.take_letter(duty, by=request.user, at=clock.now())
    except taking.CannotAnonymise as refusal:
        messages.error(request, str(refusal))
        return redirect("panels:letter_choose")
    return redirect("panels:letter", letter.pk)


@page(Permission.LETTER_ANONYMISE, methods=("GET", "POST"))
def letter(request: SignedInRequest, anonymised_id: int) -> HttpResponse:
    """Show a letter with what is hidden in it, and keep one decision about a place."""
    shown = selectors.anonymised_for(request.user, anonymised_id)
    if request.method == "POST":
        place = _decide(request, shown)
        address = redirect("panels:letter", anonymised_id).url
        return redirect(f"{address}#{place}" if place else address)
    return _shown(request, shown, AddPlaceForm(initial={"opened": str(shown.changes)}))


def _decide(request: SignedInRequest, letter: AnonymisedLetter) -> str:
    """Keep what a button said, “hide:12” or “leave_same:12”; return where to go on."""
    verb, _, number = request.POST.get("decide", "").partition(":")
    if verb.startswith("who"):
        return _say_who(request, letter, number, everywhere=verb.endswith("_same"))
    decided = taking.Decided(
        place=number_of(number) or 0,
        hide=verb.startswith("hide"),
        everywhere=verb.endswith("_same"),
    )
    opened = request.POST.get("opened", "")
    try:
        moved = taking.decide_place(letter, decided, opened=opened, by=request.user, at=clock.now())
    except (taking.CannotAnonymise, ChangedMeanwhile) as refusal:
        messages.error(request, str(refusal))
        return ""
    said = "hidden" if decided.hide else "left to stand"
    messages.success(request, f"{count_words(moved, 'place')} {said}.")
    if decided.everywhere and not decided.hide:
        _tell_of_capitals(request, letter, decided.place)
    return f"place-{decided.place}"


def _say_who(
    request: SignedInRequest, letter: AnonymisedLetter, number: str, *, everywhere: bool
) -> str:
    """Keep who a hidden name is, as the list beside it says; return where to go on."""
    place = number_of(number) or 0
    said = saying_who.SaidWho(place, request.POST.get(f"role-{place}", ""), everywhere)
    opened = request.POST.get("opened", "")
    try:
        named = saying_who.say_who(letter, said, opened=opened, by=request.user, at=clock.now())
    except (taking.CannotAnonymise, ChangedMeanwhile) as refusal:
        messages.error(request, str(refusal))
        return f"place-{place}" if place else ""
    messages.success(request, f"Said of {count_words(named, 'place')} who it is.")
    return f"place-{place}"


def _tell_of_capitals(request: SignedInRequest, letter: AnonymisedLetter, place: int) -> None:
    if hidden := taking.hidden_in_other_capitals(letter, place):
        quoted = list_words([f"“{each}”" for each in hidden])
        messages.warning(
            request,
            f"{quoted} stays hidden: in other capitals it may be a name. Leave it by itself where "
            "it is none.",
        )


@page(Permission.LETTER_ANONYMISE, methods=("POST",))
def place_add(request: SignedInRequest, anonymised_id: int) -> HttpResponse:
    """Hide words that no layer saw."""
    shown = selectors.anonymised_for(request.user, anonymised_id)
    form = AddPlaceForm(request.POST)
    if form.is_valid() and _add(request, shown, form):
        return redirect("panels:letter", anonymised_id)
    shown = selectors.anonymised_for(request.user, anonymised_id)
    return _shown(request, shown, form)


def _add(request: SignedInRequest, letter: AnonymisedLetter, form: AddPlaceForm) -> bool:
    said = form.cleaned_data
    added = taking.Added(said["words"], said["kind"], said["everywhere"], said["start"])
    try:
        new = taking.add_place(
            letter, added, opened=said["opened"], by=request.user, at=clock.now()
        )
    except ChangedMeanwhile as refusal:
        ask_anew(form, refusal)
        return False
    except taking.CannotAnonymise as refusal:
        form.add_error("words", str(refusal))
        return False
    messages.success(request, f"{count_words(new, 'place')} more hidden.")
    return True


def _shown(request: SignedInRequest, letter: AnonymisedLetter, form: AddPlaceForm) -> HttpResponse:
    seeing.see_letter(letter, by=request.user, at=clock.now())
    places = selectors.places_shown(letter)
    context = {
        "letter": letter,
        "alarms": alarms_told(request.user, letter, alarms_unanswered(letter)),
        "opened": [e for e in opened_of_letter(request.user, letter) if e.release.withdrawn_at],
        "again": not selectors.are_facts_answered(letter)
        and selectors.withdrawn_as_they_stand(letter),
        "withdrawals": selectors.withdrawn_before(letter),
        "places": places,
        "pieces": selectors.pieces_of(letter, places),
        "in_doubt": sum(each.place.state == "IN_DOUBT" for each in places),
        "hidden": sum(each.place.state == "HIDDEN" for each in places),
        "unsaid": sum(each.is_unsaid for each in places),
        "roles": roles_offered(letter),
        "changes": selectors.changes_of(letter),
        "may_change": letter.state != AnonymisedLetter.State.RELEASED,
        "is_what_went": selectors.is_what_went(letter),
        "form": form,
    }
    return render(request, "panels/letter.html", context)
