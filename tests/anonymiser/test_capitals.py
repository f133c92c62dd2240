"""A capital within a sentence names something; a heading, an office and a role name nobody."""

import pytest

from forthright.anonymiser.letters import anonymise, places_of

HIDDEN = [
    ("He was in Pity Me that day.", "Pity Me"),
    ("She works for Cash and Go now.", "Cash and Go"),
    ("Post it to 34B Lamb’s Passage by then.", "34B Lamb’s Passage"),
    ("The stones were thrown in St Mark’s and hit you.", "St Mark’s"),
    ("You are Norwegian and you asked for help.", "Norwegian"),
    ("Ms A Osei\nThe Granary\n202 Tannery Row\nLeek\n", "The Granary"),
    ("Yours sincerely,\nAkinyi Rinaldi\nWantage\n", "Wantage"),
    ("Dear Mr friend\n\nI write to you.", "friend"),
    ("You asked about the read family again.", "read"),
]
STAYS = [
    "The Crown Court and the Victim Liaison Unit wrote to you.",
    "He comes from the Ministry of Justice and the Home Office.",
    "WHY WE STOPPED THE CASE\n\nThere was too little evidence.",
    "It is in section 20 of the Offences Against the Person Act 1861.",
    "I know that the whole family waited.",
    "The Turkish law says otherwise.",
]


@pytest.mark.parametrize(("text", "words"), HIDDEN, ids=[words for _, words in HIDDEN])
def test_what_a_capital_names_is_hidden(text, words):
    text = f"{text}\nYou may write to us."
    start = text.index(words)
    covered = {at for each in places_of(text).masked for at in range(each.start, each.end)}

    assert {start + n for n, c in enumerate(words) if c.isalnum()} <= covered


@pytest.mark.parametrize("text", STAYS)
def test_what_names_nobody_stays(text):
    assert anonymise(text).text == text


def test_a_judgment_that_speaks_to_nobody_is_left_to_the_model():
    judged = "The applicant was born in Pity Me and lives there."

    because = "a capital within a sentence names something"
    assert because not in {each.because for each in places_of(judged).masked}
    letter = f"Dear reader,\n\n{judged}"
    assert because in {each.because for each in places_of(letter).masked}


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("Ruth Lane rang us.", "[person A] rang us."),
        ("We told Ruth Lane's son.", "We told [person A]'s son."),
        ("Dear Ms Lane\n\nI write to you.", "Dear [person A]\n\nI write to you."),
        ("He lives in Ruth Lane.", "He lives in [address]."),
        ("Post it to 4 Ruth Lane.", "Post it to [address]."),
        ("It was in Victoria Road.", "It was in [address]."),
    ],
)
def test_somebody_called_like_a_street_is_a_person(text, done):
    assert anonymise(text).text.replace("Ms ", "") == done
