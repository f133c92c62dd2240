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
