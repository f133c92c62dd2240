"""What somebody with access to the database could do to the record."""

from django.db import connection

from forthright.accounts.models import Role
from forthright.audit import locks, selectors
from forthright.audit import services as audit
from forthright.audit.models import Event, Head
from tests import given
from tests.conftest import TAKE_OFF


def ten_events():
    """Write ten events and return them."""
    person = given.a_person(Role.ADMINISTRATOR)
    return [
        audit.record("letter.sent", person, by=person, at=given.NOON, number=number, share=0.25)
        for number in range(10)
    ]


def take_locks_off():
    """Open the database to whoever wants to change events."""
    with connection.cursor() as cursor:
        connection.check_constraints()
        for statement in TAKE_OFF[connection.vendor]:
            cursor.execute(statement)


def verify(**told):
    """Check the record once the locks are on again, as a careful tamperer leaves them."""
    locks.put_on()
    return selectors.verify(**told)


def cut_after(sequence):
    """Take the events after one away, and make the head fit."""
    take_locks_off()
    Event.objects.filter(sequence__gt=sequence).delete()
    last = Event.objects.filter(sequence=sequence).first()
    Head.objects.update(sequence=sequence, hash=last.hash if last else "0" * 64)
    locks.put_on()
