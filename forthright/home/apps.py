"""The home room."""

from django.apps import AppConfig


class HomeRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.home"
    label = "home"
