"""Cuts a long list into pages by key, so that the last page is as quick as the first."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """One page of a list, with the addresses of the pages before and after it."""

    rows: list[Row]
    previous: str = ""
    next: str = ""


def slice_of(
    rows: "QuerySet[Row]", query: QueryDict, *, order: tuple[str, ...], size: int = 50
) -> Slice[Row]:
    """Return the page that the address asks for.

    `order` must end with a field that differs on every row, such as "pk", and hold no empty
    values. A mark that cannot be read gives the first page.
    """
    backwards = "before" in query
    mark = read_mark(rows, query.get("before") or query.get("after") or "", order)
    backwards = backwards and mark is not None
    direction = tuple(turned(field) for field in order) if backwards else order
    cut = rows.filter(beyond(direction, mark)) if mark is not None else rows
    found = list(cut.order_by(*direction)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_previous = more if backwards else mark is not None
    has_next = True if backwards else more
    return Slice(
        rows=found,
        previous=address(query, "before", found[0], order) if found and has_previous else "",
        next=address(query, "after", found[-1], order) if found and has_next else "",
    )


def turned(field: str) -> str:
    """Return a field of an order with its direction turned round."""
    return field[1:] if field.startswith("-") else f"-{field}"


def beyond(order: tuple[str, ...], mark: list[Any]) -> Q:
    """Return the condition for rows that come after the mark."""
    condition = Q()
    for field, value in reversed(list(zip(order, mark, strict=True))):
        name, sign = field.lstrip("-"), "lt" if field.startswith("-") else "gt"
        further = Q(**{f"{name}__{sign}": value})
        # The bound on the first field, said outright, lets the database start from its index.
        condition = (
            Q(**{f"{name}__{sign}e": value}) & (further | condition) if condition else further
        )
    return condition


def address(query: QueryDict, side: str, row: Model, order: tuple[str, ...]) -> str:
    """Return the address of the page on that side of a row, with the filters kept."""
    values = [str(value_of(row, field)) for field in order]
    kept = query.copy()
    for name in ("before", "after"):
        kept.pop(name, None)
    kept[side] = urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
    return f"?{kept.urlencode()}"


def value_of(row: Model, field: str) -> Any:
    """Return a row's value of one field of the order."""
    value: Any = row
    for part in field.lstrip("-").split("__"):
        value = getattr(value, part)
    return value


def read_mark(rows: "QuerySet[Row]", written: str, order: tuple[str, ...]) -> list[Any] | None:
    """Return the values in a mark, or None where it cannot be read."""
    if not written:
        return None
    try:
        values = json.loads(urlsafe_b64decode(written + "=" * (-len(written) % 4)))
        return [
            field_of(rows.model, name).to_python(value)
            for name, value in zip(order, values, strict=True)
        ]
    except (binascii.Error, UnicodeDecodeError, ValueError, TypeError, ValidationError):
        return None


def field_of(model: type[Model], name: str) -> Any:
    """Return the model field that one part of the order names."""
    *path, last = name.lstrip("-").split("__")
    for part in path:
        model = model._meta.get_field(part).related_model  # type: ignore[assignment]
    return model._meta.pk if last == "pk" else model._meta.get_field(last)
