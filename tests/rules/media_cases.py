"""Made-up cases around the line between ready and not, and what is said of each in plain words."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from forthright.rules.media_facts import (
    COURT,
    CaseFacts,
    Classification,
    DefendantFacts,
    Gives,
    ItemFacts,
    ShareFacts,
)

TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)
HELD_ON = TODAY - 5 * DAY
GIVEN_ON = TODAY - 20 * DAY
DEAN = DefendantFacts(name="Dean Marsden", party="firm-1", firm="Hale LLP")
KIT = DefendantFacts(name="Kit Osei", party="firm-2", firm="Rowe & Co")
UNKNOWN = DefendantFacts(name="Ann Lee")
ALONE = DefendantFacts(name="Bo Reid", is_unrepresented=True)

# Of one share: what is otherwise, and whether the case is then ready, and proved.
OF_A_SHARE = {
    "never opened": ({"opened_on": None}, True, False),
    "opened the day before": ({"opened_on": HELD_ON - DAY}, True, True),
    "opened on the day of the hearing": ({"opened_on": HELD_ON}, True, False),
    "opened after the hearing": ({"opened_on": TODAY}, True, False),
    "shared on the day of the hearing": (
        {"shared_on": HELD_ON, "opened_on": HELD_ON}, False, False
    ),
    "shared and opened too late": ({"shared_on": TODAY, "opened_on": TODAY}, False, False),
    "shared tomorrow": ({"shared_on": TODAY + DAY, "opened_on": None}, False, False),
    "its link expired and nobody opened it": (
        {"link_expires_on": HELD_ON - DAY, "opened_on": None}, False, False
    ),
    "its link lasted until the hearing": (
        {"link_expires_on": HELD_ON, "opened_on": None}, True, False
    ),
    "opened once its link had expired": (
        {"link_expires_on": HELD_ON - 2 * DAY, "opened_on": HELD_ON - DAY}, False, False
    ),
    "opened once its link had expired, after the hearing": (
        {"link_expires_on": HELD_ON, "opened_on": HELD_ON + DAY}, True, False
    ),
    "its link expired once it was opened": ({"link_expires_on": HELD_ON - DAY}, True, True),
    "its last file viewed before the hearing": ({"viewed_on": HELD_ON - DAY}, True, True),
    "its last file viewed on the day of the hearing": ({"viewed_on": HELD_ON}, False, False),
    "taken back": ({"is_revoked": True}, False, False),
    "shut": ({"is_shut": True}, False, False),
    "its link closed by wrong codes": (
        {"closed_on": HELD_ON - DAY, "opened_on": None}, False, False
    ),
    "its link closed by wrong codes on the day of the hearing": (
        {"closed_on": HELD_ON, "opened_on": None}, True, False
    ),
    "its link closed by wrong codes once it was opened": ({"closed_on": HELD_ON - DAY}, True, True),
    "opened once wrong codes had closed its link": (
        {"closed_on": HELD_ON - 2 * DAY, "opened_on": HELD_ON - DAY}, False, False
    ),
    "only a clip": ({"gives": Gives.CLIP}, False, False),
    "only a part": ({"gives": Gives.PART}, False, False),
    "copies of some files": ({"gives": Gives.SOME_COPIES}, False, False),
    "a copy in its place": ({"gives": Gives.IN_PLACE}, True, True),
    "with somebody else": ({"party": "counsel"}, False, False),
}  # fmt: skip
# Of a share more, beside one that was in time: the best of what a party has is what counts.
OF_ANOTHER_SHARE = {
    "once more after the hearing": {"shared_on": TODAY, "opened_on": TODAY},
    "once more, and not opened": {"opened_on": None},
    "once more, and taken back": {"is_revoked": True},
    "once more, as a clip": {"gives": Gives.CLIP, "opened_on": None},
}
OF_A_RECORDING = {
    "not received": ({"is_received": False}, False, False),
    "not assessed": ({"classification": Classification.NOT_ASSESSED}, False, False),
    "sensitive": ({"classification": Classification.SENSITIVE}, False, False),
    "unused": ({"classification": Classification.UNUSED}, False, False),
    "a file that came later": ({"unviewed": 1}, False, False),
    "not relevant": ({"classification": Classification.NOT_RELEVANT}, False, False),
    "with nobody": ({"shares": ()}, False, False),
}  # fmt: skip
OF_A_CASE = {
    "nobody knows who represents one": ({"defendants": (DEAN, UNKNOWN)}, False, False),
    "one is represented by nobody": ({"defendants": (DEAN, ALONE)}, True, True),
    "another firm": ({"defendants": (DEAN, KIT)}, False, False),
    "no defendant": ({"defendants": ()}, False, False),
    "no recording": ({"items": ()}, False, False),
    "no hearing yet": ({"hearing_on": None}, True, True),
}  # fmt: skip


def a_proved_case(defendants=(DEAN,), number=1, on=HELD_ON, **fields):
    """Return a case of which everybody opened everything in time."""
    parties = [COURT, *(each.party for each in defendants if each.party)]
    shares = tuple(
        ShareFacts(party=each, to=each, shared_on=GIVEN_ON, opened_on=GIVEN_ON + DAY)
        for each in parties
    )
    items = tuple(
        ItemFacts(
            key=str(each), name=f"DM/{each}", classification=Classification.RELIED_ON,
            is_requested=True, is_received=True, is_readable=True, is_described=True,
            viewed_on=GIVEN_ON, shares=shares,
        )
        for each in range(number)
    )  # fmt: skip
    return CaseFacts(
        key="1", hearing_on=on, defendants=tuple(defendants), items=items, **fields
    )  # fmt: skip


def with_share(case, item, place, **fields):
    """Return a case in which one share is otherwise."""
    shares = list(case.items[item].shares)
    shares[place] = replace(shares[place], **fields)
    return with_item(case, item, shares=tuple(shares))


def with_another_share(case, item, place, **fields):
    """Return a case in which a party was given a recording once more."""
    shares = case.items[item].shares
    return with_item(case, item, shares=(*shares, replace(shares[place], **fields)))


def with_item(case, place, **fields):
    """Return a case in which one recording is otherwise."""
    items = list(case.items)
    items[place] = replace(items[place], **fields)
    return replace(case, items=tuple(items))


def told_plainly(case, today=TODAY):
    """Return whether a case is ready, and whether it is proved, as a person would go through it.

    Go through what is relied on; of each through the court and every represented defendant; look
    for one share that stands and went out before the hearing, and for one that they opened by then.
    """
    before = None if case.is_estimated else case.hearing_on
    waited_for = [
        each for each in case.items
        if each.classification in (Classification.RELIED_ON, Classification.NOT_ASSESSED)
    ]  # fmt: skip
    if not waited_for or not case.defendants:
        return False, False
    ready = proved = True
    for item in waited_for:
        if item.classification is Classification.NOT_ASSESSED or not item.is_received:
            return False, False
        if item.unviewed:
            return False, False
        for party in [COURT, *(d.party for d in case.defendants if not d.is_unrepresented)]:
            theirs = [each for each in item.shares if each.party == party and party]
            standing = [each for each in theirs if _stands(each, before, today)]
            ready = ready and any(_was_given_whole(each, before) for each in standing)
            proved = proved and any(
                _is_opened(each) and _in_time(each.opened_on, before) for each in standing
            )
    return ready, ready and proved


def _was_given_whole(share, before):
    is_viewed = share.viewed_on is None or _in_time(share.viewed_on, before)
    return is_viewed and _in_time(share.shared_on, before)


def _in_time(day, before):
    return before is None or day < before


def _is_opened(share):
    ends = [each for each in (share.link_expires_on, share.closed_on) if each is not None]
    return share.opened_on is not None and all(share.opened_on <= each for each in ends)


def _stands(share, before, today):
    if share.is_revoked or share.is_shut or share.shared_on > today:
        return False
    if share.gives not in (Gives.WHOLE, Gives.IN_PLACE):
        return False
    if _is_opened(share):
        return True
    closed = share.closed_on
    was_closed = closed and closed <= today and (before is None or closed < before)
    if was_closed or share.link_expires_on is None:
        return not was_closed
    over = today if before is None or today < before else before
    return share.link_expires_on >= over


@st.composite
def near_ready(draw):
    """Return a case of which everybody opened everything, but for a few things that differ."""
    known = st.lists(st.sampled_from([DEAN, KIT, ALONE]), min_size=1, max_size=3, unique=True)
    on = st.sampled_from([HELD_ON, TODAY, TODAY + DAY, TODAY + 20 * DAY, None])
    case = a_proved_case(
        draw(known), draw(st.integers(1, 3)), draw(on), is_estimated=draw(st.booleans())
    )  # fmt: skip
    places = st.tuples(st.integers(0, 2), st.integers(0, 2))
    for item, place in draw(st.lists(places, max_size=3)):
        number = item % len(case.items)
        shares = case.items[number].shares
        kind = draw(st.sampled_from(["share", "share", "another", "recording"]))
        if kind == "share" and shares:
            fields, _, _ = OF_A_SHARE[draw(st.sampled_from(sorted(OF_A_SHARE)))]
            case = with_share(case, number, place % len(shares), **fields)
        elif kind == "another" and shares:
            fields = OF_ANOTHER_SHARE[draw(st.sampled_from(sorted(OF_ANOTHER_SHARE)))]
            case = with_another_share(case, number, place % len(shares), **fields)
        else:
            fields, _, _ = OF_A_RECORDING[draw(st.sampled_from(sorted(OF_A_RECORDING)))]
            case = with_item(case, number, **fields)
    if draw(st.integers(0, 5)) == 0:
        case = replace(case, defendants=(*case.defendants, UNKNOWN))
    return case


DAYS = st.dates(min_value=TODAY - 40 * DAY, max_value=TODAY + 40 * DAY)
SHARES = st.builds(
    ShareFacts, party=st.sampled_from([COURT, "firm-1", "firm-2", "counsel"]), shared_on=DAYS,
    opened_on=st.none() | DAYS, link_expires_on=st.none() | DAYS, is_revoked=st.booleans(),
    gives=st.sampled_from(list(Gives)), is_shut=st.booleans(), viewed_on=st.none() | DAYS,
    closed_on=st.none() | DAYS,
)  # fmt: skip
ITEMS = st.builds(
    ItemFacts, key=st.text(max_size=3), name=st.just("DM/1"),
    classification=st.sampled_from(list(Classification)), is_requested=st.booleans(),
    is_received=st.booleans(), is_readable=st.none() | st.booleans(),
    is_described=st.booleans(), viewed_on=st.none() | DAYS, unviewed=st.integers(0, 2),
    shares=st.lists(SHARES, max_size=5).map(tuple),
)  # fmt: skip
ANY = st.builds(
    CaseFacts, key=st.just("1"), hearing_on=st.none() | DAYS, is_estimated=st.booleans(),
    defendants=st.lists(st.sampled_from([DEAN, KIT, UNKNOWN, ALONE]), max_size=3).map(tuple),
    items=st.lists(ITEMS, max_size=5).map(tuple),
)  # fmt: skip
CASES = near_ready() | ANY
