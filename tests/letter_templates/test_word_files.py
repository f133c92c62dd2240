"""A template goes out to Word and comes back as changes of the blocks that were worded anew."""

from io import BytesIO

import pytest
from docx import Document

from forthright.letter_files.reading import FileRefused
from forthright.letter_templates import documents, services
from forthright.letter_templates.models import Template
from forthright.letter_templates.selectors import seeing
from forthright.rules.letter_blocks.block import published_wordings
from forthright.rules.letter_blocks.wording import WordingRefused
from tests import given
from tests.letter_templates.wordings import (
    a_draft,
    a_maker,
    a_template,
    an_area_with_templates,
)

pytestmark = pytest.mark.django_db
TODAY = given.NOON.date()


def taken_out(template):
    version = seeing.template_in_use(template)
    return version, Document(BytesIO(documents.word_file_of(version, TODAY)))


def read_back(version, document):
    kept = BytesIO()
    document.save(kept)
    return documents.changed_wordings(version, kept.getvalue(), name="letter.docx", on=TODAY)


def under(document, code):
    """Return the paragraph beneath the line that names a block."""
    texts = [each.text for each in document.paragraphs]
    return document.paragraphs[texts.index(f"{{{{ block {code} }}}}") + 1]


@pytest.mark.parametrize("code", published_wordings().templates)
def test_a_template_that_nobody_touched_comes_back_unchanged(code):
    an_area_with_templates()
    version, document = taken_out(Template.objects.get(code=code))

    assert read_back(version, document) == {}


def test_the_block_that_was_worded_anew_becomes_a_change_that_waits():
    template = a_template()
    version, document = taken_out(template)
    under(document, "hard_news").text = "We are sorry that this is hard news."

    wordings = read_back(version, document)
    [draft] = services.take_word_template(
        template, wordings, reason="Kinder", by=a_maker(), at=given.NOON
    )

    assert draft.block.code == "hard_news"
    assert draft.wording == "We are sorry that this is hard news."
    assert draft.is_draft


def test_bold_words_and_fields_survive():
    version, document = taken_out(a_template())
    paragraph = under(document, "hard_news")
    paragraph.text = "We are "
    paragraph.add_run("sorry").bold = True
    paragraph.add_run(" about {{ accused_names }}.")

    [wording] = read_back(version, document).values()

    assert wording == "We are **sorry** about {{ accused_names }}."


def test_an_unknown_field_is_refused_with_its_place():
    version, document = taken_out(a_template())
    under(document, "hard_news").text = "About {{ acused_names }}."

    with pytest.raises(WordingRefused, match=r"letter.docx, paragraph \d+, column 7: .*Did you"):
        read_back(version, document)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param("{{ block hard_news }}", "", "block hard_news }} is missing", id="missing"),
        pytest.param("{{ block hard_news }}", "{{ block date }}", "block hard_news }} is missing",
                     id="twice"),
        pytest.param("{{ block address }}", "", "before the first line", id="words before all"),
    ],
)  # fmt: skip
def test_blocks_out_of_place_are_refused_in_words(old, new, words):
    version, document = taken_out(a_template())
    next(each for each in document.paragraphs if each.text == old).text = new

    with pytest.raises(FileRefused, match=words):
        read_back(version, document)


def test_a_moved_block_is_refused():
    version, document = taken_out(a_template())
    texts = {each.text: each for each in document.paragraphs}
    texts["{{ block date }}"].text = "{{ block reference }}"
    texts["{{ block reference }}"].text = "{{ block date }}"

    with pytest.raises(FileRefused, match=r"stands where .* block date .* should"):
        read_back(version, document)


def test_all_or_nothing_when_another_change_waits():
    template = a_template()
    waiting = a_draft()
    version, document = taken_out(template)
    under(document, "hard_news").text = "Another wording."
    under(document, "sorry_reader").text = "We are sorry."

    with pytest.raises(services.ChangeRefused, match="waits for approval"):
        services.take_word_template(
            template, read_back(version, document), reason="Both", by=a_maker(), at=given.NOON
        )

    assert list(seeing.block_drafts_waiting(waiting.made_by)) == [waiting]
