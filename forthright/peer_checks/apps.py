"""The room of checks before a letter goes."""

from django.apps import AppConfig


class PeerChecksRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.peer_checks"
    label = "peer_checks"
