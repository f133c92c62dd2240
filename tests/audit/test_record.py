"""An act is added to the chain and can never be changed."""

import pytest
from django.db import transaction

from forthright.accounts.models import Role
from forthright.audit import services as audit
from forthright.audit.models import Event, Head
from tests import given

pytestmark = pytest.mark.django_db


def test_each_event_holds_the_hash_of_the_one_before():
    person = given.a_person(Role.ADMINISTRATOR)

    first = audit.record("person.signed_in", person, by=person, at=given.NOON)
    second = audit.record("person.signed_out", person, by=person, at=given.NOON)

    assert second.previous_hash == first.hash
    assert second.sequence == first.sequence + 1
    assert Head.objects.get().hash == second.hash


def test_an_event_is_gone_when_its_act_is_rolled_back():
    person = given.a_person(Role.ADMINISTRATOR)

    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record("person.signed_in", person, by=person, at=given.NOON)
        raise RuntimeError

    assert not Event.objects.exists()
    assert Head.objects.get().sequence == 0


def test_events_of_a_long_transaction_are_added_at_its_end_and_in_their_order():
    person = given.a_person(Role.ADMINISTRATOR)

    with audit.at_the_end():
        first = audit.record("letters.owed", person, by=person, at=given.NOON)
        second = audit.record("import.done", person, by=person, at=given.NOON)
        assert Head.objects.get().sequence == 0

    assert list(Event.objects.values_list("name", flat=True)) == ["letters.owed", "import.done"]
    assert (first.sequence, second.previous_hash) == (1, first.hash)


def test_events_of_long_work_that_fails_are_not_added():
    person = given.a_person(Role.ADMINISTRATOR)

    with pytest.raises(RuntimeError), audit.at_the_end():
        audit.record("import.done", person, by=person, at=given.NOON)
        raise RuntimeError
    audit.record("person.signed_out", person, by=person, at=given.NOON)

    assert Event.objects.get().name == "person.signed_out"
