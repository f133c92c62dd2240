"""The samples room."""

from django.apps import AppConfig


class SamplesRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.samples"
    label = "samples"
