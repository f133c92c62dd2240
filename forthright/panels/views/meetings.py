"""Keeping the panel: its meetings, their letters, who reads them, and what they found."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, has_permission, is_allowed, reason_against
from forthright.panels import documents, policies
from forthright.panels.forms import meetings as forms
from forthright.panels.forms.seating import GiveForm
from forthright.panels.models import Meeting, PanelFinding, Recognition
from forthright.panels.selectors import meetings as selectors
from forthright.panels.selectors.being_read import is_being_read
from forthright.panels.selectors.booklets import booklets_of, members_with_files
from forthright.panels.selectors.conflicts import not_given_at
from forthright.panels.selectors.copies import copies_out
from forthright.panels.selectors.drawing import drawn_before_words, shortfall_words
from forthright.panels.selectors.handing_in import lost_by, not_handed_in
from forthright.panels.selectors.held_back import left_out_held
from forthright.panels.selectors.judged import others_who_keep_drawn_each
from forthright.panels.selectors.left_out import left_out
from forthright.panels.selectors.named import findings_kept, findings_shown
from forthright.panels.selectors.not_counted import hidden_with_position, taken_back
from forthright.panels.selectors.on_paper import Issue, asked_after_handing_in, issues_of
from forthright.panels.selectors.opened import opened_of_withdrawn
from forthright.panels.selectors.recognised import number_put_aside, recognitions_kept
from forthright.panels.selectors.run_list import read_at
from forthright.panels.selectors.waiting import day_proposed, meeting_to_come, next_due
from forthright.panels.services import findings, leaving_out
from forthright.panels.services import meeting as services
from forthright.panels.services.changing import CHANGEABLE, is_closed_early
from forthright.panels.services.conflicting import note_seen
from forthright.panels.services.findings import NameSeen
from forthright.panels.services.lines_cleared import lines_still_clear
from forthright.panels.services.paper import note_printed
from forthright.panels.services.seating import seats_end_at
from forthright.rules.words import day_words, moment_at
from forthright.rules.written import cleaned
from forthright.web import clock
from forthright.web.numbers import number_of
from forthright.web.page import SignedInRequest, page


@page(Permission.PANEL_SEE)
def meetings(request: SignedInRequest) -> HttpResponse:
    """List the meetings, one line each: a run list, as a panel is too rare for a control chart."""
    listed = selectors.run_list(request.user)
    aside, read = number_put_aside([each.pk for each in listed]), read_at(listed)
    context = {
        "meetings": [(each, aside[each.pk][1], read.get(each.pk)) for each in listed],
        "may_keep": has_permission(request.user, Permission.PANEL_KEEP),
        "next_due": next_due(request.user),
        "to_come": meeting_to_come(request.user),
        "today": clock.today(),
        "may_see_marks": has_permission(request.user, Permission.REVIEW_SEE),
    }
    return render(request, "panels/meetings.html", context)


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def meeting_plan(request: SignedInRequest) -> HttpResponse:
    """Plan the next meeting."""
    proposed = {"day": day_proposed(request.user)}
    form = forms.PlanForm(request.POST or None, area=request.user.area, initial=proposed)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        starts_at = moment_at(said.pop("day"), said.pop("hour"))
        try:
            made = services.plan_meeting(
                services.Plan(starts_at=starts_at, **said), by=request.user, at=clock.now()
            )
        except services.PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Planned. Draw its letters next.")
            return redirect("panels:meeting", made.pk)
    return render(request, "panels/meeting_plan.html", {"form": form})


@page(Permission.PANEL_KEEP)
def meeting(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Show one meeting with its letters, who reads them, and what comes next."""
    shown = selectors.meeting_for(request.user, meeting_id)
    return _meeting_page(request, shown, _close_form(shown))


