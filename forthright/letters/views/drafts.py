"""A draft: put together, edited beside what the checks find, taken to Word and back."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import is_allowed, reason_against
from forthright.letter_files.word_looks import looks_left_out
from forthright.letter_files.writing import docx_of
from forthright.letters import policies
from forthright.letters.addresses import address_of
from forthright.letters.forms.drafts import DraftForm, WordFileForm
from forthright.letters.marked_text import marked_text, read_marked_text
from forthright.letters.models import Letter, LetterVersion
from forthright.letters.selectors.checking import Checked, check_text, composed_of
from forthright.letters.selectors.comparing import changes_between
from forthright.letters.selectors.letter import latest_words, version_for
from forthright.letters.selectors.which import letter_at
from forthright.letters.services import drafting as services
from forthright.letters.services.handing_out import hand_out
from forthright.letters.services.new_reasons import keep_as_right
from forthright.letters.views.about import about_letter, file_name_of
from forthright.rules.letter_blocks.addressing import without_address
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

LONGEST_NUMBER = 9  # digits
WORD_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page(Permission.LETTER_DRAFT, methods=("GET", "POST"))
def draft(request: SignedInRequest, duty_id: int, number: int = 1) -> HttpResponse:
    """Edit the letter beside what the checks find; or begin it."""
    letter = _drafted(request, duty_id, number)
    latest = latest_words(letter)
    if latest is None:
        return redirect(address_of("draft_begin", letter))
    if request.method == "GET":
        text = marked_text(composed_of(latest))
        return _editor(request, letter, text, latest)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return redirect(address_of("draft", letter))
    act = next((name for name in ACTS if name in request.POST), "check")
    text = form.cleaned_data["text"].replace("\r\n", "\n")
    return ACTS[act](request, letter, text, form.cleaned_data["based_on"])


@page(Permission.LETTER_DRAFT, methods=("GET", "POST"))
def draft_begin(request: SignedInRequest, duty_id: int, number: int = 1) -> HttpResponse:
    """Put the letter together, or say what lacks."""
    letter = _drafted(request, duty_id, number)
    problems: tuple[str, ...] = ()
    before = latest_words(letter)
    if request.method == "POST":
        try:
            kept = services.draft_letter(letter, by=request.user, at=clock.now())
        except services.DraftRefused as refusal:
            problems = refusal.problems
        else:
            is_new = before is None or kept.pk != before.pk
            say = messages.success if is_new else messages.info
            say(request, _put_together_words(before, kept))
            return redirect(address_of("draft", letter))
    see_letter(letter.duty, by=request.user, at=clock.now())
    against = reason_against(policies.check_can_put_together, request.user, letter)
    context = {
        **about_letter(letter), "problems": problems, "latest": before, "against": against,
        "may_write": is_allowed(policies.check_can_write_reasons, request.user, letter.duty),
    }  # fmt: skip
    return render(request, "letters/draft_begin.html", context)


def _put_together_words(before: LetterVersion | None, kept: LetterVersion) -> str:
    """Say what came of it: the letter, a new version of it, or the very words there were."""
    if before is None:
        return "The letter is put together. Read it, and make it theirs."
    if kept.pk == before.pk:
        return (
            "No new version was made: the record, the reasons and the wording are what they were, "
            f"and give the words of version {kept.number} again. To have other words, change them "
            "below and keep them, or change the reasons or the record first."
        )
    return (
        f"Version {kept.number} is put together from the record as it is now. Version "
        f"{before.number} is kept; what was changed in it by hand is not in the new one."
    )


@page(Permission.LETTER_DRAFT, methods=("POST",))
def draft_check(request: SignedInRequest, duty_id: int, number: int = 1) -> HttpResponse:
    """Say what the checks find in the words as they are typed; nothing is kept."""
    letter = _drafted(request, duty_id, number)
    form, latest = DraftForm(request.POST), latest_words(letter)
    if latest is None or not form.is_valid():
        return JsonResponse({}, status=400)
    checked = _checked(request, letter, form.cleaned_data["text"].replace("\r\n", "\n"), latest)
    context = {**about_letter(letter), "checked": checked, "may_overrule": True}
    findings = render_to_string("letters/_findings.html", context, request)
    links = render_to_string("letters/_found_links.html", context, request)
    return JsonResponse({**checked.for_script(), "findings": findings, "links": links})


@page(Permission.LETTER_DRAFT)
def draft_download(request: SignedInRequest, duty_id: int, number: int = 1) -> HttpResponse:
    """Hand out the newest words as a Word file to edit, without the address.

    The address is put in from the record when the letter goes, so no file of a draft can be
    posted to a house that is not safe, or is another by then.
    """
    letter = _drafted(request, duty_id, number)
    version = version_for(letter, _number_of(latest_words(letter)))
    content = docx_of(
        without_address(composed_of(version)), title=f"Letter {letter.duty.reference}"
    )
    hand_out(version, "docx", by=request.user, at=clock.now())
    name = file_name_of(letter, version, "docx")
    return HttpResponse(
        content, content_type=WORD_KIND,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


@page(Permission.LETTER_DRAFT, methods=("GET", "POST"))
def draft_upload(request: SignedInRequest, duty_id: int, number: int = 1) -> HttpResponse:
    """Take back a Word file that was edited."""
    letter = _drafted(request, duty_id, number)
    latest = version_for(letter, _number_of(latest_words(letter)))
    form = WordFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        based_on = _version_in(file.name, latest.number)
        try:
            content = file.read()
            kept = services.take_back_word_file(
                letter, content, based_on=based_on, by=request.user, at=clock.now()
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
            _say_kept(request, latest, kept)
            if left_out := looks_left_out(content):
                messages.warning(request, left_out)
            return redirect(address_of("draft", letter))
    see_letter(letter.duty, by=request.user, at=clock.now())
    context = {**about_letter(letter), "form": form, "latest": latest}
    return render(request, "letters/draft_upload.html", context)


def _say_kept(request: SignedInRequest, before: LetterVersion, kept: LetterVersion) -> None:
    """Say that a Word file is kept as a new version, or has the words there were."""
    if kept.pk == before.pk:
        messages.info(
            request,
            f"The Word file has the words of version {kept.number}, so no new version was made.",
        )
    else:
        messages.success(request, f"The Word file is kept as version {kept.number}.")


def _check(request: SignedInRequest, letter: Letter, text: str, based_on: int) -> HttpResponse:
    return _editor(request, letter, text, version_for(letter, based_on))


def _keep(request: SignedInRequest, letter: Letter, text: str, based_on: int) -> HttpResponse:
    said: dict[str, Any] = {"by": request.user, "at": clock.now()}
    try:
        version = services.keep_edit(letter, text, based_on=based_on, **said)
    except services.DraftChanged as change:
        return _clash(request, letter, text, change.latest)
    except services.DraftRefused as refusal:
        return _editor(request, letter, text, version_for(letter, based_on), refusal.problems)
    messages.success(request, f"Version {version.number} is kept.")
    return redirect(address_of("draft", letter))


def _hand_over(request: SignedInRequest, letter: Letter, text: str, based_on: int) -> HttpResponse:
    said: dict[str, Any] = {"by": request.user, "at": clock.now()}
    try:
        kept = services.keep_edit(letter, text, based_on=based_on, **said)
    except services.DraftChanged as change:
        return _clash(request, letter, text, change.latest)
    except services.DraftRefused as refusal:
        return _editor(request, letter, text, version_for(letter, based_on), refusal.problems)
    try:
        services.hand_over(letter, **said)
    except services.DraftRefused as refusal:
        return _editor(request, letter, text, kept, refusal.problems)
    messages.success(request, "The letter waits for a second person to approve it.")
    return redirect(address_of("letter", letter))


def _right(request: SignedInRequest, letter: Letter, text: str, based_on: int) -> HttpResponse:
    """Keep the words as right with the newer reasons that the page showed."""
    said: dict[str, Any] = {"by": request.user, "at": clock.now()}
    try:
        kept = keep_as_right(
            letter, text, based_on=based_on, read=_whole_number(request.POST["right"]), **said
        )
    except services.DraftChanged as change:
        return _clash(request, letter, text, change.latest)
    except services.DraftRefused as refusal:
        return _editor(request, letter, text, version_for(letter, based_on), refusal.problems)
    messages.success(
        request,
        f"Version {kept.number} is kept as right with the newer reasons, under your name. Now hand "
        "it over to be approved.",
    )
    return redirect(address_of("draft", letter))


def _use(request: SignedInRequest, letter: Letter, text: str, based_on: int) -> HttpResponse:
    """Put the suggested words in the place of those found."""
    latest = version_for(letter, based_on)
    chosen = request.POST["use"]
    for each in _checked(request, letter, text, latest).findings:
        if str(each.number) == chosen and each.replacement:
            text = text[: each.start] + each.replacement + text[each.end :]
            break
    return _editor(request, letter, text, latest)


Act = Callable[[SignedInRequest, Letter, str, int], HttpResponse]
ACTS: dict[str, Act] = {"keep": _keep, "ready": _hand_over, "right": _right, "use": _use,
                        "check": _check}  # fmt: skip


def _drafted(request: SignedInRequest, duty_id: int, number: int) -> Letter:
    letter = letter_at(request.user, duty_id, number)
    policies.check_can_draft(request.user, letter)
    return letter


def _checked(request: SignedInRequest, letter: Letter, text: str, latest: LetterVersion) -> Checked:
    composed = read_marked_text(text, before=composed_of(latest))
    return check_text(text, composed, letter, clock.today(), writer=request.user)


def _editor(
    request: SignedInRequest,
    letter: Letter,
    text: str,
    latest: LetterVersion,
    problems: tuple[str, ...] = (),
) -> HttpResponse:
    checked = _checked(request, letter, text, latest)
    form = DraftForm(initial={"text": text, "based_on": latest.number})
    see_letter(letter.duty, by=request.user, at=clock.now())
    context = {
        **about_letter(letter),
        "form": form,
        "latest": latest,
        "checked": checked,
        "for_script": json.dumps(checked.for_script()),
        "problems": problems,
        "is_kept": text == marked_text(composed_of(latest)),
    }
    return render(request, "letters/draft.html", context)


def _clash(
    request: SignedInRequest, letter: Letter, text: str, latest: LetterVersion
) -> HttpResponse:
    """Show both versions where two people edited at once; mine stays in the box."""
    theirs = marked_text(composed_of(latest))
    see_letter(letter.duty, by=request.user, at=clock.now())
    context = {
        **about_letter(letter),
        "form": DraftForm(initial={"text": text, "based_on": latest.number}),
        "latest": latest,
        "changes": changes_between(theirs, text),
    }
    return render(request, "letters/draft_clash.html", context, status=409)


def _number_of(latest: LetterVersion | None) -> int:
    return latest.number if latest else 0


def _whole_number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < LONGEST_NUMBER else 0


def _version_in(name: str, newest: int) -> int:
    """Return the version that a file's name says it was made from, or else the newest."""
    _, found, rest = name.rpartition("-version-")
    digits = "".join(letter for letter in rest.partition(".")[0].partition(" ")[0] if
                     letter.isdigit())  # fmt: skip
    return int(digits) if found and digits else newest
