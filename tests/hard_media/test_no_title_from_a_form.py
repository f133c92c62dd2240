"""The words of a form are read by this side alone: no party is given them as a title."""

import io
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail

from forthright.accounts.models import Role
from forthright.hard_media.exports import export_case
from forthright.hard_media.models import ForcePartner, MediaItem, ShareLink
from forthright.hard_media.services import items, naming
from forthright.reports import documents, services
from forthright.rules.exhibits_named import exhibits_in
from forthright.rules.weeks import week_of
from tests import given
from tests.client import as_
from tests.hard_media import files, links, media
from tests.hard_media.test_exports import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
MOVED = import_module("forthright.hard_media.migrations.0046_no_title_from_a_form")
STATEMENT = (
    "I produce a disc of CCTV from my home at 12 Acacia Avenue, Malvern as exhibit DM/5, mobile "
    "07700 900123."
)
TOLD = ("Acacia", "Malvern", "07700", "my home")


def named(hearing, text=STATEMENT):
    """Return the recording that a statement names, as its page records it."""
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/form/")
    page = page.press("Look for recordings", named_in="MG11", text=text)
    page.see("kept for your side alone").press("Record as expected")
    return MediaItem.objects.get()


def relied_on(item):
    item = items.request_item(item, by=None, at=NOON)
    files.a_kept_file(item)
    item = items.view_item(item, how="All of it.", by=None, at=NOON)
    return links.that_plays(items.classify_item(item, "RELIED_ON", by=None, at=NOON))


@pytest.fixture
def item(hearing):
    return relied_on(named(hearing))


def texts_of(client, *addresses):
    return [client.get(each).content.decode() for each in addresses]


def says_nothing(*texts):
    return [told for told in TOLD for text in texts if told in text] == []


def test_what_a_form_says_is_no_title_and_is_kept_for_this_side(hearing, item):
    assert (item.exhibit, item.title, item.named_words) == ("DM/5", "", STATEMENT)
    browser = as_(media.a_lawyer())

    browser.open(f"/recordings/items/{item.pk}/").see(
        f"“{STATEMENT}”", "These words are for your side alone."
    )
    browser.open(f"/recordings/cases/{hearing.case_id}/").see(f"“{STATEMENT}”")


def test_neither_the_list_nor_the_player_of_a_party_says_it(hearing, item):
    parties = [*media.parties_of(hearing)[1:], *links.COURT]
    links.shared_by_link(hearing, item, parties=parties)

    for link in ShareLink.objects.all():
        client = links.entered(link)
        content = link.shares.get().contents.get()
        shown = texts_of(
            client, links.address_of(link), links.address_of(link, "recordings/"),
            links.address_of(link, f"recordings/{content.pk}/"),
        )  # fmt: skip
        assert "DM/5, CCTV" in shown[1]
        assert "app-player__mark" in shown[2]
        assert says_nothing(*shown)
    assert ShareLink.objects.count() == 2


def test_no_email_of_a_link_and_no_code_says_it(hearing, item):
    links.shared_by_link(hearing, item)
    links.a_code(ShareLink.objects.get())

    assert len(mail.outbox) == 2
    assert says_nothing(*(f"{each.subject} {each.body}" for each in mail.outbox))


def test_neither_the_custody_nor_a_name_in_the_bag_says_it(hearing, item, tmp_path):
    bag = tmp_path / "bag"
    export_case(hearing, bag, by=None, at=NOON)

    beside = [each.read_text() for each in bag.rglob("*") if each.suffix in (".txt", ".jsonld")]
    names = [str(each.relative_to(bag)) for each in bag.rglob("*")]
    pdf = text_of(bag / "custody.pdf")
    assert "DM/5, CCTV" in pdf
    assert says_nothing(pdf, *beside, *names)


def test_the_police_who_are_asked_for_it_are_not_told_it_either(hearing):
    asked = items.request_item(named(hearing), by=None, at=NOON)
    officer = given.a_person(Role.POLICE_PARTNER)
    ForcePartner.objects.create(person=officer, area=officer.area, force="20", set_at=NOON)
    browser = as_(officer)

    browser.open("/owed/").see("DM/5, CCTV").not_see(*TOLD)
    browser.open(f"/recordings/items/{asked.pk}/send/").see("DM/5, CCTV").not_see(*TOLD)


def test_no_weekly_report_says_it(hearing, item):
    area, week = given.an_area_that_reports(), week_of(NOON.date())
    links.shared_by_link(hearing, item)

    report = services.make_weekly_report(area, week, by=None, at=given.at("2026-10-12 07:00"))

    as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{report.pk}/").not_see(*TOLD)
    assert says_nothing(text_of(io.BytesIO(documents.pdf_of(report))))


