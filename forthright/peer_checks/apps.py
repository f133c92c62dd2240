"""The room of checks before a letter goes."""

from importlib import import_module

from django.apps import AppConfig


class PeerChecksRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.peer_checks"
    label = "peer_checks"

    def ready(self) -> None:
        """Say what of this room somebody holds, to whoever closes an account or approves."""
        held = import_module("forthright.peer_checks.selectors.held")
        import_module("forthright.accounts.held").answer_held("peer_checks", held.checks_held_by)
        policies = import_module("forthright.peer_checks.policies")
        looks = import_module("forthright.letters.selectors.looks")
        looks.answer_before_approving(policies.before_approving)
