"""Letters besides the one that is owed: chosen, begun from their facts, shown and ended."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import is_allowed
from forthright.letters import policies
from forthright.letters.addresses import address_of
from forthright.letters.forms.others import EndForm, LetterFactsForm, answers_of
from forthright.letters.models import Letter, LetterVersion
from forthright.letters.selectors import others as found
from forthright.letters.selectors.case_facts import wishes_of
from forthright.letters.selectors.which import about, facts_given, letter_at
from forthright.letters.services import others as services
from forthright.letters.views.about import about_letter
from forthright.letters.views.progress import progress_of
from forthright.rules.letter_kinds import OtherKind
from forthright.schemes import policies as duty_policies
from forthright.schemes.models import Duty
from forthright.schemes.selectors.duties import duty_for
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.LETTER_DRAFT)
def other_choose(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Choose which other letter to write; what cannot be written says why."""
    duty = duty_for(request.user, duty_id)
    policies.check_can_begin(request.user, duty)
    see_letter(duty, by=request.user, at=clock.now())
    context = {"duty": duty, "kinds": found.kinds_offered(duty)}
    return render(request, "letters/other_choose.html", context)


@page(Permission.LETTER_DRAFT, methods=("GET", "POST"))
def other_begin(request: SignedInRequest, duty_id: int, kind: str) -> HttpResponse:
    """Begin another letter to the person, from the facts that it needs."""
    duty = duty_for(request.user, duty_id)
    policies.check_can_begin(request.user, duty)
    offered = _offered(duty, kind)
    form = None if offered.against else _form(request, duty, offered.kind, {})
    if request.method == "POST" and form is not None and form.is_valid():
        said: dict[str, Any] = {"by": request.user, "at": clock.now()}
        try:
            letter = services.begin_letter(duty, offered.kind.kind, form.cleaned_data, **said)
        except services.LetterNotFit as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "The letter is begun. Now put it together.")
            return redirect(address_of("letter", letter))
    see_letter(duty, by=request.user, at=clock.now())
    context = {"duty": duty, "form": form, "name": offered.name, "kind": offered.kind,
               "against": offered.against}  # fmt: skip
    return render(request, "letters/other_begin.html", context)


@page(Permission.DUTY_SEE)
def other(request: SignedInRequest, duty_id: int, number: int) -> HttpResponse:
    """Show one letter besides the one that is owed: what it is for, its steps and its words."""
    letter = _other(request, duty_id, number)
    duty = letter.duty
    see_letter(duty, by=request.user, at=clock.now())
    versions = LetterVersion.objects.filter(**about(letter)).select_related("added_by")
    context = {
        **about_letter(letter),
        "standing": found.standing_words(letter),
        "kind": found.kind_of(letter),
        "progress": progress_of(letter, request.user),
        "versions": versions.order_by("-number"),
        "wishes": wishes_of(duty.person),
        "may_record": is_allowed(duty_policies.check_can_record, request.user, duty),
        "may_end": (may_draft := is_allowed(policies.check_can_draft, request.user, letter)),
        "may_draft": may_draft,
    }
    return render(request, "letters/other.html", context)


@page(Permission.LETTER_DRAFT, methods=("GET", "POST"))
def other_facts(request: SignedInRequest, duty_id: int, number: int) -> HttpResponse:
    """Change the facts that a letter is written from."""
    letter = _other(request, duty_id, number)
    policies.check_can_draft(request.user, letter)
    form = _form(request, letter.duty, found.kind_of(letter), facts_given(letter))
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"by": request.user, "at": clock.now()}
        try:
            services.change_facts(letter, form.cleaned_data, **said)
        except services.LetterNotFit as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "It is kept. Put the letter together again to use it.")
            return redirect(address_of("draft_begin", letter))
    see_letter(letter.duty, by=request.user, at=clock.now())
    context = {**about_letter(letter), "form": form, "kind": found.kind_of(letter)}
    return render(request, "letters/other_facts.html", context)


@page(Permission.LETTER_DRAFT, methods=("GET", "POST"))
def other_end(request: SignedInRequest, duty_id: int, number: int) -> HttpResponse:
    """Say that a letter that was begun is not needed."""
    letter = _other(request, duty_id, number)
    policies.check_can_draft(request.user, letter)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"by": request.user, "at": clock.now()}
        try:
            services.end_letter(letter, reason=form.cleaned_data["reason"], **said)
        except services.LetterNotFit as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, "The letter is ended. Nothing of it goes out.")
            return redirect("letters:letter", letter.duty_id)
    see_letter(letter.duty, by=request.user, at=clock.now())
    return render(request, "letters/other_end.html", {**about_letter(letter), "form": form})


def _other(request: SignedInRequest, duty_id: int, number: int) -> Letter:
    """Return a letter besides the one owed.

    :raises Http404: if there is none of that number, or it is the one owed
    """
    letter = letter_at(request.user, duty_id, number)
    if letter.is_owed:
        raise Http404("That is the letter owed")
    return letter


def _offered(duty: Duty, kind: str) -> found.Offered:
    for each in found.kinds_offered(duty):
        if each.kind.kind.value == kind:
            return each
    raise Http404("No such kind of letter")


def _form(
    request: SignedInRequest, duty: Duty, kind: OtherKind, given: dict[str, Any]
) -> LetterFactsForm:
    return LetterFactsForm(
        request.POST or None, kind=kind, sent=found.letters_sent(duty),
        initial=answers_of(given, kind),
    )  # fmt: skip
