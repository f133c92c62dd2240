"""Reads the list of materials that the CPS's prototype of digital case files keeps as JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from forthright.rules.as_seen import as_seen
from forthright.rules.schedules.denial import denies
from forthright.rules.schedules.schedule import (
    Code,
    Form,
    Line,
    Place,
    Schedule,
    ScheduleItem,
    Unread,
)
from forthright.rules.words import list_words
from forthright.schedule_files.naming import calls_for_care, forms_in
from forthright.table_files.problems import FileRefused

STATUSES: Mapping[str, str] = {
    "disclosable": Code.DISCLOSE,
    "disclosable by inspection": Code.INSPECT,
    "not disclosable": Code.NOT_DISCLOSABLE,
    "clearly not disclosable": Code.CLEARLY_NOT,
    "evidence": Code.EVIDENCE,
}
# The types of material in its lists, but for what is sensitive.
TYPES = {"", "exhibit", "mg form", "other material", "statement", "unused", "unused material",
         "unused non-sensitive"}  # fmt: skip
NOT_YET = {"", "to be assessed", "unused"}
COLUMNS = {
    "number": "",
    "description": "Description",
    "location": "Location",
    "endorsed": "cpsDisclosure.status",
    "reason": "cpsDisclosure.rationale",
}
RATIONALE = "RationaleForDisclosureDecision"
LIST_WANTED = "Hand over the list of materials: an object with “Material”, or a list of materials."


def read_material_list(path: Path) -> tuple[Schedule, ...]:
    """Return what is unused in a list of materials: not sensitive, and sensitive, each by itself.

    :raises FileRefused: if it is not such a list
    """
    listed, urn = _materials(path)
    kinds: dict[Form, list[tuple[int, Mapping[str, Any]]]] = {Form.MG6C: [], Form.MG6D: []}
    left_out = 0
    for row, material in enumerate(listed, start=1):
        form = _form_of(material)
        if form is None:
            left_out += 1
        else:
            kinds[form].append((row, material))
    made = [_schedule(form, rows, path.name, urn, left_out) for form, rows in kinds.items() if rows]
    if not made:
        raise FileRefused("No material in the list is unused.", LIST_WANTED)
    return tuple(made)


def _materials(path: Path) -> tuple[Sequence[Any], str]:
    try:
        table = json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise FileRefused("The file is not text in UTF-8.", "Save it as UTF-8.") from fault
    except json.JSONDecodeError as fault:
        raise FileRefused(
            f"The file is not JSON: line {fault.lineno} cannot be read.",
            "It may be cut short. Export it again.",
            row=fault.lineno,
        ) from fault
    except RecursionError as fault:
        raise FileRefused("The file nests far deeper than a list does.", LIST_WANTED) from fault
    urn = str(table.get("caseId", "")) if isinstance(table, Mapping) else ""
    listed = table.get("Material") if isinstance(table, Mapping) else table
    if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
        raise FileRefused("The file holds no list of materials.", LIST_WANTED)
    return listed, urn


def _form_of(material: Mapping[str, Any]) -> Form | None:
    """Return the schedule that material belongs on; evidence is on none."""
    police = _part(material, "policeDisclosure", "PoliceMaterial")
    status = (_text(police, "status") or _text(police, "DisclosureStatus")).lower()
    is_marked = any(
        value is True and calls_for_care(name.lower().replace("sensitive", " sensitive"))
        for name, value in material.items()
    )
    if is_marked or calls_for_care(_kind(material)):
        return Form.MG6D
    is_evidence = material.get("isEvidence") is True or status == "evidence"
    return None if is_evidence else Form.MG6C


def _schedule(
    form: Form,
    rows: Sequence[tuple[int, Mapping[str, Any]]],
    file: str,
    urn: str,
    left_out: int,
) -> Schedule:
    items = tuple(
        _item(material, number, Place(file=file, row=row))
        for number, (row, material) in enumerate(rows, start=1)
    )
    whole = Place(file=file)
    head = f"{form}: {form.words}, from a list of materials"
    unread = [
        Unread(
            place=whole,
            what="The numbers of the items",
            why="A list of materials has none, so they are counted in its order.",
            mend="Nothing needs doing; numbers are checked once the police give them.",
        ),
        *(_unsure(rows, file) if form is Form.MG6C else ()),
        *_unread_items(items),
    ]
    if left_out:
        unread.append(
            Unread(
                place=whole,
                what=f"{left_out} of the materials",
                why="They are evidence, which stands on no schedule of unused material.",
                mend="Nothing needs doing.",
            )
        )
    return Schedule(
        form=form,
        place=whole,
        items=items,
        head=(Line(place=whole, text=head),),
        columns=COLUMNS,
        urn=urn,
        is_numbered_by_us=True,
        unread=tuple(unread),
    )


def _item(material: Mapping[str, Any], number: int, place: Place) -> ScheduleItem:
    inner = _part(material, "Material")
    police = _part(material, "policeDisclosure", "PoliceMaterial")
    prosecutor = _part(material, "cpsDisclosure", "CPSMaterial")
    inspection = _part(police, "Inspection")
    title = _text(material, "Title") or _text(inner, "Title")
    told = _text(material, "Description") or _text(police, "Description")
    status = _text(prosecutor, "status") or _text(prosecutor, "DisclosureStatus")
    plain = status.lower().removeprefix("unused - ")
    return ScheduleItem(
        place=place,
        number=number,
        description=": ".join(part for part in (title, told) if part),
        location=_text(material, "Location") or _text(inner, "Location"),
        endorsed="" if plain in NOT_YET else status,
        code=STATUSES.get(plain, ""),
        reason=_text(prosecutor, "rationale") or _text(prosecutor, RATIONALE),
        sensitive_reason=_text(police, "SensitivityRationale"),
        inspected=_text(police, "InspectedBy") or _text(inspection, "InspectedBy"),
    )


def _unsure(rows: Sequence[tuple[int, Mapping[str, Any]]], file: str) -> Iterator[Unread]:
    """Yield which materials that are listed as open may be sensitive all the same.

    The prototype gives a reason for the sensitivity of almost anything, if only that a name is in
    it, so its type decides, and a person looks. Nothing of these is repeated.
    """
    unknown = [row for row, each in rows if _kind(each).lower() not in TYPES]
    reasoned = [row for row, each in rows if _has_reason(each)]
    for found, why in (
        (unknown, "The type is none that the prototype’s lists hold"),
        (reasoned, "A reason for sensitivity is given, and the type is none of what is sensitive"),
    ):
        if found:
            yield Unread(
                place=Place(file=file, row=found[0]),
                what=f"Whether material {list_words([str(row) for row in found])} is sensitive",
                why=f"{why}. It was read as not sensitive.",
                mend="Look at each; give it the type “Sensitive” in the list where it is.",
                may_hide_items=True,
            )


def _has_reason(material: Mapping[str, Any]) -> bool:
    why = _text(_part(material, "policeDisclosure", "PoliceMaterial"), "SensitivityRationale")
    is_denied = denies(why) or why.lower() in {"no", "false"} or forms_in(why) == {Form.MG6C}
    return bool(why) and not is_denied


def _unread_items(items: Sequence[ScheduleItem]) -> Iterator[Unread]:
    for item in items:
        if item.endorsed and not item.code:
            yield Unread(
                place=item.place,
                what=f"The status of {item.named}",
                why=f"“{item.endorsed}” is not one that the prototype’s list of statuses holds.",
                mend="Choose one of its statuses.",
            )


def _kind(material: Mapping[str, Any]) -> str:
    """Return the type of material, in whatever case the list writes the word."""
    found = (_text(material, name) for name in material if name.lower() == "type")
    return next(filter(None, found), "")


def _part(table: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    found = (table.get(name) for name in names)
    return next((each for each in found if isinstance(each, Mapping)), {})


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table.get(name)
    return " ".join(as_seen(value).split()) if isinstance(value, str) else ""
