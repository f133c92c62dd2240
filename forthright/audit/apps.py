"""The audit room."""

from django.apps import AppConfig


class AuditRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.audit"
    label = "audit"
