"""Reads a case file, and says of each fault what it is, where it stands and how to mend it."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError
from rapidfuzz import process

from forthright.rules.case_file import CaseFile
from forthright.rules.words import LONDON

LEAST_ALIKE = 70
DAY = "Write a day like 2026-04-08, in quotation marks."
MENDS = {
    "missing": "This is missing. Add it.",
    "string_type": "This has to be words in quotation marks.",
    "string_too_short": "This is empty. Write it.",
    "too_short": "This list is empty. It needs at least one.",
    "tuple_type": "This has to be a list, in square brackets.",
    "list_type": "This has to be a list, in square brackets.",
    "bool_type": "Write true or false, without quotation marks.",
    "bool_parsing": "Write true or false, without quotation marks.",
    "int_type": "Write a whole number.",
    "int_parsing": "Write a whole number.",
    "model_type": "This has to be a group of fields, in curly brackets.",
    "model_attributes_type": "This has to be a group of fields, in curly brackets.",
    "date_type": DAY,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "date_from_datetime_inexact": DAY,
    "datetime_type": "Write a day and time like 2026-04-02T16:55:00+01:00.",
    "datetime_parsing": "Write a day and time like 2026-04-02T16:55:00+01:00.",
    "datetime_from_date_parsing": "Write a day and time like 2026-04-02T16:55:00+01:00.",
}


class CaseRefused(ValueError):
    """The file is no case file; each fault has its place. Nothing that was found is repeated.

    What stands in a case file may be somebody's name, and refusals are kept in logs.
    """

    def __init__(self, name: str, faults: Sequence[str]) -> None:
        """Keep the name of the file and its faults, each in a sentence with its place."""
        super().__init__("\n".join([f"{name} is not a case file:", *(f"  {f}" for f in faults)]))
        self.faults = tuple(faults)


def read_case(content: bytes, name: str) -> CaseFile:
    """Return the case of a case file; a time with no zone is one of England and Wales.

    :raises CaseRefused: if it is not one, with every fault
    """
    try:
        case = CaseFile.model_validate_json(content.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as refusal:
        faults = [_sentence(dict(each)) for each in
                  refusal.errors(include_input=False, include_url=False)]  # fmt: skip
        raise CaseRefused(name, faults) from None
    if case.decision is None or case.decision.made_at.tzinfo:
        return case
    made_at = case.decision.made_at.replace(tzinfo=LONDON)
    decision = case.decision.model_copy(update={"made_at": made_at})
    return case.model_copy(update={"decision": decision})


def _sentence(fault: dict[str, Any]) -> str:
    """Say one fault: its place, what is wrong, how to mend it."""
    kind, place = fault["type"], fault["loc"]
    if kind == "json_invalid":
        reason = str(fault.get("ctx", {}).get("error", ""))
        return f"The file is not JSON: {reason}. Save it again as the program that made it does."
    where = ".".join(str(each + 1) if isinstance(each, int) else each for each in place)
    if kind == "extra_forbidden":
        return f"{where}: there is no such field.{_meant(str(place[-1]))} Take it out."
    if kind in ("enum", "literal_error"):
        known = str(fault.get("ctx", {}).get("expected", "")).replace("'", "")
        return f"{where}: this is not one of the words that stand here. Write {known}."
    mend = MENDS.get(kind) or f"{fault['msg']}."
    return f"{where or 'the file'}: {mend}"


def _meant(name: str) -> str:
    near = process.extractOne(name, _all_fields(), score_cutoff=LEAST_ALIKE)
    return f" Did you mean {near[0]}?" if near else ""


@cache
def _all_fields() -> tuple[str, ...]:
    """Return the names of the fields of every part of a case file."""
    names: dict[str, None] = {}
    waiting: list[type[BaseModel]] = [CaseFile]
    seen: set[type[BaseModel]] = set()
    while waiting:
        part = waiting.pop()
        if part in seen:
            continue
        seen.add(part)
        for name, field in part.model_fields.items():
            names[name] = None
            waiting += _parts_in(field.annotation)
    return tuple(names)


def _parts_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    within = getattr(annotation, "__args__", ())
    return [part for each in within for part in _parts_in(each)]


def case_schema() -> dict[str, Any]:
    """Return the JSON Schema of a case file."""
    schema = CaseFile.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema
