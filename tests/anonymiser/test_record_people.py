"""A known name is found where it is written small, with a slip, or is a word besides."""

import pytest

from forthright.anonymiser.known import Known, KnownPerson
from forthright.anonymiser.letters import places_of
from forthright.anonymiser.record import known_in
from forthright.anonymiser.spans import MASKED_FROM, Kind

KNOWN = Known(
    people=(
        KnownPerson("the victim", "Tamsin", "Marks"),
        KnownPerson("the defendant", "Sebastian", "Ngo"),
        KnownPerson("the witness", "Ángel Bao", "Jiang"),
        KnownPerson("the friend", "Vikram Dev", "Al-Jabri"),
        KnownPerson("the neighbour", "Tu", "Inglethorpe"),
        KnownPerson("the officer", "Lan", "He"),
        KnownPerson("the adviser", "Amber", "Friend"),
        KnownPerson("the child", "Lee Bo", "To"),
    )
)
# Each with the words that must be hidden whole.
FORMS = [
    ("Dear Mr friend", "friend"),
    ("Dear friend", "friend"),
    ("PC 1234 friend came", "friend"),
    ("Rex v friend", "friend"),
    ("the friend family rang", "friend"),
    ("amber friend rang", "amber friend"),
    ("Sarah told A. friend so", "A. friend"),
    ("it was returned to t marks in error", "t marks"),
    ("it was returned to t. marks in error", "t. marks"),
    ("it was returned to T MARKS in error", "T MARKS"),
    ("the phone of SebastianN go is here", "SebastianN go"),
    ("the phone of SebastiaNn go is here", "SebastiaNn"),
    ("the phone of SebastianNgo is here", "SebastianNgo"),
    ("the phone of SebastiantNgo is here", "SebastiantNgo"),
    ("the phone of Sebastian Ngo is here", "Sebastian Ngo"),
    ("the phone of Sebastian No is here", "Sebastian No"),
    ("T/DC 76768 He keeps it", "He"),
    ("Officer He keeps it", "He"),
    ("Á. Jiang saw it", "Á. Jiang"),
    ("Á.B. Jiang saw it", "Á.B. Jiang"),
    ("á.b. jiang saw it", "á.b. jiang"),
    ("á jiang saw it", "á jiang"),
    ("ÁJiang saw it", "ÁJiang"),
    ("V. D. Al-Jabri has it", "V. D. Al-Jabri"),
    ("v.d. al-jabri has it", "v.d. al-jabri"),
    ("v al-jabri has it", "v al-jabri"),
    ("To Inglethorpe is here", "To Inglethorpe"),
    ("So Ngo is here", "So Ngo"),
    ("Ts Inglethorpe is here", "Ts Inglethorpe"),
    ("L.B. To is here", "L.B. To"),
    ("Ms To is here", "To"),
    # Where only a name stands, whatever word it is.
    ("Yours in haste\nTo\n\ncc us", "To"),
    ("Thank you.\n\nhe,\n", "he"),
    ("Those who came:\n- To\n- others", "To"),
    ("cc friend, the court", "friend"),
    ("cc Ms Osei and To", "To"),
    ("Copy: To", "To"),
    ("Copy to: friend", "friend"),
    ("To: friend", "friend"),
    ("c/o marks, 4 Quarry Close", "marks"),
    ("FAO He only", "He"),
    ("pp He\nfor us", "He"),
    ("Dear Tamsin and To", "To"),
    ("Dear To", "To"),
    ("Witness | He | seen", "He"),
    ("seen\tTo\tno", "To"),
    ("we told He that it is", "He"),
    ("it was for To to say", "To"),
]
STAYS = [
    "He told a friend of his.",
    "the marks on his arm",
    "He came to us, and we go on.",
    "To the court we said so.",
    "You are a friend to us all.",
    "To: the court\nIt was so. To say more is hard. He knows.",
    "Reason: he said no. “To begin with”, he said.",
    "- he came to us",
    "seen | he came to us | no",
    "Dear all. We spoke to a friend, and he was glad.",
    "HE CAME TO US",
    "The officer he told was kind.",
    "We met the child. He was glad, and gave a name. To say more is hard.",
]


@pytest.mark.parametrize(("text", "words"), FORMS, ids=[text for text, _ in FORMS])
def test_a_known_name_is_hidden_in_each_form(text, words):
    covered = {at for each in known_in(text, KNOWN) for at in range(each.start, each.end)}

    start = text.index(words)
    assert {start + n for n, c in enumerate(words) if c.isalnum()} <= covered


