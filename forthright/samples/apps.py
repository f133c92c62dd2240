"""The samples room."""

from importlib import import_module

from django.apps import AppConfig


class SamplesRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.samples"
    label = "samples"

    def ready(self) -> None:
        """Say what of this room somebody holds to whoever closes their account."""
        held = import_module("forthright.samples.selectors.held")
        import_module("forthright.accounts.held").answer_held("samples", held.drawn_held_by)
