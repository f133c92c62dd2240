"""The extracts room."""

from django.apps import AppConfig


class ExtractsRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.extracts"
    label = "extracts"
