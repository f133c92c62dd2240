"""A letter goes out once, by a way that is safe; one that does not arrive is owed again."""

from io import BytesIO

import pytest
import time_machine
from pypdf import PdfReader

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.letters.services.delivery import note_event, record_delivery
from forthright.letters.services.facts import Wishes, set_wishes
from forthright.letters.services.printing import PrintRefused, make_batch, mark_posted
from forthright.letters.services.sending import SendRefused, send
from forthright.rules.contact_lock import Way
from forthright.schemes.models import Duty
from forthright.web.jobs import JobRefused
from forthright.web.models import Job
from forthright.worker import steps
from forthright.worker.kinds import Work
from tests import given
from tests.fakes import notify as fake
from tests.letter_files.pdf_ua import faults_of
from tests.letters.outgoing import LATER, S, asked, carry_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def an_afternoon():
    with time_machine.travel(LATER, tick=True):
        yield


class TestByMailServer:
    """Letters that go out by SMTP."""

    def test_a_letter_goes_out_once_and_is_sent(self, post_office):
        dispatch = asked()
        assert Job.objects.get(name="letters.send").arguments == {"dispatch": dispatch.pk}

        for _ in range(2):
            carry_out(dispatch)

        message = post_office.kept.messages[0]
        assert len(post_office.kept.messages) == 1
        assert message["To"] == "amira.osei@example.test"
        assert message["Message-ID"] == dispatch.message_id
        assert "20AB" not in message["Subject"]
        assert dispatch.state == S.SENT
        assert Duty.objects.get().state == Duty.State.MET

    def test_the_subject_is_as_plain_as_the_envelope_was_to_be(self, post_office):
        duty = given.an_approved_letter(wishes=Wishes(channel="EMAIL", plain_envelope=True))

        carry_out(asked(duty))

        assert post_office.kept.messages[0]["Subject"] == "A letter for you"

    def test_a_server_that_is_down_leaves_it_waiting_for_the_next_try(self, post_office):
        dispatch = asked()
        post_office.stop()

        with pytest.raises(OSError, match="refused"):
            carry_out(dispatch)
        dispatch.refresh_from_db()
        assert dispatch.state == S.ASKED

        post_office.start()
        assert carry_out(dispatch).state == S.SENT
        assert len(post_office.kept.messages) == 1

    def test_one_that_was_being_handed_over_when_we_were_killed_goes_no_second_time(
        self, post_office
    ):
        dispatch = asked()
        note_event(dispatch, S.SENDING, happened_at=given.NOON, by=None, at=given.NOON)

        with pytest.raises(JobRefused, match="not known whether"):
            carry_out(dispatch)

        dispatch.refresh_from_db()
        assert (dispatch.state, post_office.kept.messages) == (S.UNSURE, [])
        officer = given.a_liaison_officer()
        record_delivery(dispatch, S.SENT, happened_at=LATER, detail="In the log", by=officer,
                        at=LATER)  # fmt: skip
        assert Duty.objects.get().sent_at == LATER

    @pytest.mark.parametrize(
        ("answer", "state"),
        [("550 No such user", S.FAILED), ("451 Try later", S.ASKED)],
        ids=["for good", "for now"],
    )
    def test_an_address_that_is_refused(self, post_office, answer, state):
        dispatch = asked()
        post_office.kept.refuses = answer

        if state == S.ASKED:
            with pytest.raises(OSError, match="Try later"):
                carry_out(dispatch)
        else:
            carry_out(dispatch)

        dispatch.refresh_from_db()
        assert dispatch.state == state
        assert Duty.objects.get().sent_at is None


