from dataclasses import replace
from datetime import date

import pytest

from forthright.rules.disclosure_pack import (
    NotForTheDefence,
    PackFacts,
    PackItem,
    documents_of,
    pack_facts_of,
    words_of,
)
from forthright.rules.endorsements import Endorsed

ITEMS = (
    PackItem(form="MG6C", number=1, description="Receipt for a van", code=Endorsed.CLEARLY_NOT),
    PackItem(form="MG6C", number=2, description="First account of Mrs Oduya",
             code=Endorsed.DISCLOSE, is_in_this_service=True),
    PackItem(form="MG6C", number=3, description="Storm log 1881", code=Endorsed.QUERY,
             decide_by=date(2026, 10, 9)),
)  # fmt: skip
FACTS = PackFacts(
    area="Mercia", unit="Mercia Crown Court", urn="20AB0000126", defendant="Mr Dean Marsden",
    court="Crown Court", day=date(2026, 10, 5), is_first=True, items=ITEMS,
    statement=("The time for a defence statement is 28 days.", "It ends on a Sunday."),
)  # fmt: skip


def test_a_pack_has_a_letter_the_schedule_what_is_disclosed_and_a_notice_of_the_same_day():
    papers = {paper.name: paper for paper in documents_of(FACTS)}

    assert list(papers) == [
        "covering-letter", "schedule-as-served", "disclosed-material", "notice-to-the-court"
    ]  # fmt: skip
    assert papers["schedule-as-served"].rows == (
        ("MG6C 1", "Receipt for a van", "CND: clearly not disclosable"),
        ("MG6C 2", "First account of Mrs Oduya", "D: disclose"),
        ("MG6C 3", "Storm log 1881", "To be decided by Friday 9 October 2026"),
    )
    assert " ".join(FACTS.statement) in papers["covering-letter"].paragraphs
    day, _, said = papers["notice-to-the-court"].paragraphs[:3]
    assert (day, papers["covering-letter"].paragraphs[0]) == ("Monday 5 October 2026",) * 2
    assert said.startswith("On Monday 5 October 2026 the prosecutor disclosed")


def test_before_the_service_the_notice_bears_its_own_day_and_goes_with_the_service():
    papers = {each.name: each for each in documents_of(replace(FACTS, is_served=False))}
    nothing = documents_of(replace(FACTS, is_served=False, items=ITEMS[:1]))

    day, _, said = papers["notice-to-the-court"].paragraphs[:3]
    assert day == "Monday 5 October 2026"
    assert said == (
        "Together with this notice, on the day that it bears, the prosecutor discloses 1 item of "
        "unused material to the defendant."
    )
    assert "the prosecutor gives the defendant the statement that there is" in words_of(nothing)


def test_what_was_kept_before_its_words_were_says_the_last_day_as_it_did():
    kept = FACTS.as_table() | {"statement_due_on": "2026-11-01"}
    del kept["statement"], kept["is_served"]

    facts = pack_facts_of(kept)

    assert "ends on Sunday 1 November 2026" in words_of(documents_of(facts))
    assert "On Monday 5 October 2026 the prosecutor disclosed" in words_of(documents_of(facts))
    assert pack_facts_of(FACTS.as_table()) == FACTS


def test_where_nothing_is_disclosed_the_letter_is_the_statement_that_there_is_nothing():
    nothing = replace(FACTS, items=(ITEMS[0],))

    said = words_of(documents_of(nothing))

    assert "there is no prosecution material that has not been disclosed" in said
    assert "disclosed-material" not in said


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(replace(ITEMS[0], form="MG6D"), id="of the sensitive schedule"),
        pytest.param(replace(ITEMS[0], is_in_this_service=True), id="not said to be disclosed"),
    ],
)
def test_what_must_not_leave_stops_the_whole_pack(item):
    with pytest.raises(NotForTheDefence):
        documents_of(replace(FACTS, items=(*ITEMS, item)))


def test_nothing_is_said_of_an_item_that_nobody_has_decided():
    """A statement that there is nothing would be untrue of what was set aside."""
    left = (ITEMS[0], ITEMS[2])
    papers = {paper.name: paper for paper in documents_of(replace(FACTS, items=left))}

    letter = " ".join(papers["covering-letter"].paragraphs)
    assert "apart from what is still to be decided, there is no prosecution material" in letter
    assert "1 item on the schedule is still to be decided" in letter
    notice = " ".join(papers["notice-to-the-court"].paragraphs)
    assert "1 item on the schedule is still to be decided" in notice
    whole = documents_of(replace(FACTS, items=ITEMS[:1]))
    assert "to be decided" not in words_of(whole)
