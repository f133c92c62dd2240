"""A case made up for this project, printed as the police form of an SDC is, with its papers.

Two pages, each with the force, the page and the form above; headings that go over two rows; items
with empty lines below them; a certificate with bullets, and a foot of three columns in which the
prosecutor's places are empty. Nobody in it is real.
"""

import json
from html import escape
from pathlib import Path

from weasyprint import HTML

STYLE = """
@page { size: A4; margin: 3cm 1.8cm 1.5cm;
        @top-left { content: "MERCIA POLICE\\AMG6 SDC Items to be disclosed  (Revised 08.10.20)";
                    white-space: pre; font: bold 9pt Arial }
        @top-right { content: "Page " counter(page) " of " counter(pages); font: 8pt Arial } }
body { font: 10pt Arial, sans-serif } h1 { font-size: 12pt; text-align: center }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
.ruled td { border: 0.5pt solid black; padding: 3pt; vertical-align: top }
.second { break-before: page } .after { height: 22mm } .foot { font-size: 8pt }
"""
WIDTHS = "<col style='width:9mm'><col><col style='width:36mm'>"
DEFENDANT = "HARGREAVE"
# On which page of the form, the first line, and what is told below it.
ITEMS = (
    (
        1,
        "CAD Log 0417 12/3/26 - Edited",
        (
            "Details of the call and of what officers did. Police are called by a steward of "
            "the Alma Social Club, who states that NEIL HARGREAVE pushed him over the step at "
            "the side door and went off towards the canal."
        ),
    ),
    (
        1,
        "Crime report 33260041726 – Edited",
        (
            "Gives the report and the enquiries made. The report includes the MO “SUSPECT IS "
            "ASKED TO LEAVE, PUSHES STEWARD WITH BOTH HANDS AND SAYS HE WAS PUSHED FIRST”"
        ),
    ),
    (
        1,
        "Custody Record for HARGREAVE C00417733",
        (
            "Record of period in custody at Dunsby Police Station following arrest on "
            "12/3/26. Details the property he had on him, plus a record of his rights, the "
            "risk assessment, and the checks made during his time in custody."
        ),
    ),
    (
        2,
        "MG15 Interview notes",
        (
            "Handwritten notes taken during the audio recorded interview with HARGREAVE at "
            "Dunsby Police Station on 13/03/26. Details the questions put to him and the "
            "replies given."
        ),
    ),
    (
        2,
        "Accident book of the club",
        ("A page with the steward’s entry about his wrist, in which he describes the step as wet."),
    ),
    (
        2,
        "Injury check list",
        (
            "A series of questions and answers about the fall and what was seen of the wrist "
            "that night."
        ),
    ),
)
CERTIFIED = (
    (
        "That any relevant unused material has been recorded and retained in accordance with the "
        "CPIA 1996 Code of Practice (as amended)."
    ),
    "That such material as is non-sensitive is shown on the schedule above.",
    (
        "And that to the best of my knowledge and belief items 1 in the schedule might reasonably "
        "undermine the case, or assist the defence with the early preparation of their case or at "
        "a bail hearing, because entry 5 states that the step was wet."
    ),
)
# What the forms print by themselves stands beside what somebody wrote.
PAPERS = {
    "MG05.pdf": (
        "♦ Attach copy of CCTV if shown in the interview (to file).",
        "4. Visually Recorded Evidence – CCTV, photos, mobile phone(s). Attach a copy.",
        "♦ Defendant’s response/reaction to CCTV (if ‘key evidence’ and shown in I/V):",
        "HE SAYS THAT THE CUSTODY CCTV WILL SHOW WHICH HAND WAS HURT.",
    ),
    "CM01.pdf": (
        "PC DALE saw that the steward held his wrist. His BWV was switched on at the side door.",
        "The 999 recording contains a man shouting.",
    ),
}


