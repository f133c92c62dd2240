"""The morning_lists room."""

from django.apps import AppConfig


class MorningListsRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.morning_lists"
    label = "morning_lists"
