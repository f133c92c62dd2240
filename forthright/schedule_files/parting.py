"""Parts a list that holds both forms, where a column says on which each item stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from forthright.rules.schedules.schedule import Form, ScheduleItem, Unread
from forthright.schedule_files.naming import calls_for_care, forms_in

# What stands in a column of forms; what is not sensitive is told first, as it names the other too.
NAMED = (
    (Form.MG6C, re.compile(r"^(?:mg ?0?6 ?)?\(?c\)?(?!\w)|\bnon?t?[- ]?sensitive\b|^ns$")),
    (
        Form.MG6D,
        re.compile(
            r"^(?:mg ?0?6 ?)?\(?d\)?(?!\w)|(?<!official[- ])\bsensitive\b|^s$"
            r"|\bsens\b|^confidential$"
        ),
    ),
    (Form.SDC, re.compile(r"^sdc\b|^streamlined\b")),
)
# What stands in a column about sensitivity that says whether, and perhaps then why.
WHETHER = re.compile(
    r"^(?:(?P<no>no?|false|ns|non?t?[- ]?sensitive)|(?P<yes>y|yes|true|s|sensitive))(?!\w)"
)
# These head a column of forms and of much else; the others name forms alone.
OF_ANY_KIND = re.compile(r"classification|category", re.IGNORECASE)
OPEN = {"open", "official", "official-sensitive", "official sensitive", "restricted", "unused"}
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


def unparted(items: Sequence[ScheduleItem], form: Form, heading: str) -> Iterator[Unread]:
    """Yield each item of an open list whose cell in the column of forms is not understood.

    :param heading: how that column is headed
    """
    for item in () if form is Form.MG6D else items:
        said = _plain(item.of_form)
        is_known = said in DENIED | OPEN or _named(said) is not None
        if not is_known and (calls_for_care(said) or not OF_ANY_KIND.search(heading)):
            yield Unread(
                place=item.place,
                what=f"On which form {item.named} stands",
                why="What stands in the column of forms names none that is known.",
                mend="Write MG6C or MG6D there, or part the list in two, and give the file again.",
                may_hide_items=True,
            )


def _named(said: str) -> Form | None:
    """Return the form that a cell names; one that calls for care names the sensitive one."""
    for form, words in NAMED:
        if words.search(said):
            return form
    forms = forms_in(said)
    if Form.MG6D in forms or (calls_for_care(said) and not forms):
        return Form.MG6D
    return next(iter(forms)) if len(forms) == 1 else None


def _says_whether(items: Sequence[ScheduleItem]) -> bool:
    """Say whether the column about sensitivity begins with yes or no wherever it is filled."""
    said = [words for item in items if (words := _plain(item.sensitive_reason)) not in DENIED]
    return bool(said) and all(WHETHER.match(words) for words in said)


def _own_form(item: ScheduleItem, form: Form, *, says_whether: bool) -> tuple[Form, ScheduleItem]:
    named = _named(_plain(item.of_form))
    said = _plain(item.sensitive_reason)
    if not says_whether:
        return named or (form if said in DENIED else Form.MG6D), item
    found = WHETHER.match(said)
    # "No, but see PII" is no denial.
    is_sensitive = bool(found and (found["yes"] or calls_for_care(said[found.end() :])))
    why = item.sensitive_reason.strip()[found.end() :].lstrip(" -–:;,.") if found else ""
    return (
        named or (Form.MG6D if is_sensitive else Form.MG6C),
        replace(item, sensitive_reason=why if is_sensitive else ""),
    )


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
