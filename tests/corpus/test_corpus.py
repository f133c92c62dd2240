"""The corpus is what it promises: valid cases, faults where they are said to be, nobody real."""

import re
import tomllib
from collections import Counter
from datetime import date, datetime

import pytest

from forthright.rules.case_file import LetterKind, Relation
from forthright.rules.urn import read_urn
from tests.corpus.reading import (
    FOLDER,
    LEVELS,
    RULES,
    CorpusRefused,
    letters_for_tuning,
    letters_held_out,
    letters_held_out_2,
    letters_held_out_3,
    load_corpus,
)

LETTERS = load_corpus()
GOOD = [letter for letter in LETTERS if letter.is_good]
BAD = [letter for letter in LETTERS if not letter.is_good]
FAULTS = [(letter, fault) for letter in BAD for fault in letter.faults]

MONTHS = "January February March April May June July August September October November December"
DATE = re.compile(
    r"(?:\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s)?"
    rf"\b(\d{{1,2}})\s({MONTHS.replace(' ', '|')})(?:\s(\d{{4}}))?"
)
PHONE = re.compile(r"(?<![\dA-Z])(?:\+44|0)[\d ]{8,13}\d")
# The numbers that Ofcom keeps for drama, the freephone ones among them.
DRAMA = re.compile(r"01632960\d{3}|02079460\d{3}|07700900\d{3}|08081570\d{3}")
HOST = re.compile(r"(?:[\w.+-]+@)?\b[\w-]+(?:\.[\w-]+)*\.(?:test|uk|com|org|net|wales|cymru)\b")
END_OF_SENTENCE = re.compile(r"(?<=[.?!])(?<!Mr\.)(?<!\b[ap]\.m\.)[’”]?\s+|\n\n|\n-|\n\d\.")


def named(letters):
    return [pytest.param(letter, id=letter.name) for letter in letters]


def people_of_the_week(letter):
    return [person for other in letter.case.week for person in other.people]


def straight(text):
    return " ".join(text.replace("’", "'").split())


def body(letter):
    text = letter.text
    return text[text.index("Dear") : text.rindex("Yours sincerely")]


def known_days(case):
    days = {case.letter.dated, *(fact.on for fact in case.dates)}
    if case.decision:
        days.add(case.decision.made_at.date())
    if case.court:
        days.add(case.court.hearing_on)
    if case.review_right:
        days.add(case.review_right.ask_by)
    return days


def dates_in(letter):
    """Yield each date written in a letter, with its weekday as written."""
    for weekday, day, month, year in DATE.findall(letter.text):
        number = MONTHS.split().index(month) + 1
        yield weekday, date(int(year or letter.as_of.year), number, int(day))


def test_there_are_enough_letters_of_both_sorts():
    assert len(LETTERS) >= 66
    assert len(GOOD) >= 26
    assert len(BAD) >= 40


def test_a_third_of_good_and_of_bad_letters_is_held_out():
    held = (*letters_held_out(), *letters_held_out_2(), *letters_held_out_3())

    assert len([x for x in held if x.is_good]) * 3 >= len(GOOD)
    assert len([x for x in held if not x.is_good]) * 3 >= len(BAD) - 2
    assert {*held, *letters_for_tuning()} == {*LETTERS}


def test_the_second_set_held_out_is_apart_and_breaks_every_rule_twice():
    second = letters_held_out_2()
    broken = Counter(fault.rule for letter in second for fault in letter.faults)

    assert not {*second} & {*letters_held_out(), *letters_for_tuning()}
    assert sum(letter.is_good for letter in second) >= 8
    assert sum(not letter.is_good for letter in second) >= 18
    assert [rule for rule in RULES if broken[rule] < 2] == []


def test_the_third_set_held_out_is_apart_and_breaks_every_rule_twice():
    third = letters_held_out_3()
    broken = Counter(fault.rule for letter in third for fault in letter.faults)

    assert not {*third} & {*letters_held_out(), *letters_held_out_2(), *letters_for_tuning()}
    assert sum(letter.is_good for letter in third) >= 6
    assert sum(not letter.is_good for letter in third) >= 14
    assert all(4 <= len(letter.faults) <= 6 for letter in third if not letter.is_good)
    assert [rule for rule in RULES if broken[rule] < 2] == []


