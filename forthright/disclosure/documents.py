"""The papers of a service as Word files, in a folder or in one zip file."""

import hashlib
import io
import json
import zipfile
from datetime import datetime

from django.template.loader import render_to_string

from forthright.accounts.models import User
from forthright.disclosure.models import AnswersSending, DisclosureDuty, ManagementDocument
from forthright.disclosure.selectors.answers import answers_facts, why_none_goes
from forthright.disclosure.selectors.duties import may_see_sensitive
from forthright.disclosure.selectors.evidence import evidence_of
from forthright.disclosure.selectors.kept_papers import service_today
from forthright.disclosure.selectors.management import tells_of_sensitive
from forthright.disclosure.selectors.packs import NoPackYet, management_with, pack_facts
from forthright.disclosure.selectors.released import released_items
from forthright.disclosure.services.managing import TELLS, DocumentRefused
from forthright.disclosure.services.seeing import (
    take_answers_out,
    take_document_out,
    take_evidence_out,
    take_pack_out,
)
from forthright.letter_files.page_margins import mark_page_margins
from forthright.rules.disclosure_pack import (
    Document,
    PackFacts,
    answers_paper,
    documents_of,
    pack_facts_of,
)
from forthright.rules.words import day_words, moment_words
from forthright.web import clock

FOR_LAWYERS = "Words in it are for the lawyers of the unit by now."
# A zip file keeps a time for each part; ours is always the same, so the same pack is the same file.
ALWAYS = (2026, 1, 1, 0, 0, 0)


