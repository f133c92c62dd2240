"""An item for which immunity is applied for waits for the court; nobody outside is told of it."""

import io
from datetime import date, timedelta

import pytest

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.disclosure.documents import pack_of
from forthright.disclosure.models import Endorsement
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.packs import NoPackYet, pack_facts
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.endorsing import EndorsementRefused, set_aside
from forthright.disclosure.services.ruling import Ruling, record_ruling
from forthright.disclosure.services.serving import (
    ServingRefused,
    approve_duty,
    serve,
    tell_court,
)
from forthright.letter_files.reading import words_of_file
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON, DAY = given.NOON, date(2026, 10, 5)
WHY = "It shows that another man took the van; the source would be harmed"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def duty():
    """A duty with one open item, not to be disclosed, and a sensitive one put before the court."""
    begun = duties.adequate(
        duties.a_duty(), mg6c_csv=duties.a_schedule(duties.OPEN_ITEMS[0]),
        mg6d_csv=duties.a_schedule(duties.SECRET, form="MG6D"),
    )  # fmt: skip
    for line in lines_of(begun):
        code, why = ("CND", "") if line.form == "MG6C" else ("PII", WHY)
        duties.endorse(begun, line.item, code, reason=why, by=duties.a_lawyer())
    return duties.fresh(begun)


def secret_of(duty):
    return next(line.item for line in lines_of(duty) if line.form == "MG6D")


def ruled(duty, *, is_granted, ruled_on=DAY, reason="Ordered by the judge in chambers", by=None):
    wish = Ruling(
        item_id=secret_of(duty).pk, is_granted=is_granted, ruled_on=ruled_on, reason=reason
    )
    record_ruling(duty, wish, by=by or duties.a_lawyer(), at=NOON)
    return duties.fresh(duty)


def put_aside(duty):
    set_aside(duty, secret_of(duty).pk, reason="The court sits on it next week",
              decide_by=date(2026, 10, 12), by=duties.a_lawyer(), at=NOON)  # fmt: skip
    return duties.fresh(duty)


def test_until_the_court_ruled_the_duty_is_not_endorsed(duty):
    assert duty.state == "REVIEWING"

    assert ruled(duty, is_granted=True).state == "ENDORSED"


def test_set_aside_it_lets_items_go_but_no_statement_that_there_are_none(duty):
    duty = put_aside(duty)
    assert duty.state == "ENDORSED"
    approve_duty(duty, by=duties.a_lawyer(Role.LEGAL_MANAGER), at=NOON)
    duty = duties.fresh(duty)

    with pytest.raises(NoPackYet, match="1 sensitive item that is not settled") as no_pack:
        pack_facts(duty)
    with pytest.raises(ServingRefused, match="1 sensitive item that is not settled") as refused:
        serve(duty, duties.a_service(duty, is_nil=True), by=duties.a_lawyer(), at=NOON)

    said = f"{no_pack.value} {refused.value}".lower()
    assert "immunity" not in said
    assert "pii" not in said
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/")
    page.see("that is not settled").not_see("The papers to serve")


def test_once_it_is_granted_the_statement_goes_and_nothing_in_it_tells(duty):
    duty = duties.approve_and_serve_nothing(ruled(duty, is_granted=True))

    assert duty.servings.get().kind == "NIL"
    papers = pack_of(duty, by=None, at=NOON)
    words = " ".join(
        words_of_file(io.BytesIO(content), name)
        for name, content in papers.items() if name.endswith(".docx")
    ).lower()  # fmt: skip
    for secret in ("sensitive", "immunity", "mg6d", "heronsgate", "2 items"):
        assert secret not in words


def test_refused_it_is_still_to_be_decided(duty):
    duty = ruled(duty, is_granted=False)

    assert duty.state == "REVIEWING"
    assert ruled(duty, is_granted=True).state == "ENDORSED", "the court ruled again"


def test_an_approval_from_before_is_refused_while_something_is_undecided(duty):
    type(duty).objects.filter(pk=duty.pk).update(state="ENDORSED")

    with pytest.raises(ServingRefused, match="nobody has decided: a sensitive item"):
        approve_duty(duty, by=duties.a_lawyer(Role.LEGAL_MANAGER), at=NOON)


@pytest.mark.parametrize(
    ("ruled_on", "reason", "says"),
    [
        pytest.param(date(2026, 10, 6), "Ordered by the judge", "today or before", id="tomorrow"),
        pytest.param(date(2026, 8, 31), "Ordered by the judge", "not before", id="before the duty"),
        pytest.param(DAY, "", "what the court ordered", id="no reason"),
    ],
)
def test_a_ruling_that_cannot_be(duty, ruled_on, reason, says):
    with pytest.raises(EndorsementRefused, match=says):
        ruled(duty, is_granted=True, ruled_on=ruled_on, reason=reason)


