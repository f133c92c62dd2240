"""Of two people who write at once, the second is shown what stands, and nothing is lost."""

import pytest
import time_machine
from django.db import connection

from forthright.panels.models import RareFact
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.services.facts import answer_facts
from forthright.panels.services.paper import Written, type_in
from forthright.panels.services.reading import hand_in, keep_reading
from forthright.panels.services.recognising import put_aside
from forthright.panels.services.releasing import confirm_letter
from forthright.panels.services.seating import end_seat
from forthright.panels.services.talking import keep_discussion
from forthright.panels.services.withdrawing import NotReleased
from forthright.rules.panel_questions import YES, says_yes
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
KEYS = ("EVENT", "PLACE", "OCCUPATION", "KINSHIP")
NO = "Nothing of the kind stands in it; I read every line."
BURNT = "The burning of the church was in every newspaper of the county."


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def test_a_discussion_is_not_overwritten_by_who_opened_the_page_before():
    ada, ben = made.a_keeper(), made.a_keeper()
    meeting = sittings.closed(by=ada, letters=1)
    address = f"/panel/meetings/{meeting.pk}/discussion/"
    mine, theirs = as_(ada).open(address), as_(ben).open(address)
    theirs.press("Keep what was said", discussion="They wrote three pages.").see("Kept.")

    page = mine.press("Keep what was said", discussion="They said one thing.")

    page.see(f"This was changed after you opened the page by {ben}", "They wrote three pages.")
    meeting.refresh_from_db()
    assert meeting.discussion == "They wrote three pages."
    page.press("Keep what was said", discussion="Both of it.").see("Kept.")
    meeting.refresh_from_db()
    assert meeting.discussion == "Both of it."


def test_a_discussion_kept_from_an_old_page_is_refused():
    meeting = sittings.closed(letters=1)

    with pytest.raises(ChangedMeanwhile):
        keep_discussion(meeting, "B", opened="old", by=meeting.planned_by, at=given.NOON)


def test_an_answer_about_a_rare_fact_is_not_overwritten_by_who_opened_the_page_before():
    letter = made.taken()
    ada, ben = letter.taken_by, made.a_keeper()
    address = f"/anonymised/{letter.pk}/release/"
    mine, theirs = as_(ada).open(address), as_(ben).open(address)
    said = dict.fromkeys(KEYS, NO) | made.NO_FACT_STANDS
    theirs.press("Keep these answers", **(said | {"EVENT": BURNT, "EVENT_stands": "YES"}))

    page = mine.press("Keep these answers", **said)

    page.see(f"This was changed after you opened the page by {ben}", BURNT)
    assert letter.facts.get(question="EVENT").answer == BURNT


def test_what_was_answered_before_stays_beside_the_new_answer():
    letter = made.taken()
    said = dict.fromkeys(KEYS, NO)
    answer_facts(letter, said | {"EVENT": BURNT}, standing={"EVENT"}, by=letter.taken_by,
                 at=given.NOON)  # fmt: skip
    answer_facts(letter, said, by=letter.taken_by, at=given.NOON)

    assert list(letter.facts.filter(question="EVENT").values_list("answer", "stands")) == [
        (BURNT, True), (NO, False),
    ]  # fmt: skip
    assert letter.facts.filter(question="PLACE").count() == 1, "the same again is no new answer"
    page = as_(letter.taken_by).open(f"/anonymised/{letter.pk}/release/")
    page.see("What was answered before", BURNT, "It stood in the letter.")


def test_a_fact_that_stands_in_the_letter_stops_its_release():
    letter = made.decided(made.taken())
    answer_facts(letter, {"EVENT": f"Yes. {BURNT}"}, standing={"EVENT"}, by=letter.taken_by,
                 at=given.NOON)  # fmt: skip

    with pytest.raises(NotReleased, match="tells such a fact"):
        confirm_letter(letter, text_stamp(letter), by=letter.taken_by, at=given.NOON)
    as_(letter.taken_by).open(f"/anonymised/{letter.pk}/release/").see(
        "It can be confirmed once no such fact stands in it"
    ).not_see("I have read it")


def test_yes_in_words_and_no_beside_it_are_not_kept():
    letter = made.decided(made.taken())

    with pytest.raises(NotReleased, match="Choose yes"):
        answer_facts(letter, {"EVENT": "Yes, on every front page"}, by=letter.taken_by,
                     at=given.NOON)  # fmt: skip


def test_an_answer_from_before_is_asked_again():
    letter = made.decided(made.taken())
    RareFact.objects.update(stands=None)

    with pytest.raises(NotReleased, match="whether such a fact"):
        confirm_letter(letter, text_stamp(letter), by=letter.taken_by, at=given.NOON)


@pytest.mark.parametrize(
    ("answer", "is_yes"),
    [("Yes, in the news", True), ("“YES” – all of it", True), ("Yesterday’s paper had none", False),
     ("No, nothing", False)],
)  # fmt: skip
def test_an_answer_that_begins_with_yes(answer, is_yes):
    assert says_yes(answer) is is_yes


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.parametrize(
    "act", ["answers", "hands in", "is typed in for", "puts aside", "has no seat any more"]
)
def test_what_a_member_does_holds_the_meeting_so_that_marks_close_before_or_after(
    act, count_queries
):
    meeting = sittings.opened(letters=1)
    seat, line = sittings.declared(meeting.seats.get()), meeting.letters.get()
    given_to_all = {key: YES for key, _ in meeting.questions}
    if act == "hands in":
        keep_reading(seat, line, given_to_all, "", by=seat.member, at=given.NOON)

    with count_queries() as asked:
        if act == "answers":
            keep_reading(seat, line, given_to_all, "", by=seat.member, at=given.NOON)
        elif act == "hands in":
            hand_in(seat, by=seat.member, at=given.NOON)
        elif act == "puts aside":
            put_aside(seat, line, "EVENT", by=seat.member, at=given.NOON)
        elif act == "has no seat any more":
            end_seat(seat, "They moved away and read no longer.", given.NOON.date(),
                     by=meeting.planned_by, at=given.NOON)  # fmt: skip
        else:
            type_in(seat, {1: Written(given_to_all)}, has_promised=True, by=meeting.planned_by,
                    at=given.NOON)  # fmt: skip

    held = [each["sql"] for each in asked.captured_queries if "FOR UPDATE" in each["sql"]]
    assert '"panels_seat", "panels_meeting"' in held[0].partition("FOR UPDATE OF")[2]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_whoever_takes_a_letter_meanwhile_waits_until_it_is_taken(count_queries):
    duty = made.a_sent_letter()

    with count_queries() as asked:
        made.taken(duty)

    said = [each["sql"] for each in asked.captured_queries]
    held = [place for place, sql in enumerate(said)
            if "FOR NO KEY UPDATE" in sql and "letters_letterversion" in sql]  # fmt: skip
    looked = [place for place, sql in enumerate(said) if 'FROM "panels_anonymisedletter"' in sql]
    assert held[0] < looked[0]
