"""Names in scripts whose words are made of letters and marks are hidden whole, and found whole."""

import json
import re
import unicodedata

import pytest
from typer.testing import CliRunner

from forthright.anonymiser.gate import doubtful_in, left_in
from forthright.anonymiser.known import Known, KnownPerson, KnownWords
from forthright.anonymiser.letters import anonymise
from forthright.anonymiser.plain_words import as_plain
from forthright.anonymiser.reading import as_compared
from forthright.anonymiser.spans import Kind
from forthright.cli.main import run
from forthright.rules.finding_words import whole_words
from forthright.rules.letter_checks.examples import example_case
from tests.letter_files.files import a_pdf, a_word_file

NAMES = {
    "Punjabi": ("ਹਰਪ੍ਰੀਤ", "ਕੌਰ"),
    "Hindi": ("हरप्रीत", "सिंह"),
    "Hindi with dots": ("फ़रज़ाना", "क़ुरैशी"),
    "Bengali": ("জসীম", "উদ্দীন"),
    "Gujarati": ("ગીતાબેન", "પટેલ"),
    "Tamil": ("கார்த்திக்", "சுப்பிரமணியன்"),
    "Telugu": ("శ్రీనివాసులు", "రెడ్డి"),
    "Malayalam": ("ശ്രീജിത്ത്", "നായർ"),
    "Sinhala": ("ශ්\u200dරීමතී", "පෙරේරා"),
    "Burmese": ("အောင်ဆန်း", "စုကြည်"),
    "Khmer": ("សុខា", "ចាន់"),
    "Thai": ("สมชาย", "ใจดี"),
    "Lao": ("ສົມພອນ", "ວົງສາ"),
    "Tibetan": ("བསྟན་འཛིན", "རྒྱ་མཚོ"),
    "Amharic": ("ሰላማዊት", "በቀለ"),
    "Persian": ("امیر\u200cحسین", "رضایی"),
    "Arabic with its vowels": ("مُحَمَّد", "العَلِيّ"),
    "Urdu": ("مریم", "نواز"),
    "Hebrew with its points": ("שָׂרָה", "כֹּהֵן"),
    "Chinese": ("伟", "王"),
    "Korean": ("민준", "김"),
    "Russian": ("Анна", "Каренина"),
    "Greek": ("Ελένη", "Παπαδοπούλου"),
    "Yoruba": ("Bọ́lá", "Adébáyọ̀"),
    "Igbo": ("Ṅgọ́zị̀", "Ọ̀kọ́njọ́"),
    "Vietnamese": ("Nguyễn", "Thuỷ"),
}
LETTER = (
    "Dear Ms Osei ({given} {family})\n\nYour sister {given} {family} told us that she was at the "
    "house. We asked {given} about {family}’s statement, and {given}.\n\nYours sincerely\n"
)
WHOSE = pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
# Latin letters with marks are no other script: the layers tell such names by what is around them.
OTHERS = {
    script: name for script, name in NAMES.items() if script not in {"Yoruba", "Igbo", "Vietnamese"}
}
FORMS = pytest.mark.parametrize("form", ["NFC", "NFD"])


def known_by(name, form="NFC"):
    given, family = (unicodedata.normalize(form, each) for each in name)
    return Known((KnownPerson("the defendant", given, family),
                  KnownPerson("the victim", "Amira", "Osei", is_reader=True)))  # fmt: skip


def letter_of(name, form):
    return unicodedata.normalize(form, LETTER.format(given=name[0], family=name[1]))


def strange(text):
    """Return what of a text is no letter of ours, nor a mark on one that stood there before."""
    return [each for each in text if not each.isascii() and each not in "’–"]


@FORMS
@WHOSE
def test_nothing_of_a_name_is_left_without_the_record(name, form):
    done = anonymise(letter_of(name, form))

    assert strange(done.text) == []
    first = next(each for each in done.spans if each.found.start > len("Dear Ms Osei ("))
    # One person all through the letter, wherever the whole name stands.
    assert done.text.count(first.replacement) >= 2


