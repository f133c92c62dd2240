"""Whether the case has ended for a defendant."""

from django.http import HttpResponse

from forthright.accounts.permissions import Permission
from forthright.cases.models import Defendant
from forthright.hard_media import policies
from forthright.hard_media.forms.ended import EndForm, GoesOnForm
from forthright.hard_media.models import Hearing
from forthright.hard_media.selectors.ended import said_to_end
from forthright.hard_media.selectors.registered import defendant_for, hearing_for
from forthright.hard_media.services import ended
from forthright.hard_media.views.asking import Question, asked_of_case
from forthright.rules.words import day_words
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page

FROM_THEN = (
    "From that day nothing is owed to them, and the links of whoever represents them close. Where "
    "it ended for every defendant before the hearing, that hearing counts as not held, and nobody "
    "is asked for anything. After a conviction the case has not ended: leave it as it is."
)
KEPT = "It is recorded that the case has ended for them."
GOES_ON = "The case goes on for them. What was recorded stays to be seen."


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def case_ended(request: SignedInRequest, case_id: int, defendant_id: int) -> HttpResponse:
    """Record that the case has ended for a defendant, or that it goes on after all."""
    hearing = hearing_for(request.user, case_id)
    policies.check_can_record(request.user, hearing)
    defendant = defendant_for(hearing, defendant_id)
    has_ended = ended.end_of(defendant) is not None
    if "is_undone" in request.POST or (has_ended and "opened" not in request.POST):
        return _goes_on(request, hearing, defendant)
    said = said_to_end([case_id]).get(defendant.pk)
    initial = {"opened": "", "ended_on": said.on if said else None}
    form = EndForm(request.POST or None, initial=initial)

    def keep() -> str:
        try:
            ended.record_end(
                hearing, defendant, form.end, by=request.user, at=clock.now(),
                opened=form.cleaned_data["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except ended.EndRefused as refusal:
            form.add_error("reason" if "how" in str(refusal) else "ended_on", str(refusal))
        else:
            return KEPT
        return ""

    offered = f"{said.told(defendant)}. " if said else ""
    question = Question(
        f"Has the case ended for {defendant}?", "The case has ended", f"{offered}{FROM_THEN}"
    )
    return asked_of_case(request, hearing, form, question, keep)


def _goes_on(request: SignedInRequest, hearing: Hearing, defendant: Defendant) -> HttpResponse:
    present = ended.end_of(defendant)
    form = GoesOnForm(request.POST or None, initial={"opened": ended.end_stamp(present)})

    def keep() -> str:
        try:
            ended.undo_end(
                hearing, defendant, form.cleaned_data["reason"], by=request.user, at=clock.now(),
                opened=form.cleaned_data["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except ended.EndRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return GOES_ON
        return ""

    known = f"Recorded: it ended on {day_words(present.ended_on)}." if present else ""
    question = Question(f"Does the case of {defendant} go on?", "The case goes on", known)
    return asked_of_case(request, hearing, form, question, keep)
