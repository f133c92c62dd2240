"""How quickly a letter is put together and written, beside docxtpl on the same Word template.

Nothing of ours needs docxtpl, so it is measured only where it is on PYTHONPATH, for example from
`pip install --target FOLDER docxtpl`.
"""

import importlib.util
import io
from collections.abc import Callable
from datetime import date, datetime

from docx import Document

from benchmarks.measuring import Figure, median_seconds
from forthright.letter_files.word_template import read_word_template
from forthright.letter_files.writing import docx_of, pdf_of
from forthright.rules.case_file import (
    Accused,
    AreaFacts,
    CaseFile,
    ContactKind,
    ContactPoint,
    Decision,
    DecisionKind,
    LegalTest,
    LetterFacts,
    LetterKind,
    ReasonsNote,
    Recipient,
    StaffMember,
    SupportService,
)
from forthright.rules.letter_blocks.assemble import assemble
from forthright.rules.letter_blocks.block import published_wordings
from forthright.rules.letter_blocks.fields import FIELDS
from forthright.rules.letter_blocks.review_right import with_review_right
from forthright.rules.words import LONDON

TITLE = "Letter about your case"
MOST_SECONDS = 1.0
# The fields of the template that both fill; the rest of it is plain words.
FILLED = ("dear_name", "accused_names", "offence", "review_ask_by", "contact_phone", "signatory")


def measure(*, quick: bool) -> list[Figure]:
    """Return the speed of each step from a case to a file."""
    times = 5 if quick else 40
    case, held = with_review_right(a_case()), published_wordings()
    template = held.templates["discontinued"]
    composed = assemble(template, held.blocks, case)

    def milliseconds(act: Callable[[], object]) -> float:
        act()
        return 1000 * median_seconds(act, times=times)

    whole = milliseconds(lambda: docx_of(assemble(template, held.blocks, case), title=TITLE))
    word = word_template([each.text for each in composed.paragraphs])
    ours = milliseconds(lambda: our_word_letter(word, case))
    theirs = milliseconds(lambda: docxtpl_letter(word, case)) if has_docxtpl() else None
    return [
        Figure(
            "A letter put together from the starter set",
            milliseconds(lambda: assemble(template, held.blocks, case)),
            "ms",
        ),
        Figure(
            "A letter put together and written as Word file",
            whole,
            "ms",
            goal="under a second",
            is_met=whole < 1000 * MOST_SECONDS,
        ),
        Figure(
            "A letter written as tagged PDF",
            milliseconds(lambda: pdf_of(composed, title=TITLE)),
            "ms",
        ),
        Figure(
            "A Word template read, filled and written",
            ours,
            "ms",
            against="docxtpl" if theirs else "",
            against_value=theirs,
        ),
    ]  # fmt: skip


def has_docxtpl() -> bool:
    """Say whether docxtpl is here."""
    return importlib.util.find_spec("docxtpl") is not None


def word_template(texts: list[str]) -> bytes:
    """Return a Word file of a whole letter's paragraphs, with fields in its last ones."""
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    for name in FILLED:
        document.add_paragraph(f"This stands for a value: {{{{ {name} }}}}, once.")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def our_word_letter(word: bytes, case: CaseFile) -> bytes:
    """Return the letter that we make of a Word template."""
    template, blocks = read_word_template(word, name="bench.docx", blocks={})
    return docx_of(assemble(template, blocks, case), title=TITLE)


def docxtpl_letter(word: bytes, case: CaseFile) -> bytes:
    """Return the letter that docxtpl makes of a Word template."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(io.BytesIO(word))
    template.render({name: FIELDS[name].of(case) for name in FILLED})
    kept = io.BytesIO()
    template.save(kept)
    return kept.getvalue()


def a_case() -> CaseFile:
    """Return a made-up case."""
    return CaseFile(
        area=AreaFacts(
            name="Mercia",
            contacts=(
                ContactPoint(kind=ContactKind.PHONE, value="01632 960 110", hours="9am to 5pm"),
                ContactPoint(kind=ContactKind.EMAIL, value="letters@mercia.example"),
            ),
            staff=(StaffMember(name="Priya Shah", role="Victim Liaison Officer"),),
            support=(SupportService(name="Mercia Victim Support", phone="01632 960 220"),),
        ),
        urn="20AB0123426",
        offence="Assault by beating",
        accused=(Accused(given_names="Daniel", family_name="Price"),),
        recipient=Recipient(
            title="Ms",
            given_names="Amira",
            family_name="Begum",
            address=("4 Mill Lane", "Coventry", "CV1 2AB"),
        ),
        decision=Decision(
            kind=DecisionKind.DISCONTINUED, made_at=datetime(2026, 6, 2, 11, tzinfo=LONDON)
        ),
        note=ReasonsNote(
            decided="The case stops.",
            test=LegalTest.EVIDENCE,
            facts=(
                "The shop’s camera was not working that day, so there is no film.",
                "The shop worker could not say who it was, because it was dark.",
            ),
        ),
        letter=LetterFacts(
            kind=LetterKind.DISCONTINUED, dated=date(2026, 6, 4), signatory="Priya Shah"
        ),
    )
