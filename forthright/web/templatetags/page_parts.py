"""Small helps for the parts of a page."""

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def first_box(field: BoundField) -> str:
    """Return the id of the box an error summary should lead to."""
    return field.id_for_label or f"{field.auto_id}_0"
