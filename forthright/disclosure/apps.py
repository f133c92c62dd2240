"""The disclosure room."""

from django.apps import AppConfig


class DisclosureRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.disclosure"
    label = "disclosure"