def test_a_sensitive_one_keeps_the_words_for_those_of_its_unit_who_may_see_it(hearing):
    item = relied_on(named(hearing))
    items.classify_item(item, "SENSITIVE", reason="Where he lives.", by=None, at=NOON)
    inspector, lawyer = as_(given.a_person(Role.INSPECTOR)), as_(media.a_lawyer())

    for address in (f"/recordings/items/{item.pk}/", f"/recordings/cases/{hearing.case_id}/"):
        inspector.open(address).see("DM/5").not_see(*TOLD)
        lawyer.open(address).see(*TOLD)


def test_the_page_that_shares_says_what_each_party_reads(hearing, item):
    other = links.with_a_file(hearing, content=b"another")
    links.a_copy(other)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")

    page.see("Each party reads: DM/5, no title; the file name cctv.mp4.").not_see(*TOLD)
    page.see(
        f"Each party reads: {other.exhibit}, the title “Foundry Street camera”; the file name "
        "cctv.mp4."
    )
    copied = other.files.get().copies.get()
    page.see(f"the title “Foundry Street camera”; the file name {copied.file_name}.")


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("CCTV from Elm Row Refuge shows it.", "CCTV from Elm Row Refuge"),
        ("The CCTV of Kevin Doe was seized.", "CCTV of Kevin Doe"),
    ],
)
def test_what_is_called_by_a_name_or_a_place_is_not_chosen_beforehand(hearing, text, called):
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/form/")
    page = page.press("Look for recordings", named_in="MG11", text=text)

    assert page.tree.xpath("//input[@name='chosen']/@value")
    assert not page.tree.xpath("//input[@name='chosen'][@checked]")
    page.see(called, "everybody it is shared with would read what it is called")


@pytest.mark.parametrize("text", ["BWV of PC 2841 Khan shows it.", "The 999 call was kept."])
def test_what_tells_of_no_private_person_is_chosen_as_before(hearing, text):
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/form/")
    page = page.press("Look for recordings", named_in="MG11", text=text)

    assert page.tree.xpath("//input[@name='chosen'][@checked]")


class TestTitlesOfBefore:
    """Recordings of which the words of a form were the title until now."""

    @pytest.fixture
    def before(self, hearing):
        named = exhibits_in(STATEMENT)
        (item,) = naming.add_named(hearing, named, named_in="MG11", by=None, at=NOON)
        MediaItem.objects.update(title=item.named_words, named_words="")
        return relied_on(MediaItem.objects.get())

    def moved(self, item):
        MOVED.keep_words_for_this_side(apps, None)
        item.refresh_from_db()
        return item.title, item.named_words

    def test_they_become_words_for_this_side(self, before):
        assert self.moved(before) == ("", STATEMENT)
        assert before.words_were_title_until is not None

        MOVED.as_it_was(apps, None)
        before.refresh_from_db()
        assert before.title == STATEMENT

    def test_a_title_that_somebody_wrote_since_stays(self, before):
        known = items.ItemWords(
            exhibit="DM/5", kind="CCTV", named_in="MG11", title="Front door", shows="",
        )  # fmt: skip
        items.change_item(before, known, by=None, at=NOON)

        assert self.moved(before) == ("Front door", "")

    def test_a_title_that_was_written_by_hand_from_the_first_stays(self, hearing):
        item = media.an_expected_item(hearing)
        assert self.moved(item) == ("Foundry Street camera", "")

    def test_where_a_party_had_it_each_page_says_so(self, hearing, before):
        links.shared_by_link(hearing, before)
        MediaItem.objects.filter(pk=before.pk).update(
            title="", named_words=STATEMENT, words_were_title_until=NOON + timedelta(hours=1)
        )
        browser = as_(media.a_lawyer())
        firm = media.parties_of(hearing)[1].representation

        for address in (
            f"/recordings/items/{before.pk}/", f"/recordings/cases/{hearing.case_id}/",
        ):  # fmt: skip
            browser.open(address).see(
                "was once the words of a form", str(firm), "think of a personal data breach"
            )
        browser.open(f"/recordings/cases/{hearing.case_id}/share/").see(
            f"The title of DM/5 was once the words of a form, and {firm} could read them.",
        ).follow("Look at DM/5, CCTV")

    def test_where_nobody_had_it_nothing_is_said(self, hearing, before):
        self.moved(before)
        links.shared_by_link(hearing, before)
        MediaItem.objects.update(words_were_title_until=NOON - timedelta(hours=1))
        browser = as_(media.a_lawyer())

        for address in (f"items/{before.pk}/", f"cases/{hearing.case_id}/"):
            browser.open(f"/recordings/{address}").not_see("was once the words of a form")
        browser.open(f"/recordings/cases/{hearing.case_id}/share/").not_see("was once the words")
