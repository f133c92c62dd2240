"""Full stops and strange spellings of the record's names cut no sentence and are no fault."""

import pytest

from forthright.rules.letter_checks.engine import check_letter
from forthright.rules.letter_checks.examples import EXAMPLE_DAY, example_case
from forthright.rules.letter_checks.people import names_of
from forthright.rules.letter_checks.rule import shipped_rules
from forthright.rules.letter_checks.text import LetterText

GREETED = "Dear Ms Osei,\n\n"
SPELLING = [rule for rule in shipped_rules() if rule.id == "E5a"]
CASE = {
    "places": ["St. Mary-le-Wigford's Rd.", "Llanfairpwll"],
    "others": [
        {"given_names": "Siân", "family_name": "Ní Bhriain", "role": "friend", "may_be_named": True}
    ],
}


@pytest.mark.parametrize(
    ("sentence", "cut"),
    [
        pytest.param("He was charged under s.39 of the Act.", 1, id="a section"),
        pytest.param("He was charged under ss. 18 and 20 of the Act.", 1, id="two sections"),
        pytest.param("The case of R v Hollis has ended.", 1, id="R v"),
        pytest.param("The case of R. v. Hollis has ended.", 1, id="R. v."),
        pytest.param("We told Mr. Hollis today.", 1, id="Mr."),
        pytest.param("We told Mrs. Osei and Dr. Price today.", 1, id="Mrs. and Dr."),
        pytest.param("Court opens at 10 a.m. on Monday.", 1, id="a.m."),
        pytest.param("Court opens at 10 a.m. You can come.", 2, id="a.m. at the end"),
        pytest.param("It took place at 9.40 p.m. in Dunsby.", 1, id="p.m."),
        pytest.param("He paid £12.50 for it.", 1, id="money"),
        pytest.param("It was no. 14 in the row.", 1, id="no."),
        pytest.param("Bring proof, e.g. a bill.", 1, id="e.g."),
        pytest.param("It happened in St. Mary-le-Wigford's Rd. near the shop.", 1, id="a place"),
        pytest.param("We saw P.C. Amin there.", 1, id="P.C."),
        pytest.param("Write to A. B. Hollis about it.", 1, id="initials"),
        pytest.param("It is at www.cps.example/code. Look there.", 2, id="a web address"),
        pytest.param("Was it him? A court could not be sure.", 2, id="a question"),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(sentence, cut):
    letter = LetterText(GREETED + sentence, names_of(example_case(CASE)))

    assert len(letter.body) == cut


@pytest.mark.parametrize(
    "sentence",
    [
        "We told Siân Ní Bhriain what was decided.",
        "It happened near Llanfairpwll in March.",
        "Llanfairpwll is where it happened.",
        "St. Mary-le-Wigford’s Rd. is where it happened.",
        "The film on the dashcam and the widespread talk of it were looked at.",
        "The CCTV and the DNA were looked at.",
        "He was charged under s.39 at 10 a.m. by PC Amin.",
        "It was sent by e-mail to your ex-partner.",
    ],
)
def test_words_of_the_record_and_of_every_day_are_spelt_right(sentence):
    case = example_case(CASE)

    assert check_letter(GREETED + sentence, case, SPELLING, as_of=EXAMPLE_DAY) == []


def test_a_slip_beside_a_name_is_still_told():
    case = example_case(CASE)

    text = "Llanfairpwll is wher it hapened in the month of March when he was at home."
    found = check_letter(GREETED + text, case, SPELLING, as_of=EXAMPLE_DAY)

    assert {each.words for each in found} == {"wher", "hapened"}


def test_a_day_of_the_week_is_no_misspelt_name():
    freddie = {"title": "Mr", "given_names": "Freddie", "family_name": "Davies"}
    case = example_case({"accused": [{**freddie, "status": "DEFENDANT"}]})
    rules = [rule for rule in shipped_rules() if rule.id == "A2c"]
    words = f"{GREETED}Ring me on 01632 960 101, Monday to Friday, 9am to 5pm."

    assert check_letter(words, case, rules, as_of=EXAMPLE_DAY) == []
