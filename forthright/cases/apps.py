"""The cases room."""

from django.apps import AppConfig


class CasesRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.cases"
    label = "cases"
