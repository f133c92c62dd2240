"""The accounts room."""

from importlib import import_module

from django.apps import AppConfig


class AccountsRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Add our checks to Django's."""
        import_module("forthright.accounts.checks")
