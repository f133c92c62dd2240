"""Keeps what was sent of one item: set aside, ruled on, taken back, or beside what was served."""

from typing import Any

from django.contrib import messages

from forthright.disclosure.forms.endorsing import (
    BesideForm,
    RulingForm,
    SetAsideForm,
    TakeDecisionBackForm,
)
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.services import deciding_anew, endorsing, ruling
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest


def is_kept(
    request: SignedInRequest, duty: DisclosureDuty, item_id: int,
    asked: SetAsideForm | RulingForm | TakeDecisionBackForm | BesideForm,
) -> bool:  # fmt: skip
    """Keep what was sent of an item, and say so; or say on the form why not."""
    keep = {
        RulingForm: _keep_ruling, TakeDecisionBackForm: _take_back, BesideForm: _keep_beside,
    }  # fmt: skip
    try:
        said = keep.get(type(asked), _set_aside)(request, duty, item_id, asked.cleaned_data)
        messages.success(request, said)
    except endorsing.OddDay as refusal:
        if isinstance(asked, SetAsideForm):
            asked.ask_why(str(refusal))
    except ChangedMeanwhile as refusal:
        ask_anew(asked, refusal, **{asked.add_prefix("opened"): refusal.stands})
    except endorsing.EndorsementRefused as refusal:
        asked.add_error(None, str(refusal))
    else:
        return True
    return False


def _set_aside(
    request: SignedInRequest, duty: DisclosureDuty, item_id: int, said: dict[str, Any]
) -> str:
    endorsing.set_aside(
        duty, item_id, reason=said["reason"], decide_by=said["decide_by"],
        odd_because=said.get("odd_because", ""), by=request.user, at=clock.now(),
    )  # fmt: skip
    return "Set aside. Your name, reason and day are in the record."


def _take_back(
    request: SignedInRequest, duty: DisclosureDuty, item_id: int, said: dict[str, Any]
) -> str:
    deciding_anew.take_decision_back(
        duty, item_id, reason=said["reason"], by=request.user, at=clock.now(),
        opened=said["opened"],
    )  # fmt: skip
    return "Taken back: it is not decided yet. What was decided stays in the history."


def _keep_ruling(
    request: SignedInRequest, duty: DisclosureDuty, item_id: int, said: dict[str, Any]
) -> str:
    wish = ruling.Ruling(item_id=item_id, **said)
    ruling.record_ruling(duty, wish, by=request.user, at=clock.now())
    return "What the court ruled is kept."


def _keep_beside(
    request: SignedInRequest, duty: DisclosureDuty, item_id: int, said: dict[str, Any]
) -> str:
    wish = endorsing.Written(item_id=item_id, is_same_reason=True, **said)
    endorsing.endorse_item(duty, wish, by=request.user, at=clock.now())
    return "Kept, with your name. A second person looks at it."
