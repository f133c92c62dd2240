"""Which findings of a check everybody may read, and what is asked of the police.

What a finding repeats is asked about anew each time somebody looks: an item may be held back, or
queried, or stand on a sensitive schedule, only after it was checked.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from forthright.disclosure.models import Delivery, Item, Schedule
from forthright.disclosure.selectors.hidden import OPEN_FORMS, Hidden, hidden_in
from forthright.rules.schedules.bundle import plain
from forthright.rules.schedules.engine import WHOLE, ScheduleFinding
from forthright.rules.schedules.return_note import LONGEST_REQUEST, return_note
from forthright.schedule_files.unread import ROWS_BELOW

# The exact reason of return under which a file goes back that cannot be read.
NOT_RIGHT = "Schedules of unused material not completed correctly"
Finding = Mapping[str, Any]


def findings_for_all(
    findings: Iterable[Finding], schedules: Iterable[Schedule], hidden: Hidden
) -> list[Finding]:
    """Return the findings about open forms alone that repeat what everybody may read.

    What a finding repeats stands among the open items too: a comment, a certificate or another
    paper may tell anything.

    :param schedules: those of the delivery, with their items
    """
    found = list(findings)
    items = [
        (each.form, item)
        for each in schedules
        if each.form in OPEN_FORMS
        for item in each.items.all()
        if not hidden.has(item, each.form)
    ]
    open_words, seen = _words_of(items), {(form, item.number) for form, item in items}
    # A check of before this was kept may have held back anything.
    held = {(each["form"], each["place"]) for each in found if each.get("holds_back", True)}
    return [
        each
        for each in found
        if each["form"] in OPEN_FORMS
        and (each["form"], each["place"]) not in held
        and (not each["words"] or each["named"] != WHOLE)
        and (each["named"] == WHOLE or (each["form"], each["item"]) in seen)
        and (each["words"].isdecimal() or _squeezed(each["words"]) in open_words)
    ]


def note_of(delivery: Delivery) -> list[dict[str, Any]]:
    """Return what the check would ask of the police, by reason of return, as it may go now.

    It repeats only what everybody may read: it is shown to more people than the schedule is.
    """
    unread = _unread_in(delivery)
    if not delivery.note and not unread:
        return []
    schedules = delivery.schedules.prefetch_related("items")
    hidden = hidden_in(delivery.case_id)
    open_ones = findings_for_all(delivery.findings, schedules, hidden)
    may_repeat = {id(each) for each in open_ones}
    found = [(each, ScheduleFinding(**each)) for each in delivery.findings]
    withheld = {
        finding
        for each, finding in found
        if id(each) not in may_repeat and not finding.words.isdecimal()
    }
    note = return_note("", [finding for _, finding in found], withheld=withheld).as_table()
    return _with_unread(note, unread)


def _unread_in(delivery: Delivery) -> list[str]:
    """Return what is asked where a file, or the rows of a list, could not be read.

    A file is not named, nor a place of a sensitive list: a name may tell what is sensitive.
    """
    asked = [
        f"File {number} of {len(delivery.files)} could not be read. {each['unread']}"
        for number, each in enumerate(delivery.files, start=1)
        if each.get("unread")
    ]
    asked += [
        f"{schedule.form}: {one['what']} could not be read. {one['why']} {one['mend']}"
        for schedule in delivery.schedules.order_by("pk")
        for one in schedule.unread
        if one["what"] == ROWS_BELOW
    ]
    return [f"{words[: LONGEST_REQUEST - 1]}…" if len(words) > LONGEST_REQUEST else words
            for words in asked]  # fmt: skip


def _with_unread(note: list[dict[str, Any]], unread: list[str]) -> list[dict[str, Any]]:
    """Return a note that asks first for what could not be read."""
    if not unread:
        return note
    of_it: list[str] = next((each["requests"] for each in note if each["reason"] == NOT_RIGHT), [])
    others = [each for each in note if each["reason"] != NOT_RIGHT]
    return [{"reason": NOT_RIGHT, "requests": [*unread, *of_it]}, *others]


def _words_of(items: Iterable[tuple[str, Item]]) -> str:
    return _squeezed("\n".join(f"{item.description}\n{item.location}" for _, item in items))


def _squeezed(words: str) -> str:
    return " ".join(plain(words).split())
