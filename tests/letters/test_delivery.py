"""Wishes and dangers, what became of a letter, and the calls before it."""

import pytest
import time_machine
from django.core import mail

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.models import CallAttempt, LetterVersion
from forthright.letters.selectors.checking import check_version
from forthright.letters.selectors.letter import latest_words
from forthright.letters.services.bouncing import take_bounces
from forthright.letters.services.calling import CallRefused, record_call
from forthright.letters.services.delivery import EventRefused, note_event, record_delivery
from forthright.letters.services.drafting import DraftRefused, draft_letter
from forthright.letters.services.facts import Wishes, set_wishes
from forthright.letters.services.sending import SendRefused, call_off, overrule_lock, send
from forthright.rules.contact_lock import Way
from forthright.schemes.models import Duty
from tests import given
from tests.fakes.mail import a_bounce
from tests.letters.outgoing import LATER, S, asked, carry_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def an_afternoon():
    with time_machine.travel(LATER, tick=True):
        yield


class TestContactLock:
    """Wishes and dangers are kept to unless a named person overrules them with a reason."""

    @pytest.mark.parametrize(
        ("wishes", "way", "words"),
        [
            (Wishes(channel="VIA_POLICE"), Way.PRINT, "through the police, not by post"),
            (Wishes(unsafe=("4 Quarry Close, Worcester, WR5 3XX",)), Way.PRINT, "not safe"),
            (
                Wishes(channel="EMAIL", unsafe=("amira.osei@example.test",)),
                Way.EMAIL,
                "e-mail address is marked",
            ),
        ],
        ids=["route", "address", "e-mail"],
    )
    def test_a_way_that_is_locked_is_refused(self, wishes, way, words):
        duty = given.an_approved_letter()
        set_wishes(duty, wishes, by=None, at=given.NOON)

        with pytest.raises(SendRefused, match=words):
            asked(duty, way)

    def test_a_manager_overrules_one_lock_by_name(self):
        duty = given.an_approved_letter(wishes=Wishes(channel="VIA_POLICE"))
        manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
        officer = given.a_liaison_officer()
        reason = "She rang and asked for a letter by post."

        with pytest.raises(NotAllowed):
            overrule_lock(duty, "OTHER_ROUTE", reason=reason, by=officer, at=given.NOON)
        with pytest.raises(SendRefused, match="Say why"):
            overrule_lock(duty, "OTHER_ROUTE", reason="ok", by=manager, at=given.NOON)
        overrule_lock(duty, "OTHER_ROUTE", reason=reason, by=manager, at=given.NOON)

        assert asked(duty, Way.PRINT).state == S.ASKED
        assert Event.objects.get(name="letter.lock_overruled").detail["what"] == "OTHER_ROUTE"

    def test_nobody_writes_to_somebody_who_asked_not_to_be_told(self):
        duty = given.an_explained_letter(person={"has_opted_out": True})

        with pytest.raises(DraftRefused, match="asked not to be told"):
            draft_letter(duty, by=given.a_liaison_officer(), at=given.NOON)