@pytest.mark.parametrize("sort", [GOOD, BAD], ids=["good", "bad"])
def test_every_kind_of_letter_and_of_reader_is_there(sort):
    assert {letter.case.letter.kind for letter in sort} == set(LetterKind)
    assert {letter.case.recipient.relation for letter in sort} == set(Relation)
    assert any(letter.case.recipient.is_child for letter in sort)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_broken_at_least_three_times(rule):
    broken = Counter(fault.rule for _, fault in FAULTS)

    assert broken[rule] >= 3


@pytest.mark.parametrize("rule", RULES)
def test_whoever_tunes_a_rule_sees_it_broken(rule):
    assert any(rule in fault.rules for letter in letters_for_tuning() for fault in letter.faults)


def test_there_are_about_as_many_faults_as_promised():
    assert len(FAULTS) >= 170
    assert sum(fault.is_wrong_person for _, fault in FAULTS) >= 10


@pytest.mark.parametrize("letter", named(BAD))
def test_a_bad_letter_has_one_to_twelve_faults(letter):
    assert 1 <= len(letter.faults) <= 12
    assert {rule for fault in letter.faults for rule in fault.rules} <= set(RULES)
    assert {fault.level for fault in letter.faults} <= set(LEVELS)
    assert all(fault.note for fault in letter.faults)


@pytest.mark.parametrize("letter", named(LETTERS))
def test_a_case_names_two_to_five_other_cases_and_a_readable_reference(letter):
    case = letter.case

    assert 2 <= len(case.week) <= 5
    assert case.urn not in {other.urn for other in case.week}
    assert [str(read_urn(urn)) for urn in (case.urn, *(other.urn for other in case.week))]


@pytest.mark.parametrize("letter", named(LETTERS))
def test_a_case_has_its_note_its_people_and_its_support(letter):
    case = letter.case

    assert case.note is not None
    assert case.area.contacts
    assert case.area.support
    assert case.letter.signatory in {person.name for person in case.area.staff}
    assert case.letter.contact_name in {person.name for person in case.area.staff}
    late = case.letter.due_on is not None and letter.as_of > case.letter.due_on
    assert case.letter.is_late == late


@pytest.mark.parametrize("fault", [pytest.param(pair, id=pair[0].name) for pair in FAULTS])
def test_a_fault_stands_where_it_is_said_to(fault):
    letter, wrong = fault

    assert letter.text[wrong.start : wrong.end] == wrong.words
    assert bool(wrong.words) != wrong.is_missing


@pytest.mark.parametrize(
    "pair", [pytest.param(pair, id=pair[0].name) for pair in FAULTS if pair[1].is_wrong_person]
)
def test_a_wrong_person_is_of_another_case_of_the_week(pair):
    letter, fault = pair
    words = straight(fault.words)
    names = [name for x in people_of_the_week(letter) for name in (x.given_names, x.family_name)]
    urns = [other.urn for other in letter.case.week]

    assert any(name in words for name in (*filter(None, names), *urns))


@pytest.mark.parametrize("file", sorted(FOLDER.iterdir()), ids=lambda file: file.name)
def test_no_number_or_address_is_real(file):
    text = file.read_text(encoding="utf-8")

    numbers = [number.replace(" ", "") for number in PHONE.findall(text)]
    assert [number for number in numbers if not DRAMA.fullmatch(number)] == []
    assert [host for host in HOST.findall(text) if not host.endswith("example.test")] == []


@pytest.mark.parametrize("letter", named(GOOD))
def test_every_day_in_a_good_letter_is_of_its_case_and_has_its_weekday(letter):
    for weekday, day in dates_in(letter):
        assert day in known_days(letter.case)
        assert weekday in {"", f"{day:%A}".removesuffix("day")}


@pytest.mark.parametrize("letter", named(GOOD))
def test_a_good_letter_names_nobody_else(letter):
    text = straight(letter.text)
    strangers = [
        *people_of_the_week(letter),
        *(x for x in letter.case.others if not x.may_be_named),
    ]

    full_names = [f"{x.given_names} {x.family_name}".strip() for x in strangers]
    with_title = [f"{x.title} {x.family_name}" for x in strangers if x.title]
    assert [name for name in (*full_names, *with_title) if name in text] == []


@pytest.mark.parametrize("letter", named(GOOD))
def test_a_good_letter_bears_its_reference_its_reader_and_its_signatory(letter):
    case, text = letter.case, straight(letter.text)
    known_as = case.recipient.preferred_name or case.recipient.family_name

    assert case.urn in text or read_urn(case.urn).spaced in text
    assert straight(known_as) in text or case.recipient.given_names in text
    assert text.rindex(case.letter.signatory) > text.rindex("Yours sincerely")


