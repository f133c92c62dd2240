"""The papers of a service as Word files, in a folder or in one zip file."""

import hashlib
import io
import json
import zipfile
from datetime import datetime

from forthright.accounts.models import User
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors.packs import pack_facts
from forthright.disclosure.services.seeing import take_pack_out
from forthright.rules.disclosure_pack import Document, documents_of

# A zip file keeps a time for each part; ours is always the same, so the same pack is the same file.
ALWAYS = (2026, 1, 1, 0, 0, 0)


def pack_of(duty: DisclosureDuty, *, by: User | None, at: datetime) -> dict[str, bytes]:
    """Return the files of a service by name, and record that they were taken out.

    :raises NoPackYet: if nothing is approved
    :raises NotForTheDefence: if it would hold what must not leave
    """
    facts = pack_facts(duty)
    files = {f"{paper.name}.docx": word_file(paper) for paper in documents_of(facts)}
    listed = [
        {"file": name, "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    ]
    content = {"urn": facts.urn, "day": facts.day.isoformat(), "files": listed}
    files["contents.json"] = json.dumps(content, indent=1, ensure_ascii=False).encode()
    take_pack_out(duty, files=len(files), items=len(facts.given), by=by, at=at)
    return files


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
