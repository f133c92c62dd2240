"""What the firm before has stands in the way of a copy for the next, and the refusal says so."""

import pytest

from forthright.hard_media.models import ShareRecord
from forthright.hard_media.selectors.holdings import Holder, held_by
from forthright.hard_media.services import sharing
from forthright.hard_media.services.giving import ShareRefused
from tests.hard_media import media
from tests.hard_media.links import NOON, a_copy, shared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def copy(item):
    return a_copy(item)


@pytest.fixture
def moved(hearing):
    """Return what has the defendant go to another firm, with that firm as a party."""

    def move(firm="New Law"):
        now = media.represented(hearing, hearing.case.defendants.get(), firm, since=NOON.date())
        return [sharing.Party(kind="DEFENCE", representation=now)]

    return move


def refused(hearing, *whole, **given):
    with pytest.raises(ShareRefused) as refusal:
        shared(hearing, *whole, way="EGRESS", **given)
    return str(refusal.value)


def test_it_is_named_whose_the_whole_is_that_shows_what_a_copy_hides(hearing, item, copy, moved):
    shared(hearing, item, hidden_too=True)
    parties = moved()

    told = refused(hearing, copies=[copy], parties=parties)

    assert told == (
        f"Hale LLP, who had the case before, was given {item.exhibit} as it came. That shows what "
        f"copy {copy.pk} of {item.exhibit} hides from 0:00:01.000 to 0:00:02.000 (a part made "
        "unrecognisable), and may be handed on to New Law with the papers. Take it back from them "
        "first, and say why."
    )
    sharing.revoke_share(ShareRecord.objects.get(), reason="Another firm.", by=None, at=NOON)
    assert shared(hearing, copies=[copy], parties=parties, way="EGRESS")


def test_it_is_named_whose_the_copy_is_that_hides_what_the_whole_shows(hearing, item, copy, moved):
    shared(hearing, copies=[copy])

    told = refused(hearing, item, parties=moved())

    assert told.startswith(
        f"Hale LLP, who had the case before, was given copy {copy.pk}. That hides what "
        f"{item.exhibit} as it came shows from 0:00:01.000 to 0:00:02.000"
    )
    assert f"for example a clip of copy {copy.pk}" in told
    assert "If New Law is to see it after all, take the other back from them first" in told


def test_what_the_firm_itself_has_is_said_as_before(hearing, item, copy, moved):
    shared(hearing, item, hidden_too=True)
    parties = moved()
    shared(hearing, item, parties=parties, way="EGRESS", hidden_too=True)
    sharing.revoke_share(ShareRecord.objects.earliest("pk"), reason="Moved.", by=None, at=NOON)

    told = refused(hearing, copies=[copy], parties=parties)

    assert told.startswith(f"New Law would have {item.exhibit} as it came beside copy {copy.pk}")


def test_its_own_comes_first_where_both_have_it(hearing, item, copy, moved):
    shared(hearing, item, hidden_too=True)
    parties = moved()
    shared(hearing, item, parties=parties, way="EGRESS", hidden_too=True)

    assert refused(hearing, copies=[copy], parties=parties).startswith("New Law would have")


def test_the_firm_that_has_the_case_now_is_named_so_to_the_one_before(hearing, item, moved):
    before = media.parties_of(hearing)[1].representation
    shared(hearing, item, parties=moved(), way="EGRESS")
    holder = Holder(kind="DEFENCE", case_id=item.case_id, firm=before)

    assert [each.holder for each in held_by(holder, [item])] == ["New Law, who has it since"]
