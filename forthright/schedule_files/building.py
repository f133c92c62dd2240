"""Puts rows together as schedules: which form, which columns, which items, which certificate."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from forthright.rules.schedules.bundle import LISTS
from forthright.rules.schedules.care import only_marks
from forthright.rules.schedules.denial import denies
from forthright.rules.schedules.schedule import (
    USUAL_KEY,
    Form,
    Line,
    Schedule,
    ScheduleItem,
    Unread,
)
from forthright.rules.urn import printed_urn
from forthright.schedule_files.codes import code_of
from forthright.schedule_files.columns import Columns
from forthright.schedule_files.drafting import Draft, drafted_form, is_numbered, lines_of, number_in
from forthright.schedule_files.headings import fields_of, goes_on_heading, key_of
from forthright.schedule_files.listed import may_be_item
from forthright.schedule_files.naming import begun_by, forms_in
from forthright.schedule_files.parting import parted, unparted
from forthright.schedule_files.rows import Row
from forthright.schedule_files.signing import (
    CERTIFICATE,
    LABEL,
    SAID_SO,
    SIGNING,
    may_list_something,
    signs,
)
from forthright.schedule_files.unread import (
    lines_below,
    numbered_below,
    overleaf,
    rows_above,
    rows_below,
    rows_unread,
    unread_items,
    words_that_number,
)

# Letters of a line that is likely a title, or a sentence about the list; longer ones tell more.
LONGEST_LINE = 120
# How many places of a kind are named one by one.
MOST_NAMED = 6
NUMBER_LIKE = re.compile(r"(?:item\s*)?\d{1,5}\s*(?:[a-z]|[-–/]\s*\d{1,5})[.)]?", re.IGNORECASE)
DEFENDANT = re.compile(r"\bR\s*(?:v|-v-|vs?\.?)\s*:?\s+([^:|]{2,80}?)(?=\s*(?:\bURN\b|[|:]|$))")


def schedules_of(rows: Iterable[Row], *, file: str) -> list[Schedule]:
    """Return the schedules that stand in the rows of one file, in their order."""
    drafts: list[Draft] = []
    waiting: list[Row] = []
    for row in rows:
        if not row.text:
            continue
        if columns := fields_of(row.cells):
            _head(drafts, columns, waiting, row, file)
            waiting = []
        elif waiting or not drafts or _is_apart(row, drafts[-1]):
            waiting.append(row)
        else:
            _take(drafts[-1], row)
    if drafts:
        drafts[-1].leave(waiting)
    # The name of a file that holds several lists may be that of any of them.
    speaks = file if len(drafts) == 1 else ""
    return [schedule for draft in drafts for schedule in _finished(draft, speaks)]


def _head(
    drafts: list[Draft], columns: Mapping[str, int], waiting: list[Row], row: Row, file: str
) -> None:
    """Take a row of headings: of the list above, of its columns once more, or of a new list."""
    last = drafts[-1] if drafts else None
    if last and _goes_on(last, columns, waiting, row):
        last.leave(waiting)
    elif last and not waiting and _is_first_line(last, columns, row):
        drafts[-1] = _begun(row, columns, [], file, head=last.head)
    else:
        drafts.append(_begun(row, columns, _since_denial(last, waiting), file))
    drafts[-1].is_at_heading = True


def _is_first_line(draft: Draft, columns: Mapping[str, int], row: Row) -> bool:
    """Say whether a row names more columns right below a row that only heads their groups."""
    is_below = draft.is_at_heading and not draft.items and draft.place.sheet == row.place.sheet
    return is_below and len(columns) > len(draft.columns)


def _since_denial(draft: Draft | None, waiting: list[Row]) -> list[Row]:
    """Return the rows that head the next list; those of one that lists nothing stay with the last.

    "MG6D", "There is no sensitive material", "MG6E": the first two head nothing that follows.
    """
    denied = [place for place, row in enumerate(waiting) if denies(row.text)]
    if draft is None or not denied:
        return waiting
    draft.leave(waiting[: denied[-1] + 1])
    return waiting[denied[-1] + 1 :]


def _begun(
    row: Row, columns: Mapping[str, int], above: list[Row], file: str, *, head: Sequence[Line] = ()
) -> Draft:
    headings = {name: row.cells[place] for name, place in columns.items()}
    printed = key_of(headings.get("endorsed", ""))
    beside = Columns(row.place, row.cells, columns)
    begun = Draft(row.place, file, beside, headings, printed, [*head, *lines_of(above)])
    begun.unread += rows_above([each for each in above if is_numbered(each) or may_be_item(each)])
    return begun


def _goes_on(draft: Draft, columns: Mapping[str, int], waiting: list[Row], row: Row) -> bool:
    """Say whether a header repeats that of the schedule above, or is its second line."""
    if draft.place.sheet != row.place.sheet:
        return False
    if draft.is_at_heading and not waiting and _take_heading(draft, row):
        return True
    if any(_is_of_another_case(draft, each.text) for each in waiting):
        return False
    forms = {form for each in waiting for form in begun_by(each.line)}
    forms |= {Form.MG6D} & {form for each in waiting for form in forms_in(each.line)}
    return set(columns) == set(draft.columns) and forms <= {drafted_form(draft, draft.file)[0]}


def _is_apart(row: Row, draft: Draft) -> bool:
    """Say whether a row begins something new: another sheet, or a title of another form."""
    if draft.place.sheet != row.place.sheet:
        return True
    if number_in(draft.cell(row, "number")) is not None or draft.is_entry(row):
        # A title that was given a number describes nothing, and what it marks stands below it.
        return Form.MG6D is not drafted_form(draft, draft.file)[0] and only_marks(draft.told(row))
    line = row.line
    if _is_of_another_case(draft, row.text):
        return True
    named = forms_in(line) if len(line) <= LONGEST_LINE else set()
    # Where a line only speaks of sensitive material, what is below it may be it all the same.
    begun = begun_by(line) | ({Form.MG6D} & named)
    return bool(begun) and drafted_form(draft, draft.file)[0] not in begun | named


def _is_of_another_case(draft: Draft, line: str) -> bool:
    """Say whether a line names a URN or a defendant, and not that of the list."""
    head = " ".join(each.text for each in draft.head)
    return any(
        bool(found) and bool(own) and found.casefold() != own.casefold()
        for found, own in ((_urn_in(line), _urn_in(head)), (_accused_in(line), _accused_in(head)))
    )


def _urn_in(words: str) -> str:
    return printed_urn(words[words.find("URN") :]) if "URN" in words else ""


def _accused_in(words: str) -> str:
    found = DEFENDANT.search(words)
    return found[1].strip() if found else ""


def _take(draft: Draft, row: Row) -> None:
    """Put a row where it belongs: an item, more of the item above, or words beside the table."""
    was_at_heading, draft.is_at_heading = draft.is_at_heading, False
    numbered = draft.cell(row, "number")
    number, of_form = draft.named_by(numbered)
    if number is None and was_at_heading and _take_heading(draft, row):
        draft.is_at_heading = True
    elif draft.denies(row) or (number is None and _is_of_certificate(draft, row, numbered)):
        _put_beside(draft, row)
    elif number is not None or NUMBER_LIKE.fullmatch(numbered) or _is_labelled(draft, row):
        _put_item(draft, _item(draft, row, number, numbered, of_form))
    elif _is_more_words(draft, row):
        _take_more_words(draft, row)
    elif _is_item(draft, row):
        _put_item(draft, _item(draft, row, None, numbered))
    else:
        _put_beside(draft, row)


def _take_heading(draft: Draft, row: Row) -> bool:
    """Take a line that only goes on with the headings above it; say whether it is one."""
    if row.is_sure or not goes_on_heading(row.cells):
        return False
    if not draft.items:
        draft.beside.go_on(row)
    return True


def _put_beside(draft: Draft, row: Row) -> None:
    """Keep a row with the certificate; the words of what may be an item are kept nowhere."""
    line = Line(place=row.place, text=row.text)
    draft.is_denied |= draft.denies(row)
    if row.mark:
        draft.marks[row.place] = row.mark
    if draft.looks_listed(row):
        draft.stray.append(row)
        return
    if may_be_item(row, is_below_signature=draft.is_signed):
        draft.listed.append(line)
    draft.is_signed |= signs(row.text)
    draft.certificate.append(line)
    if not (draft.is_outside(row) and draft.repeats(line)):
        draft.below.append(line)


def _put_item(draft: Draft, item: ScheduleItem) -> None:
    """Put an item below the others; what stands above it in the row of none may be one too."""
    draft.lose(item)
    draft.items.append(item)


def _is_labelled(draft: Draft, row: Row) -> bool:
    return bool(LABEL.fullmatch(draft.cell(row, "number"))) and draft.is_like_item(row)


def _is_of_certificate(draft: Draft, row: Row, numbered: str) -> bool:
    """Say whether a row without a whole number belongs to the certificate below the items.

    An item may be a certificate itself, and stand among others without numbers: what has cells of
    its own as an item has stays one, so that nothing of a list is lost from sight.
    """
    if not (draft.below or CERTIFICATE.search(row.text)) or draft.is_like_item(row):
        return False
    described = draft.told(row)
    if not described or SIGNING.search(described) or SIGNING.search(numbered):
        return True
    if not row.is_sure:
        # The line below an item may be more of its words, and these may be about a certificate.
        return bool(draft.below) or bool(numbered)
    if numbered and not any(each.isdigit() for each in numbered):
        return True
    beside = set(draft.columns) - {"number", "description"}
    if not draft.cell(row, "description"):
        beside.discard("undermines")
    is_alone = not any(draft.cell(row, name) for name in beside)
    # Without a column of numbers a label and its words look the same as an item.
    return bool(draft.below) and (is_alone or "number" not in draft.columns)


def _take_more_words(draft: Draft, row: Row) -> None:
    line, item = Line(place=row.place, text=row.text), draft.items[-1]
    if found := words_that_number(line, item, max(draft.swallowed, item.number or 0)):
        unread, draft.swallowed = found
        draft.unread.append(unread)
    draft.items[-1] = _longer(draft, item, row)


def _is_more_words(draft: Draft, row: Row) -> bool:
    if not draft.items or draft.cell(row, "number") or draft.is_outside(row):
        return False
    if not row.is_sure:
        return True
    words = draft.cell(row, "description")
    return row.filled == 1 and bool(words) and not words[0].isupper()


def _is_item(draft: Draft, row: Row) -> bool:
    """Say whether a row without a number is an item all the same."""
    if draft.is_entry(row):
        return True
    described = draft.cell(row, "description")
    if not described and draft.cell(row, "number"):
        # A label of the certificate, and its words in the column beside it.
        return False
    return row.is_sure and bool(draft.told(row)) and (
        row.filled > 1 or "number" not in draft.columns
        or not SAID_SO.match(row.text)
    ) and len(row.cells) > 1  # fmt: skip


def _item(
    draft: Draft, row: Row, number: int | None, numbered: str, of_form: str = ""
) -> ScheduleItem:
    draft.beside.look_beside(row)
    endorsed = draft.cell(row, "endorsed")
    code, reason = code_of(endorsed)
    draft.begin_title(row)
    draft.last_is_drawn = row.is_drawn
    return ScheduleItem(
        place=row.place,
        number=number,
        numbered=numbered,
        description=draft.cell(row, "description"),
        location=draft.cell(row, "location"),
        endorsed=endorsed,
        code=code,
        reason=draft.cell(row, "reason") or reason,
        sensitive_reason=draft.cell(row, "sensitive_reason"),
        undermines=draft.cell(row, "undermines"),
        copy=draft.cell(row, "copy"),
        inspected=draft.cell(row, "inspected"),
        comments=draft.cell(row, "comments"),
        of_form=" ".join(filter(None, (draft.cell(row, "of_form"), of_form))),
    )


def _longer(draft: Draft, item: ScheduleItem, row: Row) -> ScheduleItem:
    draft.beside.look_beside(row)
    longer: dict[str, Any] = {
        name: f"{getattr(item, name)} {words}".strip()
        for name in draft.columns
        if name not in {"number", "title"} and (words := draft.cell(row, name))
    }
    if "title" in draft.columns:
        longer["description"] = draft.titled_so_far(row)
    return replace(item, **longer)


def _finished(draft: Draft, file: str) -> Iterator[Schedule]:
    """Yield the schedule of a draft, or one for each form where a column parts its items."""
    form, guess = drafted_form(draft, file)
    above = " ".join((*(line.text for line in draft.head), draft.place.sheet))
    parts = parted(form, draft.items, is_titled=bool(forms_in(above.replace("_", " "))))
    # What was not read may belong to any of its forms, so the most careful of them decides.
    draft.unread += draft.beside.unread(repeats=all(own in LISTS for own, _ in parts))
    for own, items in parts:
        yield _of_form(draft, own, items, guess=guess if len(parts) == 1 else "")


def _lost(draft: Draft) -> Iterator[Unread]:
    """Yield that lines between items stand in the row of none; a long list may have many."""
    if draft.lost:
        first, *others = [line.place for line in draft.lost]
        named = [each.within for each in others[:MOST_NAMED]]
        named += [f"{len(others) - MOST_NAMED:,} more"] if len(others) > MOST_NAMED else []
        yield Unread(
            place=first,
            what=", ".join((f"Words above {draft.lost_above}", *named)),
            why="They stand in the row of no item, so they were kept with the certificate.",
            mend="Look whether they belong to an item; if so, put them into its row.",
            may_hide_items=True,
        )


def _of_form(draft: Draft, form: Form, items: Sequence[ScheduleItem], *, guess: str) -> Schedule:
    words = " ".join(line.text for line in draft.head)
    unread = [*draft.unread, *_lost(draft), *rows_below(draft.stray)]
    if guess:
        unread.append(
            Unread(
                place=draft.place,
                what="Which form this is",
                why=f"{guess} It counts as an {form}, and it was not checked.",
                mend="Write the one of MG6C, MG6D, MG6E or SDC that it is as a line of its own "
                "above the table.",
                may_hide_items=True,
            )
        )
    is_unread = not (items or draft.is_denied) and may_list_something(draft.certificate)
    if is_unread:
        unread.append(rows_unread(draft.place, draft.certificate, draft.columns))
    beside = [
        replace(line, text=f"{draft.marks.get(line.place, '')} {line.text}".strip())
        for line in draft.certificate if line.place not in draft.apart
    ]  # fmt: skip
    lost = [*numbered_below(beside, items)] or [*overleaf(draft.below, items, signs)]
    named = {each.place for each in lost}
    lost += lines_below([line for line in draft.listed if line.place not in named])
    if form is not Form.MG6E:
        unread += unparted(items, form, draft.headings.get("of_form", ""))
    unread += [*unread_items(items, form), *lost]
    return Schedule(
        form=form,
        place=draft.place,
        items=tuple(items),
        head=tuple(draft.head),
        certificate=tuple(draft.certificate),
        columns=draft.headings,
        key=draft.key or dict(USUAL_KEY),
        urn=_urn_in(words),
        defendant=_accused_in(words),
        is_guessed=bool(guess),
        is_unread=is_unread,
        unread=tuple(unread),
    )
