"""A draft: put together, edited beside what the checks find, taken to Word and back."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from forthright.accounts.permissions import Permission
from forthright.letter_files.writing import docx_of
from forthright.letters import policies
from forthright.letters.forms.drafts import DraftForm, WordFileForm
from forthright.letters.marked_text import marked_text, read_marked_text
from forthright.letters.models import LetterVersion
from forthright.letters.selectors.case_facts import note_for
from forthright.letters.selectors.checking import Checked, check_text, composed_of
from forthright.letters.selectors.comparing import changes_between
from forthright.letters.selectors.letter import latest_words, version_for
from forthright.letters.services import drafting as services
from forthright.letters.services.handing_out import hand_out
from forthright.schemes.models import Duty
from forthright.schemes.selectors.duties import duty_for
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

WORD_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page(Permission.LETTER_DRAFT, methods=("GET", "POST"))
def draft(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Edit the letter beside what the checks find; or begin it."""
    duty = _drafted(request, duty_id)
    latest = latest_words(duty)
    if latest is None:
        return redirect("letters:draft_begin", duty.pk)
    if request.method == "GET":
        text = marked_text(composed_of(latest))
        return _editor(request, duty, text, latest)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return redirect("letters:draft", duty.pk)
    act = next((name for name in ACTS if name in request.POST), "check")
    text = form.cleaned_data["text"].replace("\r\n", "\n")
    return ACTS[act](request, duty, text, form.cleaned_data["based_on"])