def test_a_ruling_is_of_an_item_that_is_before_the_court(duty):
    duties.endorse(duty, secret_of(duty), "SN", reason="It bears on nothing", by=None)

    with pytest.raises(EndorsementRefused, match="endorse it PII first"):
        ruled(duty, is_granted=True)


def test_a_lawyer_of_another_unit_records_no_ruling(duty):
    far = given.a_person(Role.PROSECUTOR, unit=given.a_unit(Unit.Kind.RASSO))

    with pytest.raises(NotAllowed, match="another unit"):
        ruled(duty, is_granted=True, by=far)


def test_a_sensitive_item_is_asked_whether_it_meets_the_test(duty):
    with pytest.raises(EndorsementRefused, match="say whether it meets the test"):
        duties.endorse(duty, secret_of(duty), "S", reason="It names a source", by=None)

    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/")
    page.see("sensitive, and does not meet the test for disclosure")


def test_the_ruling_is_kept_on_the_page_of_the_item(duty):
    her = as_(duties.a_lawyer())
    item = secret_of(duty)
    page = her.open(f"/disclosure/{duty.pk}/endorse/{item.pk}/")
    page = page.press("Keep the ruling", **{
        "ruling-is_granted": "GRANTED", "ruling-ruled_on_day": "5", "ruling-ruled_on_month": "10",
        "ruling-ruled_on_year": "2026", "ruling-reason": "Ordered by the judge in chambers",
    })  # fmt: skip

    page.see("What the court ruled is kept", "Ruled on Monday 5 October 2026", "granted")
    made = Endorsement.objects.latest("pk")
    assert (made.code, made.ruled_on) == ("IG", DAY)
    her.open(f"/disclosure/{duty.pk}/endorse/").see("IG: public interest immunity granted")
    her.open(f"/disclosure/{duty.pk}/record/").see("ruled on Monday 5 October 2026")


def test_what_was_not_said_of_a_ruling_is_asked_for(duty):
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/{secret_of(duty).pk}/")

    page = page.press("Keep the ruling")

    assert page.errors == ["Choose what the court ruled", "Enter the day of the ruling",
                           "Write what the court ordered"]  # fmt: skip


def served_before_the_court_sat():
    """Return a duty that was served, the court told, while the sensitive item was set aside."""
    begun = duties.reviewing()
    for line in lines_of(begun):
        code, why = ("PII", WHY) if line.form == "MG6D" else duties.CODES[line.item.number]
        duties.endorse(begun, line.item, code, reason=why, by=duties.a_lawyer())
    served = duties.approve_and_serve(put_aside(duties.fresh(begun)))
    tell_court(served.servings.get(), NOON, by=duties.a_lawyer(), at=NOON)
    return duties.fresh(served)


def test_refused_after_service_it_waits_at_once_until_somebody_decides(time_machine):
    duty, her = served_before_the_court_sat(), duties.a_lawyer()
    then = NOON + timedelta(days=1)
    time_machine.move_to(then, tick=False)
    assert duty not in waiting_for(her, then.date())
    as_(her).open("/").see("Nothing needs you today")
    item = secret_of(duty)

    refused = Ruling(item_id=item.pk, is_granted=False, ruled_on=DAY, reason="The judge refused it")
    record_ruling(duty, refused, by=her, at=then)

    assert duty in waiting_for(her, then.date())
    as_(her).open("/").see("1 duty served, and waiting for the defence statement")
    as_(her).open(f"/disclosure/{duty.pk}/").see("3 of 4 items", "1 item waits to be endorsed")
    page = as_(her).open(f"/disclosure/{duty.pk}/endorse/{item.pk}/")
    page.see("The court refused immunity since", "Set it aside anew?")
    duties.endorse(duty, item, "Q", reason="Is there an edited copy?", by=her)
    assert duty in waiting_for(her, then.date()), "a query brings no day back"
    later = then + timedelta(hours=1)
    set_aside(duty, item.pk, reason="The Crown appeals against it", decide_by=date(2026, 10, 20),
              by=her, at=later)  # fmt: skip
    assert duty not in waiting_for(her, then.date())
    assert duty in waiting_for(her, date(2026, 10, 21))


def test_refused_before_service_it_is_served_around_no_longer(duty):
    approve_duty(put_aside(duty), by=duties.a_lawyer(Role.LEGAL_MANAGER), at=NOON)
    refused = Ruling(
        item_id=secret_of(duty).pk, is_granted=False, ruled_on=DAY, reason="The judge refused it"
    )

    record_ruling(duty, refused, by=duties.a_lawyer(), at=NOON + timedelta(hours=1))

    assert duties.fresh(duty).state == "REVIEWING"
