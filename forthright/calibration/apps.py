"""The calibration room."""

from django.apps import AppConfig


class CalibrationRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.calibration"
    label = "calibration"
