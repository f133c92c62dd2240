"""Word files in: a template with its fields, and a letter that was edited in Word."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import OxmlElement

from forthright.letter_files.reading import FileRefused
from forthright.letter_files.word_letter import read_word_letter
from forthright.letter_files.word_template import read_word_template
from forthright.letter_files.writing import docx_of
from forthright.rules.letter_blocks.assemble import LetterRefused, assemble
from forthright.rules.letter_blocks.composed import Origin, ParagraphKind
from forthright.rules.letter_blocks.wording import WordingRefused
from tests.letter_files.letters import HELD, TITLE, a_letter_of
from tests.rules.letter_blocks.cases import a_case


def saved(document) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def a_word_file(*paragraphs) -> bytes:
    document = Document()
    for text, style in paragraphs:
        document.add_paragraph(text, style=style)
    return saved(document)


def template_of(content):
    return read_word_template(content, name="Ours.docx", blocks=HELD.blocks)


def test_a_word_template_makes_a_letter_with_its_own_words_and_shared_blocks():
    content = a_word_file(
        ("Dear {{ dear_name }}", None),
        ("We have stopped the case against {{ accused_names }}.", None),
        ("Why", "Heading 1"),
        ("{{ deciding_facts }}", "List Bullet"),
        ("{{ block review_right }}", None),
        ("Yours sincerely", None),
        ("{{ signatory }}", None),
    )

    template, blocks = template_of(content)
    composed = assemble(template, blocks, a_case())

    said = composed.plain()
    assert said.startswith("Dear Ms Begum\n\nWe have stopped the case against Daniel Price.")
    assert "or heard anything.\n\nIf you do not agree with this decision" in said
    assert "on or before 18 June 2026" in said
    assert composed.paragraphs[2].kind is ParagraphKind.HEADING


def test_a_word_template_needs_the_reasons_note_like_any_other():
    template, blocks = template_of(a_word_file(("Dear {{ dear_name }}", None)))

    with pytest.raises(LetterRefused, match="no reasons note"):
        assemble(template, blocks, a_case(note=None))


def test_bold_words_of_a_word_template_stay_bold_even_within_a_field():
    document = Document()
    paragraph = document.add_paragraph("Ask by {{ review_")
    paragraph.add_run("ask_by }} please").bold = True
    paragraph.add_run(".")

    template, blocks = template_of(saved(document))
    (block,) = blocks.values()

    assert [(p.text, p.is_bold) for p in block.lines[0].pieces] == [
        ("Ask by ", False), ("review_ask_by", False), (" please", True), (".", False),
    ]  # fmt: skip
    assert template.codes == (block.code,)


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        ([("Hello", None), ("Dear {{ dear_nam }}", None)],
         "Ours.docx, paragraph 2, column 6: there is no field “dear_nam”. Did you mean"),
        ([("{{ block review_rigt }}", None)],
         "paragraph 1: there is no block “review_rigt”. Did you mean “review_right”?"),
    ],
)  # fmt: skip
def test_a_field_or_block_that_does_not_exist_is_refused_with_its_place(paragraphs, words):
    with pytest.raises(WordingRefused) as refusal:
        template_of(a_word_file(*paragraphs))

    assert words in str(refusal.value)


def test_every_field_and_block_that_does_not_exist_is_named_at_once():
    file = a_word_file(
        ("Dear {{ dear_nam }}", None),
        ("About {{ acused_names }} and {{ ofence }}", None),
        ("{{ block review_rigt }}", None),
        ("{{ block apologi }}", None),
        ("On {{ letter_dat }}", None),
    )

    with pytest.raises(WordingRefused) as refusal:
        template_of(file)

    assert [each.partition(". ")[0] for each in refusal.value.problems] == [
        "Ours.docx, paragraph 1, column 6: there is no field “dear_nam”",
        "Ours.docx, paragraph 2, column 7: there is no field “acused_names”",
        "Ours.docx, paragraph 2, column 30: there is no field “ofence”",
        "Ours.docx, paragraph 3: there is no block “review_rigt”",
        "Ours.docx, paragraph 4: there is no block “apologi”",
        "Ours.docx, paragraph 5, column 4: there is no field “letter_dat”",
    ]
    assert "Did you mean “accused_names”?" in refusal.value.problems[1]


def with_table(document):
    document.add_table(1, 1)


def with_header(document):
    document.sections[0].header.paragraphs[0].text = "OFFICIAL"


def with_tracked_change(document):
    document.paragraphs[0]._p.append(OxmlElement("w:ins"))


def with_moved_words(document):
    document.paragraphs[0]._p.append(OxmlElement("w:moveFrom"))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(with_table, "a table"), (with_header, "header"), (with_tracked_change, "tracked changes"),
     (with_moved_words, "tracked changes")],
)  # fmt: skip
def test_what_would_be_lost_is_refused(spoil, words):
    document = Document()
    document.add_paragraph("Words")
    spoil(document)

    with pytest.raises(FileRefused, match=words):
        template_of(saved(document))


def with_macros() -> bytes:
    kept = io.BytesIO(a_word_file(("Words", None)))
    with zipfile.ZipFile(kept, "a") as package:
        package.writestr("word/vbaProject.bin", b"x")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"\xd0\xcf\x11\xe0 old", "an old Word document", id="an old .doc"),
        pytest.param(a_word_file(("W", None))[:400], "not a Word document", id="cut off"),
        pytest.param(with_macros(), "macros", id="macros"),
        pytest.param(a_word_file(), "No words", id="empty"),
    ],
)
def test_what_is_no_letter_is_refused(content, words):
    with pytest.raises(FileRefused, match=words):
        template_of(content)


@pytest.mark.parametrize("template", ["discontinued", "holding"])
def test_a_letter_that_came_back_unchanged_is_the_same_letter(template):
    changes = {}
    if template == "holding":
        changes["letter"] = a_case().letter.model_copy(
            update={"kind": "HOLDING", "reply_to": "your call"}
        )
    before = a_letter_of(template, **changes)

    after = read_word_letter(docx_of(before, title=TITLE), before=before)

    assert after == before


def test_words_written_in_word_are_the_writers_and_the_rest_keep_their_origin():
    before = a_letter_of()
    document = Document(io.BytesIO(docx_of(before, title=TITLE)))
    news = next(each for each in document.paragraphs if each.text.startswith("We have decided"))
    news.add_run(" I rang you about this on 3 June.")

    after = read_word_letter(saved(document), before=before)

    written = [run.text for p in after.paragraphs for run in p.runs if run.origin is Origin.WRITER]
    assert written == [" I rang you about this on 3 June."]
    named = [run for p in after.paragraphs for run in p.runs if "Daniel Price" in run.text]
    assert named[0].origin is Origin.PERSON
    assert named[0].block == "news_discontinued"
