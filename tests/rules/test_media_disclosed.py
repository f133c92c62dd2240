"""Unused recordings that went to a firm are owed to whoever has the case after it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from forthright.rules.media_disclosed import to_disclose
from forthright.rules.media_facts import (
    CaseFacts,
    Classification,
    DefendantFacts,
    Gives,
    ItemFacts,
    Part,
)
from forthright.rules.media_facts import ShareFacts as Share
from forthright.rules.media_ladder import case_ladder
from forthright.rules.media_periods import published_periods
from forthright.rules.media_rungs import Rung, Standing, Whose

TODAY = date(2026, 11, 26)
PTPH = TODAY + timedelta(days=20)
DEAN = DefendantFacts(name="Dean Marsden", party="new", firm="New & Co", former=("old", "older"))
OLD = Share(party="old", to="Hale LLP", shared_on=TODAY)
OLDER = Share(party="older", to="Rowe & Co", shared_on=TODAY)
NEW = Share(party="new", to="New & Co", shared_on=TODAY)
YESTERDAY = TODAY - timedelta(days=1)
GONE = replace(NEW, shared_on=YESTERDAY)
NOTE = (
    "DM/4: disclosed to Hale LLP before, for Dean Marsden. New & Co, the next firm, does not have "
    "it: share it with them, too."
)


def an_item(*shares, kind=Classification.UNUSED, **fields):
    return ItemFacts(
        key="4", name="DM/4", classification=kind, is_requested=True, is_received=True,
        is_readable=True, is_described=True, viewed_on=TODAY, shares=shares, **fields,
    )  # fmt: skip


def a_case(item, *defendants, **fields):
    return CaseFacts(
        key="1", hearing_on=PTPH, defendants=defendants or (DEAN,), items=(item,), **fields
    )


def ladder_of(case):
    return case_ladder(case, today=TODAY, periods=published_periods())


@pytest.mark.parametrize(
    ("shares", "before"),
    [
        ((), ()),
        ((OLD,), ("Hale LLP",)),
        ((OLD, OLD, OLDER), ("Hale LLP", "Rowe & Co")),
        ((replace(OLD, link_expires_on=TODAY - timedelta(days=1)),), ("Hale LLP",)),
        ((OLD, NEW), ()),
        ((OLD, replace(NEW, is_unsent=True)), ()),
        ((OLD, replace(NEW, is_revoked=True)), ("Hale LLP",)),
        ((OLD, replace(NEW, is_shut=True)), ()),
        ((OLD, replace(NEW, link_expires_on=TODAY)), ()),
        ((OLD, replace(GONE, link_expires_on=YESTERDAY)), ("Hale LLP",)),
        ((OLD, replace(GONE, closed_on=YESTERDAY)), ("Hale LLP",)),
        ((OLD, replace(GONE, broken_on=YESTERDAY)), ("Hale LLP",)),
        ((OLD, replace(GONE, link_expires_on=YESTERDAY, opened_on=YESTERDAY)), ()),
        ((OLD, replace(GONE, closed_on=TODAY, opened_on=YESTERDAY)), ()),
        ((OLD, replace(GONE, link_expires_on=YESTERDAY), NEW), ()),
        ((replace(OLD, is_revoked=True),), ()),
        ((replace(OLD, is_unsent=True),), ()),
        ((replace(OLD, is_shut=True),), ()),
        ((replace(OLD, party="court"),), ()),
        ((replace(OLD, party="of another defendant"),), ()),
    ],
)
def test_who_took_over_is_owed_what_went_to_a_firm_before_and_still_stands(shares, before):
    item = an_item(*shares)

    found = to_disclose(item, a_case(item), TODAY)

    assert [(each.party, each.before) for each in found] == ([("new", before)] if before else [])


FILE, OTHER = Part(file="1"), Part(file="2")
HIDDEN_OTHER = Part(file="3", copy="7", is_in_place=True)
CLIP, HIDDEN = Part(file="1", copy="8"), Part(file="1", copy="9", is_in_place=True)


def some(share, *parts, gives=Gives.CLIP):
    return replace(share, parts=frozenset(parts), gives=gives)


@pytest.mark.parametrize(
    ("shares", "lacking"),
    [
        ((some(OLD, FILE), some(NEW, CLIP)), {FILE}),
        ((some(OLD, FILE), some(OLDER, CLIP), some(NEW, CLIP)), {FILE}),
        ((some(OLD, FILE, OTHER), some(NEW, HIDDEN)), {OTHER}),
        ((some(OLD, FILE, OTHER), some(NEW, HIDDEN), some(NEW, OTHER)), set()),
        ((some(OLD, FILE), some(NEW, HIDDEN, gives=Gives.IN_PLACE)), set()),
        ((some(OLD, CLIP), some(NEW, FILE, gives=Gives.PART)), set()),
        ((some(OLD, CLIP), some(NEW, HIDDEN)), {CLIP}),
        ((some(OLD, HIDDEN), some(NEW, CLIP)), {HIDDEN}),
        ((OLD, some(NEW, CLIP)), set()),
    ],
)
def test_who_took_over_is_owed_it_until_they_have_as_much(shares, lacking):
    found = to_disclose(item := an_item(*shares), a_case(item), TODAY)

    assert [each.parts for each in found] == ([lacking] if lacking else [])
    assert all("does not have all of it" in each.words for each in found)
    assert all("share the rest with them, too." in each.note for each in found)


def test_those_alone_are_named_who_had_what_is_lacking():
    item = an_item(some(OLDER, CLIP), some(OLD, FILE, OTHER), some(NEW, FILE))

    assert [each.before for each in to_disclose(item, a_case(item), TODAY)] == [("Hale LLP",)]


@pytest.mark.parametrize(
    ("back", "parts"),
    [
        (FILE, {HIDDEN_OTHER}), (HIDDEN_OTHER, {FILE, OTHER}), (CLIP, {FILE, OTHER, HIDDEN_OTHER}),
    ],
)  # fmt: skip
def test_what_was_taken_back_from_who_took_over_is_not_offered(back, parts):
    gone = replace(some(NEW, back), is_revoked=True)
    item = an_item(some(OLD, FILE, OTHER, HIDDEN_OTHER), gone)

    assert [each.parts for each in to_disclose(item, a_case(item), TODAY)] == [parts]


def test_where_all_was_taken_back_from_who_took_over_either_way_is_named():
    item = an_item(OLD, OLDER, replace(NEW, is_revoked=True))

    (found,) = to_disclose(item, a_case(item), TODAY)

    assert found.words == "Disclosed to Hale LLP and Rowe & Co before; taken back from New & Co"
    assert found.note.endswith(
        "It was taken back from New & Co, the next firm: share it with them anew if they are to "
        "have it, or take it back from Hale LLP and Rowe & Co, too."
    )
    assert not found.parts


AGAIN = replace(DEAN, firm="HALE L.L.P.", former=("old", "older"))


@pytest.mark.parametrize(
    ("shares", "before"),
    [
        ((OLD,), ()),
        ((replace(OLD, opened_on=TODAY, link_expires_on=TODAY),), ()),
        ((replace(OLD, link_expires_on=TODAY + timedelta(days=9)),), ("Hale LLP",)),
        ((OLDER,), ("Rowe & Co",)),
        ((some(OLD, CLIP), some(OLDER, FILE)), ("Rowe & Co",)),
        ((OLDER, replace(OLD, is_revoked=True)), ("Rowe & Co",)),
    ],
)
def test_who_has_the_case_again_has_what_they_had_before(shares, before):
    item = an_item(*shares)

    found = to_disclose(item, a_case(item, AGAIN), TODAY)

    assert [each.before for each in found] == ([before] if before else [])


@pytest.mark.parametrize(
    "kind", [each for each in Classification if each is not Classification.UNUSED]
)
def test_nothing_but_what_is_unused_is_said_so(kind):
    item = an_item(OLD, kind=kind)

    assert to_disclose(item, a_case(item), TODAY) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"party": None}, {"party": None, "is_unrepresented": True}, {"ended_on": TODAY},
        {"former": ()},
    ],
)  # fmt: skip
def test_nobody_is_owed_it_who_represents_nobody_there_now(change):
    item = an_item(OLD)

    assert to_disclose(item, a_case(item, replace(DEAN, **change)), TODAY) == ()


def test_what_was_sensitive_is_offered_to_nobody():
    item = an_item(OLD, is_barred=True)

    assert to_disclose(item, a_case(item), TODAY) == ()


def test_the_ladder_says_that_it_is_to_be_shared_and_by_whom():
    found = ladder_of(a_case(an_item(OLD)))

    step = found.items[0].next_step
    assert (step.rung, found.next_rung, found.whose) == (Rung.SHARED, Rung.SHARED, Whose.UNIT)
    assert step.why == f"Unused, and {NOTE.removeprefix('DM/4: ')}"
    assert found.next_words == "1 unused recording not shared with the next firm"
    assert (found.notes, found.has_to_disclose) == ((NOTE,), True)
    assert found.standing is Standing.NOTHING_RELIED_ON


def test_once_they_have_it_nothing_is_said():
    found = ladder_of(a_case(an_item(OLD, NEW)))

    assert (found.items[0].next_step, found.next_words) == (None, "Nothing more")
    assert (found.notes, found.has_to_disclose) == ((), False)


def test_a_link_that_ended_unopened_is_told_of_on_the_ladder():
    found = ladder_of(a_case(an_item(OLD, replace(GONE, link_expires_on=YESTERDAY))))

    assert (found.notes, found.has_to_disclose) == ((NOTE,), True)
    assert found.next_words == "1 unused recording not shared with the next firm"


def test_of_a_case_that_is_closed_nothing_is_asked():
    found = ladder_of(a_case(an_item(OLD), is_closed=True))

    assert (found.notes, found.has_to_disclose, found.next_rung) == ((), False, None)


def test_who_took_over_after_the_hearing_is_owed_it_and_the_hearing_was_not_missed():
    over = a_case(an_item(OLD), then=replace(a_case(an_item(OLD)), defendants=(DEAN,)))
    over = replace(over, hearing_on=TODAY - timedelta(days=40))
    over = replace(over, then=replace(over, then=None))

    found = ladder_of(over)

    assert (found.is_owed_since, found.is_to_close, found.is_missed) == (True, True, False)
    assert found.colour_words == "Nothing relied on by the hearing, and something is owed since"
