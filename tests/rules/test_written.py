"""A reason is what can be read of it."""

import pytest

from forthright.rules.unseen_characters import BLANKS
from forthright.rules.written import LEAST_WEIGHED, cleaned, letters_in, proof_in, reason_in


@pytest.mark.parametrize(
    "unseen",
    [
        pytest.param("", id="nothing"),
        pytest.param(" \t\n\u00a0\u2003\u3000", id="spaces"),
        pytest.param("\u200b", id="zero width space"),
        pytest.param("\u200c\u200d\u2060\ufeff", id="joiners and byte order mark"),
        pytest.param("\u202e\u2066\u2069", id="direction"),
        pytest.param("\u00ad", id="soft hyphen"),
        pytest.param("\x00\x07\x1b\x7f", id="control"),
        pytest.param("\u3164\u115f\u1160\uffa0\u2800", id="blank letters"),
        pytest.param("\ufe0f\u034f\U000e0041", id="variation, joiner and tag"),
        pytest.param("\ue000\ud800", id="private and broken"),
        pytest.param("\U0001d159\U00016fe4\u180b", id="null notehead and fillers"),
        pytest.param("\U00013441\U00013442", id="blank hieroglyphs"),
        pytest.param("\ufffc\ufffc", id="place of an object"),
        pytest.param("\u0301\u0301", id="accents on nothing"),
        pytest.param(" \u200b \u200b\n", id="mixed with spaces"),
    ],
)
def test_what_nobody_can_see_is_nothing(unseen):
    assert cleaned(unseen) == ""


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  The court said so. ", "The court said so."),
        ("The\u200b court\u00ad said\u202e so.", "The court said so."),
        ("One.\r\nTwo.\n\nThree.", "One.\nTwo.\n\nThree."),
        ("Zażółć, Ní Bhriain, 王", "Zażółć, Ní Bhriain, 王"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_what_can_be_read_is_kept(written, kept):
    assert cleaned(written) == kept


def test_letters_and_digits_are_counted_and_nothing_else():
    assert letters_in("x … !! 12") == 3


@pytest.mark.parametrize(
    "written",
    [
        "",
        "x",
        "ok",
        "n/a",
        "....",
        "—————",
        "🙂🙂🙂🙂🙂",
        "\U0001d159" * 12,
        "\ufffc" * 12,
        "\u0301" * 12,
        "\u02d0" * 12,
        "\u02b0\u02bc\u02c8\u0294"[:3] * 4,
        "²²²²",
        "½½½½",
        "1234",
    ],
)
def test_what_says_nothing_is_no_reason(written):
    assert reason_in(written) == ""


def test_a_reason_is_what_can_be_read_of_it():
    assert reason_in(" Typo\u200b. ") == "Typo."
    assert reason_in("Retyped.", least=LEAST_WEIGHED) == ""
    assert reason_in("Żółć i 王 2026", least=LEAST_WEIGHED) == "Żółć i 王 2026"


def test_what_is_blank_does_not_hang_on_the_tables_of_one_python():
    assert {"\U00013441", "\U00013442"} <= BLANKS


@pytest.mark.parametrize(
    ("written", "is_proof"),
    [("4471", True), (" 2026-118/3 ", True), ("R 123", True), ("Mr Ash took it", True),
     ("R1", False), ("....", False), ("-", False), ("\u200b", False)],
)  # fmt: skip
def test_the_number_of_a_receipt_proves_something_by_itself(written, is_proof):
    assert proof_in(written) == (written.strip() if is_proof else "")
