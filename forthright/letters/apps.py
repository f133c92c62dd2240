"""The letters room."""

from django.apps import AppConfig


class LettersRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.letters"
    label = "letters"