def pack_of(
    duty: DisclosureDuty, serving_id: int | None = None, *, by: User | None, at: datetime
) -> dict[str, bytes]:
    """Return the files of a service by name, and record that they were taken out.

    Where none is named, what waits to be served, the first time or later; or else the newest, and
    the answers to the defence that were not sent yet. What was served is handed out just as it was,
    or not at all.

    :raises NoPackYet: if what waits cannot be served now, the disclosure management document that
        would go with it repeats what is sensitive, or what it holds is for the lawyers of the unit
    :raises NotForTheDefence: if it would hold what must not leave
    """
    facts = pack_facts(duty, serving_id)
    if by is not None and duty.servings.exists() and not may_see_sensitive(by, duty):
        _check_reads_it_still(duty, facts, management_with(duty, serving_id))
    files = {f"{paper.name}.docx": word_file(paper) for paper in documents_of(facts)}
    # The papers of what waits take the answers along, and may hold them already.
    waits = not facts.is_served
    if serving_id is None and not waits and (left := answers_facts(duty, at)).answers:
        paper = answers_paper(left)
        further = "further-" if f"{paper.name}.docx" in files else ""
        files[f"{further}{paper.name}.docx"] = word_file(paper)
    if document := management_with(duty, serving_id):
        if waits and tells_of_sensitive(document):
            raise NoPackYet(f"{duty.case}: {TELLS}")
        files["disclosure-management-document.docx"] = word_file(_management_paper(document))
    listed = [
        {"file": name, "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    ]
    content = {"urn": facts.urn, "of": facts.title, "day": facts.day.isoformat(), "files": listed}
    files["contents.json"] = json.dumps(content, indent=1, ensure_ascii=False).encode()
    take_pack_out(duty, files=len(files), items=len(facts.given), by=by, at=at)
    return files


def _check_reads_it_still(
    duty: DisclosureDuty, facts: PackFacts, document: ManagementDocument | None
) -> None:
    tells = document is not None and tells_of_sensitive(document)
    # Whoever served what a second person let go had these words in the same papers.
    if tells or service_today(duty, facts, released_items(duty)) != facts:
        as_it_was = (
            "What was served is handed out just as it was: ask" if facts.is_served else "Ask"
        )
        raise NoPackYet(f"{duty.case}: {FOR_LAWYERS} {as_it_was} a lawyer of the unit for it.")


def evidence_files(duty: DisclosureDuty, *, by: User, at: datetime) -> dict[str, bytes]:
    """Return what shows how a duty was met: one paper, and the papers of each service.

    Who may not see what is sensitive gets the papers of a service without the words that are for
    the lawyers of the unit by now, and without a document that repeats them.
    """
    sees_all = may_see_sensitive(by, duty)
    about = f"R v {duty.defendant}, {duty.case}, {duty.get_court_display()}"
    paper = Document(
        name="evidence", heading="How the duty to disclose was met",
        paragraphs=(about, f"As it stood on {moment_words(at)}.", f"{duty.unit}, {duty.area}"),
        parts=evidence_of(duty, clock.day_of(at)),
    )  # fmt: skip
    files = {"evidence.docx": word_file(paper)}
    for number, serving in enumerate(duty.servings.all(), 1):
        papers: tuple[Document, ...] = ()
        if serving.papers:
            facts = pack_facts(duty, serving.pk)
            papers = documents_of(facts if sees_all else service_today(duty, facts))
        files |= {f"service-{number}/{each.name}.docx": word_file(each) for each in papers}
        if document := serving.management:
            is_hidden = not sees_all and tells_of_sensitive(document)
            named = f"service-{number}/disclosure-management-document.docx"
            files[named] = word_file(_management_paper(document, is_hidden=is_hidden))
    take_evidence_out(duty, files=len(files), by=by, at=at)
    return files


def answers_file(
    duty: DisclosureDuty, sending: AnswersSending | None = None, *, by: User, at: datetime
) -> bytes:
    """Return the answers that wait to be sent, or went by themselves, as a Word file.

    :raises NoPackYet: if there are none, or what went is for the lawyers of the unit by now
    """
    facts = pack_facts_of(sending.papers) if sending else answers_facts(duty, at)
    if not facts.answers:
        why = why_none_goes(duty, at) or "no answer to the defence waits to be sent."
        raise NoPackYet(f"{duty.case}: {why}")
    if not may_see_sensitive(by, duty) and service_today(duty, facts) != facts:
        raise NoPackYet(f"{duty.case}: {FOR_LAWYERS} Ask a lawyer of the unit for it.")
    take_answers_out(duty, answers=len(facts.answers), by=by, at=at)
    return word_file(answers_paper(facts))


def management_file(
    document: ManagementDocument, kind: str, *, by: User | None, at: datetime
) -> bytes:
    """Return a disclosure management document as a Word file or a PDF, and record it.

    :raises DocumentRefused: if it repeats what is sensitive
    """
    if tells_of_sensitive(document):
        raise DocumentRefused(TELLS)
    take_document_out(document, kind=kind, by=by, at=at)
    if kind == "docx":
        return word_file(_management_paper(document))
    import weasyprint  # its libraries take a second to load

    context = {"document": document, "duty": document.duty}
    page = weasyprint.HTML(string=render_to_string("disclosure/management_print.html", context))
    return bytes(page.write_pdf(finisher=mark_page_margins, pdf_variant="pdf/ua-1"))


def _management_paper(document: ManagementDocument, *, is_hidden: bool = False) -> Document:
    duty = document.duty
    about = f"R v {duty.defendant}, {duty.case}, {duty.get_court_display()}"
    made = f"Version {document.version}, {day_words(clock.day_of(document.made_at))}"
    return Document(
        name="disclosure-management-document",
        heading="Disclosure management document",
        paragraphs=(about, made, f"{duty.unit}, {duty.area}"),
        parts=tuple(
            (part["title"], (FOR_LAWYERS,) if is_hidden else tuple(part["paragraphs"]))
            for part in document.parts
        ),
    )


def zipped(files: dict[str, bytes]) -> bytes:
    """Return some files as one zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, ALWAYS), content)
    return made.getvalue()


def word_file(paper: Document) -> bytes:
    """Return one paper as a Word file that names no author."""
    import docx  # takes half a second to load

    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.title = paper.heading
    document.core_properties.comments = ""
    document.add_heading(paper.heading, level=1)
    for words in paper.paragraphs:
        document.add_paragraph(words)
    for title, paragraphs in paper.parts:
        document.add_heading(title, level=2)
        for words in paragraphs:
            document.add_paragraph(words)
    if paper.head:
        table = document.add_table(rows=1, cols=len(paper.head), style="Table Grid")
        for cell, words in zip(table.rows[0].cells, paper.head, strict=True):
            cell.text = words
        for row in paper.rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
