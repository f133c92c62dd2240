"""The prosecutor's reasons for a decision, written, read and marked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import is_allowed
from forthright.letters import policies
from forthright.letters.forms.notes import NoteMarkForm, ReasonsForm, known_of
from forthright.letters.models import ReasonsNote
from forthright.letters.selectors.case_facts import note_for
from forthright.letters.selectors.notes import asks_of, notes_of
from forthright.letters.services import notes as services
from forthright.schemes.models import Duty
from forthright.schemes.selectors.duties import duty_for
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.DUTY_SEE)
def note(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Show the reasons for the decision of a letter, every version, with their marks."""
    duty = duty_for(request.user, duty_id)
    notes = notes_of(duty.decision)
    see_letter(duty, by=request.user, at=clock.now())
    context = {
        "duty": duty,
        "note": notes[0] if notes else None,
        "older": notes[1:],
        "may_write": is_allowed(policies.check_can_write_reasons, request.user, duty),
        "may_mark": bool(notes)
        and is_allowed(policies.check_can_mark_reasons, request.user, duty, notes[0]),
    }
    return render(request, "letters/note.html", context)


@page(Permission.REASONS_WRITE, methods=("GET", "POST"))
def note_write(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Write the reasons for a decision, or a new version of them."""
    duty = duty_for(request.user, duty_id)
    policies.check_can_write_reasons(request.user, duty)
    form = ReasonsForm(
        request.POST or None,
        asks=asks_of(duty),
        initial=known_of(note_for(duty.decision)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.write_note(duty, form.reasons(), by=request.user, at=clock.now())
        except services.NoteRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "Your reasons are kept. A letter can be drafted from them.")
            return redirect("letters:note", duty.pk)
    see_letter(duty, by=request.user, at=clock.now())
    return render(request, "letters/note_write.html", {"duty": duty, "form": form})


@page(Permission.REASONS_MARK, methods=("GET", "POST"))
def note_mark(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Mark the reasons for a decision, apart from the letter."""
    duty = duty_for(request.user, duty_id)
    newest = _newest(duty)
    policies.check_can_mark_reasons(request.user, duty, newest)
    form = NoteMarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.mark_note(
                newest, duty, form.cleaned_data["level"], comment=form.cleaned_data["comment"],
                by=request.user, at=clock.now(),
            )  # fmt: skip
        except services.NoteRefused as refusal:
            form.add_error("comment", str(refusal))
        else:
            messages.success(request, "Your mark is kept. The prosecutor can read it.")
            return redirect("letters:note", duty.pk)
    see_letter(duty, by=request.user, at=clock.now())
    context = {"duty": duty, "form": form, "note": newest}
    return render(request, "letters/note_mark.html", context)


def _newest(duty: Duty) -> ReasonsNote:
    newest = note_for(duty.decision)
    if newest is None:
        raise Http404("No reasons yet")
    return newest
