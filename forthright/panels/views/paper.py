"""Typing in what a member of the panel wrote on paper."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import reason_against
from forthright.panels import policies
from forthright.panels.forms.paper import GiveBackForm, IssuesForm, PaperForm, TakeOverForm
from forthright.panels.forms.recognising import PutAsideForm
from forthright.panels.models import Seat
from forthright.panels.selectors import meetings as selectors
from forthright.panels.selectors.booklets import booklets_of_seat
from forthright.panels.selectors.on_paper import (
    issues_of,
    issues_to_tell_apart,
    letters_on_paper,
    printed_of,
    waits_for_issues,
)
from forthright.panels.services import paper as services
from forthright.panels.services.booklets import type_in_from
from forthright.panels.services.meeting import PanelRefused
from forthright.panels.services.recognising import put_aside_on_their_word
from forthright.panels.services.seating import see_seat
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def paper(request: SignedInRequest, meeting_id: int, seat_number: int) -> HttpResponse:
    """Type in the answers of one member's booklet, letter by letter, as on a sheet."""
    seat = _seat(request, meeting_id, seat_number)
    try:
        services.check_can_type(seat, by=request.user)
    except PanelRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("panels:meeting", meeting_id)
    if waits_for_issues(seat):
        return redirect("panels:paper_issues", meeting_id, seat_number)
    lines = selectors.letters_to_read(seat)
    form = PaperForm(
        request.POST or None,
        meeting=seat.meeting,
        lines=letters_on_paper(seat),
        asks_promise=seat.declared_at is None,
        booklets=booklets_of_seat(seat),
        initial={"opened": services.stamp_of(seat)},
    )
    if request.method == "POST" and form.is_valid() and (done := _kept(request, seat, form)):
        return done
    services.see_paper(seat, by=request.user, at=clock.now())
    aside, stand = selectors.put_aside_by(seat), [each for each, _, gone in lines if not gone]
    printed = printed_of(seat, stand)
    context = {
        "seat": seat,
        "meeting": seat.meeting,
        "form": form,
        "rows": form.rows(),
        "issues": [
            each.words for each in issues_of(seat) if each.number in (seat.issues_read or [])
        ],
        "put_aside": [letter.position for letter, _, _ in lines if letter.pk in aside],
        "withdrawn": [
            letter.position for letter, _, is_gone in lines if is_gone and letter.pk not in aside
        ],
        "not_printed": [each.position for each in stand if each.pk not in printed],
    }
    return render(request, "panels/paper.html", context)


def _kept(request: SignedInRequest, seat: Seat, form: PaperForm) -> HttpResponse | None:
    """Keep what was typed, and hand it in where that was asked; nothing if it was refused."""
    by, at = request.user, clock.now()
    try:
        type_in_from(seat, form.typed(), opened=form.cleaned_data["opened"], by=by, at=at)
    except ChangedMeanwhile as refusal:
        stands = PaperForm(meeting=seat.meeting, lines=letters_on_paper(seat), asks_promise=False)
        now = {each.name: each.initial for each in stands.visible_fields()}
        ask_beside(form, refusal, now)
        return None
    except PanelRefused as refusal:
        form.refuse(refusal)
        return None
    if request.POST.get("then") != "hand-in":
        messages.success(request, "Kept. You can go on later, or hand in when all is typed.")
        return redirect("panels:paper", seat.meeting_id, seat.number)
    try:
        services.hand_in_paper(seat, by=by, at=at)
    except PanelRefused as refusal:
        messages.warning(request, f"Kept, but not handed in. {refusal}")
        return redirect("panels:paper", seat.meeting_id, seat.number)
    messages.success(request, f"Handed in for {seat.member}.")
    return redirect("panels:meeting", seat.meeting_id)


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def paper_issues(request: SignedInRequest, meeting_id: int, seat_number: int) -> HttpResponse:
    """Ask which of a member's booklets came back, where they hold a letter in other words."""
    seat = _seat(request, meeting_id, seat_number)
    try:
        services.check_is_on_paper(seat, by=request.user)
    except PanelRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("panels:meeting", meeting_id)
    if not (issues := issues_to_tell_apart(seat)):
        return redirect("panels:paper", meeting_id, seat_number)
    initial = {"issues": seat.issues_read or []}
    form = IssuesForm(request.POST or None, issues=issues, initial=initial)
    if request.method == "POST" and form.is_valid():
        issues = form.cleaned_data["issues"]
        try:
            said = services.say_issues(seat, issues, by=request.user, at=clock.now())
        except PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            if said.handed_in_at is None or letters_on_paper(said):
                return redirect("panels:paper", meeting_id, seat_number)
            messages.success(
                request,
                f"Kept. {seat.member} has handed in, and these booklets ask for nothing more. What "
                "had been typed in of a letter in other words than theirs is taken away.",
            )
            return redirect("panels:meeting", meeting_id)
    see_seat(seat, by=request.user, at=clock.now())
    context = {"seat": seat, "meeting": seat.meeting, "form": form}
    return render(request, "panels/paper_issues.html", context)


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def paper_give_back(request: SignedInRequest, meeting_id: int, seat_number: int) -> HttpResponse:
    """Ask whose answers were typed in, and let the member answer on the screen again."""
    seat = _seat(request, meeting_id, seat_number)
    form = GiveBackForm(request.POST or None)
    try:
        services.check_can_give_back(seat, by=request.user)
        if request.method == "POST" and form.is_valid():
            is_theirs = form.cleaned_data["whose"] == GiveBackForm.THEIRS
            services.give_back_to_screen(seat, is_theirs=is_theirs, by=request.user, at=clock.now())
            messages.success(request, f"{seat.member} answers on the screen again. Tell them.")
            return redirect("panels:meeting", meeting_id)
    except PanelRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("panels:meeting", meeting_id)
    services.see_paper(seat, by=request.user, at=clock.now())
    context = {"seat": seat, "meeting": seat.meeting, "form": form}
    return render(request, "panels/paper_give_back.html", context)


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def paper_take_over(request: SignedInRequest, meeting_id: int, seat_number: int) -> HttpResponse:
    """Ask what becomes of a member's answers on the screen, and type in for them from now on."""
    seat = _seat(request, meeting_id, seat_number)
    form = TakeOverForm(request.POST or None)
    try:
        services.check_can_take_over(seat, by=request.user)
        if request.method == "POST" and form.is_valid():
            services.take_over_to_paper(
                seat, keeps_answers=form.cleaned_data["answers"] == TakeOverForm.STAND,
                on_their_word=form.cleaned_data["on_their_word"], by=request.user, at=clock.now(),
            )  # fmt: skip
            messages.success(request, f"{seat.member} reads on paper. Type in their booklet here.")
            return redirect("panels:paper", meeting_id, seat_number)
    except PanelRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("panels:meeting", meeting_id)
    see_seat(seat, by=request.user, at=clock.now())
    context = {"seat": seat, "meeting": seat.meeting, "form": form}
    return render(request, "panels/paper_take_over.html", context)