def _meeting_page(
    request: SignedInRequest, shown: Meeting, close_form: forms.CloseForm | None
) -> HttpResponse:
    findings.see_meeting(shown, "letters", by=request.user, at=clock.now())
    kept_back = list(not_given_at(shown))
    note_seen(shown, by=request.user, at=clock.now())
    lines = selectors.pack_lines(shown)
    members = selectors.members_of_area(request.user)
    seated = {each.member_id for each in selectors.seats_at(shown)}
    others = [each for each in members if each.pk not in seated]
    before, today = selectors.meeting_before(shown), clock.today()
    context = {
        "meeting": shown,
        "drawn_before": drawn_before_words(shown),
        "shortfall": shortfall_words(shown),
        "before": before,
        "shown_before": findings_shown(before) if before else [],
        "lines": lines,
        "ready": sum(each.is_ready for each in lines if not each.is_left_out),
        "wanted": sum(not each.is_left_out for each in lines),
        "seats": [
            (each, asked_after_handing_in(each), lost_by(each))
            for each in selectors.seats_at(shown)
        ],
        "put_aside": _put_aside(request, shown),
        "form": close_form,
        "without": _numbers(request, "without"),
        "left": not_handed_in(shown, today) if shown.state == Meeting.State.OPEN else [],
        "seats_end": seats_end_at(shown, today),
        "is_read": is_being_read(shown, today),
        "findings": _findings_to_decide(request, shown),
        "findings_kept": findings_kept(shown, request.user),
        "is_over": shown.state in selectors.OVER,
        "today": today,
        "is_to_come": shown.state in CHANGEABLE,
        "is_closed_early": is_closed_early(shown, clock.now()),
        "members": forms.MembersForm(members=members, initial={"members": members}),
        "not_given": [(each, GiveForm(auto_id=f"give_{each.pk}_%s")) for each in kept_back],
        "left_out": left_out(shown),
        **_reasons_held(request, shown),
        "taken_back": taken_back(shown),
        "copies": copies_out(shown),
        "booklets": booklets_of(shown),
        "with_files": members_with_files(shown),
        "opened": opened_of_withdrawn(shown),
        "by_people": hidden_with_position(shown),
        "others": forms.MembersForm(members=others) if others else None,
    }
    return render(request, "panels/meeting.html", context)


def _findings_to_decide(request: SignedInRequest, shown: Meeting) -> list[tuple[PanelFinding, str]]:
    """Return the findings that are given on or put right, or why this person decides nothing of it.

    Whom to ask is said once it is answered, too: its words may be held back at any time.
    """
    found = [
        (each, reason_against(policies.check_can_decide_of_finding, request.user, each))
        for each in selectors.findings_of(shown)
    ]
    return [(each, against) for each, against in found if against or each.replied_at is None]


def _reasons_held(request: SignedInRequest, shown: Meeting) -> dict[str, Any]:
    """Return what is held back of why letters were left out, and of what this person decides."""
    found = left_out_held(shown)
    held = [each for each, _, is_held in found["reasons_held"] if is_held]
    rows = shown.letters.filter(position__in=[*found["reasons_to_hold"], *held])
    letters = list(rows.select_related(*leaving_out.RELATED).order_by("position"))
    others, check = others_who_keep_drawn_each(letters), policies.check_can_hold_back_reason
    against = {
        each.position: reason_against(check, request.user, each, others=others) for each in letters
    }
    return {
        "reasons_to_hold": [each for each in found["reasons_to_hold"] if not against[each]],
        "reasons_held": [
            (each, told, is_held and not against[each])
            for each, told, is_held in found["reasons_held"]
        ],
        "reasons_not_yours": [(each, why) for each, why in against.items() if why],
    }


def _put_aside(request: SignedInRequest, shown: Meeting) -> list[tuple[Recognition, bool]]:
    """Return what members put aside, each with whether somebody else decides what follows."""
    found = list(recognitions_kept(request.user).filter(seat__meeting=shown.pk))
    left = [each.letter for each in found if each.decided_at is None]
    others, check = others_who_keep_drawn_each(left), policies.check_can_decide_put_aside
    return [
        (
            each,
            each.decided_at is None
            and not is_allowed(check, request.user, each.letter, others=others),
        )
        for each in found
    ]


def _close_form(
    meeting: Meeting, said: QueryDict | None = None, **named: Any
) -> forms.CloseForm | None:
    """Return what is asked before the marks of a panel are closed that met without any."""
    has_met = meeting.state == Meeting.State.OPEN and meeting.starts_at <= clock.now()
    if not has_met or meeting.seats.filter(handed_in_at__isnull=False).exists():
        return None
    return forms.CloseForm(said, **named)


def _done(
    request: SignedInRequest, meeting_id: int, act: Callable[[Meeting], object], words: str
) -> HttpResponse:
    """Do one thing to a meeting and lead back to it, with what came of it in words."""
    shown = selectors.meeting_for(request.user, meeting_id)
    try:
        act(shown)
    except services.PanelRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("panels:meeting", meeting_id)


