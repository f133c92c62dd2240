"""Small helps for the parts of a page."""

from django import template
from django.forms import BoundField, Field

IS_REQUIRED = str(Field.default_error_messages["required"])

register = template.Library()


@register.filter
def first_box(field: BoundField) -> str:
    """Return the id of the box an error summary should lead to."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def errors_in_words(field: BoundField) -> list[str]:
    """Return what is wrong with a field; an answer left out is asked for by its own name."""
    return [left_out(field) if message == IS_REQUIRED else str(message) for message in field.errors]


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