@pytest.mark.parametrize("letter", named(GOOD))
def test_a_good_letter_offers_a_review_if_and_only_if_it_is_due(letter):
    right, text = letter.case.review_right, straight(letter.text)
    offered = right is not None and right.qualifies

    assert offered == ("by e-mail, by telephone or by post" in text)
    if offered:
        # The scheme by its name, or the right in other words.
        assert re.search(r"Victims' Right to Review|\bask for a review\b|decision again", text)
        assert right.body in text
        assert f"{right.ask_by.day} {right.ask_by:%B %Y}" in text


@pytest.mark.parametrize("letter", named(GOOD))
def test_a_good_letter_has_no_long_sentence(letter):
    sentences = END_OF_SENTENCE.split(body(letter))
    counts = {sentence: len(re.findall(r"[\w’'@./-]*\w", sentence)) for sentence in sentences}

    # A time such as "10 a.m." may end a sentence, which this simple reading cannot see.
    assert [x for x, words in counts.items() if words > 25 and "a.m. You" not in x] == []


@pytest.mark.parametrize("letter", [x for x in GOOD if x.case.letter.is_late], ids=str)
def test_a_late_good_letter_says_so_and_is_sorry(letter):
    assert re.search(r"(?:sorry|apologise)[^.]*\b(?:late|how long)\b", straight(letter.text))


@pytest.mark.parametrize("letter", named(GOOD))
def test_a_good_letter_offers_a_meeting_where_it_should(letter):
    if letter.case.meeting.is_offered:
        assert re.search(r"\bmeet(ing)?\b", letter.text, re.IGNORECASE)


@pytest.mark.parametrize("letter", named(GOOD))
def test_a_good_letter_names_a_service_that_fits(letter):
    named_here = [x for x in letter.case.area.support if x.name in straight(letter.text)]

    assert named_here
    assert all(not x.fits or {*x.fits} & {*letter.case.flags} for x in named_here)
    assert all(x.retired_on is None for x in named_here)


@pytest.mark.parametrize("pair", [x for x in FAULTS if x[1].rule == "E1"], ids=lambda x: x[0].name)
def test_a_long_sentence_is_long(pair):
    assert len(pair[1].words.split()) > 25


@pytest.mark.parametrize("pair", [x for x in FAULTS if x[1].rule == "E2"], ids=lambda x: x[0].name)
def test_a_long_paragraph_is_long(pair):
    assert len(re.findall(r"[a-z]\.(?:\s|$)", pair[1].words)) > 5


@pytest.mark.parametrize("letter", named(x for x in LETTERS if x.template_spans))
def test_template_spans_cover_whole_lines(letter):
    for start, end, _ in letter.template_spans:
        assert "\n" not in letter.text[start:end]
        assert letter.text[end] == "\n"
        assert start == 0 or letter.text[start - 1] == "\n"


def test_a_decision_is_made_before_its_letter_is_dated():
    for letter in LETTERS:
        if letter.case.decision:
            assert letter.case.decision.made_at < datetime.combine(
                letter.as_of, datetime.max.time()
            )


@pytest.mark.parametrize(
    ("faults", "refused"),
    [
        pytest.param('words = "not there"', "stands 0 times", id="words that are not there"),
        pytest.param('words = "you"', "say which occurrence", id="words that stand twice"),
        pytest.param('words = "you"\noccurrence = 9', "not 9", id="an occurrence too far"),
        pytest.param('wrods = "you"', "wrods is not a field", id="a misspelt field"),
    ],
)
def test_a_fault_that_cannot_be_placed_is_refused(tmp_path, faults, refused):
    (tmp_path / "901-made.txt").write_text("Dear Ms Test\n\nThank you. We wrote to you.\n")
    source = next(FOLDER.glob("001-*.case.json"))
    (tmp_path / "901-made.case.json").write_bytes(source.read_bytes())
    (tmp_path / "901-made.faults.toml").write_text(
        "good = false\nheld_out = false\n[[fault]]\n"
        f'rule = "A2"\nlevel = "stop"\nnote = "wrong"\n{faults}\n'
    )

    with pytest.raises(CorpusRefused, match=refused):
        load_corpus(tmp_path)


def test_a_good_letter_lists_no_fault():
    told = [tomllib.loads(file.read_text()) for file in FOLDER.glob("*.toml")]

    assert [x for x in told if x["good"] == bool(x.get("fault"))] == []