@page(Permission.PANEL_KEEP, methods=("POST",))
def letters_draw(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Draw the letters of a meeting."""
    return _done(
        request,
        meeting_id,
        lambda shown: services.draw_letters(shown, by=request.user, at=clock.now()),
        "Drawn. Anonymise and release each letter next.",
    )


@page(Permission.PANEL_KEEP, methods=("POST",))
def pack_open(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Open the pack to the members who were chosen."""
    offered = selectors.members_of_area(request.user)
    form = forms.MembersForm(request.POST, members=offered)
    members = list(form.cleaned_data["members"]) if form.is_valid() else []
    return _done(
        request,
        meeting_id,
        lambda shown: services.open_pack(shown, members, by=request.user, at=clock.now()),
        "Open. The members find it on their first page.",
    )


def _numbers(request: SignedInRequest, name: str) -> set[int]:
    sent = request.POST.getlist(name)
    return {number for each in sent if (number := number_of(each)) is not None}


@page(Permission.PANEL_KEEP, methods=("POST",))
def marks_close(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Close the members' marks; where that is refused, what was ticked and written stays."""
    shown = selectors.meeting_for(request.user, meeting_id)
    reason = request.POST.get("reason", "")
    form = _close_form(shown, request.POST)
    if cleaned(reason) and form is not None and not form.is_valid():
        return _meeting_page(request, shown, form)
    try:
        services.close_marks(
            shown, without=_numbers(request, "without"), reason=reason, by=request.user,
            at=clock.now(),
        )  # fmt: skip
    except services.PanelRefused as refusal:
        messages.error(request, str(refusal))
        return _meeting_page(request, shown, _close_form(shown, initial={"reason": reason}))
    messages.success(request, "Closed. Now the answers can be laid side by side.")
    return redirect("panels:meeting", meeting_id)


@page(Permission.PANEL_KEEP, methods=("POST",))
def note_publish(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Publish the note of a meeting."""
    return _done(
        request,
        meeting_id,
        lambda shown: services.publish_note(shown, by=request.user, at=clock.now()),
        "Published to everybody who may see what the panel found.",
    )


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def letter_leave_out(request: SignedInRequest, meeting_id: int, position: int) -> HttpResponse:
    """Leave a drawn letter out of the pack, with a reason."""
    shown = selectors.meeting_for(request.user, meeting_id)
    letter = shown.letters.select_related(*leaving_out.RELATED).filter(position=position).first()
    if letter is None:
        raise Http404
    form = forms.LeaveOutForm(request.POST or None)
    against = reason_against(policies.check_can_leave_out, request.user, letter)
    if request.method == "POST" and form.is_valid():
        try:
            leaving_out.leave_out(
                letter,
                form.cleaned_data["reason"],
                names_nobody=form.cleaned_data["names_nobody"],
                by=request.user,
                at=clock.now(),
            )
        except NameSeen as look:
            form.ask_to_look(str(look))
        except services.PanelRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, f"Letter {position} is left out.")
            return redirect("panels:meeting", meeting_id)
    context = {"meeting": shown, "letter": letter, "form": form, "refusal": against}
    return render(request, "panels/letter_leave_out.html", context)


@page(Permission.PANEL_KEEP, methods=("POST",))
def letter_put_back(request: SignedInRequest, meeting_id: int, position: int) -> HttpResponse:
    """Put a letter back into the pack that was left out by mistake."""
    shown = selectors.meeting_for(request.user, meeting_id)
    letter = shown.letters.select_related("meeting").filter(position=position).first()
    if letter is None:
        raise Http404
    return _done(
        request,
        meeting_id,
        lambda _: leaving_out.put_back(letter, by=request.user, at=clock.now()),
        f"Letter {position} is in the pack again.",
    )


@page(Permission.PANEL_KEEP)
def booklet(request: SignedInRequest, meeting_id: int, seat_number: int) -> HttpResponse:
    """Hand out the booklet of one member, to be printed and posted."""
    shown = selectors.meeting_for(request.user, meeting_id)
    seats = shown.seats.select_related("member", "meeting__area", "meeting__edition")
    seat = seats.filter(number=seat_number).first()
    if seat is None or not is_being_read(shown, clock.today()):
        raise Http404
    now = clock.now()
    if clock.day_of(now) > shown.pack_until:
        raise NotAllowed(
            f"The letters of this pack could be read until {day_words(shown.pack_until)}, so no "
            "booklet of them is printed. To let members read on, press “Change when or where” on "
            "the page of the meeting and give the pack a later last day. What came back on paper "
            "is typed in without another booklet."
        )
    if seat.has_ended(clock.day_of(now)):
        raise NotAllowed(f"{seat.member}’s seat is ended, so no booklet is printed for them.")
    if lost := lost_by(seat):
        raise NotAllowed(
            f"No booklet is printed for {seat.member}, as {lost}. End their seat on the page of "
            "the meeting."
        )
    lines = lines_still_clear(seat, documents.lines_to_print(seat), at=now)
    at = tuple(each.letter.position for each in lines)
    issue = Issue(len(issues_of(seat)) + 1, now, at, request.user)
    content = documents.pack_pdf(seat, lines, booklet=issue)
    note_printed(seat, at, issue=issue.number, by=request.user, at=now)
    return as_file(content, f"panel-{shown.number}-copy-{seat.number}.pdf", "application/pdf")


@page(Permission.PANEL_KEEP)
def invitation(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Hand out the invitation to a meeting."""
    shown = selectors.meeting_for(request.user, meeting_id)
    findings.take_invitation_out(shown, by=request.user, at=clock.now())
    return as_file(documents.invitation_of(shown), f"panel-{shown.number}.ics", "text/calendar")


def as_file(content: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file to be kept."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
