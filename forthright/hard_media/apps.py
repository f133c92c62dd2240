"""The room of recordings and discs."""

from importlib import import_module

from django.apps import AppConfig


class HardMediaRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.hard_media"
    label = "hard_media"

    def ready(self) -> None:
        """Say how hearings are listed to whoever counts from them."""
        listed = import_module("forthright.hard_media.selectors.listed")
        hearings = import_module("forthright.cases.hearings")
        hearings.answer_listed("hard_media", listed.listed_in_register)
        hearings.answer_changes("hard_media", listed.changes_in_register)
        hearings.answer_sent_cases("hard_media", listed.sent_in_register)
