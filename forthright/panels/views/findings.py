"""What a meeting came to: the map of answers, the talk, findings with their answers, the note."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, reason_against
from forthright.panels import policies
from forthright.panels.forms import meetings as forms
from forthright.panels.models import Meeting
from forthright.panels.policies import AlarmsTold, alarms_told
from forthright.panels.selectors import meetings as selectors
from forthright.panels.selectors import notes
from forthright.panels.selectors.against import letters_to_agree
from forthright.panels.selectors.before_reading import BeforeReading
from forthright.panels.selectors.finished import lines_of
from forthright.panels.selectors.given_on import check_not_given_on
from forthright.panels.selectors.named import (
    corrections_said,
    findings_shown,
    left_out_shown,
    remarks_shown,
    taken_back_shown,
)
from forthright.panels.selectors.not_counted import are_words_read
from forthright.panels.selectors.recognised import read_by
from forthright.panels.services import findings as services
from forthright.panels.services import meeting as meeting_services
from forthright.panels.services import talking
from forthright.rules.panel_map import furthest_apart
from forthright.rules.sampling import Part
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page

# So many are worth talking about first.
APART_SHOWN = 5


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def discussion(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Lay the members' answers side by side, and keep what was said of them."""
    shown = selectors.meeting_for(request.user, meeting_id)
    form = forms.DiscussionForm(request.POST or None, initial=_as_filled(shown))
    if request.method == "POST" and form.is_valid():
        try:
            talking.keep_discussion(
                shown, form.cleaned_data["discussion"], opened=form.cleaned_data["opened"],
                names_nobody=form.cleaned_data["names_nobody"], by=request.user, at=clock.now(),
            )  # fmt: skip
        except services.NameSeen as refusal:
            form.ask_to_look(str(refusal))
        except ChangedMeanwhile as refusal:
            shown.refresh_from_db()
            ask_beside(form, refusal, _as_filled(shown))
        except meeting_services.PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept.")
            return redirect("panels:discussion", meeting_id)
    return render(request, "panels/discussion.html", _map_of(request, shown) | {"form": form})


@page(Permission.PANEL_KEEP)
def letter_discussed(request: SignedInRequest, meeting_id: int, position: int) -> HttpResponse:
    """Show a letter that is talked about as its panel reads it: by its number, without its case.

    What is to be known before it is read out stands on a page of its own: the letter may be on a
    screen in the room.
    """
    shown = selectors.meeting_for(request.user, meeting_id)
    letter = selectors.pack_letter_at(shown, position)
    try:
        before = talking.look_before(letter, by=request.user, at=clock.now())
        if before is not None and request.GET.get("show") != "letter":
            context = {"meeting": shown, "before": before, "told": _told(request, before)}
            return render(request, "panels/letter_before.html", context)
        anonymised = talking.open_letter(letter, by=request.user, at=clock.now())
    except meeting_services.PanelRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("panels:meeting", meeting_id)
    context = {
        "meeting": shown,
        "letter": letter,
        "lines": lines_of(anonymised.text) if anonymised else [],
        "is_withdrawn": anonymised is None,
        "is_otherwise": anonymised is not None and not are_words_read(letter, anonymised),
    }
    return render(request, "panels/letter_discussed.html", context)


def _as_filled(meeting: Meeting) -> dict[str, str]:
    opened = talking.stamp_of_talk(meeting)
    return {"discussion": meeting.discussion, "opened": opened}


def _told(request: SignedInRequest, before: BeforeReading) -> AlarmsTold | None:
    return alarms_told(request.user, before.anonymised, before.alarms)


