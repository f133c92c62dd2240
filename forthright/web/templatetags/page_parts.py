"""Small helps for the parts of a page."""

from django import template
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import BoundField, Field, IntegerField

IS_REQUIRED = str(Field.default_error_messages["required"])

register = template.Library()


@register.filter
def first_box(field: BoundField) -> str:
    """Return the id of the box an error summary should lead to."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def errors_in_words(field: BoundField) -> list[str]:
    """Return what is wrong with a field; an answer left out is asked for by its own name.

    So is a number that is none, or too small or too great: the error stands far from its field.
    """
    return [said for error in field.errors.as_data() for said in _words_of(field, error)]


def _words_of(field: BoundField, error: ValidationError) -> list[str]:
    if error.message in {MinValueValidator.message, MaxValueValidator.message}:
        more = "more" if error.code == MinValueValidator.code else "less"
        return [f"“{field.label}” must be {(error.params or {})['limit_value']} or {more}"]
    if error.message == IntegerField.default_error_messages["invalid"]:
        return [f"“{field.label}” must be a whole number"]
    return [left_out(field) if said == IS_REQUIRED else str(said) for said in error]


def left_out(field: BoundField) -> str:
    """Return how to mend an answer that was left out."""
    verbs = {
        "checkbox": "Tick",
        "file": "Choose a file for",
        "clearablefile": "Choose a file for",
        "select": "Choose an answer to",
    }
    verb = verbs.get(field.widget_type, "Fill in")
    if field.use_fieldset and field.widget_type != "dateboxes":
        verb = "Choose an answer to"
    return f"{verb} “{field.label}”"
