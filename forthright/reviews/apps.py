"""The reviews room."""

from importlib import import_module

from django.apps import AppConfig


class ReviewsRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Say what somebody holds to whoever closes their account, and what they mark blind."""
        lists = import_module("forthright.reviews.selectors.lists")
        blind = import_module("forthright.peer_checks.selectors.blind")
        blind.answer_blind(lists.numbers_to_mark_blind)
        held = import_module("forthright.reviews.selectors.held")
        import_module("forthright.accounts.held").answer_held("reviews", held.second_marks_held_by)
