"""A name is found by how it looks, whatever letters and signs it is made of."""

import pytest

from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import Known, KnownPerson, KnownWords
from forthright.anonymiser.letters import anonymise
from forthright.anonymiser.spans import Kind
from forthright.letter_files.everything import parts_of_file
from tests.letter_files.files import a_word_file

KNOWN = Known(
    (KnownPerson("the child", "Kai", "Ng"), KnownPerson("the witness", "Siobhan", "Hale")),
    (KnownWords(Kind.PLACE, "Hove"), KnownWords(Kind.URN, "20MR0412326")),
)
ALIKE = [
    "Kаi",  # a Cyrillic а
    "Kai\u0308",
    "Каі",  # all Cyrillic
    "Κaι",  # Greek
    "Ｋａｉ",
    "𝐊𝐚𝐢",
    "Ѕіоbhan",
    "Ηale",
    "Hоve",
]
LOOKS = ["Si**ob**han", "**Si**obhan", "Si*ob*han", "Si~~ob~~han", "Si`ob`han", "Si_ob_han",
         "Si<b>ob</b>han", 'Si<span class="x">ob</span>han', "Si***ob***han", "K**a**i",
         "Kа**i**", "H**o**ve"]  # fmt: skip


@pytest.mark.parametrize("said", [*ALIKE, *LOOKS])
def test_the_gate_finds_a_name_by_how_it_looks(said):
    assert len(left_in([("l", f"We asked {said} about it.")], KNOWN)) == 1


@pytest.mark.parametrize("said", ALIKE)
def test_the_gate_finds_it_in_a_word_file(said):
    parts = parts_of_file(a_word_file("Dear reader", f"We asked {said} about it."), "a.docx")

    assert left_in([(each.where, each.words) for each in parts], KNOWN)


@pytest.mark.parametrize("said", [*ALIKE, *LOOKS])
def test_it_is_hidden_where_the_record_knows_it(said):
    done = anonymise(f"Dear reader\n\nWe asked {said} about it.\n\nYours sincerely", KNOWN).text
    words = done.split("\n\n")[1].removeprefix("We asked ").removesuffix(" about it.")

    assert words.strip("*") in {"[the child]", "[the witness]", "[place A]", "[person A]"}


@pytest.mark.parametrize(
    "said",
    ["**Hale**", "Kаi and Κaι"],
)
def test_a_place_is_told_once(said):
    text = f"We asked {said} about it."
    left = left_in([("l", text)], KNOWN)

    assert len(left) == 1 + (" " in said)


@pytest.mark.parametrize(
    "said", ["5*3", "a **bold** word", "snake_case", "2 ** 3", "over~~d~~ue", "Анна", "5 kΩ"]
)
def test_signs_and_other_scripts_are_no_known_name(said):
    assert left_in([("l", f"It was {said} there.")], KNOWN) == []
