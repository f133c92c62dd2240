"""The accounts room."""

from django.apps import AppConfig


class AccountsRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.accounts"
    label = "accounts"
