"""The calibration room."""

from importlib import import_module

from django.apps import AppConfig


class CalibrationRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.calibration"
    label = "calibration"

    def ready(self) -> None:
        """Say what of this room somebody holds to whoever closes their account."""
        held = import_module("forthright.calibration.selectors.held")
        import_module("forthright.accounts.held").answer_held(
            "calibration", held.calibration_held_by
        )
