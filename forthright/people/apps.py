"""The people room."""

from django.apps import AppConfig


class PeopleRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.people"
    label = "people"