@FORMS
@WHOSE
def test_nothing_of_a_name_is_left_with_the_record_however_it_is_composed(name, form):
    for of_record in ("NFC", "NFD"):
        done = anonymise(letter_of(name, form), known_by(name, of_record))

        assert strange(done.text) == []
        assert done.text.count("[the defendant]") == 5


@FORMS
@WHOSE
def test_the_gate_finds_each_part_of_a_known_name(name, form):
    known = known_by(name)

    for part in (" ".join(name), *(each for each in name if len(each) > 1)):
        left = left_in([("l", unicodedata.normalize(form, f"We asked {part} again."))], known)
        seen = unicodedata.normalize("NFC", re.sub("[\u200c\u200d\u0f0b ]", "", part))
        assert "".join(each.words for each in left).replace(" ", "") == seen


@WHOSE
def test_the_gate_passes_what_was_anonymised(name):
    known = known_by(name)
    done = anonymise(letter_of(name, "NFC"), known).text

    assert left_in([("l", done)], known) == []
    assert doubtful_in([("l", done)], known) == []


@pytest.mark.parametrize("name", OTHERS.values(), ids=OTHERS)
def test_the_gate_asks_about_a_word_of_another_script_that_nobody_knows(name):
    words = [each.words for each in doubtful_in([("l", f"We asked {name[1]} again.")], Known())]

    assert "".join(words).replace("་", "") == name[1].replace("་", "")


def test_a_finished_file_with_such_a_name_does_not_pass(tmp_path):
    (tmp_path / "case.json").write_text(example_case().model_dump_json())
    (tmp_path / "letter.docx").write_bytes(a_word_file("Dear reader", "We asked ਜਸਲੀਨ ਕੌਰ."))

    said = CliRunner().invoke(
        run,
        ["anonymise", "--gate", str(tmp_path / "letter.docx"), "--case",
         str(tmp_path / "case.json"), "--json"],
    )  # fmt: skip

    assert said.exit_code == 1
    assert [each["words"] for each in json.loads(said.stdout)["look_at"]] == ["ਜਸਲੀਨ", "ਕੌਰ"]


@pytest.mark.parametrize("made", [a_word_file, a_pdf], ids=["Word", "PDF"])
def test_a_finished_file_of_ours_holds_no_word_of_another_script(made):
    from forthright.letter_files.everything import parts_of_file

    content = made("Dear reader\n\nIt was closed.")
    parts = parts_of_file(content, f"a{'.docx' if made is a_word_file else '.pdf'}")

    assert doubtful_in([(each.where, each.words) for each in parts], Known()) == []


@pytest.mark.parametrize(
    "said",
    ["a dose of 5 μg", "a dose of 5 µg", "an angle of π", "the ﬁrst of May", "a café", "№ 4", "H₂O",
     "1º", "naïve", "ℹ Read on"],
)  # fmt: skip
def test_measures_and_signs_are_no_words_of_another_script(said):
    assert list(doubtful_in([("l", f"There was {said} there.")], Known())) == []


def test_two_names_that_differ_in_a_vowel_sign_are_two():
    assert as_plain("ਕੌਰ") != as_plain("ਕੀਰ")
    assert as_plain("Bọ́lá") == as_plain("Bola") == "bola"
    assert as_plain("مُحَمَّد") == as_plain("محمد")
    assert as_plain("ਕੌਰ") == as_plain(as_compared("ਕੌਰ"))
    assert as_plain("ক\u09c7\u09be") == as_plain("কো")


def test_a_place_of_another_script_that_is_known_is_found():
    known = Known(words=(KnownWords(Kind.PLACE, "ਲੁਧਿਆਣਾ"),))

    assert left_in([("l", "It was in ਲੁਧਿਆਣਾ then.")], known)
    assert "ਲ" not in anonymise("Dear reader\n\nIt was in ਲੁਧਿਆਣਾ then.", known).text


def test_a_word_goes_on_over_its_marks():
    text = "ਕ ਕੌਰ ਕੌਰ"

    assert list(whole_words(text, "ਕੌਰ")) == [(2, 5), (6, 9)]
    assert list(whole_words(text, "ਕ")) == [(0, 1)]