def certificate(folder: Path) -> Path:
    """Write the certificate as a PDF of two pages."""
    head = ("<tr><td colspan=2></td><td>For CPS Use</td></tr>"
            "<tr><td>No.</td><td>For Police Use (Brief description of material including those"
            " failing under Para 7.3 of the Code)</td><td>Against each item insert:<br>D for"
            " Disclose<br>I for Inspect<br>CND for Clearly Not Disclosable</td></tr>")  # fmt: skip
    rows = {
        page: "".join(
            f"<tr><td>{number}</td><td>{escape(title)}<br><br>{escape(told)}<div class=after></div>"
            "</td><td></td></tr>"
            for number, (on, title, told) in enumerate(ITEMS, 1)
            if on == page
        )
        for page in (1, 2)
    }
    bullets = "".join(f"<li>{escape(each)}</li>" for each in CERTIFIED)
    html = f"""<style>{STYLE}</style><h1>SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL</h1>
<p>For use in all NGAP cases at 1st Hearing where there are some items to disclose</p>
<p>R v: {DEFENDANT} URN: </p><table class=ruled>{WIDTHS}{head}{rows[1]}</table>
<table class="ruled second">{WIDTHS}{rows[2]}</table>
<h2>Disclosure Officer’s Certification</h2><p>I certify:</p><ul>{bullets}</ul>
<table class=foot><tr><td>Signature: J Okoro</td><td></td><td>CPS Prosecutor name</td></tr>
<tr><td>Disclosure Officer’s name: J Okoro PTO</td><td>CPS Lawyer’s name:</td><td>Signature:</td>
</tr><tr><td>Date: 20/03/26</td><td>Date:</td><td>Date:</td></tr></table>"""
    path = folder / "SDC_items_to_be_Disclosed.pdf"
    HTML(string=html).write_pdf(path)
    return path


def papers(folder: Path) -> list[Path]:
    """Write the police report and the sheet of the case as PDFs."""
    paths = []
    for name, lines in PAPERS.items():
        paths.append(folder / name)
        HTML(string="".join(f"<p>{escape(line)}</p>" for line in lines)).write_pdf(paths[-1])
    return paths


def _of_police(status: str) -> dict[str, object]:
    return {"status": status, "rationale": "Looked at for this case", "rebuttable": None,
            "exception": None, "exceptionReason": None, "inspectedOn": "20/03/2026",
            "InspectedBy": "J Okoro"}  # fmt: skip


def _of_prosecutor(status: str) -> dict[str, str]:
    return {"status": status, "rationale": "", "SensitivityDispute": "None"}


def _nested(title: str, police: str, prosecutor: str) -> dict[str, object]:
    """Return a material as the other list of the prototype has it: in parts with long names."""
    return {"Type": "Document", "Material": {"Title": title},
            "PoliceMaterial": {"DisclosureStatus": police, "Description": f"{title} of the club",
                               "Inspection": {"InspectedBy": "J Okoro"}},
            "CPSMaterial": {"DisclosureStatus": prosecutor}}  # fmt: skip


LISTS = {
    "case-materials.json": {
        "caseId": "CASE-0417", "caseStatus": "New", "Material": [
            {"Type": "Statement", "isEvidence": True, "Title": "MG11 steward",
             "policeDisclosure": _of_police("Evidence")},
            *({"Type": "Unused non-sensitive", "Title": title, "Description": told,
               "policeDisclosure": _of_police(police), "cpsDisclosure": _of_prosecutor(decided)}
              for title, told, police, decided in (
                  ("MG6 20 March", "The officer’s report", "Passes disclosure test",
                   "To be assessed"),
                  ("Accident book", "The steward’s entry", "Passes disclosure test", "Disclosable"),
                  ("CAD log 0417", "The call", "Does not pass disclosure test",
                   "Not disclosable"))),
            *({"Type": "Sensitive", "Title": title} for title in
              ("Note of the nurse", "List of the members", "Picture of another guest")),
        ]},
    "materials.json": [
        _nested("Membership form", "Evidence", "Used"),
        *(_nested(title, "Unused - Disclosure Not Yet Considered", status) for title, status in (
            ("Rota", "Unused - Disclosable by Inspection"),
            ("Minutes", "Unused - Disclosable by Inspection"),
            ("Film of the side door", "Unused - Disclosable"),
            ("Till roll", "Unused - Disclosable"),
            ("Note of the nurse", "Unused - Clearly Not Disclosable"))),
    ],
}  # fmt: skip


def material_list(folder: Path, name: str) -> Path:
    """Write a list of materials as the CPS's prototype keeps it."""
    path = folder / name
    path.write_text(json.dumps(LISTS[name]), encoding="utf-8")
    return path