def _map_of(request: SignedInRequest, meeting: Meeting) -> dict[str, object]:
    readings = selectors.readings_of(meeting)
    squares = selectors.disagreement_map(meeting, readings)
    services.see_meeting(meeting, "answers", by=request.user, at=clock.now())
    words = dict(meeting.questions)
    readers = read_by(meeting, readings)
    apart = furthest_apart(squares)
    return {
        "meeting": meeting,
        "is_over": meeting.state in selectors.OVER,
        "questions": list(enumerate(meeting.questions, 1)),
        "rows": [
            (letter, by.words, [squares.get((letter, key)) for key in words])
            for letter, by in sorted(readers.items())
        ],
        "apart": [(each, words[each.key]) for each in apart[:APART_SHOWN]],
        "more_apart": max(len(apart) - APART_SHOWN, 0),
        "remarks": remarks_shown(meeting, readings),
        "before": [
            (each, _told(request, each))
            for each in talking.look_before_all(meeting, at=clock.now())
        ],
        "to_agree": letters_to_agree(meeting),
        "talk_before": meeting.talk_before.select_related("replaced_by"),
    }


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def finding_give(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Give what the panel found to a named legal manager."""
    shown = selectors.meeting_for(request.user, meeting_id)
    managers = selectors.managers_of_area(request.user)
    form = forms.FindingForm(request.POST or None, managers=managers)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.give_finding(
                shown, said["said"], said["manager"], by=request.user, at=clock.now(),
                ticked=services.Ticked(to_self=said["to_self"], names_nobody=said["names_nobody"]),
            )  # fmt: skip
        except services.NameSeen as refusal:
            form.ask_to_look(str(refusal))
        except meeting_services.PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Given. It stands on the manager’s first page.")
            return redirect("panels:meeting", meeting_id)
    return render(request, "panels/finding_give.html", {"meeting": shown, "form": form})


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def finding_give_on(request: SignedInRequest, finding_id: int) -> HttpResponse:
    """Give a finding that nobody has answered to another legal manager."""
    shown = selectors.finding_kept(request.user, finding_id)
    others = selectors.managers_of_area(request.user).exclude(pk=shown.manager_id)
    opened = {"opened": str(shown.manager_id)}
    form = forms.GiveOnForm(request.POST or None, managers=others, initial=opened)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.give_finding_on(
                shown, said["manager"], to_self=said["to_self"], opened=said["opened"],
                by=request.user, at=clock.now(),
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            shown.refresh_from_db()
            ask_beside(form, refusal, {"manager": shown.manager})
        except meeting_services.PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Given. It stands on the manager’s first page.")
            return redirect("panels:meeting", shown.meeting_id)
    services.see_findings([shown], by=request.user, at=clock.now())
    against = reason_against(policies.check_can_decide_of_finding, request.user, shown)
    context = {"finding": shown, "form": form, "refusal": against}
    return render(request, "panels/finding_give_on.html", context)


@page(Permission.PANEL_ANSWER)
def findings(request: SignedInRequest) -> HttpResponse:
    """List what the panel found and gave to this manager."""
    found = list(selectors.findings_to_answer(request.user))
    services.see_findings(found, by=request.user, at=clock.now())
    return render(request, "panels/findings.html", {"findings": found, "today": clock.today()})


@page(Permission.PANEL_ANSWER, methods=("GET", "POST"))
def finding(request: SignedInRequest, finding_id: int) -> HttpResponse:
    """Show one finding and keep the manager's answer."""
    check_not_given_on(request.user, finding_id)
    shown = selectors.finding_for(request.user, finding_id)
    form = forms.AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_finding(
                shown, form.cleaned_data["did"], by=request.user, at=clock.now(),
                names_nobody=form.cleaned_data["names_nobody"],
            )  # fmt: skip
        except services.NameSeen as refusal:
            form.ask_to_look(str(refusal))
        except meeting_services.PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Answered. It opens the panel’s next meeting.")
            return redirect("panels:findings")
    services.see_findings([shown], by=request.user, at=clock.now())
    against = reason_against(policies.check_can_decide_of_finding, request.user, shown)
    context = {
        "finding": shown,
        "form": form,
        "corrected": corrections_said(shown),
        "not_yours": [against] if against else [],
    }
    return render(request, "panels/finding.html", context)


@page(Permission.PANEL_SEE)
def note(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Show the note of a meeting: what was read, what was found, what was done."""
    shown = selectors.meeting_for(request.user, meeting_id)
    services.see_meeting(shown, "note", by=request.user, at=clock.now())
    may_see_marks = has_permission(request.user, Permission.REVIEW_SEE)
    context = note_context(shown) | {"may_see_marks": may_see_marks, "links": True}
    return render(request, "panels/note.html", context)


@page(Permission.PANEL_SEE)
def answers_counted(
    request: SignedInRequest, meeting_id: int, drawn_part: str, place: int
) -> HttpResponse:
    """Show letter by letter the answers that one count of a note is made of."""
    shown = selectors.meeting_for(request.user, meeting_id)
    if drawn_part not in list(Part) or not 0 < place <= len(shown.questions):
        raise Http404
    said = notes.note_of(shown)
    services.see_meeting(shown, "counted_answers", by=request.user, at=clock.now())
    squares = notes.squares_counted(said, Part(drawn_part), place)
    context = {
        "meeting": shown,
        "words": shown.questions[place - 1][1],
        "squares": [(each, said["readers"][str(each.letter)]) for each in squares],
        "part": drawn_part,
    }
    return render(request, "panels/answers_counted.html", context)


def note_context(meeting: Meeting) -> dict[str, object]:
    """Return what the note of a meeting says; letters by lot and for the theme stand apart."""
    said = notes.note_of(meeting)
    return said | {
        "meeting": meeting,
        "parts": notes.parts_shown(said),
        "since_published": notes.since_published(meeting),
        "left_out": left_out_shown(meeting),
        "taken_back": taken_back_shown(meeting),
        "findings": findings_shown(meeting),
    }