@page(Permission.LETTER_DRAFT, methods=("GET", "POST"))
def draft_begin(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Put the letter together, or say what lacks."""
    duty = _drafted(request, duty_id)
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            services.draft_letter(duty, by=request.user, at=clock.now())
        except services.DraftRefused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, "The letter is put together. Read it, and make it theirs.")
            return redirect("letters:draft", duty.pk)
    see_letter(duty, by=request.user, at=clock.now())
    context = {"duty": duty, "note": note_for(duty.decision), "problems": problems,
               "latest": latest_words(duty)}  # fmt: skip
    return render(request, "letters/draft_begin.html", context)


@page(Permission.LETTER_DRAFT, methods=("POST",))
def draft_check(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Say what the checks find in the words as they are typed; nothing is kept."""
    duty = _drafted(request, duty_id)
    form, latest = DraftForm(request.POST), latest_words(duty)
    if latest is None or not form.is_valid():
        return JsonResponse({}, status=400)
    checked = _checked(request, duty, form.cleaned_data["text"].replace("\r\n", "\n"), latest)
    context = {"duty": duty, "checked": checked, "may_overrule": True}
    findings = render_to_string("letters/_findings.html", context, request)
    return JsonResponse({**checked.for_script(), "findings": findings})


@page(Permission.LETTER_DRAFT)
def draft_download(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Hand out the newest words as a Word file to edit."""
    duty = _drafted(request, duty_id)
    version = version_for(duty, _number_of(latest_words(duty)))
    content = docx_of(composed_of(version), title=f"Letter {duty.reference}")
    hand_out(version, "docx", by=request.user, at=clock.now())
    name = f"letter-{duty.reference}-version-{version.number}.docx"
    return HttpResponse(
        content, content_type=WORD_KIND,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


@page(Permission.LETTER_DRAFT, methods=("GET", "POST"))
def draft_upload(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Take back a Word file that was edited."""
    duty = _drafted(request, duty_id)
    latest = version_for(duty, _number_of(latest_words(duty)))
    form = WordFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        based_on = _version_in(file.name, latest.number)
        try:
            kept = services.take_back_word_file(
                duty, file.read(), based_on=based_on, by=request.user, at=clock.now()
            )
        except services.DraftRefused as refusal:
            form.add_error("file", str(refusal))
        except services.DraftChanged as change:
            form.add_error(
                "file",
                f"This file was made from version {based_on}. {change} Nothing was overwritten. "
                "Download the newest version and put your changes into it.",
            )
        else:
            messages.success(request, f"The Word file is kept as version {kept.number}.")
            return redirect("letters:draft", duty.pk)
    see_letter(duty, by=request.user, at=clock.now())
    context = {"duty": duty, "form": form, "latest": latest}
    return render(request, "letters/draft_upload.html", context)


def _check(request: SignedInRequest, duty: Duty, text: str, based_on: int) -> HttpResponse:
    return _editor(request, duty, text, version_for(duty, based_on))


def _keep(request: SignedInRequest, duty: Duty, text: str, based_on: int) -> HttpResponse:
    said: dict[str, Any] = {"by": request.user, "at": clock.now()}
    try:
        version = services.keep_edit(duty, text, based_on=based_on, **said)
    except services.DraftChanged as change:
        return _clash(request, duty, text, change.latest)
    except services.DraftRefused as refusal:
        return _editor(request, duty, text, version_for(duty, based_on), refusal.problems)
    messages.success(request, f"Version {version.number} is kept.")
    return redirect("letters:draft", duty.pk)


def _hand_over(request: SignedInRequest, duty: Duty, text: str, based_on: int) -> HttpResponse:
    said: dict[str, Any] = {"by": request.user, "at": clock.now()}
    try:
        kept = services.keep_edit(duty, text, based_on=based_on, **said)
    except services.DraftChanged as change:
        return _clash(request, duty, text, change.latest)
    except services.DraftRefused as refusal:
        return _editor(request, duty, text, version_for(duty, based_on), refusal.problems)
    try:
        services.hand_over(duty, **said)
    except services.DraftRefused as refusal:
        return _editor(request, duty, text, kept, refusal.problems)
    messages.success(request, "The letter waits for a second person to approve it.")
    return redirect("letters:letter", duty.pk)


def _use(request: SignedInRequest, duty: Duty, text: str, based_on: int) -> HttpResponse:
    """Put the suggested words in the place of those found."""
    latest = version_for(duty, based_on)
    chosen = request.POST["use"]
    for each in _checked(request, duty, text, latest).findings:
        if str(each.number) == chosen and each.replacement:
            text = text[: each.start] + each.replacement + text[each.end :]
            break
    return _editor(request, duty, text, latest)


Act = Callable[[SignedInRequest, Duty, str, int], HttpResponse]
ACTS: dict[str, Act] = {"keep": _keep, "ready": _hand_over, "use": _use, "check": _check}


def _drafted(request: SignedInRequest, duty_id: int) -> Duty:
    duty = duty_for(request.user, duty_id)
    policies.check_can_draft(request.user, duty)
    return duty


def _checked(request: SignedInRequest, duty: Duty, text: str, latest: LetterVersion) -> Checked:
    composed = read_marked_text(text, before=composed_of(latest))
    return check_text(text, composed, duty, clock.today(), writer=request.user)


def _editor(
    request: SignedInRequest,
    duty: Duty,
    text: str,
    latest: LetterVersion,
    problems: tuple[str, ...] = (),
) -> HttpResponse:
    checked = _checked(request, duty, text, latest)
    form = DraftForm(initial={"text": text, "based_on": latest.number})
    see_letter(duty, by=request.user, at=clock.now())
    context = {
        "duty": duty,
        "form": form,
        "latest": latest,
        "checked": checked,
        "for_script": json.dumps(checked.for_script()),
        "problems": problems,
        "is_kept": text == marked_text(composed_of(latest)),
        "note": note_for(duty.decision),
    }
    return render(request, "letters/draft.html", context)


def _clash(request: SignedInRequest, duty: Duty, text: str, latest: LetterVersion) -> HttpResponse:
    """Show both versions where two people edited at once; mine stays in the box."""
    theirs = marked_text(composed_of(latest))
    see_letter(duty, by=request.user, at=clock.now())
    context = {
        "duty": duty,
        "form": DraftForm(initial={"text": text, "based_on": latest.number}),
        "latest": latest,
        "changes": changes_between(theirs, text),
    }
    return render(request, "letters/draft_clash.html", context, status=409)


def _number_of(latest: LetterVersion | None) -> int:
    return latest.number if latest else 0


def _version_in(name: str, newest: int) -> int:
    """Return the version that a file's name says it was made from, or else the newest."""
    _, found, rest = name.rpartition("-version-")
    digits = "".join(letter for letter in rest.partition(".")[0].partition(" ")[0] if
                     letter.isdigit())  # fmt: skip
    return int(digits) if found and digits else newest
