"""Whatever was typed, a letter goes to the address of the record, or it goes nowhere."""

from io import BytesIO

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from pypdf import PdfReader

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.cases.models import PersonToTell
from forthright.letters.marked_text import marked_text
from forthright.letters.models import Dispatch
from forthright.letters.selectors.addressed import as_it_goes
from forthright.letters.selectors.checking import check_version, composed_of
from forthright.letters.selectors.letter import latest_words
from forthright.letters.services.approving import approve
from forthright.letters.services.drafting import DraftRefused, hand_over, keep_edit
from forthright.letters.services.facts import Wishes, set_wishes
from forthright.letters.services.sending import SendRefused, overrule_lock
from forthright.rules.contact_lock import Way
from tests import given
from tests.client import as_
from tests.letters.outgoing import LATER, asked, carry_out

pytestmark = pytest.mark.django_db
HOUSE = "4 Quarry Close"
REASON = "She confirmed it on the telephone on 5 October."


@pytest.fixture(autouse=True)
def an_afternoon():
    with time_machine.travel(LATER, tick=True):
        yield


@pytest.fixture
def officer():
    return given.a_liaison_officer()


def typed(officer, old, new):
    """Return a draft in whose words something was written in the place of something."""
    version = given.a_draft(by=officer)
    text = marked_text(composed_of(version)).replace(old, new)
    return keep_edit(version.letter.duty, text, based_on=1, by=officer, at=given.NOON)


def stops_of(version):
    checked = check_version(version, version.letter.duty, LATER.date())
    return [(each.finding.rule, each.finding.words) for each in checked.stops]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (HOUSE, "9 Foundry Street", "9 Foundry Street"),
        (HOUSE, "14 Quarry Close", "14 Quarry Close"),
        (HOUSE, "Rose Cottage", "Rose Cottage"),
        ("\nWR5 3XX", "", HOUSE),
        ("WR5 3XX", "WR9 7YY", "WR9 7YY"),
        ("Worcester", "Malvern", "Malvern"),
    ],
)
def test_another_address_among_the_words_stops_the_letter(officer, old, new, words):
    version = typed(officer, old, new)

    assert ("A6b", words) in stops_of(version)
    with pytest.raises(DraftRefused):
        hand_over(version.letter.duty, by=officer, at=given.NOON)


def typed_and_let_pass(officer):
    """Return a letter with another house among its words that a manager let pass all the same."""
    version = typed(officer, HOUSE, "9 Foundry Street")
    duty = version.letter.duty
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
    for _ in stops_of(version):
        page = as_(manager).open(f"/letters/{duty.pk}/overrule/1/")
        page.press("Overrule it", reason=REASON)
    hand_over(duty, by=officer, at=given.NOON)
    approve(duty, version.number, by=manager, at=given.NOON)
    duty.refresh_from_db()
    return duty


# Makes real PDFs, which takes seconds.
@pytest.mark.slow
@pytest.mark.parametrize("way", [Way.PRINT, Way.NOTIFY_LETTER])
def test_what_is_printed_has_the_address_of_the_record(officer, notify, way):
    dispatch = asked(typed_and_let_pass(officer), way, open_ways=set(Way))

    if way is Way.PRINT:
        as_(officer).post("/letters/print/")
        content = bytes(Dispatch.objects.get().batch.content)
    else:
        carry_out(dispatch)
        content = notify.kept[0]["content"]

    first = PdfReader(BytesIO(content)).pages[0].extract_text()
    assert HOUSE in first
    assert "WR5 3XX" in first
    assert "Foundry Street" not in first.partition("Dear")[0]


# Makes real PDFs, which takes seconds.
@pytest.mark.slow
def test_what_may_not_go_any_more_is_left_out_of_a_batch_that_is_downloaded_again(officer):
    other = "7 Mill Lane\nWorcester\nWR1 2AB"
    unsafe, sound = given.an_approved_letter(), given.an_approved_letter(person={"address": other})
    for duty in (unsafe, sound):
        asked(duty, Way.PRINT)
    as_(officer).post("/letters/print/")
    batch = Dispatch.objects.first().batch
    place = f"/letters/print/{batch.pk}/file/"

    def printed():
        pages = PdfReader(BytesIO(as_(officer).client.get(place).content)).pages
        return " ".join(each.extract_text() for each in pages)

    assert HOUSE in printed()
    set_wishes(unsafe, Wishes(unsafe=("4 Quarry Cl",)), by=None, at=LATER)

    text = printed()

    assert HOUSE not in text
    assert "7 Mill Lane" in text
    assert Event.objects.filter(name="letters.batch_made_again").count() == 1
    set_wishes(sound, Wishes(unsafe=("7 Mill Ln",)), by=None, at=LATER)
    as_(officer).open(f"/letters/print/{batch.pk}/").see("Take it out")
    assert as_(officer).client.get(place).status_code == 302


