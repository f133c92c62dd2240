"""What people's marks of a month's disclosure come to."""

from forthright.rules.disclosure_compliance import Month
from forthright.rules.disclosure_marks import Asked, MarkedDisclosure, by_people

OCTOBER = Month(2026, 10)
ASKED = (
    Asked(code="D1", title="Every item decided"),
    Asked(code="D2", title="In time", is_timeliness=True),
    Asked(code="D5", title="Sensitive material"),
)


def a_mark(key=1, **said):
    facts = {
        "edition": 1, "overall": "FULLY", "timeliness": "MET",
        "levels": {"D1": "FULLY", "D5": "NOT_APPLICABLE"},
    }  # fmt: skip
    return MarkedDisclosure(key=key, **(facts | said))


def figures_of(marked, drawn=20, edition=1):
    found = by_people(OCTOBER, marked, drawn=drawn, asked=ASKED, edition=edition)
    return {each.key: each for each in found.figures}, found


def test_each_share_has_its_number_interval_population_and_edition():
    marked = [a_mark(key) for key in range(1, 12)]
    marked.append(a_mark(12, levels={"D1": "PARTIALLY", "D5": "FULLY"}, overall="PARTIALLY"))

    figures, found = figures_of(marked)

    assert figures["d1"].words == "91.7% (11 of 12, 95% interval 64.6% to 98.5%)"
    assert figures["d1"].counted_from == tuple(range(1, 13))
    assert figures["d1"].population == (
        "disclosures due in October 2026, drawn at random and marked, where it applies"
    )
    assert figures["d1"].rules == "disclosure edition 1 of the standard; disclosure-marks 2026.1"
    assert figures["overall"].count == 11
    assert found.sentence == (
        "20 disclosures due in the month were drawn at random, and 12 of them have been marked."
    )


def test_what_does_not_apply_is_in_no_share():
    figures, _ = figures_of([a_mark(1), a_mark(2, levels={"D1": "FULLY", "D5": "FULLY"})])

    assert (figures["d5"].count, figures["d5"].n) == (1, 1)


def test_one_that_was_not_served_counts_as_late_and_has_no_quality():
    never = a_mark(2, overall="NOT_APPLICABLE", timeliness="NEVER_SENT", levels={})

    figures, _ = figures_of([a_mark(1), never])

    assert (figures["d2"].count, figures["d2"].n) == (1, 2)
    assert (figures["overall"].count, figures["overall"].n) == (1, 1)
    assert figures["d1"].n == 1


def test_marks_of_an_older_edition_are_counted_with_none_of_these():
    figures, found = figures_of([a_mark(1, edition=1), a_mark(2, edition=2)], edition=2)

    assert figures["overall"].records == (2,)
    assert found.other_editions == 1
    assert "1 more were marked by an older edition" in found.sentence


def test_the_failings_stand_in_order_of_their_number():
    marked = [a_mark(1, failing="Late"), a_mark(2, failing="Blanket"), a_mark(3, failing="Late")]

    _, found = figures_of([*marked, a_mark(4)])

    assert found.failings == (("Late", 2), ("Blanket", 1))
