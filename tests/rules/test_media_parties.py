from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from forthright.rules.media_facts import (
    COURT,
    CaseFacts,
    Classification,
    DefendantFacts,
    Gives,
    ItemFacts,
    ShareFacts,
)
from forthright.rules.media_ladder import case_ladder
from forthright.rules.media_parties import (
    ending_early,
    present_on,
    pressing,
    told_beside,
    why_not_theirs,
)
from forthright.rules.media_periods import published_periods
from forthright.rules.media_rungs import Rung, Standing

TODAY = date(2026, 11, 26)
PTPH = date(2026, 12, 16)
DAY = timedelta(days=1)
FIRM = "Hale LLP for Dean Marsden"
IN_TIME = "By everybody before the hearing."
DEAN = DefendantFacts(name="Dean Marsden", party="firm", firm="Hale LLP")


@dataclass(frozen=True)
class Firm:
    name: str
    starts_on: date
    ends_on: date | None = None


OLD = Firm("old", TODAY - 30 * DAY, TODAY + 3 * DAY)
NEW = Firm("new", TODAY + 3 * DAY)


@pytest.mark.parametrize(
    ("firms", "day", "present"),
    [
        ((), TODAY, None),
        ((OLD, NEW), TODAY, OLD),
        ((NEW, OLD), TODAY + 2 * DAY, OLD),
        ((OLD, NEW), TODAY + 3 * DAY, NEW),
        ((NEW,), TODAY, NEW),
        ((replace(OLD, ends_on=TODAY),), TODAY, None),
    ],
)
def test_a_firm_represents_until_the_day_on_which_the_next_begins(firms, day, present):
    assert present_on(firms, day) == present


def shared(party, **fields):
    return ShareFacts(party=party, shared_on=TODAY - DAY, **fields)


def a_case(*shares, kind=Classification.RELIED_ON, **fields):
    item = ItemFacts(
        key="1", name="DM/1", classification=kind, is_received=True, is_readable=True,
        is_described=True, viewed_on=TODAY - DAY, shares=shares,
    )  # fmt: skip
    return CaseFacts(**{
        "key": "1", "hearing_on": PTPH, "defendants": (DEAN,), "items": (item,), **fields
    })  # fmt: skip


def shared_rung(case):
    ladder = case_ladder(case, today=TODAY, periods=published_periods())
    step = next(each for each in ladder.items[0].steps if each.rung is Rung.SHARED)
    return ladder.standing, step.why


@pytest.mark.parametrize(
    ("gives", "standing", "why"),
    [
        ((Gives.WHOLE,), Standing.READY, IN_TIME),
        (
            (Gives.IN_PLACE,),
            Standing.READY,
            f"{IN_TIME} A copy in which something is hidden, in its place: {FIRM}.",
        ),
        (
            (Gives.CLIP,),
            Standing.NOT_READY,
            f"Not shared with {FIRM}. Only a clip, which is not the recording: {FIRM}.",
        ),
        ((Gives.CLIP, Gives.WHOLE), Standing.READY, IN_TIME),
        (
            (Gives.SOME_COPIES, Gives.CLIP),
            Standing.NOT_READY,
            (
                f"Not shared with {FIRM}. Copies of some of its files, cameras or sounds, and "
                f"nothing of the others: {FIRM}. Share a copy of each, or the other files as they "
                "came, all at once."
            ),
        ),
        (
            (Gives.SOME_COPIES, Gives.IN_PLACE),
            Standing.READY,
            f"{IN_TIME} A copy in which something is hidden, in its place: {FIRM}.",
        ),
    ],
)
def test_a_copy_in_its_place_counts_and_is_told_and_a_clip_alone_does_not(gives, standing, why):
    firm = [shared("firm", gives=each) for each in gives]

    assert shared_rung(a_case(shared(COURT), *firm)) == (standing, why)


def test_what_is_sensitive_elsewhere_counts_no_more_and_the_case_says_why():
    case = a_case(shared(COURT), shared("firm", is_shut=True))

    standing, why = shared_rung(case)
    notes = case_ladder(case, today=TODAY, periods=published_periods()).notes

    assert standing is Standing.NOT_READY
    assert "byte for byte, the file of a sensitive recording" in why
    assert notes[0].startswith("DM/1: What was shared is, byte for byte")


def test_nothing_more_is_said_of_it_once_it_was_taken_back():
    case = a_case(shared(COURT), shared("firm", is_shut=True, is_revoked=True))

    assert pressing(case.items[0], case, TODAY) == ()


