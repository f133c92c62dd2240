"""Parts a list that holds both forms, where a column says on which each item stands."""

import re
from collections.abc import Sequence
from dataclasses import replace

from forthright.rules.schedules.schedule import Form, ScheduleItem

# What stands in a column of forms; what is not sensitive is told first, as it names the other too.
NAMED = (
    (Form.MG6C, re.compile(r"^(?:mg ?0?6 ?)?\(?c\)?(?!\w)|\bnon?t?[- ]?sensitive\b|^ns$")),
    (Form.MG6D, re.compile(r"^(?:mg ?0?6 ?)?\(?d\)?(?!\w)|(?<!official[- ])\bsensitive\b|^s$")),
    (Form.SDC, re.compile(r"^sdc\b|^streamlined\b")),
)
# What stands in a column about sensitivity that says whether, and perhaps then why.
WHETHER = re.compile(
    r"^(?:(?P<no>no?|false|ns|non?t?[- ]?sensitive)|(?P<yes>y|yes|true|s|sensitive))(?!\w)"
)
# What stands in a column of reasons where there is none.
DENIED = {"", "-", "–", "n/a", "na", "nil", "none", "not applicable"}
Parted = list[tuple[Form, list[ScheduleItem]]]


def parted(form: Form, items: Sequence[ScheduleItem], *, is_titled: bool) -> Parted:
    """Return the items by the form that each stands on; most lists are of one form.

    Under a title that names the form, an item may be named sensitive and not the other way round:
    nothing leaves the sensitive schedule by what one cell says.
    """
    if form is Form.MG6E or (is_titled and form is Form.MG6D):
        return [(form, list(items))]
    by_form: dict[Form, list[ScheduleItem]] = {}
    says_whether = _says_whether(items)
    for item in items:
        own, kept = _own_form(item, form, says_whether=says_whether)
        if is_titled and own is not Form.MG6D:
            own = form
        by_form.setdefault(own, []).append(kept)
    return list(by_form.items()) or [(form, [])]


def _says_whether(items: Sequence[ScheduleItem]) -> bool:
    """Say whether the column about sensitivity begins with yes or no wherever it is filled."""
    said = [words for item in items if (words := _plain(item.sensitive_reason)) not in DENIED]
    return bool(said) and all(WHETHER.match(words) for words in said)


def _own_form(item: ScheduleItem, form: Form, *, says_whether: bool) -> tuple[Form, ScheduleItem]:
    named = next((each for each, words in NAMED if words.search(_plain(item.of_form))), None)
    said = _plain(item.sensitive_reason)
    if not says_whether:
        return named or (form if said in DENIED else Form.MG6D), item
    found = WHETHER.match(said)
    is_sensitive = bool(found and found["yes"])
    why = item.sensitive_reason.strip()[found.end() :].lstrip(" -–:;,.") if found else ""
    return (
        named or (Form.MG6D if is_sensitive else Form.MG6C),
        replace(item, sensitive_reason=why if is_sensitive else ""),
    )


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
