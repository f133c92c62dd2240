"""The panels room."""

from django.apps import AppConfig


class PanelsRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.panels"
    label = "panels"
