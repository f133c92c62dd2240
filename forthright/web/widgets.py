"""Form fields for a day, a time of day, and choices that carry an explanation."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from forthright.rules.names import why_no_name
from forthright.rules.words import NoSuchHour, moment_at, time_words
from forthright.rules.written import LEAST_SAID, cleaned, proof_in, reason_in

MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september",
          "october", "november", "december"]  # fmt: skip
BOXES = [("day", 2), ("month", 2), ("year", 4)]


def month_number(written: str) -> int | None:
    """Return 4 for "4", "04", "April" or "apr", and None for what is no month."""
    written = written.strip().lower()
    if written.isascii() and written.isdigit():
        return int(written) if 1 <= int(written) <= 12 else None
    found = [n for n, name in enumerate(MONTHS, 1) if len(written) > 2 and name.startswith(written)]
    return found[0] if len(found) == 1 else None


class DateBoxes(forms.Widget):
    """Three boxes: day, month, year."""

    template_name = "django/forms/widgets/date_boxes.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the three boxes with what was written in them."""
        context = super().get_context(name, value, attrs)
        parts = self.parts_of(value)
        has_error = "aria-invalid" in context["widget"]["attrs"]
        wrong = self.wrong_boxes(parts) if has_error else set()
        context["widget"]["boxes"] = [
            {
                "id": f"{context['widget']['attrs'].get('id', f'id_{name}')}_{box}",
                "name": f"{name}_{box}",
                "label": box.capitalize(),
                "width": width,
                "keys": "text" if box == "month" else "numeric",
                "value": part,
                "is_wrong": box in wrong,
            }
            for (box, width), part in zip(BOXES, parts, strict=True)
        ]
        return context

    def parts_of(self, value: Any) -> list[str]:
        """Return day, month and year as they are to be shown."""
        if isinstance(value, date):
            return [str(value.day), str(value.month), str(value.year)]
        return [str(part) for part in value] if isinstance(value, list) else ["", "", ""]

    def wrong_boxes(self, parts: list[str]) -> set[str]:
        """Return the boxes to mark: those left empty, or all when the date is not a real one."""
        names = [name for name, _ in BOXES]
        empty = {name for name, part in zip(names, parts, strict=True) if not part.strip()}
        return empty or set(names)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """Return what stands in the three boxes."""
        return [str(data.get(f"{name}_{box}", "")) for box, _ in BOXES]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Return whether none of the three boxes was sent."""
        return not any(f"{name}_{box}" in data for box, _ in BOXES)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Return the first box, which an error summary points at."""
        return f"{id_}_day" if id_ else id_


class DayField(forms.DateField):
    """A day, written in three boxes; a month may be a number or a name."""

    widget = DateBoxes

    def to_python(self, value: Any) -> date | None:
        """Return the day, or say what is missing or wrong with it."""
        if not isinstance(value, list):
            return super().to_python(value)
        parts = [part.strip() for part in value]
        if not any(parts):
            return None
        what = self.label or "The date"
        missing = [name for (name, _), part in zip(BOXES, parts, strict=True) if not part]
        if missing:
            raise ValidationError(f"{what} must include a {' and '.join(missing)}")
        return self.real_day(parts, str(what))

    def real_day(self, parts: list[str], what: str) -> date:
        """Return the day these parts name.

        :raises ValidationError: if there is no such day
        """
        day, month, year = parts
        if not re.fullmatch(r"[0-9]{4}", year):
            raise ValidationError(f"{what} must have a year of 4 numbers, like 2026")
        try:
            return date(int(year), month_number(month) or 0, int(day))
        except (ValueError, OverflowError):  # a telephone number in the box of the day
            raise ValidationError(f"{what} must be a real date, like 27 3 2026") from None

    def prepare_value(self, value: Any) -> Any:
        """Return a day from text, so that it can be shown in boxes."""
        if isinstance(value, str) and value:
            return super().to_python(value)
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether another day was written."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class ClockField(forms.CharField):
    """A time of day as people write it: 4:55pm, 16:55, 9am, midday."""

    def to_python(self, value: Any) -> Any:
        """Return the time, or say how to write it."""
        written = super().to_python(value)
        if not written or isinstance(value, time):
            return value or None
        compact = re.sub(r"\s", "", written.lower())
        compact = {"midday": "12pm", "noon": "12pm", "midnight": "12am"}.get(compact, compact)
        found = re.fullmatch(r"(\d{1,2})(?:[:.]?([0-5]\d))?(am|pm)?", compact)
        wrong = ValidationError(f"{self.label or 'The time'} must be a time, like 4:55pm or 16:55")
        if not found or not (found[2] or found[3]):
            raise wrong
        hour, half = int(found[1]), found[3]
        if half and not 1 <= hour <= 12:
            raise wrong
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        try:
            return time(hour, int(found[2] or 0))
        except ValueError:
            raise wrong from None

    def prepare_value(self, value: Any) -> Any:
        """Return a time in the words of the product's pages."""
        return time_words(value) if isinstance(value, time) else value


