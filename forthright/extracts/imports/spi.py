"""Reads the police's new case message to the court (SPI NewCaseMessage) as cases and people."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from forthright.extracts.imports.cells import cleaned, fault_in_name, unseen_in_name
from forthright.extracts.imports.unfit import LONGEST
from forthright.extracts.plans import RowFacts
from forthright.rules.urn import NotAUrn, read_urn
from forthright.table_files import limits
from forthright.table_files.problems import FileRefused, Problem

LIBRA = "http://www.dca.gov.uk/xmlschemas/libra"
AS_EXTRACT = "Ask for the message to be mended, or hand the case over as an extract."
NOT_A_MESSAGE = "Hand over the NewCaseMessage itself, or the envelope (RouteData) that carries it."
ADULT_AT = 18
# What a message carried as text says of its encoding was true of it before it was carried.
DECLARATION = re.compile(r"^<\?xml[^>]*\?>")
ADDRESS_PARTS = ("SAON", "PAON", "StreetDescription", "Locality", "Town", "PostTown",
                 "AdministrativeArea", "PostCode")  # fmt: skip
Element = Any


def is_xml(path: Path, file_name: str) -> bool:
    """Say whether a file is XML, by its name or how it begins."""
    if file_name.lower().endswith(".xml"):
        return True
    with path.open("rb") as file:
        begins = file.read(200).removeprefix(b"\xef\xbb\xbf").lstrip()
    return begins.startswith((b"<?xml", b"<NewCaseMessage", b"<RouteData"))


def read_message(path: Path, today: date) -> list[RowFacts]:
    """Return what a message says, as one row for each offence with a victim.

    :raises FileRefused: if it is too large, is not plain XML, or is not such a message
    """
    size = path.stat().st_size
    if not size:
        raise FileRefused("The file is empty.", "Ask for the message again.")
    if size > limits.XML_BYTES:
        raise FileRefused(
            f"The message is {size // limits.MEGABYTE} MB; the most is "
            f"{limits.XML_BYTES // limits.MEGABYTE} MB.",
            "A message is about one case and is far smaller. Check that it is the right file.",
        )
    message = _message_in(_parse(path.read_bytes()))
    cases = message.findall(_tag("Case"))
    if not cases:
        raise FileRefused("The message holds no case.", NOT_A_MESSAGE)
    return [_row_of(case, number, today) for number, case in enumerate(cases, start=1)]


def _parse(content: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    if b"<!DOCTYPE" in content or "<!DOCTYPE".encode("utf-16-le") in content:
        raise _has_document_type()
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        line = fault.lineno or None
        raise FileRefused(
            f"The file is not whole XML: {_first_words(fault)}.",
            "It may be cut short. Ask for the message again.",
            row=line,
        ) from fault
    # One written in an encoding in which we do not look for it.
    if root.getroottree().docinfo.internalDTD is not None:
        raise _has_document_type()
    return root


def _has_document_type() -> FileRefused:
    return FileRefused(
        "The file holds a document type (DOCTYPE), which no such message has.",
        "It may be made to do harm. Ask the sender for a new one, or tell IT security.",
    )


def _message_in(root: Element) -> Element:
    """Return the message, taken out of the envelope that carries it as text if it has one."""
    if root.tag == _tag("NewCaseMessage"):
        return root
    for content in root.iter("{*}DataStreamContent"):
        text = DECLARATION.sub("", (content.text or "").strip())
        inside = root if content.text is None else _parse(text.encode())
        if inside.tag == _tag("NewCaseMessage"):
            return inside
    found = root.find(f".//{_tag('NewCaseMessage')}")
    if found is not None:
        return found
    name = etree.QName(root).localname
    raise FileRefused(f"The file is XML, but of another kind ({name[:40]}).", NOT_A_MESSAGE)


def _row_of(case: Element, number: int, today: date) -> RowFacts:
    facts = RowFacts(sheet="", row=case.sourceline or number)
    written = _text(case, "PTIURN")
    try:
        urn = read_urn(written)
    except NotAUrn as refusal:
        _problem(facts, "PTIURN", refusal.message, refusal.mend)
    else:
        facts.urn, facts.urn_suffix = urn.root, urn.suffix
    offences = case.findall(f"{_tag('Defendant')}/{_tag('Offence')}")
    for offence in offences:
        wording = _text(offence, "BaseOffenceDetails/OffenceWording")
        code = _text(offence, "BaseOffenceDetails/OffenceCode")
        if wording or code:
            facts.case["lead_offence"] = _cut(f"{code}: {wording}" if wording else code, 200)
            break
    facts.defendants = [_defendant(each, facts) for each in case.findall(_tag("Defendant"))]
    facts.people = _unique(_victims(case, facts, today))
    return facts


def _defendant(element: Element, facts: RowFacts) -> dict[str, Any]:
    found: dict[str, Any] = {"reference": _text(element, "ProsecutorReference")}
    person = element.find(
        "/".join(map(_tag, ("PoliceIndividualDefendant", "PersonDefendant", "BasePersonDetails")))
    )
    if person is not None:
        found |= _name(person.find(_tag("PersonName")), facts, "Defendant")
        found["born_on"] = _text(person, "Birthdate")
    else:
        name = _text(element, "PoliceCorporateDefendant/OrganisationName/OrganisationName")
        found["family_name"] = _checked_name(name, facts, "Defendant")
    if not found.get("family_name"):
        _problem(facts, "Defendant", "A defendant has no name.", "Ask for the message again.")
    if len(found["reference"]) > LONGEST["defendant_reference"]:
        found["reference"] = ""
    return {name: value for name, value in found.items() if value}


def _victims(
    case: Element, facts: RowFacts, today: date
) -> Iterator[tuple[Element, dict[str, Any]]]:
    """Yield each victim with the offence that names them."""
    for victim in case.iter(_tag("OtherPartyVictim")):
        found = _name(victim.find(_tag("PersonDetails")), facts, "OtherPartyVictim")
        if not found.get("family_name"):
            # The schema lets a victim go unnamed: the shop, the council, the public.
            _problem(
                facts,
                "OtherPartyVictim",
                "A victim has no name in the message, so nobody was added for them.",
                "If somebody must be told, add them from the case with an extract.",
                stops=False,
            )
            continue
        found["email"] = _text(victim, "EmailDetails/EmailAddress1")
        phones = ("TelephoneNumberMobile", "TelephoneNumberHome", "TelephoneNumberBusiness")
        numbers = (_text(victim, f"TelephoneDetails/{each}") for each in phones)
        found["phone"] = _cut(next((each for each in numbers if each), ""), LONGEST["phone"])
        found["address"] = _address(victim.find(_tag("Address")))
        if born := _text(victim, "Birthdate"):
            found["is_child"] = _is_child(born, today)
        offence = next(victim.iterancestors(_tag("Offence")), case)
        yield offence, {name: value for name, value in found.items() if value not in ("", None)}


def _name(element: Element, facts: RowFacts, whose: str) -> dict[str, Any]:
    if element is None:
        return {}
    given = [_text(element, f"PersonGivenName{n}") for n in (1, 2, 3)]
    parts = {
        "title": _cut(_text(element, "PersonTitle"), LONGEST["person_title"]),
        "given_names": _cut(" ".join(each for each in given if each), 100),
        "family_name": _cut(_text(element, "PersonFamilyName"), 100),
    }
    return {part: _checked_name(written, facts, whose) for part, written in parts.items()}


def _checked_name(written: str, facts: RowFacts, whose: str) -> str:
    """Return a name by the rule that holds for spreadsheets too, with what is wrong in it noted."""
    if not written:
        return ""
    if fault := fault_in_name(written):
        _problem(facts, whose, fault.message, AS_EXTRACT)
    elif note := unseen_in_name(written):
        _problem(facts, whose, note.message, note.mend, stops=False)
    return str(cleaned(written))


def _address(element: Element) -> str:
    if element is None:
        return ""
    parts = [
        " ".join((child.text or "").split())
        for child in element.iter()
        if isinstance(child.tag, str) and etree.QName(child).localname in ADDRESS_PARTS
    ]
    return "\n".join(part for part in parts if part)


def _is_child(born: str, today: date) -> bool | None:
    try:
        day = date.fromisoformat(born[:10])
    except ValueError:
        return None
    had_birthday = (today.month, today.day) >= (day.month, day.day)
    return today.year - day.year - (0 if had_birthday else 1) < ADULT_AT


def _unique(people: Iterator[tuple[Element, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return each victim once: a message repeats a victim under every offence.

    Two of one offence who are alike in everything are kept: they may be two people.
    """
    found: dict[tuple[str, int], dict[str, Any]] = {}
    counts: Counter[tuple[Element, str]] = Counter()
    for offence, person in people:
        alike = repr(sorted(person.items()))
        counts[offence, alike] += 1
        found.setdefault((alike, counts[offence, alike]), person)
    return list(found.values())


def _text(element: Element, path: str) -> str:
    found = element.findtext("/".join(map(_tag, path.split("/"))))
    return " ".join((found or "").split())


def _tag(name: str) -> str:
    return f"{{{LIBRA}}}{name}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _problem(facts: RowFacts, element: str, message: str, mend: str, *, stops: bool = True) -> None:
    problem = Problem(row=facts.row, column=element, message=message, mend=mend, stops=stops)
    if problem not in facts.problems:  # a message repeats a victim under every offence
        facts.problems.append(problem)


def _first_words(fault: BaseException) -> str:
    return " ".join(str(fault).split(", line")[0].split()).rstrip(".")
