"""The reports room."""

from django.apps import AppConfig


class ReportsRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.reports"
    label = "reports"