def test_what_goes_through_others_or_by_email_has_no_home_address(officer):
    duty = given.an_approved_letter()
    set_wishes(duty, Wishes(channel="EMAIL"), by=None, at=given.NOON)
    carry_out(asked(duty))

    assert HOUSE not in mail.outbox[0].body
    assert mail.outbox[0].body.startswith("Ms Amira Osei\n\n")
    for channel, way, line in (
        ("VIA_POLICE", Way.VIA_POLICE, "By hand, through the police"),
        ("VIA_ADVISER", Way.VIA_ADVISER, "Care of Ruth Cole"),
    ):
        wishes = Wishes(channel=channel, adviser="Ruth Cole")
        text = as_it_goes(asked(given.an_approved_letter(wishes=wishes), way), LATER.date()).plain()
        assert text.startswith(f"Ms Amira Osei\n{line}\n\n")
        assert HOUSE not in text


def test_an_address_that_no_window_shows_goes_nowhere(officer, notify):
    lines = "\n".join(["Flat 2", "Quay House", HOUSE, "Hill", "Stoke", "Worcester", "WR5 3XX"])
    duty = given.an_approved_letter(person={"address": lines})

    with pytest.raises(SendRefused, match="take 8 lines, and the window of the envelope shows 7"):
        asked(duty, Way.NOTIFY_LETTER, open_ways=set(Way))
    assert asked(duty, Way.PRINT).state == "ASKED"


class TestFiles:
    """What is handed out as a file."""

    def text_of(self, officer, duty, form="txt"):
        answer = as_(officer).client.get(f"/letters/{duty.pk}/file/{form}/")
        name = answer["Content-Disposition"]
        if form == "txt":
            return name, answer.content.decode()
        if form == "docx":
            parts = Document(BytesIO(answer.content)).paragraphs
            return name, "\n".join(each.text for each in parts)
        pages = PdfReader(BytesIO(answer.content)).pages
        return name, "\n".join(each.extract_text() for each in pages)

    @pytest.mark.parametrize("form", ["txt", "docx"])
    def test_one_that_may_go_has_the_address_of_the_record(self, officer, form):
        name, text = self.text_of(officer, given.an_approved_letter(), form)

        assert text.replace("\n\n", "\n").startswith(
            "Ms Amira Osei\n4 Quarry Close\nWorcester\nWR5 3XX"
        )
        assert "NOT-TO-BE-SENT" not in name

    @pytest.mark.parametrize(
        "form",
        [
            "txt", "docx", pytest.param("pdf", marks=pytest.mark.slow),
            pytest.param("large-print", marks=pytest.mark.slow),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("lock", ["note", "unsafe", "opted out"])
    def test_one_that_is_locked_has_no_address_and_says_so(self, officer, form, lock):
        duty = given.an_approved_letter()
        if lock == "unsafe":
            set_wishes(duty, Wishes(unsafe=("4 QUARRY CL",)), by=None, at=given.NOON)
        else:
            changed = {"note": {"safe_contact_note": "Never write to the house."},
                       "opted out": {"has_opted_out": True}}[lock]  # fmt: skip
            PersonToTell.objects.filter(pk=duty.person_id).update(**changed)

        name, text = self.text_of(officer, duty, form)

        assert text.startswith("NOT TO BE SENT")
        assert "NOT-TO-BE-SENT-" in name
        assert "Dear Ms Osei" in text
        assert "Quarry" not in text
        assert "WR5" not in text
        assert "Never write" not in text

    def test_one_that_nobody_approved_is_not_to_be_sent_either(self, officer):
        _, text = self.text_of(officer, given.a_draft(by=officer).letter.duty)

        assert text.startswith("NOT TO BE SENT")
        assert HOUSE not in text

    def test_a_lock_that_is_overruled_gives_the_address_again(self, officer):
        duty = given.an_approved_letter()
        set_wishes(duty, Wishes(unsafe=(HOUSE,)), by=None, at=given.NOON)
        manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
        overrule_lock(duty, "UNSAFE_ADDRESS", reason=REASON, by=manager, at=given.NOON)

        assert HOUSE in self.text_of(officer, duty)[1]

    def test_a_draft_is_edited_in_word_without_its_address_and_comes_back_with_it(self, officer):
        duty = given.a_draft(by=officer).letter.duty
        browser = as_(officer)
        document = Document(
            BytesIO(browser.client.get(f"/letters/{duty.pk}/draft/download/").content)
        )
        assert HOUSE not in "\n".join(each.text for each in document.paragraphs)
        document.paragraphs[-1].add_run(" and colleagues")
        file = BytesIO()
        document.save(file)

        browser.post(
            f"/letters/{duty.pk}/draft/upload/", file=SimpleUploadedFile("a.docx", file.getvalue())
        )

        text = composed_of(latest_words(duty)).plain()
        assert text.startswith("Ms Amira Osei\n4 Quarry Close\nWorcester\nWR5 3XX\n\n")
        assert text.endswith("and colleagues")
