"""The web room."""

from django.apps import AppConfig


class WebRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.web"
    label = "web"
