"""What the record sheet says of what changed since a duty began: the court, custody or bail."""

from collections.abc import Callable
from datetime import date

from forthright.audit.models import Event
from forthright.disclosure.models import DisclosureDuty
from forthright.rules.words import day_words

Says = Callable[[Event, object], tuple[str, str]]
LABELS = dict([*DisclosureDuty.Court.choices, *DisclosureDuty.Remand.choices])


def _of_change(words: str) -> Says:
    def said(event: Event, _: object) -> tuple[str, str]:
        now = LABELS[event.detail.get("court") or event.detail["remand"]]
        return words, f"{now} from {day_words(date.fromisoformat(event.detail['day']))}"

    return said


SINCE: dict[str, Says] = {
    "disclosure.remand_changed": _of_change("Custody or bail changed"),
    "disclosure.remand_change_taken_back": _of_change(
        "A change of custody or bail was taken back: it never was"
    ),
    "disclosure.court_changed": _of_change("The case went to another court"),
    "disclosure.court_change_taken_back": _of_change(
        "A change of court was taken back: it never was"
    ),
}