def ends(day, **fields):
    return shared("firm", link_expires_on=day, **fields)


@pytest.mark.parametrize(
    ("case", "is_early"),
    [
        (a_case(ends(PTPH - DAY)), True),
        (a_case(ends(PTPH)), True),
        (a_case(ends(PTPH - DAY, opened_on=TODAY)), True),
        (a_case(ends(PTPH + DAY)), False),
        (a_case(ends(PTPH - DAY), ends(PTPH + DAY)), False),
        (a_case(ends(PTPH - DAY), shared("firm")), False),
        (a_case(ends(PTPH - DAY, is_revoked=True)), False),
        (a_case(ends(PTPH - DAY), kind=Classification.UNUSED), False),
        (a_case(ends(PTPH - DAY), is_estimated=True), False),
        (a_case(ends(TODAY), hearing_on=TODAY - DAY), False),
        (a_case(ends(TODAY), hearing_on=None), False),
    ],
)
def test_a_link_that_ends_before_the_hearing_is_over_is_told(case, is_early):
    ladder = case_ladder(case, today=TODAY, periods=published_periods())

    assert bool(ending_early(case.items[0], case, TODAY)) is is_early
    assert ladder.has_links_ending is is_early
    assert any("send one that lasts beyond it" in each for each in ladder.notes) is is_early


def closed(day, **fields):
    return ends(PTPH + DAY, closed_on=day, **fields)


@pytest.mark.parametrize(
    ("case", "is_told"),
    [
        (a_case(closed(TODAY)), True),
        (a_case(closed(TODAY, opened_on=TODAY - DAY)), True),
        (a_case(closed(TODAY + DAY)), False),
        (a_case(closed(TODAY, is_revoked=True)), False),
        (a_case(closed(TODAY - DAY), ends(PTPH + DAY)), False),
        (a_case(closed(TODAY - DAY), shared("firm")), False),
        (a_case(closed(TODAY - DAY), closed(TODAY)), True),
        (a_case(ends(TODAY - DAY, closed_on=TODAY - 2 * DAY)), False),
        (a_case(closed(TODAY), defendants=()), False),
        (a_case(closed(TODAY), kind=Classification.UNUSED), False),
    ],
)
def test_a_link_that_wrong_codes_closed_is_told_until_another_takes_its_place(case, is_told):
    ladder = case_ladder(case, today=TODAY, periods=published_periods())

    assert ladder.has_links_guessed is is_told
    assert any("since too many wrong codes were entered" in n for n in ladder.notes) is is_told


def test_of_a_sensitive_recording_nothing_is_told_beside():
    case = a_case(shared("firm", gives=Gives.CLIP), kind=Classification.SENSITIVE)

    assert told_beside(case.items[0], case, TODAY) == ()


def test_links_that_end_on_one_day_are_told_in_one_sentence():
    case = a_case(ends(PTPH - DAY), shared(COURT, link_expires_on=PTPH - DAY))

    told = ending_early(case.items[0], case, TODAY)

    assert len(told) == 1
    assert told[0].startswith(f"The link for the court and {FIRM} ends on 15 December 2026")


@pytest.mark.parametrize(
    ("starts", "ends", "known", "on", "said"),
    [
        pytest.param(1, None, 1, 8, "", id="theirs"),
        pytest.param(8, None, 12, 8, "", id="from the day on"),
        pytest.param(11, None, 12, 8, "took the case on 11 October 2026", id="before they had it"),
        pytest.param(11, None, 12, 11, "", id="on their first day, recorded later"),
        pytest.param(11, None, 5, 8, "", id="known to come"),
        pytest.param(11, None, 8, 8, "", id="known to come since that day"),
        pytest.param(11, None, 9, 8, "recorded on 9 October 2026", id="known a day later"),
        pytest.param(1, 9, 1, 8, "", id="the day before another firm came"),
        pytest.param(1, 8, 1, 8, "had the case until 8 October 2026", id="ended that day"),
        pytest.param(1, 3, 1, 8, "had the case until 3 October 2026", id="ended before"),
    ],
)
def test_whether_something_went_to_a_firm_on_a_day(starts, ends, known, on, said):
    def day(number):
        return date(2026, 10, number)

    why = why_not_theirs(
        "New LLP", day(starts), day(ends) if ends else None, known_on=day(known), on=day(on)
    )

    assert said in why
    assert bool(why) is bool(said)