class TestByNotify:
    """Letters that go through GOV.UK Notify."""

    def test_an_email_goes_in_the_template_and_is_asked_after(self, notify):
        dispatch = asked(way=Way.NOTIFY_EMAIL, open_ways=set(Way))

        carry_out(dispatch)
        notify.kept[0]["status"] = "delivered"
        steps.ask_notify(Work(1, "letters.ask_notify", "a", {}, None))

        kept = notify.kept[0]
        assert (kept["reference"], kept["template_id"]) == (dispatch.key, fake.TEMPLATE)
        assert "Dear Ms Osei" in kept["personalisation"]["body"]
        assert Duty.objects.get().reached_at is not None

    def test_the_subject_is_as_plain_as_the_envelope_was_to_be(self, notify):
        duty = given.an_approved_letter(wishes=Wishes(channel="EMAIL", plain_envelope=True))

        carry_out(asked(duty, Way.NOTIFY_EMAIL, open_ways=set(Way)))

        assert notify.kept[0]["personalisation"]["subject"] == "A letter for you"

    # Makes a real PDF, which takes a second.
    @pytest.mark.slow
    def test_a_letter_is_printed_there_from_our_own_file(self, notify):
        duty = given.an_approved_letter()

        carry_out(asked(duty, Way.NOTIFY_LETTER, open_ways=set(Way)))

        pages = PdfReader(BytesIO(notify.kept[0]["content"])).pages
        assert "4 Quarry Close" in pages[0].extract_text()

    def test_a_fault_after_it_was_taken_sends_no_second_one(self, notify):
        dispatch = asked(way=Way.NOTIFY_EMAIL, open_ways=set(Way))
        notify.breaks_after_keeping = True
        with pytest.raises(Exception, match="503"):
            carry_out(dispatch)
        notify.breaks_after_keeping = False

        assert carry_out(dispatch).state == S.SENT
        assert len(notify.kept) == 1

    def test_a_refusal_for_good_reopens_and_says_why(self, notify):
        notify.refuses = True

        dispatch = carry_out(asked(way=Way.NOTIFY_EMAIL, open_ways=set(Way)))

        assert dispatch.state == S.FAILED
        assert dispatch.events.last().detail == "GOV.UK Notify refused it (400)."

    def test_a_failure_that_notify_learns_of_reopens_the_letter(self, notify):
        dispatch = carry_out(asked(way=Way.NOTIFY_EMAIL, open_ways=set(Way)))
        notify.kept[0]["status"] = "permanent-failure"

        steps.ask_notify(Work(1, "letters.ask_notify", "a", {}, None))

        dispatch.refresh_from_db()
        assert dispatch.state == S.FAILED
        assert Duty.objects.get().state == Duty.State.OPEN

    def test_without_a_key_nothing_goes_that_way(self):
        with pytest.raises(SendRefused, match="no address for this way"):
            asked(way=Way.NOTIFY_EMAIL)


# Makes real PDFs, which takes seconds.
@pytest.mark.slow
def test_letters_are_printed_as_one_file_each_on_a_sheet_of_its_own():
    officer = given.a_liaison_officer()
    first, second = given.an_approved_letter(), given.an_approved_letter()
    set_wishes(second, Wishes(is_large_print=True), by=None, at=given.NOON)
    for duty in (first, second):
        send(duty, Way.PRINT, by=officer, at=given.NOON)

    batch = make_batch(first.area, by=officer, at=given.NOON)

    pages = PdfReader(BytesIO(batch.content)).pages
    starts = [n for n, page in enumerate(pages) if "4 Quarry Close" in page.extract_text()]
    assert len(starts) == 2
    assert all(start % 2 == 0 for start in starts)
    assert len(pages) == batch.pages
    footers = [page.extract_text().rpartition("Page ")[2] for page in pages]
    assert [each.split(" of ")[0] for each in footers if each].count("1") == 2
    assert faults_of(bytes(batch.content)) == []
    assert not Duty.objects.exclude(sent_at=None).exists()
    with pytest.raises(PrintRefused, match="No letter waits"):
        make_batch(first.area, by=officer, at=given.NOON)

    mark_posted(batch, by=officer, at=LATER)

    assert set(Duty.objects.values_list("sent_at", flat=True)) == {LATER}
    with pytest.raises(PrintRefused, match="posted already"):
        mark_posted(batch, by=officer, at=LATER)


def test_a_letter_that_somebody_passes_on_is_out_at_once():
    wishes = Wishes(channel="VIA_ADVISER", adviser="Ruth Cole")
    duty = given.an_approved_letter(wishes=wishes)

    dispatch = asked(duty, Way.VIA_ADVISER)

    assert (dispatch.to_what, Duty.objects.get().sent_at) == ("Ruth Cole", given.NOON)


class TestRefusals:
    """What keeps a letter from going out."""

    def test_words_that_nobody_approved(self):
        duty = given.a_draft().letter.duty

        with pytest.raises(SendRefused, match="Nobody has approved"):
            asked(duty, Way.PRINT)

    def test_a_decision_that_is_another_now(self):
        duty = given.an_approved_letter()
        duty.decision.kind = "NO_EVIDENCE_OFFERED"
        duty.decision.save()

        with pytest.raises(SendRefused, match="was changed since"):
            asked(duty, Way.PRINT)

    def test_a_letter_that_is_out_or_on_its_way(self):
        dispatch = asked()

        with pytest.raises(SendRefused, match="on its way already"):
            asked(dispatch.duty, Way.PRINT)

    def test_a_letter_whose_last_day_to_ask_has_passed_its_check(self):
        duty = given.an_approved_letter()

        with pytest.raises(SendRefused, match="as of today"):
            send(duty, Way.PRINT, by=given.a_liaison_officer(), at=given.at("2026-10-26 10:00"))

    def test_another_unit(self):
        duty = given.an_approved_letter()
        stranger = given.a_person(Role.LEGAL_SPOC, unit=given.a_unit(Unit.Kind.FRAUD))

        with pytest.raises(NotAllowed, match="another unit"):
            send(duty, Way.PRINT, by=stranger, at=given.NOON)
