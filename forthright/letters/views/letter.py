"""A letter owed, with everything that is known of it, and the adding of its words."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, is_allowed
from forthright.letter_files.reading import FileRefused, words_of_file
from forthright.letters import policies as letter_policies
from forthright.letters import selectors, services
from forthright.letters.addresses import address_of
from forthright.letters.forms.words import WordsForm
from forthright.letters.selectors.case_facts import wishes_of
from forthright.letters.selectors.checking import composed_of
from forthright.letters.selectors.new_reasons import new_reasons_for
from forthright.letters.selectors.others import standing_words
from forthright.letters.selectors.sending import safely
from forthright.letters.selectors.sent_words import may_say_what_went, words_sent
from forthright.letters.selectors.which import letter_at, letter_of, others_of
from forthright.letters.views.about import about_letter
from forthright.letters.views.progress import progress_of
from forthright.schemes import policies
from forthright.schemes.models import Duty
from forthright.schemes.selectors.duties import duty_for
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.DUTY_SEE)
def letter(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Show one letter owed: to whom, by when and why, what was done, and its words."""
    duty = duty_for(request.user, duty_id)
    today = clock.today()
    see_letter(duty, by=request.user, at=clock.now())
    is_open = duty.state != Duty.State.NOT_REQUIRED
    context: dict[str, Any] = {
        "duty": duty,
        "letter": (owed := letter_of(duty)),
        "new_reasons": new_reasons_for(owed),
        "may_draft": is_allowed(letter_policies.check_can_draft, request.user, owed),
        "safely": safely(duty, today),
        "others": [(each, standing_words(each)) for each in others_of(duty)],
        "may_begin": is_allowed(letter_policies.check_can_begin, request.user, duty),
        "page": (shown := selectors.letter_page(duty, today)),
        "recordable": {
            step
            for step in shown.recordable
            if is_allowed(letter_policies.check_can_answer_step, request.user, duty, step)
        },
        "progress": progress_of(duty, request.user),
        "wishes": wishes_of(duty.person),
        "may_record": is_open and is_allowed(policies.check_can_record, request.user, duty),
        "may_see_marks": has_permission(request.user, Permission.REVIEW_SEE),
        "may_end": is_allowed(policies.check_can_say_not_required, request.user, duty),
    }
    return render(request, "letters/letter.html", context)


@page(Permission.DUTY_RECORD, methods=("GET", "POST"))
def words_add(request: SignedInRequest, duty_id: int, number: int = 1) -> HttpResponse:
    """Add a version of a letter's words, from a file or pasted."""
    letter = letter_at(request.user, duty_id, number)
    policies.check_can_record(request.user, letter.duty)
    asks = may_say_what_went(letter)
    form = WordsForm(request.POST or None, request.FILES or None, asks_what_went=asks)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            text = words_of_file(file, file.name) if file else form.cleaned_data["text"]
            name = file.name if file else ""
            version = services.keep_words(
                letter, text=text, by=request.user, at=clock.now(), file_name=name,
                is_what_went=form.cleaned_data.get("is_what_went", False),
            )  # fmt: skip
        except (FileRefused, services.WordsRefused) as refusal:
            form.add_error("file" if file else "text", str(refusal))
        else:
            messages.success(request, f"Version {version.number} of the letter is kept.")
            return redirect(address_of("letter", letter))
    see_letter(letter.duty, by=request.user, at=clock.now())
    went = words_sent(letter) if letter.steps.sent_at else None
    context = {**about_letter(letter), "form": form, "went": went}
    return render(request, "letters/words_add.html", context)


@page(Permission.DUTY_SEE)
def words(
    request: SignedInRequest, duty_id: int, version_number: int, number: int = 1
) -> HttpResponse:
    """Show one version of a letter's words."""
    letter = letter_at(request.user, duty_id, number)
    version = selectors.version_for(letter, version_number)
    see_letter(letter.duty, by=request.user, at=clock.now())
    composed = composed_of(version) if version.composed else None
    context = {**about_letter(letter), "version": version, "composed": composed}
    return render(request, "letters/words.html", context)
