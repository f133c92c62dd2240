"""The standards room."""

from django.apps import AppConfig


class StandardsRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.standards"
    label = "standards"
