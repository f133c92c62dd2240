"""Calls to the person, sending the letter, and what became of it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import is_allowed
from forthright.letter_files.writing import docx_of, pdf_of, text_of
from forthright.letters import policies
from forthright.letters.addresses import address_of
from forthright.letters.forms.sending import CallForm, DeliveryForm, LockForm, SendForm
from forthright.letters.models import Dispatch
from forthright.letters.selectors import sending as found
from forthright.letters.selectors.addressed import as_a_file
from forthright.letters.selectors.case_facts import wishes_of
from forthright.letters.selectors.checks import why_unchecked
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.which import letter_at
from forthright.letters.services import calling, delivery
from forthright.letters.services import sending as services
from forthright.letters.services.handing_out import hand_out
from forthright.letters.services.mailing import TITLE
from forthright.letters.views.about import about_letter, file_name_of
from forthright.rules.contact_lock import ANSWERED, Lock, Locked, Way
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

S = Dispatch.State
HEADINGS: dict[str, str] = {
    Lock.NOTE_NOT_ANSWERED: "Answer the note on safe contact",
    Lock.UNSAFE_UNREAD: "Answer the line that could not be read",
}
WORD_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES = {"pdf": "application/pdf", "large-print": "application/pdf", "docx": WORD_KIND,
         "txt": "text/plain; charset=utf-8"}  # fmt: skip


def open_ways() -> set[Way]:
    """Return the ways that are set up here; without a mail server nothing real goes by e-mail."""
    ways = set(Way)
    if not settings.NOTIFY_KEY:
        ways -= {Way.NOTIFY_EMAIL, Way.NOTIFY_LETTER}
    if "filebased" in settings.EMAIL_BACKEND and not settings.IS_DEMO:
        ways -= {Way.EMAIL}
    return ways


@page(Permission.DUTY_RECORD, methods=("GET", "POST"))
def calls(request: SignedInRequest, duty_id: int, number: int = 1) -> HttpResponse:
    """Record a call, and see those before it."""
    letter = letter_at(request.user, duty_id, number)
    policies.check_can_call(request.user, letter)
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            calling.record_call(
                letter, answers["outcome"], came_up=answers["came_up"], by=request.user,
                at=clock.now(),
            )  # fmt: skip
        except calling.CallRefused as refusal:
            form.add_error("outcome", str(refusal))
        else:
            messages.success(request, "The call is recorded.")
            return redirect(address_of("letter", letter))
    see_letter(letter.duty, by=request.user, at=clock.now())
    made = found.calls_of(letter)
    context = {**about_letter(letter), "form": form, "calls": made,
               "may_call": found.may_call_again(made), "wishes": wishes_of(letter.duty.person),
               "most": found.MOST_CALLS,
               "is_unsafe": found.is_unsafe_to_ring(letter.duty.person)}  # fmt: skip
    return render(request, "letters/calls.html", context)


@page(Permission.LETTER_SEND, methods=("GET", "POST"))
def send(request: SignedInRequest, duty_id: int, number: int = 1) -> HttpResponse:
    """Choose how the letter goes; what stands against a way is shown, and who may overrule it."""
    letter = letter_at(request.user, duty_id, number)
    policies.check_can_send(request.user, letter)
    ways = found.ways_out(letter, clock.today(), open_ways())
    form = SendForm(request.POST or None, ways=ways, initial=_first_free(ways))
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"by": request.user, "at": clock.now()}
        way = form.cleaned_data["way"]
        try:
            services.send(letter, way, open_ways=open_ways(), **said)
        except services.SendRefused as refusal:
            form.add_error("way", str(refusal))
        else:
            messages.success(request, f"The letter goes {Way(way).words}.")
            return redirect(address_of("letter", letter))
    see_letter(letter.duty, by=request.user, at=clock.now())
    context = {
        **about_letter(letter),
        "form": form,
        "locked": _locked_once(ways),
        "is_free": any(not each.locks for each in ways),
        "is_approved": letter.approved_version_id is not None,
        "unchecked": why_unchecked(letter, letter.approved_version_id),
        "may_waive": is_allowed(policies.check_can_waive_look, request.user, letter),
        "may_overrule": is_allowed(policies.check_can_overrule_lock, request.user, letter),
        "calls": found.calls_of(letter),
        "may_draft": is_allowed(policies.check_can_draft, request.user, letter),
        "under_way": found.last_dispatch(letter) if found.is_under_way(letter) else None,
    }
    return render(request, "letters/send.html", context)


def _locked_once(ways: Sequence[found.WayOut]) -> dict[str, list[Locked]]:
    """Return the locks of every way first, once, and then those of each way alone."""
    first = ways[0].locks if len(ways) > 1 else ()
    shared = [each for each in first if all(each in way.locks for way in ways)]
    locked = {"every way": shared}
    for way in ways:
        locked[way.way.words] = [each for each in way.locks if each not in shared]
    return {words: locks for words, locks in locked.items() if locks}


@page(Permission.UNSAFE_CONTACT, methods=("GET", "POST"))
def lock_overrule(
    request: SignedInRequest, duty_id: int, what: str, number: int = 1
) -> HttpResponse:
    """Go against what is recorded about reaching a person, by name and with the reason."""
    letter = letter_at(request.user, duty_id, number)
    policies.check_can_overrule_lock(request.user, letter)
    words = {lock.value: said for lock, said in found.locks_in_words(letter, clock.today()).items()}
    if what not in words:
        raise Http404("Nothing of that kind stands against it")
    is_answer = what in ANSWERED
    form = LockForm(request.POST or None, is_answer=is_answer)
    if request.method == "POST" and form.is_valid():
        try:
            services.overrule_lock(
                letter, Lock(what), reason=form.cleaned_data["reason"], by=request.user,
                at=clock.now(),
            )  # fmt: skip
        except services.SendRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            done = "answered" if is_answer else "overruled"
            messages.success(request, f"It is {done} for this letter, with your name and reason.")
            return redirect(address_of("letter", letter))
    see_letter(letter.duty, by=request.user, at=clock.now())
    context = {**about_letter(letter), "form": form, "words": words[what], "is_answer": is_answer,
               "is_note": what == Lock.NOTE_NOT_ANSWERED,
               "heading": HEADINGS.get(what, "Overrule a lock")}  # fmt: skip
    return render(request, "letters/lock_overrule.html", context)


@page(Permission.LETTER_SEND, methods=("GET", "POST"))
def dispatch(
    request: SignedInRequest, duty_id: int, dispatch_id: int, number: int = 1
) -> HttpResponse:
    """Show how a letter went out, and say what became of it."""
    letter = letter_at(request.user, duty_id, number)
    policies.check_can_send(request.user, letter)
    one = found.dispatch_for(letter, dispatch_id)
    kinds = sorted(delivery.NEXT[S(one.state)] - {S.SENDING, S.UNSURE, S.ASKED})
    form = DeliveryForm(request.POST or None, kinds=kinds, initial={"happened_on": clock.today()})
    if request.method == "POST" and _is_recorded(request, one, form):
        return redirect(address_of("letter", letter))
    see_letter(letter.duty, by=request.user, at=clock.now())
    context = {**about_letter(letter), "form": form, "dispatch": one, "kinds": kinds,
               "may_call_off": one.state == S.ASKED and one.batch_id is None}  # fmt: skip
    return render(request, "letters/dispatch.html", context)


@page(Permission.LETTER_SEND)
def letter_file(request: SignedInRequest, duty_id: int, form: str, number: int = 1) -> HttpResponse:
    """Hand out the newest words as a file, to print or to pass on.

    One that may not go is handed out without an address, marked as not to be sent.
    """
    letter = letter_at(request.user, duty_id, number)
    version = latest_words(letter)
    if version is None or form not in FILES:
        raise Http404("No such file")
    composed, may_go = as_a_file(version, letter, clock.today())
    content: bytes
    if form == "txt":
        content = text_of(composed).encode()
    elif form == "docx":
        content = docx_of(composed, title=TITLE)
    else:
        content = pdf_of(composed, title=TITLE, is_large_print=form == "large-print")
    hand_out(version, form, by=request.user, at=clock.now())
    ending = "pdf" if form == "large-print" else form
    name = ("" if may_go else "NOT-TO-BE-SENT-") + file_name_of(letter, version, ending)
    return HttpResponse(
        content, content_type=FILES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


def _is_recorded(request: SignedInRequest, one: Dispatch, form: DeliveryForm) -> bool:
    """Record what became of a dispatch, or call it off; a refusal goes into the form."""
    now = clock.now()
    said: dict[str, Any] = {"by": request.user, "at": now}
    try:
        if "call_off" in request.POST:
            services.call_off(one, **said)
            messages.success(request, "It is called off. Choose another way.")
            return True
        if not form.is_valid():
            return False
        delivery.record_delivery(
            one, form.cleaned_data["kind"], happened_at=form.happened_at(now),
            detail=form.cleaned_data["detail"], **said,
        )  # fmt: skip
    except (delivery.EventRefused, services.SendRefused) as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"Recorded: {S(form.cleaned_data['kind']).label.lower()}.")
    return True


def _first_free(ways: list[found.WayOut]) -> dict[str, str]:
    free = next((each for each in ways if not each.locks and each.is_asked_for), None)
    return {"way": free.way.value} if free else {}
