"""The room of watches: did a fault come again after its author was told of it?"""

from django.apps import AppConfig


class WatchesRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.watches"
    label = "watches"
