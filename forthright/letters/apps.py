"""The letters room."""

from importlib import import_module

from django.apps import AppConfig


class LettersRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.letters"
    label = "letters"

    def ready(self) -> None:
        """Say what of this room somebody holds to whoever closes their account."""
        held = import_module("forthright.letters.selectors.held")
        import_module("forthright.accounts.held").answer_held("letters", held.letters_held_by)
