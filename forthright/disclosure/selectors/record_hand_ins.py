"""What the record sheet says of what the police handed in, and what it replaced."""

from collections.abc import Callable

from forthright.audit.models import Event
from forthright.rules.words import list_words

Says = Callable[[Event, object], tuple[str, str]]


def _handed_in(event: Event, _: object) -> tuple[str, str]:
    detail = event.detail
    what = "The police handed a new version in"
    # Of what was handed in long ago the form is not in the record.
    if forms := detail.get("forms"):
        what += f": {list_words(forms)}"
    return what, "Together with what they had handed in before" if detail.get("joins") else ""


def _replaced(event: Event, _: object) -> tuple[str, str]:
    forms = list_words(event.detail["forms"])
    went_on = "What the police had handed in goes on with what they handed in next"
    said = f"The {forms} is replaced by the newer one" if forms else ""
    return went_on, said


HAND_INS: dict[str, Says] = {
    "return.handed_in": _handed_in,
    "delivery.replaced": _replaced,
}
