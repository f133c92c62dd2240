"""A letter that two plans drew and two people marked counts once, and the report says so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from forthright.rules.weekly_report.compose import compose
from tests.rules.report_facts import facts, marked, sentences

MARKED = datetime(2026, 9, 29, 10, tzinfo=UTC)


def test_of_a_letter_marked_twice_the_first_marking_counts_and_it_is_said_if_they_differ():
    first, other = (
        replace(marked(n, B3=level), duty=7, marked_at=at)
        for n, level, at in ((2, "NOT_MET", MARKED), (1, "FULLY", MARKED + timedelta(hours=1)))
    )
    alike = [replace(marked(n, B3="FULLY"), duty=8) for n in (3, 4)]

    report, records = compose(facts(drawn=(other, first, *alike, marked(5, B3="FULLY"))))

    assert records["failed-B3"] == [2]
    assert report["figures"]["fault-B3"]["n"] == 3
    assert (records["marked-twice"], records["marked-differently"]) == ([3, 2], [2])
    assert "2 letters were drawn under two plans" in sentences(report)
    assert "the markings differ on 1 of them" in sentences(report)


def test_a_report_without_letters_marked_twice_does_not_speak_of_them():
    report, records = compose(facts(drawn=(marked(1, B3="FULLY"), marked(2, B3="FULLY"))))

    assert "marked-twice" not in records
    assert "two plans" not in sentences(report)