def with_real_hour(form: forms.Form, cleaned: dict[str, Any]) -> dict[str, Any]:
    """Return the answers of a form that asks for a day and an hour, once that hour was one."""
    if cleaned.get("day"):
        try:
            moment_at(cleaned["day"], cleaned.get("hour"))
        except NoSuchHour as refusal:
            form.add_error("hour", f"{refusal} {refusal.MEND}")
    return cleaned


class WrittenField(forms.CharField):
    """Words that a person wrote, without what nobody can see; nothing but that is an empty box."""

    def to_python(self, value: Any) -> Any:
        """Return what can be read of the words."""
        return super().to_python(cleaned(value) if isinstance(value, str) else value)


def if_not_kept(what: str, longest: int) -> dict[str, str]:
    """Return what a box says of a text that is longer than so many characters, or holds a NUL."""
    return {
        "max_length": f"{what}: this may have {longest:,} letters and spaces, and has "
        "%(show_value)s. Shorten it and keep it again",
        "null_characters_not_allowed": f"{what}: this holds a character that no text can have. "
        "Type the words anew and keep them again",
    }


class NameField(WrittenField):
    """A name, by the same rule as in extracts; marks that nobody sees are left out."""

    def to_python(self, value: Any) -> Any:
        """Return the name, or say why it cannot be one."""
        name = super().to_python(value)
        if name and (why := why_no_name(str(value))):
            raise ValidationError(f"“{name[:40]}” cannot be a name: it {why}. Type the name alone.")
        return name


class ReasonField(WrittenField):
    """Why something is done, in words: a dot or "ok" tells whoever reads it nothing."""

    def __init__(self, *, least: int = LEAST_SAID, **named: Any) -> None:
        """Ask for so many letters and digits."""
        super().__init__(**named)
        self.least = least

    def validate(self, value: Any) -> None:
        """Ask for more where what is written is too little to say anything."""
        super().validate(value)
        if value and not reason_in(value, least=self.least):
            raise ValidationError(
                f"Say more, in {self.least} letters or more, so that whoever reads it understands"
            )


class ProofField(WrittenField):
    """What proves something: words, or the number of a receipt by itself."""

    def validate(self, value: Any) -> None:
        """Ask for more where what is written is too little to prove anything."""
        super().validate(value)
        if value and not proof_in(value):
            raise ValidationError(
                f"Say more, in {LEAST_SAID} letters or digits or more, so that it can be found "
                "again, such as “Receipt 17”"
            )


class _Hints:
    """Puts an explanation under a choice; `hints` maps the value to its words."""

    def __init__(self, *arguments: Any, hints: Mapping[Any, str] | None = None, **named: Any):
        super().__init__(*arguments, **named)
        self.hints = hints or {}

    def create_option(self, name: str, value: Any, *rest: Any, **named: Any) -> dict[str, Any]:
        """Return one choice with its explanation."""
        option: dict[str, Any] = super().create_option(  # type: ignore[misc]
            name, value, *rest, **named
        )
        option["hint"] = self.hints.get(getattr(value, "value", value), "")
        return option


class RadiosWithHints(_Hints, forms.RadioSelect):
    """Radio buttons, each with an explanation."""


class CheckboxesWithHints(_Hints, forms.CheckboxSelectMultiple):
    """Check boxes, each with an explanation."""