@pytest.mark.parametrize("text", STAYS)
def test_a_word_that_is_a_name_of_somebody_stays_a_word(text):
    assert [text[each.start : each.end] for each in known_in(text, KNOWN)] == []


@pytest.mark.parametrize("words", ["friend", "marks", "hall"])
def test_a_name_written_small_after_a_title_is_hidden_without_the_record(words):
    text = f"Dear Mr {words}\n\nI write to you about the case."
    start = text.index(words)

    assert any(each.start <= start < each.end for each in places_of(text).masked)


AFTER_NAMES = Known(
    people=(
        KnownPerson("the victim", "Amira", "Harris"),
        KnownPerson("the defendant", "Theo", "Williams"),
        KnownPerson("the witness", "Ian", "Inglethorpe"),
        KnownPerson("the friend", "Ada", "Ukah"),
        KnownPerson("the officer", "Lan", "He"),
        KnownPerson("the child", "Bo", "To"),
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "Dear Mr Williams\n\n| We have decided to stop the case.",
        "Dear Mr Williams\n| We have decided to stop the case.",
        "Dear Mr Williams.\n\n| We have decided to stop the case.",
        "You said that he hit Ms Harris. | He said that he was at work.",
        "You said that he hit Ms Harris. | He’s at work.",
        "We have charged Theo Williams. | The court is told.",
        "You know Ian Inglethorpe. | In court you said so.",
        "We asked Ms Ukah. | UK law is so.",
        "We wrote to Bo To. | To appeal, write to us.",
        # He or the officer: a person is asked.
        "You told PC Lan He. | He said so.",
    ],
)
def test_the_first_word_of_what_follows_a_known_name_is_no_slip_of_it(text):
    text, start = text.replace("| ", ""), text.index("| ")

    found = [each for each in known_in(text, AFTER_NAMES) if each.score >= MASKED_FROM]

    assert found
    assert all(each.end <= start for each in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We wrote to Williams We about it.", "Williams We"),
        ("It was for Inglethorpe In to say.", "Inglethorpe In"),
        ("You were told by Harris He.", "Harris He"),
        ("Harris\nHe\n\nis told", "He"),
        ("You said so. He Harris came.", "He Harris"),
        ("We asked Ms Ukah. Aa is no word.", "Aa"),
        ("We wrote to Bo\nTo about it.", "To"),
    ],
)
def test_a_slip_beside_a_known_name_is_hidden_where_no_sentence_begins(text, words):
    covered = {at for each in known_in(text, AFTER_NAMES) for at in range(each.start, each.end)}

    start = text.index(words)
    assert {start + n for n, c in enumerate(words) if c.isalnum()} <= covered


CALLED = Known(
    people=(
        KnownPerson("the victim", "Godswill", "Sunday"),
        KnownPerson("the witness", "Friday", "Effiong"),
        KnownPerson("the friend", "Grace", "Crown"),
        KnownPerson("the child", "Christmas", "Oduya"),
    )
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I asked Jack and Friday.", "Friday"),
        ("I asked Grace and Crown.", "Crown"),
        ("I asked Godswill and Sunday.", "Sunday"),
        ("Sunday told us so.", "Sunday"),
        ("Friday’s statement was read.", "Friday"),
        ("Crown’s statement was read.", "Crown"),
        ("SUNDAY WAS THERE.", "SUNDAY"),
        ("You were told by Friday that it was so.", "Friday"),
        ("The call from Sunday came late.", "Sunday"),
        ("He hit Christmas and ran.", "Christmas"),
    ],
)
def test_somebody_who_is_called_by_a_day_or_the_crown_is_found(text, name):
    assert name in [text[each.start : each.end] for each in people_found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "It was on Sunday. We meet next Friday, and on Saturday and Sunday we rest.",
        "Ring us Monday to Friday, or Sunday 5 April, or Sunday morning, by Friday.",
        "The Crown Prosecution Service and the Crown said so at Worcester Crown Court.",
        "From Friday until Sunday the office is closed, and over Christmas.",
        "a crown, a sunday school",
    ],
)
def test_a_day_and_the_crown_stay_where_somebody_is_called_so(text):
    assert [text[each.start : each.end] for each in people_found(text)] == []


def people_found(text):
    return [each for each in known_in(text, CALLED) if each.kind is Kind.PERSON]
