"""Members who mark by the standard read what its levels mean, on the screen and on paper."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from forthright.panels.models import Meeting
from forthright.panels.selectors.asked import guidance_of, standard_of
from forthright.rules import panel_criteria
from forthright.rules.panel_criteria import guidance_for_panel
from forthright.rules.rubric import published_rubric
from forthright.standards.selectors import rubric_of
from tests import given
from tests.client import as_
from tests.panels import made, sittings
from tests.standards.editions import a_standard

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def opened(**changed):
    meeting = sittings.opened(letters=1, **changed)
    return meeting, sittings.declared(meeting.seats.get())


def words_of(content):
    pages = (page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(" ".join(pages).split())


def test_what_each_level_means_stands_beside_the_question_and_in_the_booklet():
    a_standard()
    meeting, seat = opened(scoring=Meeting.Scoring.RUBRIC)
    (key, _), *others = meeting.questions
    standard = standard_of(meeting, key)
    anchors = [anchor for _, anchor, _ in standard.levels]
    assert len(anchors) == 3
    assert all(standard_of(meeting, key).levels for key, _ in others)

    page = as_(seat.member).open(f"/panel/packs/{seat.pk}/letters/1/")
    page.see("What each answer means", standard.guidance, *anchors)

    printed = as_(meeting.planned_by).client.get(f"/panel/meetings/{meeting.pk}/booklets/1/")
    said = words_of(printed.content)
    assert all(" ".join(anchor.split()) in said for anchor in anchors)


def test_no_member_is_sent_to_a_record_that_they_do_not_have():
    a_standard()
    meeting, seat = opened(scoring=Meeting.Scoring.RUBRIC)

    told = {key: standard_of(meeting, key).guidance for key, _ in meeting.questions}

    assert not [key for key, said in told.items() if "record" in said]
    for_markers = {each.code: each.guidance for each in rubric_of(meeting.edition).criteria}
    assert "First settle from the record" in for_markers["A6"]
    page = as_(seat.member).open(f"/panel/packs/{seat.pk}/letters/1/")
    page.see(told["A6"], told["A8"]).not_see(for_markers["A6"], for_markers["A8"])


def test_other_words_are_told_to_no_member_of_a_pack_that_was_opened_before(monkeypatch):
    a_standard()
    meeting, seat = opened(scoring=Meeting.Scoring.RUBRIC)
    before = standard_of(meeting, "A6").guidance
    reworded = replace(published_rubric(), panel_guidance={"A6": "Ask the person beside you."})
    monkeypatch.setattr(panel_criteria, "published_rubric", lambda: reworded)

    assert guidance_of(meeting)["A6"] == "Ask the person beside you."
    assert standard_of(Meeting.objects.get(pk=meeting.pk), "A6").guidance == before
    as_(seat.member).open(f"/panel/packs/{seat.pk}/letters/1/").see(before)


def test_a_pack_that_was_opened_before_words_were_kept_tells_those_of_its_standard():
    a_standard()
    meeting, _ = opened(scoring=Meeting.Scoring.RUBRIC)
    meeting.guidance = {}

    for_markers = rubric_of(meeting.edition).criterion("A6").guidance
    assert standard_of(meeting, "A6").guidance == for_markers


def test_what_an_area_words_anew_for_its_markers_is_shown_as_it_is():
    a6 = published_rubric().criterion("A6")
    reworded = replace(a6, guidance="Look at the last page for the review.")

    assert guidance_for_panel(a6) == published_rubric().panel_guidance["A6"]
    assert guidance_for_panel(reworded) == "Look at the last page for the review."
    assert guidance_for_panel(published_rubric().criterion("B2")).startswith("Read it aloud.")


def test_a_question_of_yes_and_no_needs_none():
    meeting, seat = opened()

    assert standard_of(meeting, meeting.questions[0][0]) is None
    page = as_(seat.member).open(f"/panel/packs/{seat.pk}/letters/1/")
    page.not_see("What each answer means")


def test_who_reads_on_paper_reads_first_what_was_said_and_done():
    keeper = made.a_keeper()
    before = sittings.closed(sittings.a_member(), by=keeper, letters=1)
    sittings.answered(sittings.found(before))
    meeting = sittings.opened(
        by=keeper, starts_at=given.at("2026-12-15 14:00"),
        pack_until=given.at("2026-12-15 14:00").date(), letters=1,
    )  # fmt: skip

    for browser, address in (
        (as_(keeper), f"/panel/meetings/{meeting.pk}/booklets/1/"),
        (as_(sittings.declared(meeting.seats.get()).member),
         f"/panel/packs/{meeting.seats.get().pk}/file/"),
    ):  # fmt: skip
        said = words_of(browser.client.get(address).content)
        assert "You said, they did" in said
        assert said.index("Three letters give no reasons.") < said.index("Letter 1")
        assert "We wrote the reasons anew in each." in said
    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/")
    page.see("what members read first", "Three letters give no reasons.")
