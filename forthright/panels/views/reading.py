"""What a member of the panel sees: their promise, their letters one at a time, and no more."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, reason_against
from forthright.panels import documents
from forthright.panels.forms.meetings import RemarkForm
from forthright.panels.models import PackLetter, Reading, Seat
from forthright.panels.selectors import meetings as selectors
from forthright.panels.selectors.asked import (
    Question,
    answers_offered,
    is_whole,
    leaves_out,
    numbers_of,
    questions_by_letter,
    questions_of,
    questions_words,
    says_something,
    standard_of,
    unanswered,
)
from forthright.panels.selectors.copies import copies_of
from forthright.panels.selectors.finished import lines_of
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.selectors.named import findings_left_open, findings_shown, place_shown
from forthright.panels.selectors.on_paper import asked_after_handing_in
from forthright.panels.selectors.recognised import put_aside_on_word
from forthright.panels.services import meeting as meeting_services
from forthright.panels.services import opening
from forthright.panels.services import reading as services
from forthright.panels.services.lines_cleared import lines_still_clear
from forthright.panels.views.meetings import as_file
from forthright.rules.panel_questions import DECLARATION
from forthright.rules.words import count_words
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page


@page(Permission.PANEL_READ)
def packs(request: SignedInRequest) -> HttpResponse:
    """List the packs of this member."""
    seats = list(selectors.seats_of(request.user)[:12])
    services.see_packs(seats, by=request.user, at=clock.now())
    return render(request, "panels/packs.html", {"seats": seats, "today": clock.today()})


@page(Permission.PANEL_READ)
def pack(request: SignedInRequest, seat_id: int) -> HttpResponse:
    """Show the promise, and once it is made what was said before and the letters to read."""
    seat = selectors.seat_for(request.user, seat_id)
    services.see_pack(seat, by=request.user, at=clock.now())
    before = selectors.meeting_before(seat.meeting)
    is_over, on_word = seat.meeting.state in selectors.OVER, put_aside_on_word(seat)
    context = {
        "seat": seat, "meeting": seat.meeting, "declaration": DECLARATION, "is_over": is_over,
        "to_give_back": copies_of(seat), "place": place_shown(seat.meeting),
        "on_word": on_word,
    }  # fmt: skip
    if seat.declared_at is None:
        context["refusal"] = reason_against(opening.check_may_promise, seat, clock.now())
        return render(request, "panels/promise.html", context)
    letters = selectors.letters_to_read(seat)
    asked = questions_by_letter(seat.meeting, [letter for letter, _, _ in letters])
    lines = [
        (letter, is_whole(asked[letter.pk], said), gone, _left_words(seat, asked[letter.pk], said))
        for letter, said, gone in letters
    ]
    context["aside"] = selectors.put_aside_by(seat)
    context["aside_on_word"] = {each.letter.pk for each in on_word}
    context |= {
        "asked_anew": asked_after_handing_in(seat),
        "before": before,
        "findings": findings_shown(before) if before else [],
        "left_open": findings_left_open(before) if before else [],
        "refusal": reason_against(opening.check_is_readable, seat, clock.now()),
        "lines": lines,
        "is_lost": seat.handed_in_at is None
        and is_over
        and any(says_something(said) for _, said, _ in letters),
        "next": next((each for each, done, gone, _ in lines if not done and not gone), None),
        "done": sum(done for _, done, gone, _ in lines if not gone),
        "to_read": sum(not gone for _, _, gone, _ in lines),
    }
    context["may_hand_in"] = (
        not seat.handed_in_at
        and not seat.typed_by
        and not reason_against(opening.check_takes_answers, seat, clock.now())
    )
    return render(request, "panels/pack.html", context)


@page(Permission.PANEL_READ, methods=("POST",))
def promise_make(request: SignedInRequest, seat_id: int) -> HttpResponse:
    """Keep that a member made the promise."""
    seat = selectors.seat_for(request.user, seat_id)
    if request.POST.get("agreed") != "yes":
        messages.error(request, "Tick the box to make the promise. Then the letters open.")
    else:
        services.declare(seat, by=request.user, at=clock.now())
    return redirect("panels:pack", seat_id)


@page(Permission.PANEL_READ, methods=("GET", "POST"))
def pack_letter(request: SignedInRequest, seat_id: int, position: int) -> HttpResponse:
    """Show one letter with its questions, and keep the answers."""
    seat = selectors.seat_for(request.user, seat_id)
    letter = selectors.pack_letter_for(seat, position)
    stands = _stands(seat, letter)
    form = RemarkForm(request.POST or None, initial=_as_filled(stands))
    given = dict(stands.answers) if stands else {}
    now: dict[str, str] = {}
    if request.method == "POST":
        asked = questions_of(seat.meeting, letter)
        given = {key: request.POST[key] for key, _ in asked if key in request.POST}
        try:
            if form.is_valid() and _is_kept(request, seat, letter, given, form):
                return _onwards(request, seat, letter)
        except ChangedMeanwhile as refusal:
            stands = _stands(seat, letter)
            ask_beside(form, refusal, _as_filled(stands))
            now = _now_said(letter, given, stands)
            form.add_error(None, list(now.values()))
            # A choice cannot be taken back on the page: one that was not made was not seen.
            given = (dict(stands.answers) if stands else {}) | given
    return _letter_shown(request, seat, letter, (given, now), form)


def _stands(seat: Seat, letter: PackLetter) -> Reading | None:
    """Return what the member has said of a letter by now."""
    said = selectors.letters_to_read(seat)
    return next((reading for each, reading, _ in said if each.pk == letter.pk), None)


def _now_said(letter: PackLetter, given: dict[str, str], stands: Reading | None) -> dict[str, str]:
    """Return by its key what was kept meanwhile of each question, where it is another answer."""
    answers = stands.answers if stands else {}
    said = {}
    numbers = numbers_of(letter.meeting)
    for key, _ in questions_of(letter.meeting, letter):
        words = dict(answers_offered(letter.meeting, key))
        if key in answers and answers[key] != given.get(key, answers[key]):
            said[key] = (
                f"Question {numbers[key]}: now it says “{words.get(answers[key], answers[key])}”"
            )
    return said


def _as_filled(reading: Reading | None) -> dict[str, str]:
    opened = services.stamp_of_reading(reading)
    return {"remark": reading.remark if reading else "", "opened": opened}


def _is_kept(
    request: SignedInRequest, seat: Seat, letter: PackLetter, given: dict[str, str],
    form: RemarkForm,
) -> bool:  # fmt: skip
    """Keep what the page says, and say whether it was not refused."""
    said = form.cleaned_data
    try:
        read = request.POST.get("read")
        filled = services.Filled(given, said["remark"], said["opened"], read)
        services.keep_filled(seat, letter, filled, by=request.user, at=clock.now())
    except meeting_services.PanelRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _tell_kept(request: SignedInRequest, seat: Seat, letter: PackLetter, *, waits: bool) -> None:
    """Say what is kept of a letter, and which of its questions has no answer yet."""
    stands, questions = _stands(seat, letter), questions_of(seat.meeting, letter)
    left = unanswered(seat.meeting, questions, stands)
    number = f"{len(questions) - len(left)} of {count_words(len(questions), 'question')}"
    if not says_something(stands):
        messages.warning(
            request, f"Nothing is ticked yet in letter {letter.position}: {number} answered. "
            "Nothing was kept.",
        )  # fmt: skip
    elif left:
        messages.success(
            request, f"What you said of letter {letter.position} is kept: {number} answered. "
            f"No answer yet: {questions_words(left)}.",
        )  # fmt: skip
    else:
        done = "kept and handed in" if seat.handed_in_at is not None and not waits else "kept"
        messages.success(request, f"Your answers to letter {letter.position} are {done}.")


def _left_words(seat: Seat, questions: Sequence[Question], said: Reading | None) -> str:
    """Say which questions of a letter that was begun have no answer yet; else nothing."""
    left = unanswered(seat.meeting, questions, said)
    return questions_words(left) if says_something(said) else ""


def _onwards(request: SignedInRequest, seat: Seat, letter: PackLetter) -> HttpResponse:
    """Lead to the next letter, or back to the list after the last."""
    # Who has handed in is asked a single letter, and is done once nothing of it is left open.
    waits = {each.position for each in asked_after_handing_in(seat)}
    position = letter.position
    _tell_kept(request, seat, letter, waits=position in waits)
    later = [
        each.position
        for each, _, gone in selectors.letters_to_read(seat)
        if each.position > position
        and not gone
        and (seat.handed_in_at is None or each.position in waits)
    ]
    if later and request.POST.get("then") == "next":
        return redirect("panels:pack_letter", seat.pk, later[0])
    return redirect("panels:pack", seat.pk)


def _letter_shown(
    request: SignedInRequest, seat: Seat, letter: PackLetter,
    answers: tuple[dict[str, str], dict[str, str]], form: RemarkForm,
) -> HttpResponse:  # fmt: skip
    """Show a letter with what was ticked, and beside it what differs that was kept meanwhile."""
    given, now = answers
    numbers, questions = numbers_of(seat.meeting), questions_of(seat.meeting, letter)
    is_asked_anew = letter in asked_after_handing_in(seat)
    anonymised = services.open_letter(seat, letter, by=request.user, at=clock.now())
    context = {
        "seat": seat,
        "letter": letter,
        "lines": lines_of(anonymised.text) if anonymised else [],
        "is_withdrawn": anonymised is None,
        "is_aside": letter.pk in selectors.put_aside_by(seat),
        "mark": documents.watermark(seat),
        "questions": [
            (
                numbers[key],
                key,
                words,
                answers_offered(seat.meeting, key),
                given.get(key),
                now.get(key),
                standard_of(seat.meeting, key),
            )
            for key, words in questions
        ],
        "leaves_out": leaves_out(seat.meeting, questions),
        "left": _left_words(seat, questions, _stands(seat, letter)),
        "form": form,
        "read": text_stamp(anonymised) if anonymised else "",
        "is_asked_anew": is_asked_anew,
        "is_over": seat.meeting.state in selectors.OVER,
        "is_handed_in": seat.typed_by is not None
        or (seat.handed_in_at is not None and not is_asked_anew),
    }
    return render(request, "panels/pack_letter.html", context)


@page(Permission.PANEL_READ, methods=("POST",))
def pack_hand_in(request: SignedInRequest, seat_id: int) -> HttpResponse:
    """Hand in the answers to all letters."""
    seat = selectors.seat_for(request.user, seat_id)
    try:
        services.hand_in(seat, by=request.user, at=clock.now())
    except meeting_services.PanelRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Handed in. Thank you. See you at the meeting.")
    return redirect("panels:pack", seat_id)


@page(Permission.PANEL_READ)
def pack_file(request: SignedInRequest, seat_id: int) -> HttpResponse:
    """Hand out a member's pack as a file, where that is allowed."""
    seat = selectors.seat_for(request.user, seat_id)
    now = clock.now()
    opening.check_is_readable(seat, now)
    if not seat.meeting.may_download:
        raise NotAllowed("These letters are read here and not downloaded.")
    lines = lines_still_clear(seat, documents.lines_to_print(seat), at=now)
    if not lines:
        raise Http404
    content = documents.pack_pdf(seat, lines)
    services.note_pack_taken(seat, "file", by=request.user, at=now)
    return as_file(content, f"panel-{seat.meeting.number}.pdf", "application/pdf")


@page(Permission.PANEL_READ)
def pack_invitation(request: SignedInRequest, seat_id: int) -> HttpResponse:
    """Hand out the invitation to a member's meeting."""
    seat = selectors.seat_for(request.user, seat_id)
    services.note_pack_taken(seat, "invitation", by=request.user, at=clock.now())
    name = f"panel-{seat.meeting.number}.ics"
    return as_file(documents.invitation_of(seat.meeting), name, "text/calendar")
