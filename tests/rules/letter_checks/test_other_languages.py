"""A letter that the rules cannot read has one finding that says so, and what needs no language."""

import pytest

from forthright.rules.letter_checks.engine import check_letter, prepare
from forthright.rules.letter_checks.examples import EXAMPLE_DAY, example_case
from forthright.rules.letter_checks.language import language_otherwise
from forthright.rules.letter_checks.rule import shipped_rules
from forthright.rules.letter_checks.text import LetterText
from tests.corpus.reading import load_corpus

RULES = prepare(shipped_rules())
HEAD = "Ms Amira Osei\n4 Quarry Close\nWorcester\nWR5 3XX\n\nCyfeirnod: 20MR0412326\n\n"
WELSH = (
    HEAD + "Annwyl Ms Osei,\n\n"
    "Mae’n ddrwg gennyf orfod dweud wrthych fod yr achos yn erbyn Mr Hollis wedi dod i ben. Nid "
    "oes digon o dystiolaeth i gael euogfarn yn y llys, ac felly rydym wedi atal yr achos. Gwn y "
    "bydd hyn yn newyddion anodd i chi a’ch teulu.\n\n"
    "Mae gennych hawl i ofyn i ni edrych ar y penderfyniad eto. Gallwch ffonio’r uned ar y rhif "
    "sydd ar frig y llythyr hwn.\n\nYn gywir,\n\n"
)
ARABIC = (
    HEAD + "السيدة أوسي،\n\n"
    "يؤسفني أن أخبرك أننا أوقفنا القضية. لم تكن هناك أدلة كافية. يمكنك أن تطلبي مراجعة القرار.\n\n"
    "مع التحية"
)
POLISH = (
    HEAD + "Szanowna Pani Osei,\n\n"
    "Z przykrością informuję, że sprawa przeciwko panu Hollisowi została umorzona, ponieważ nie "
    "było wystarczających dowodów. Może Pani poprosić o ponowne rozpatrzenie decyzji.\n\n"
    "Z poważaniem"
)


def found_in(text):
    return check_letter(text, example_case(), RULES, as_of=EXAMPLE_DAY)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(WELSH, "This letter is in Welsh, which", id="Welsh"),
        pytest.param(ARABIC, "written in Arabic letters, which", id="right to left"),
        pytest.param(POLISH, "another language than English, which", id="Polish"),
    ],
)
def test_one_finding_says_that_the_letter_cannot_be_checked(text, words):
    [found] = [each for each in found_in(text) if each.rule not in ("A3b",)]

    assert found.rule == "F5"
    assert words in found.message
    assert "Checked:" in found.message
    assert "Not checked:" in found.message
    assert "somebody who reads it" in found.suggestion


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        pytest.param("[ENW]", "A1", id="a gap"),
        pytest.param("vlu@cps.gsi.gov.uk", "A5d", id="a contact that was closed"),
        pytest.param("01632 960 555", "A5a", id="a number that is nobody’s"),
        pytest.param("44AB1234567", "A3a", id="a reference of another case"),
    ],
)
def test_what_needs_no_language_is_found_in_any(words, rule):
    for letter in (WELSH, ARABIC, POLISH):
        text = letter.replace("\n\nYn gywir", f" {words}\n\nYn gywir")
        text = text if words in text else letter.replace("Osei", f"Osei {words}")

        assert rule in {each.rule for each in found_in(text)}


def test_every_letter_of_the_corpus_is_taken_for_english():
    others = [each.name for each in load_corpus() if language_otherwise(LetterText(each.text))]

    assert others == []
