"""The schemes room."""

from django.apps import AppConfig


class SchemesRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.schemes"
    label = "schemes"
