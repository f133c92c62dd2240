"""The room of templates and the blocks of wording they are made of."""

from django.apps import AppConfig


class LetterTemplatesRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.letter_templates"
    label = "letter_templates"
