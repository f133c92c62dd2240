"""One way to write a count, a day, a time and a moment on every page."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TypeVar

from django import template
from django.db.models import Model
from django.utils import timezone

from forthright.rules.words import is_day_only, time_words

register = template.Library()
T = TypeVar("T")


@register.filter
def count(value: int) -> str:
    """Return "50,000"."""
    return f"{value:,}"


@register.filter
def day(value: date | datetime | None) -> str:
    """Return "Thursday 2 April 2026"."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value:%A} {value.day} {value:%B %Y}"


@register.filter
def short_day(value: date | datetime | None) -> str:
    """Return "2 April 2026"."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value.day} {value:%B %Y}"


@register.filter
def clock_time(value: datetime | time | None) -> str:
    """Return "4:55pm", "10am" or "midday", as the arithmetic of due dates says it too."""
    if value is None:
        return ""
    return time_words(value if isinstance(value, time) else timezone.localtime(value).time())


@register.filter
def moment(value: datetime | None) -> str:
    """Return "2 April 2026, 4:55pm"."""
    return f"{short_day(value)}, {clock_time(value)}" if value else ""


@register.filter
def known_moment(value: datetime | None) -> str:
    """Return a moment, or only its day where nobody recorded the hour."""
    return short_day(value) if value is None or is_day_only(value) else moment(value)


@register.filter
def inside(label: str) -> str:
    """Return a label as it reads inside a sentence: a name or short form keeps its capitals."""
    first, _, rest = str(label).partition(" ")
    is_name = first[1:] != first[1:].lower() or rest[:1].isupper()
    return str(label) if is_name else f"{first.lower()} {rest}".strip()


@register.filter
def called(named: Model | None, names: Mapping[int, str]) -> str:
    """Return the name of somebody or something, or as it is called here, as to tell two apart."""
    return names.get(named.pk, str(named)) if named else ""


@register.filter
def found_in(thing: Model, found: Mapping[int, T]) -> T | None:
    """Return what was found of something; None where nothing was."""
    return found.get(thing.pk)
