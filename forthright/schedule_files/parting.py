"""Parts a list that holds both forms, where a column says on which each item stands."""

from collections.abc import Sequence
from dataclasses import replace

from forthright.rules.schedules.schedule import Form, ScheduleItem

# What stands in a column that says only whether an item is sensitive.
YES_OR_NO = {"y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}
SAID = {
    "mg6d": Form.MG6D, "d": Form.MG6D, "sensitive": Form.MG6D, "s": Form.MG6D,
    "mg6c": Form.MG6C, "c": Form.MG6C, "non-sensitive": Form.MG6C, "nonsensitive": Form.MG6C,
    "ns": Form.MG6C, "sdc": Form.SDC,
}  # fmt: skip
# What stands in a column of reasons where there is none.
DENIED = {"", "-", "–", "n/a", "na", "nil", "none", "not sensitive", "not applicable"} | {
    words for words, is_so in YES_OR_NO.items() if not is_so
}
Parted = list[tuple[Form, list[ScheduleItem]]]


def parted(form: Form, items: Sequence[ScheduleItem], *, is_titled: bool) -> Parted:
    """Return the items by the form that each stands on; most lists are of one form.

    Under a title that names the form, an item may be named sensitive and not the other way round:
    nothing leaves the sensitive schedule by what one cell says.
    """
    if form is Form.MG6E:
        return [(form, list(items))]
    by_form: dict[Form, list[ScheduleItem]] = {}
    says_only_whether = _says_only_whether(items)
    for item in items:
        own, kept = _own_form(item, form, says_only_whether=says_only_whether)
        if is_titled and own is not Form.MG6D:
            own = form
        by_form.setdefault(own, []).append(kept)
    return list(by_form.items()) or [(form, [])]


def _says_only_whether(items: Sequence[ScheduleItem]) -> bool:
    """Say whether the column about sensitivity holds yes and no, and so no reason."""
    said = {item.sensitive_reason.strip().lower() for item in items} - {""}
    return bool(said) and said <= set(YES_OR_NO)


def _own_form(
    item: ScheduleItem, form: Form, *, says_only_whether: bool
) -> tuple[Form, ScheduleItem]:
    named = SAID.get("".join(item.of_form.lower().split()).strip("()"))
    said = item.sensitive_reason.strip().lower()
    if named is None and says_only_whether:
        named = Form.MG6D if YES_OR_NO.get(said) else Form.MG6C
    elif named is None and said not in DENIED:
        named = Form.MG6D
    kept = replace(item, sensitive_reason="") if says_only_whether else item
    return named or form, kept
