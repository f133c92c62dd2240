"""The room of recordings and discs."""

from django.apps import AppConfig


class HardMediaRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.hard_media"
    label = "hard_media"
