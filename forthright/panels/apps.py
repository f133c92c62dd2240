"""The panels room."""

from django.apps import AppConfig


class PanelsRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.panels"
    label = "panels"

    def ready(self) -> None:
        """Say what members answered wherever somebody asks what is held about their marks."""
        from forthright.calibration.selectors.own import answer_own_marks
        from forthright.panels.selectors.own import own_answers

        answer_own_marks(self.label, own_answers)
