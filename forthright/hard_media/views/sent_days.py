"""On which day a case was sent to the Crown Court, entered later or put right."""

from django.http import HttpResponse

from forthright.accounts.permissions import Permission
from forthright.cases.hearings import sent_days_of
from forthright.hard_media import policies
from forthright.hard_media.forms.cases import SentDayForm
from forthright.hard_media.selectors.registered import hearing_for
from forthright.hard_media.services.hearings import HearingRefused
from forthright.hard_media.services.sent_days import put_sent_day_right, sent_stamp
from forthright.hard_media.views.asking import Question, asked_of_case
from forthright.rules.words import day_words
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def sent_day(request: SignedInRequest, case_id: int) -> HttpResponse:
    """Enter or put right the day on which a case was sent; the old day and why stay."""
    hearing = hearing_for(request.user, case_id)
    policies.check_can_record(request.user, hearing)
    days = sent_days_of(case_id)
    first = {"on": days[0]} if hearing.sent_on is None and len(days) == 1 else {}
    initial = {"opened": sent_stamp(hearing), **first}
    form = SentDayForm(request.POST or None, hearing=hearing, initial=initial)

    def keep() -> str:
        said = form.cleaned_data
        try:
            put_sent_day_right(
                hearing, said["on"], said.get("reason", ""), by=request.user, at=clock.now(),
                opened=said["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
            now = (
                f"Now it is {day_words(hearing.sent_on)}" if hearing.sent_on else "It has none now"
            )
            form.add_error("on", now)
        except HearingRefused as refusal:
            form.add_error("reason" if "why" in str(refusal) else "on", str(refusal))
        else:
            return "The day is kept, with the one before it."
        return ""

    question = Question("On which day was the case sent?", "Keep the day")
    return asked_of_case(request, hearing, form, question, keep)
