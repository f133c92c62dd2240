"""The room of checks before a letter goes."""

from importlib import import_module

from django.apps import AppConfig


class PeerChecksRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.peer_checks"
    label = "peer_checks"

    def ready(self) -> None:
        """Say what of this room somebody holds to whoever closes their account."""
        held = import_module("forthright.peer_checks.selectors.held")
        import_module("forthright.accounts.held").answer_held("peer_checks", held.checks_held_by)
