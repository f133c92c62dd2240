import pytest

from forthright.rules.separation import (
    DECIDE,
    acts_of,
    reasons_against_approving,
    reasons_against_deciding_dispute,
    reasons_against_drawing,
    reasons_against_marking,
    reasons_against_second_marking,
    reasons_by_acts,
)


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        pytest.param(
            reasons_against_drawing(1, markers=[1]), "Nobody chooses the letters", id="draws own"
        ),
        pytest.param(
            reasons_against_drawing(1, markers=[2], drafters=[1]), "you drafted", id="in the frame"
        ),
        pytest.param(
            reasons_by_acts(["mark"], others="swap it"), "You mark this letter", id="swaps own"
        ),
        pytest.param(
            reasons_by_acts(["served"], others="mark it", thing="disclosure"),
            "You served this disclosure, so somebody else must mark it.",
            id="marks what they served",
        ),
        pytest.param(
            reasons_against_marking(1, drafter=1), "You drafted this letter", id="marks own letter"
        ),
        pytest.param(
            reasons_against_marking(1, drafter=2, approvers=[1]), "You approved", id="approved it"
        ),
        pytest.param(
            reasons_against_marking(1, drafter=2, writers=[1]),
            "You wrote words of this letter",
            id="wrote words of it",
        ),
        pytest.param(
            reasons_against_marking(1, drafter=1, writers=[1]), "You drafted", id="said once"
        ),
        pytest.param(
            reasons_by_acts(acts_of(1, drafter=3, approvers=[1]), others="swap it"),
            "You approved",
            id="swaps what they approved",
        ),
        pytest.param(
            reasons_against_marking(1, drafter=2, drawn_by=1), "You drew this sample", id="drew it"
        ),
        pytest.param(
            reasons_against_approving(1, drafter=1), "somebody else must approve", id="approves own"
        ),
        pytest.param(
            reasons_against_second_marking(1, drafter=2, first_marker=1), "first mark", id="twice"
        ),
        pytest.param(
            reasons_against_second_marking(1, drafter=2, first_marker=3, line_manager=1),
            "another unit",
            id="own staff, second mark",
        ),
        pytest.param(
            reasons_against_deciding_dispute(1, marker=1, disputed_by=2),
            "disputed mark",
            id="judge",
        ),
        pytest.param(
            reasons_against_deciding_dispute(1, marker=2, disputed_by=1), "You raised", id="party"
        ),
    ],
)
def test_nobody_may_be_both(reasons, said):
    assert len(reasons) == 1
    assert said in reasons[0]


def test_others_may():
    assert reasons_against_drawing(1, markers=[2], drafters=[3]) == ()
    assert reasons_by_acts(acts_of(1, drafter=3), others="swap it") == ()
    assert reasons_against_marking(1, drafter=2, writers=[3], approvers=[4], drawn_by=5) == ()
    assert reasons_against_approving(1, drafter=None) == ()
    assert reasons_against_second_marking(1, drafter=2, first_marker=3, line_manager=4) == ()
    assert reasons_against_deciding_dispute(1, marker=2, disputed_by=3) == ()
    own = reasons_by_acts(["approved"], others=DECIDE)
    assert reasons_against_deciding_dispute(1, marker=2, disputed_by=3, own_part=own) == (
        "You approved this letter, so somebody else must decide the dispute.",
    )