@page(Permission.PANEL_KEEP)
def paper_letters(request: SignedInRequest, meeting_id: int, seat_number: int) -> HttpResponse:
    """List the letters of a member, of which one can be put aside on their word."""
    seat = _seat(request, meeting_id, seat_number)
    try:
        services.check_can_put_aside_for(seat, by=request.user, at=clock.now())
    except PanelRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("panels:meeting", meeting_id)
    see_seat(seat, by=request.user, at=clock.now())
    letters = [letter for letter, _, _ in selectors.letters_to_read(seat)]
    context = {
        "seat": seat,
        "meeting": seat.meeting,
        "letters": letters,
        "aside": selectors.put_aside_by(seat),
    }
    return render(request, "panels/paper_letters.html", context)


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def paper_put_aside(
    request: SignedInRequest, meeting_id: int, seat_number: int, position: int
) -> HttpResponse:
    """Ask by what a member may know whom a letter is about, and put it aside on their word."""
    seat = _seat(request, meeting_id, seat_number)
    letter = selectors.pack_letter_for(seat, position)
    try:
        services.check_can_put_aside_for(seat, by=request.user, at=clock.now())
    except PanelRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("panels:meeting", meeting_id)
    form = PutAsideForm(request.POST or None)
    against = reason_against(policies.check_can_decide_put_aside, request.user, letter)
    if request.method == "POST" and form.is_valid():
        how = form.cleaned_data["how"]
        try:
            put_aside_on_their_word(seat, letter, how, by=request.user, at=clock.now())
        except PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            follows = against or "Decide what follows of it."
            messages.success(request, f"Letter {position} is put aside. {follows}")
            return redirect(_goes_on(request, seat), meeting_id, seat_number)
    see_seat(seat, by=request.user, at=clock.now())
    context = {"seat": seat, "letter": letter, "form": form, "goes_on": _goes_on(request, seat),
               "refusal": against}  # fmt: skip
    return render(request, "panels/paper_put_aside.html", context)


def _goes_on(request: SignedInRequest, seat: Seat) -> str:
    """Return the page to go on from: their booklet where it is typed in, else their letters."""
    try:
        services.check_can_type(seat, by=request.user)
    except PanelRefused:
        return "panels:paper_letters"
    return "panels:paper"


def _seat(request: SignedInRequest, meeting_id: int, number: int) -> Seat:
    meeting = selectors.meeting_for(request.user, meeting_id)
    rows = meeting.seats.select_related("meeting__area", "meeting__edition", "member", "typed_by")
    if (seat := rows.filter(number=number).first()) is None:
        raise Http404
    return seat
