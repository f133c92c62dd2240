"""The disclosure room."""

from importlib import import_module

from django.apps import AppConfig


class DisclosureRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.disclosure"
    label = "disclosure"

    def ready(self) -> None:
        """Say when defendants were sent and cases ended, and follow the hearings counted from."""
        hearings = import_module("forthright.cases.hearings")
        sent = import_module("forthright.disclosure.selectors.sent_days")
        heard = import_module("forthright.disclosure.selectors.set_hearings")
        follow = import_module("forthright.disclosure.services.following_hearings")
        ends = import_module("forthright.disclosure.selectors.case_ends")
        import_module("forthright.cases.endings").answer_ended("disclosure", ends.ended_in_duties)
        hearings.answer_sent("disclosure", sent.sent_days_in_duties)
        hearings.answer_heard("disclosure", heard.hearings_set_in_duties)
        hearings.follow_hearings("disclosure", follow.follow_hearing)