class TestDelivery:
    """What became of a letter, and what follows from it."""

    def test_a_bounce_reopens_the_letter_once(self):
        dispatch = carry_out(asked())
        assert len(mail.outbox) == 1
        bounce = a_bounce(dispatch.message_id)

        first = take_bounces(bounce, by=None, at=LATER)
        again = take_bounces(bounce, by=None, at=LATER)

        duty = Duty.objects.get()
        assert ([each.pk for each in first], again) == ([dispatch.pk], [])
        assert (duty.state, duty.sent_at) == (Duty.State.OPEN, None)
        dispatch.refresh_from_db()
        assert dispatch.sent_at is not None

    def test_a_mailbox_of_many_messages_is_read_and_a_delay_is_no_failure(self):
        dispatch = carry_out(asked())
        late = a_bounce(dispatch.message_id, action="delayed", status="4.4.1")
        other = a_bounce("<somebody-else@mail.example>")
        box = b"".join(b"From MAILER Mon Oct  5 14:30:00 2026\n" + each.replace(b"\r\n", b"\n")
                       + b"\n" for each in (late, other))  # fmt: skip

        assert take_bounces(box, by=None, at=LATER) == []
        mine = b"From MAILER Mon Oct  5 14:31:00 2026\n" + a_bounce(dispatch.message_id)
        assert len(take_bounces(box + mine, by=None, at=LATER)) == 1

    def test_a_bounce_of_another_area_is_not_this_persons_to_take_in(self):
        dispatch = carry_out(asked())
        stranger = given.a_person(
            Role.LINE_MANAGER, unit=given.a_unit(area=given.an_area("Wessex"))
        )

        assert take_bounces(a_bounce(dispatch.message_id), by=stranger, at=LATER) == []

    def test_a_letter_that_came_back_by_post_can_go_another_way(self):
        duty = given.an_approved_letter()
        officer = given.a_liaison_officer()
        dispatch = send(duty, Way.PRINT, by=officer, at=given.NOON)
        note_event(dispatch, S.SENT, happened_at=given.NOON, by=officer, at=given.NOON)
        said = {"happened_at": LATER, "by": officer, "at": LATER}

        record_delivery(dispatch, S.RETURNED, detail="Gone away", **said)

        duty.refresh_from_db()
        assert (duty.sent_at, duty.approved_at) == (None, given.NOON)
        with pytest.raises(EventRefused, match="came back"):
            record_delivery(dispatch, S.DELIVERED, detail="", **said)
        set_wishes(duty, Wishes(channel="EMAIL"), by=None, at=given.NOON)
        assert send(duty, Way.EMAIL, by=officer, at=LATER).state == S.ASKED

    def test_what_has_not_gone_can_be_called_off(self):
        officer = given.a_liaison_officer()
        dispatch = asked()

        call_off(dispatch, by=officer, at=given.NOON)

        carry_out(dispatch)
        assert (dispatch.state, mail.outbox) == (S.CANCELLED, [])
        with pytest.raises(SendRefused, match="on its way already"):
            call_off(dispatch, by=officer, at=given.NOON)


class TestCalls:
    """Up to three calls before the letter."""

    def test_what_came_up_is_added_to_the_letter_before_the_questions(self):
        officer = given.a_liaison_officer()
        version = given.a_draft(by=officer)

        record_call(version.letter.duty, "REACHED", by=officer, at=given.NOON,
                    came_up="You asked about the bail. It has ended.")  # fmt: skip

        text = LetterVersion.objects.get(number=2).text
        said = "We spoke on 5 October 2026. You asked about the bail. It has ended."
        assert text.index(said) < text.index("If you have questions")

    def test_the_day_we_spoke_is_a_day_of_the_record(self):
        officer = given.a_liaison_officer()
        duty = given.a_draft(by=officer).letter.duty

        called = given.at("2026-10-06 12:00")
        record_call(duty, "REACHED", by=officer, at=called, came_up="You asked about the bail.")

        shown = check_version(latest_words(duty), duty, called.date()).findings
        assert "We spoke on 6 October 2026." in latest_words(duty).text
        assert not [each for each in shown if "6 October" in each.finding.words]

    def test_a_call_before_the_draft_is_in_the_draft(self):
        duty = given.an_explained_letter()
        officer = given.a_liaison_officer()
        record_call(duty, "REACHED", by=officer, at=given.NOON, came_up="You asked for a meeting.")

        assert "You asked for a meeting." in draft_letter(duty, by=officer, at=given.NOON).text

    @pytest.mark.parametrize(
        "outcomes",
        [["NO_ANSWER"] * 3, ["REACHED"], ["NO_ANSWER", "DO_NOT_CALL"]],
        ids=["three tries", "reached", "asked not to be called"],
    )
    def test_no_further_call_is_tried(self, outcomes):
        duty = given.an_explained_letter()
        officer = given.a_liaison_officer()
        for outcome in outcomes:
            record_call(duty, outcome, by=officer, at=given.NOON)

        with pytest.raises(CallRefused, match="No further call"):
            record_call(duty, "NO_ANSWER", by=officer, at=given.NOON)

        assert CallAttempt.objects.count() == len(outcomes)

    def test_nothing_comes_up_where_nobody_spoke(self):
        duty = given.an_explained_letter()

        with pytest.raises(CallRefused, match="did not speak"):
            record_call(duty, "NO_ANSWER", by=given.a_liaison_officer(), at=given.NOON,
                        came_up="She is moving")  # fmt: skip
