"""What was declared of a recording is compared with what is kept of it."""

import pytest

from forthright.rules.media_digests import compare_digest

KEPT = "ab12" * 16
OTHER = "cd34" * 16


@pytest.mark.parametrize(
    ("declared", "kept", "says", "differs"),
    [
        (KEPT, [KEPT], "has it: what came is what was sent", False),
        (KEPT.upper(), [OTHER, KEPT], "1 of 2 files that are kept here has it: that one is", False),
        (KEPT, [OTHER, KEPT], "Of the other it says nothing", False),
        (KEPT, [KEPT, OTHER, KEPT], "2 of 3 files that are kept here have it: those are", False),
        (KEPT, [OTHER, OTHER, KEPT], "Of the others it says nothing", False),
        (KEPT, [KEPT, KEPT], "Each file that is kept here has it: what came is what", False),
        (f"SHA-256: {KEPT}", [KEPT], "has it: what came is what was sent", False),
        (f"sha256 {KEPT[:32]} {KEPT[32:]}", [KEPT], "what came is what was sent", False),
        (":".join(KEPT[at : at + 2] for at in range(0, 64, 2)), [KEPT], "was sent", False),
        (OTHER, [KEPT], "not what the sender says was sent", True),
        ("0" * 64, [KEPT, OTHER], "not what the sender says was sent", True),
        (OTHER, [], "compared once a file", False),
        ("ab12" * 8, [KEPT], "It is an MD5", False),
        (f"MD5: {'ab12' * 8}", [KEPT], "It is an MD5", False),
        ("ab12" * 10, [KEPT], "It is a SHA-1", False),
        ("ab12" * 32, [KEPT], "It is a SHA-512", False),
        ("ab12", [KEPT], "nothing is compared", False),
        ("see the label", [KEPT], "nothing is compared", False),
    ],
)
def test_it_is_said_what_the_comparison_came_to(declared, kept, says, differs):
    compared = compare_digest(declared, kept)

    assert says in compared.words
    assert compared.differs is differs
