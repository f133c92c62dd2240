"""How the person of a letter can be reached."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.letters import policies
from forthright.letters.forms.facts import NOT_WISHES, DetailsForm, WishesForm
from forthright.letters.models import ContactWishes
from forthright.letters.selectors.case_facts import details_stamp, wishes_of, wishes_stamp
from forthright.letters.services import facts as services
from forthright.letters.services.details import NAMES, DetailsRefused, change_details
from forthright.rules.unsafe_lines import Reads, locks_in_words, reads_as
from forthright.schemes.selectors.duties import duty_for
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page


@page(Permission.DUTY_RECORD, methods=("GET", "POST"))
def wishes(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Say how a person can be reached safely, and how they want to be."""
    duty = duty_for(request.user, duty_id)
    policies.check_can_set_wishes(request.user, duty)
    kept = wishes_of(duty.person)
    known = _known(kept)
    initial = {**known, "opened": wishes_stamp(kept)}
    form = WishesForm(request.POST or None, initial=initial)
    form.say_locks(kept.unsafe if kept else ())
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            services.set_wishes(
                duty, form.wishes(), by=request.user, at=clock.now(), reason=reason,
                opened=form.cleaned_data["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            ask_beside(form, refusal, known)
        except services.LiftRefused as refusal:
            form.add_error("reason", str(refusal))
        except services.FactRefused as refusal:
            form.add_error("adviser", str(refusal))
        else:
            messages.success(request, "How to reach this person is kept.")
            for line in form.wishes().unsafe:
                _say_what_it_locks(request, line)
            return redirect("letters:letter", duty.pk)
    see_letter(duty, by=request.user, at=clock.now())
    context = {"duty": duty, "form": form, "question": "How can this person be reached?",
               "save": "Keep this"}  # fmt: skip
    return render(request, "schemes/duty_question.html", context)


@page(Permission.DUTY_RECORD, methods=("GET", "POST"))
def details(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Change the e-mail address, telephone number or address of a person."""
    duty = duty_for(request.user, duty_id)
    policies.check_can_set_wishes(request.user, duty)
    known = {name: getattr(duty.person, name) for name in NAMES}
    initial = {**known, "opened": details_stamp(duty.person)}
    form = DetailsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_details(duty, form.details(), reason=form.cleaned_data["reason"],
                           by=request.user, at=clock.now(),
                           opened=form.cleaned_data["opened"])  # fmt: skip
        except ChangedMeanwhile as refusal:
            ask_beside(form, refusal, known)
        except DetailsRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "Where this person can be reached is changed.")
            return redirect("letters:letter", duty.pk)
    see_letter(duty, by=request.user, at=clock.now())
    context = {"duty": duty, "form": form, "save": "Change it",
               "wishes": wishes_of(duty.person)}  # fmt: skip
    return render(request, "letters/details.html", context)


def _say_what_it_locks(request: SignedInRequest, line: str) -> None:
    """Say which way a line of what must not be used locks; a warning where it locks them all."""
    if not line.strip():
        return
    is_unread = reads_as(line) is Reads.NOTHING
    level = messages.WARNING if is_unread else messages.SUCCESS
    messages.add_message(request, level, locks_in_words(line))


def _known(kept: ContactWishes | None) -> dict[str, object]:
    if kept is None:
        return {"channel": ContactWishes.Channel.POST}
    known = {name: getattr(kept, name) for name in WishesForm.base_fields.keys() - NOT_WISHES}
    return {**known, "unsafe": "\n".join(kept.unsafe)}
