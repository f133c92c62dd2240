"""Letters on their way out, for the tests of sending."""

from forthright.letters.models import Dispatch
from forthright.letters.services.facts import Wishes, set_wishes
from forthright.letters.services.sending import send
from forthright.rules.contact_lock import Way
from forthright.worker import steps
from forthright.worker.kinds import Work
from tests import given

S = Dispatch.State
LATER = given.at("2026-10-05 15:00")


def by_email(**letter):
    duty = given.an_approved_letter(**letter)
    set_wishes(duty, Wishes(channel="EMAIL"), by=None, at=given.NOON)
    return duty


def asked(duty=None, way=Way.EMAIL, **said):
    duty = duty or by_email()
    return send(duty, way, by=given.a_liaison_officer(), at=given.NOON, **said)


def carry_out(dispatch):
    """Do the step of the job, as the worker does."""
    steps.send_letter(Work(1, "letters.send", "a", {"dispatch": dispatch.pk}, None))
    dispatch.refresh_from_db()
    return dispatch
