"""Who represents each defendant, and since when."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.hard_media import policies
from forthright.hard_media.forms.firms import FirmForm, MistakeForm, StartForm
from forthright.hard_media.models import Representation
from forthright.hard_media.selectors.firm_mistakes import firm_for, given_to
from forthright.hard_media.selectors.registered import (
    defendant_for,
    hearing_for,
    last_representation,
    present_representations,
)
from forthright.hard_media.services import firm_days, firm_mistakes, firms, hearings, seeing
from forthright.hard_media.services.addresses import AddressToTell
from forthright.hard_media.views.asking import Question, asked_of_case
from forthright.rules.words import date_words, day_words
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew, ask_beside
from forthright.web.page import SignedInRequest, page

ANOTHER_FIRM = "It is recorded. What the firm before had is not theirs."
SAME_FIRM = (
    "The firm stays, with what it was given, and its name and address are put right. A link that "
    "was sent to an old address opens there until it is taken back on the page of the recording."
)
WRONG_ADDRESS = (
    "The firm stays, and its name and address are put right. What went to the wrong address is "
    "taken back and opens there no more: share it anew. Where the same address stands for another "
    "defendant or in another case, put it right there too."
)
ADDRESS_ONLY = (
    "To put only its name or address right, enter the same firm with it: what it was given stays "
    "with it."
)
START_RIGHT = "The day is put right. The one before it and the reason are kept."
MISTAKE_SAID = (
    "It is recorded. What it was given is taken back, and stands at the end of this page."
)
STARTS = (
    "Until that day whoever was recorded before has the case, and what they were given counts; "
    "their links close on it."
)


def _recorded(present: Representation | None) -> dict[str, str]:
    """Return who represents a defendant, as the form asks it."""
    if present is None:
        return {}
    who = "NOBODY" if present.is_unrepresented else "FIRM"
    return {"who": who, "firm": present.firm, "contact": present.contact, "email": present.email}


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def representation(request: SignedInRequest, case_id: int, defendant_id: int) -> HttpResponse:
    """Keep who represents a defendant."""
    hearing = hearing_for(request.user, case_id)
    policies.check_can_record(request.user, hearing)
    defendant = defendant_for(hearing, defendant_id)
    present = present_representations([hearing], clock.today()).get(defendant.pk)
    last = last_representation(defendant)
    initial = {"starts_on": clock.today(), "opened": firms.representation_stamp(last)}
    form = FirmForm(request.POST or None, initial=initial)

    def keep() -> str:
        try:
            kept = firms.set_representation(
                hearing, defendant, form.new_firm(), by=request.user, at=clock.now(),
                opened=form.cleaned_data["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            ask_beside(form, refusal, _recorded(last))
        except hearings.OddDay as refusal:
            form.ask_why(str(refusal))
        except firms.FirmToTell as refusal:
            form.ask_whether_same(str(refusal))
        except AddressToTell as refusal:
            form.ask_whether_wrong(str(refusal))
        except hearings.HearingRefused as refusal:
            form.add_error("starts_on", str(refusal))
        else:
            is_same = last is not None and kept.pk == last.pk
            return _said_of(is_same=is_same, was_wrong=bool(form.is_old_wrong))
        return ""

    question = Question(f"Who represents {defendant}?", "Record it", _known(present, last))
    return asked_of_case(request, hearing, form, question, keep)


def _said_of(*, is_same: bool, was_wrong: bool) -> str:
    """Say what became of what a firm was given."""
    if not is_same:
        return ANOTHER_FIRM
    return WRONG_ADDRESS if was_wrong else SAME_FIRM


def _known(present: Representation | None, last: Representation | None) -> str:
    """Say who represents a defendant now, and who is to."""
    to_come = f", and {last} from {date_words(last.starts_on)}" if last and last != present else ""
    return f"Recorded now: {present or 'nobody knows'}{to_come}. {ADDRESS_ONLY}"


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def representation_since(
    request: SignedInRequest, case_id: int, defendant_id: int
) -> HttpResponse:  # fmt: skip
    """Put right since when a defendant is represented so; the old day and why stay."""
    hearing = hearing_for(request.user, case_id)
    policies.check_can_record(request.user, hearing)
    defendant = defendant_for(hearing, defendant_id)
    last = last_representation(defendant)
    if last is None:
        messages.info(request, f"Nobody has said who represents {defendant}. Say that first.")
        return redirect("hard_media:representation", case_id, defendant_id)
    form = StartForm(request.POST or None, initial={"opened": firm_days.start_stamp(last)})

    def keep() -> str:
        try:
            firm_days.put_start_right(
                hearing, defendant, form.start, by=request.user, at=clock.now(),
                opened=form.cleaned_data["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
            form.add_error("starts_on", f"Now it is {last}, since {day_words(last.starts_on)}")
        except hearings.OddDay as refusal:
            form.ask_why(str(refusal))
        except hearings.HearingRefused as refusal:
            form.add_error("reason" if "why" in str(refusal) else "starts_on", str(refusal))
        else:
            return START_RIGHT
        return ""

    known = f"Recorded now: {last}, since {day_words(last.starts_on)}. {STARTS}"
    question = Question(f"Since when does {last} represent {defendant}?", "Put it right", known)
    return asked_of_case(request, hearing, form, question, keep)


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def representation_mistake(request: SignedInRequest, case_id: int, firm_id: int) -> HttpResponse:
    """Say that a firm was recorded by mistake; what it was given and opened stands beside it."""
    hearing = hearing_for(request.user, case_id)
    policies.check_can_record(request.user, hearing)
    firm = firm_for(hearing, firm_id)
    if firm.mistake_at is not None:
        messages.info(request, "That was said already. What it was given stands below.")
        return redirect("hard_media:case", case_id)
    initial = {"opened": firm_mistakes.mistake_stamp(firm)}
    form = MistakeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            firm_mistakes.say_by_mistake(
                hearing, firm, said["reason"], by=request.user, at=clock.now(),
                opened=said["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except hearings.HearingRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, MISTAKE_SAID)
            return redirect("hard_media:case", case_id)
    seeing.see(hearing, by=request.user, at=clock.now())
    context = {
        "form": form, "hearing": hearing, "mistaken": given_to(firm),
        "back": reverse("hard_media:case", args=[case_id]),
    }  # fmt: skip
    return render(request, "hard_media/firm_mistake.html", context)
