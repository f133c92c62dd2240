"""A letter is anonymised whole, and keeps its sense."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forthright.anonymiser import classifier
from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import Known, KnownPerson, known_of
from forthright.anonymiser.letters import anonymise
from forthright.anonymiser.spans import Layer
from forthright.rules.letter_checks.examples import example_case

LETTER = """Ms Amira Osei
4 Quarry Close
Worcester
WR5 3XX

Our ref: 20MR0412326
8 April 2026

Dear Ms Osei,

I am writing about the case against Dean Hollis. PC 1234 Khan told your daughter Ella, aged 9, on
Thursday 2 April 2026 that Hollis's brother Wayne was at 12 Foundry St, Kiderminster. D.H. denied
it. The law is in section 20 of the Offences Against the Person Act 1861. Worcester Magistrates’
Court will sit on 20/04/2026. Please ring Priya Nair on 01632 960 101 or 999. You may ask under the
Victims’ Right to Review Scheme within 10 working days.

Yours sincerely

Priya Nair
Victim Liaison Officer, CPS Mercia
"""
KNOWN = known_of(example_case())
NAMES = "Amira Osei Quarry WR5 Hollis Khan Ella Wayne Foundry Kiderminster D.H. Priya Nair Mercia"
STAYS = ["section 20 of the Offences Against the Person Act 1861", "Magistrates’\nCourt", "999",
         "Victims’ Right to Review Scheme", "within 10 working days", "Victim Liaison Officer",
         "Yours sincerely", "I am writing about the case against"]  # fmt: skip


@pytest.mark.parametrize("known", [KNOWN, None], ids=["with the record", "without it"])
def test_nobody_is_left_in_a_letter(known):
    text = anonymise(LETTER, known).text

    assert [name for name in NAMES.split() if name in text] == []


@pytest.mark.parametrize("words", STAYS)
def test_what_identifies_nobody_stays(words):
    assert words in anonymise(LETTER, KNOWN).text


def test_roles_are_the_same_all_through():
    text = anonymise(LETTER, KNOWN).text

    assert "Dear [the victim]," in text
    assert "the case against [the defendant]. " in text
    assert "that [the defendant]'s brother" in text
    assert "[the defendant] denied" in text


def test_days_keep_their_weekday_and_the_time_between():
    text = anonymise("It was on Thursday 2 April 2026. Court sits on 20/04/2026.", KNOWN).text

    thursday = re.search(r"Thursday (\d+ \w+ \d{4})", text)[1]
    sits = re.search(r"(\d\d)/(\d\d)/(\d{4})", text)
    told = date(int(sits[3]), int(sits[2]), int(sits[1]))
    from datetime import datetime

    first = datetime.strptime(thursday, "%d %B %Y").date()  # noqa: DTZ007
    assert (told - first).days == 18
    assert first != date(2026, 4, 2)


@pytest.mark.parametrize(
    ("said", "band"),
    [
        ("aged 9", "aged [under 13]"),
        ("aged 15", "aged [13 to 17]"),
        ("age 71", "[60 or over]"),
    ],
)
def test_ages_become_bands(said, band):
    assert band in anonymise(f"Your son, {said}, was there.").text


@pytest.mark.parametrize(
    ("letter", "done"),
    [
        ("PC 77 Bello rang.", "PC [person A] rang."),
        ("Will Young came. Will you write?", "[person A] came. Will you write?"),
        ("He paid £250 for it.", "He paid £250 for it."),
        ("We have forms MG11 and MG6C.", "We have forms MG11 and MG6C."),
        ("A boy of 15 and a man of 34 ran.", "A boy of [13 to 17] and a man of [25 to 39] ran."),
    ],
)
def test_the_sense_of_a_letter_stays(letter, done):
    assert anonymise(letter).text == done


@pytest.mark.parametrize(
    "name",
    ["Ho-\nllis", "Hol- \n  lis", "Hol\u00ad\nlis", "Hol\u034flis", "Hol\u180elis", "Hol\ufe0flis"],
)
def test_a_name_that_is_broken_over_two_lines_or_by_what_nobody_sees_is_hidden_and_found(name):
    text = f"Dear Ms Osei\n\nWe told you that {name} denied it.\n\nYours sincerely"

    done = anonymise(text, KNOWN).text

    assert not {"lis", "llis"} & set(re.findall(r"\w+", done))
    if not name.startswith("Hol\u00ad"):
        assert left_in([("the letter", f"He is {name} to us.")], KNOWN)


def test_places_are_counted_in_the_letter_as_it_was():
    done = anonymise(LETTER, KNOWN)

    changed = done.given
    for each in reversed(done.spans):
        changed = changed[: each.found.start] + each.replacement + changed[each.found.end :]
    assert changed == done.text


def test_every_place_says_which_layer_saw_it_and_why():
    spans = anonymise(LETTER, KNOWN).spans

    assert {each.found.layer for each in spans} >= {Layer.RECORD, Layer.PATTERN, Layer.TITLE}
    assert all(each.found.because for each in spans)


def test_what_nobody_sees_within_a_name_hides_nothing():
    text = anonymise("We wrote to Hol\u200blis and to O\u00adsei.", KNOWN).text

    assert "[the defendant]" in text
    assert "[the victim]" in text


def test_a_changed_model_is_refused(monkeypatch, tmp_path):
    (tmp_path / "model").mkdir()
    shipped = classifier.files("forthright.anonymiser").joinpath("model")
    for name in ("model.json", "words.txt", "model.onnx"):
        content = shipped.joinpath(name).read_bytes()
        (tmp_path / "model" / name).write_bytes(content[:-1] if name == "words.txt" else content)
    monkeypatch.setattr(classifier, "files", lambda _: tmp_path)

    with pytest.raises(classifier.ModelChanged, match=r"words\.txt"):
        classifier.classifier.__wrapped__()


NAME = st.text("abcdefghijklmnoprstuvwyzéöłşñ’-", min_size=6, max_size=12).filter(
    lambda name: name.strip("’-") == name and "--" not in name and "’" not in name[-2:]
)


@settings(max_examples=40, deadline=None)
@given(NAME, NAME)
def test_no_known_name_is_ever_left(given_name, family):
    given_name, family = given_name.capitalize(), family.capitalize()
    known = Known((KnownPerson("the defendant", given_name, family),))
    letter = f"{given_name} {family} came. We told {family}’s wife. {family.upper()}, {given_name}."

    text = anonymise(letter, known).text

    assert family.lower() not in text.lower()
    assert given_name.lower() not in text.lower()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_text_makes_it_fall_over(text):
    done = anonymise(text, KNOWN)

    assert all(0 <= each.found.start < each.found.end <= len(done.given) for each in done.spans)


@pytest.mark.parametrize(
    "said",
    ["Christmas Day", "Christmas", "the twenty-fifth of December", "your 18th birthday",
     "Thursday the 25th", "his twenty-first birthday"],
)  # fmt: skip
def test_a_day_that_is_told_by_its_name_is_hidden_and_stopped(said):
    known = Known(days=(date(2025, 12, 25),))
    letter = f"Dear reader\n\nHe hit you on {said} at home. I am sorry.\n\nYours sincerely"

    assert said.removeprefix("the ").removeprefix("your ") not in anonymise(letter, known).text
    assert said.removeprefix("the ").removeprefix("your ") not in anonymise(letter).text
    assert left_in([("the letter", letter)], known)
    assert not left_in([("the letter", anonymise(letter, known).text)], known)


def test_a_feast_of_another_day_than_the_case_knows_is_no_find():
    known = Known(days=(date(2026, 5, 12),))

    assert left_in([("the letter", "Our office is closed on Christmas Day.")], known) == []


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("He is 3 months old.", "He is [age] months old."),
        ("She was 6 weeks old.", "She was [age] weeks old."),
        ("You are thirteen and brave.", "You are [13 to 17] and brave."),
        ("He was only nineteen.", "He was only [18 to 24]."),
        ("We have thirteen days.", "We have thirteen days."),
        ("He is 14 years old.", "He is [13 to 17] years old."),
    ],
)
def test_only_years_become_a_band(said, instead):
    assert anonymise(f"Dear reader\n\n{said}\n\nYours sincerely").text.split("\n\n")[1] == instead
