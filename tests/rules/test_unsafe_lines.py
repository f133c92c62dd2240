"""What a line of what must not be used locks: in doubt everything."""

import pytest

from forthright.rules.case_file import Recipient, SafeContact
from forthright.rules.contact_lock import Lock, Way, locks_on_sending, locks_standing
from forthright.rules.letter_checks.examples import example_case
from forthright.rules.unsafe_lines import Reads, locks_in_words, reads_as


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("48 Albion Street", Reads.ADDRESS),
        ("48 Albionstreet, Kingsbourne", Reads.ADDRESS),
        ("12 Tallowlane", Reads.ADDRESS),
        ("46–50 Albion Street", Reads.ADDRESS),
        ("Flat 2, 12 Tallow Ln, Worcester WR1 2AB", Reads.ADDRESS),
        ("Rose Cottage, Chapel Hill, St Merrow", Reads.ADDRESS),
        ("8 Maes y Coed, Aberllan", Reads.ADDRESS),
        ("HB3 5LP", Reads.ADDRESS),
        ("07700 900 123", Reads.PHONE),
        ("+44 (0)7700 900123", Reads.PHONE),
        ("kevin.white @ example.test", Reads.EMAIL),
        ("kevin.white(at)example.test", Reads.EMAIL),
        ("kevin dot white at example dot test", Reads.EMAIL),
        ("his brother reads kevin.white@example .test", Reads.NOTHING),
        ("the house in Kingsbourne", Reads.NOTHING),
        ("H B 3 5 L P", Reads.NOTHING),
        ("HB3 5L", Reads.NOTHING),
        ("Station Road, Worcester", Reads.NOTHING),
        ("her mother’s house", Reads.NOTHING),
        ("48 Albion Street, or his brother’s", Reads.NOTHING),
        ("WR5 3XX, WR5 3XY", Reads.NOTHING),
        ("07700 900123 (his)", Reads.NOTHING),
        ("0770 090", Reads.NOTHING),
        ("a@example.test, b@example.test", Reads.NOTHING),
        ("48 Albion Street 07700 900123", Reads.NOTHING),
        ("x" * 5000, Reads.NOTHING),
        ("Do not telephone 07700 900111", Reads.PHONE),
        ("Please don’t ring or text 07700 900111.", Reads.PHONE),
        ("Never call on +44 7700 900111!", Reads.PHONE),
        ("Mobile: 07700 900111", Reads.PHONE),
        ("No calls to 07700 900111", Reads.PHONE),
        ("Do not telephone", Reads.NOTHING),
        ("Ring 07700 900111", Reads.NOTHING),
        ("Only telephone 07700 900111", Reads.NOTHING),
        ("Do not write, telephone 07700 900111", Reads.NOTHING),
        ("Do not telephone 07700 900111 or 01632 960123", Reads.NOTHING),
        ("Do not telephone 07700 900111 at his house", Reads.NOTHING),
        ("Do not use 07700 900111", Reads.NOTHING),
        ("Do not telephone 0770", Reads.NOTHING),
    ],
)
def test_a_line_is_read_wholly_and_as_one_or_not_at_all(line, read):
    assert reads_as(line) is read


@pytest.mark.parametrize("way", Way)
def test_what_cannot_be_read_locks_every_way_until_somebody_answers(way):
    safe = SafeContact(unsafe_addresses=("the house in Kingsbourne",))
    reader = Recipient(given_names="Amira", family_name="Osei", safe_contact=safe)

    case = example_case()
    locked = case.model_copy(update={"recipient": reader})
    assert Lock.UNSAFE_UNREAD in {each.lock for each in locks_on_sending(locked, way)}
    answered = safe.model_copy(update={"answer": "PC Hall says the post is safe."})
    opened = case.model_copy(
        update={"recipient": reader.model_copy(update={"safe_contact": answered})}
    )
    assert Lock.UNSAFE_UNREAD not in {each.lock for each in locks_on_sending(opened, way)}


@pytest.mark.parametrize("way", Way)
def test_a_line_that_only_says_not_to_ring_a_number_locks_no_letter(way):
    safe = SafeContact(unsafe_phones=("Do not telephone 07700 900111",))
    reader = Recipient(given_names="Amira", family_name="Osei", safe_contact=safe)
    case = example_case().model_copy(update={"recipient": reader})

    assert Lock.UNSAFE_UNREAD not in {each.lock for each in locks_on_sending(case, way)}


@pytest.mark.parametrize(
    ("marked", "way", "told", "left"),
    [
        ({"unsafe_emails": ("his, amira@example.test",)}, Way.EMAIL, "UNREAD", "EMAIL"),
        ({"unsafe_emails": ("amira@example.test",)}, Way.EMAIL, "EMAIL", "EMAIL"),
        ({"unsafe_emails": ("his, amira@example.test", "amira@example.test")},
         Way.EMAIL, "UNREAD", "EMAIL"),
        ({"unsafe_emails": ("his, amira@example.test",),
          "unsafe_addresses": ("4 Mill Lane, or his brother’s", "4 Mill Lane, Dunsby")},
         Way.PRINT, "UNREAD ADDRESS", "ADDRESS"),
        ({"unsafe_addresses": ("4 Mill Lane, or his brother’s",)}, Way.PRINT, "UNREAD", "ADDRESS"),
        ({"unsafe_addresses": ("4 Mill Lane",)}, Way.PRINT, "ADDRESS", "ADDRESS"),
    ],
)  # fmt: skip
def test_one_line_is_one_lock_and_what_it_marks_stays_locked_once_answered(marked, way, told, left):
    reader = {"channel": "POST" if way is Way.PRINT else "EMAIL", "email": "amira@example.test",
              "address": ["4 Mill Lane", "Dunsby"], "safe_contact": marked}  # fmt: skip
    case = example_case({"recipient": reader})

    def standing(*overruled):
        return [each.lock.value for each in locks_standing(case, way, overruled)]

    assert standing() == [f"UNSAFE_{each}" for each in told.split()]
    assert standing("UNSAFE_UNREAD") == [f"UNSAFE_{left}"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("48 Albion Street", "“48 Albion Street”: locks post to 48 Albion Street."),
        ("07700 900123", "“07700 900123”: locks calls to 07700 900123."),
        (
            "Do not telephone 07700 900111",
            "“Do not telephone 07700 900111”: locks calls to 07700 900111.",
        ),
        ("a@example.test", "“a@example.test”: locks e-mail to a@example.test."),
        (
            "HB3 5L",
            (
                "“HB3 5L”: could not be read, so it locks everything: write one address, number or "
                "e-mail address a line."
            ),
        ),
    ],
)
def test_what_a_line_locks_is_said(line, words):
    assert locks_in_words(line) == words
