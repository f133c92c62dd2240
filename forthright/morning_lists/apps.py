"""The morning_lists room."""

from importlib import import_module

from django.apps import AppConfig


class MorningListsRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.morning_lists"
    label = "morning_lists"

    def ready(self) -> None:
        """Answer the rooms below that ask who is away, and who stands in for them."""
        covers = import_module("forthright.morning_lists.selectors.covers")
        covering = import_module("forthright.accounts.covering")
        covering.answer_covers(
            covering.Covers(covers.standing_on, covers.acting_on, covers.leaves_on)
        )
