"""What makes the looking quick changes nothing that is found."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from forthright.rules.letter_checks.engine import check_letter, prepare
from forthright.rules.letter_checks.examples import EXAMPLE_DAY, example_case
from forthright.rules.letter_checks.kinds.words import WordFinder
from forthright.rules.letter_checks.phrases import Sought
from forthright.rules.letter_checks.quicker import quicker
from forthright.rules.letter_checks.rule import rules_of, shipped_rules
from forthright.rules.letter_checks.search import LOOK_BACK, search_of
from forthright.rules.letter_checks.sieve import sieve_of
from forthright.rules.letter_checks.text import LetterText
from tests.corpus.reading import load_corpus
from tests.rules.letter_checks.letters import CHANGES, good_letter

PATTERNS = {
    "patterns",
    "unless",
    "unless_before",
    "denied",
    "unless_beside",
    "only_with",
    "any_of",
    "all_of",
}


def written_patterns(find: object, *, within: bool = False) -> Iterator[str]:
    """Yield every pattern that a rule's table holds, as its file writes it."""
    if isinstance(find, str) and within:
        yield find
    elif isinstance(find, dict):
        for key, value in find.items():
            yield from written_patterns(value, within=key in PATTERNS)
    elif isinstance(find, (list, tuple)):
        for each in find:
            yield from written_patterns(each, within=within)


def without_short_cuts(finders):
    """Return a search that tries each pattern in each paragraph."""
    search = search_of(finders)
    bare = [replace(each, sought=Sought((), each.sought.pattern)) for each in search.patterns]
    sieve = sieve_of([() for _ in bare])
    return replace(search, patterns=tuple(bare), sieve=sieve)


def standing(search, text):
    return {finder: list(places) for finder, places in search.standing_in(LetterText(text)).items()}


FINDERS = [finder for _, finder in prepare(shipped_rules()).rules if isinstance(finder, WordFinder)]
QUICK, SLOW = search_of(FINDERS), without_short_cuts(FINDERS)


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_the_words_of_a_good_letter_are_found_with_and_without_short_cuts(name):
    assert standing(QUICK, good_letter(name)) == standing(SLOW, good_letter(name))


@pytest.mark.slow  # some hundred letters, each by every pattern
def test_the_words_of_every_letter_are_found_with_and_without_short_cuts():
    texts = [each.text for each in load_corpus()]
    texts += [example.letter for rule in shipped_rules() for example in rule.examples]

    different = [text for text in texts if standing(QUICK, text) != standing(SLOW, text)]

    assert different == []


@pytest.mark.slow  # every pattern by every letter
def test_every_pattern_written_anew_finds_what_it_found():
    text = "\n".join(each.text for each in load_corpus())
    text += "\n".join(example.letter for rule in shipped_rules() for example in rule.examples)
    cases = [text, text.lower()]
    written = {each for rule in shipped_rules() for each in written_patterns(rule.find)}
    anew = {each: quicker(each) for each in written if quicker(each) != each}

    different = [
        old
        for old, new in anew.items()
        for text in cases
        if [each.span() for each in re.finditer(old, text)]
        != [each.span() for each in re.finditer(new, text)]
    ]

    assert len(anew) > 300
    assert different == []


@pytest.mark.parametrize(
    ("written", "anew"),
    [
        pytest.param(r"\byou and", r"you(?<=\byou) and", id="letters"),
        pytest.param(r"\byours?\b", r"your(?<=\byour)s?\b", id="the last letter may be missing"),
        pytest.param(r"\b(?:he|she) is", r"(?:he(?<=\bhe)|she(?<=\bshe)) is", id="a choice"),
        pytest.param(r"\b(?:m(?:r|s)|[|)]x) is", r"\b(?:m(?:r|s)|[|)]x) is", id="a class in it"),
        pytest.param(r"\b(?:a[|)]b|c\|d)e", r"(?:a(?<=\ba)[|)]b|c(?<=\bc)\|d)e", id="brackets"),
        pytest.param(r"\b(?:he |she )?is", r"\b(?:he |she )?is", id="what may be missing"),
        pytest.param(r"\b\d+", r"\b\d+", id="no letters"),
        pytest.param(r"\b(?:he|she", r"\b(?:he|she", id="no pattern at all"),
    ],
)
def test_letters_go_before_the_question_whether_a_word_begins(written, anew):
    assert quicker(written) == anew


RULE = """
[[rule]]
id = "Z1"
title = "t"
level = "warn"
kind = "existence"
source = "s"
message = "m"
find = { where = "prose", patterns = ['''(?<!not )\\bsorry\\b'''] }
"""


def test_what_stands_before_a_paragraph_counts_however_often_the_paragraph_was_seen():
    rules = prepare(rules_of({"z.toml": RULE.encode()}))
    same = "Dear Ms Osei,\n\nsorry to write.\n\nYours sincerely"

    findings = [
        check_letter(f"{before}{same}", None, rules, as_of=date(2026, 3, 2))
        for before in ("", "x" * LOOK_BACK + "\n\n", "")
    ]

    assert [each.start for [each] in findings] == [15, 15 + LOOK_BACK + 2, 15]


def test_a_letter_checked_twice_has_the_same_findings_twice():
    rules, case = prepare(shipped_rules()), example_case()
    text = good_letter("discontinued").replace("I am", "Unfortunately, I am")

    first = check_letter(text, case, rules, as_of=EXAMPLE_DAY)

    assert check_letter(text, case, rules, as_of=EXAMPLE_DAY) == first != []
