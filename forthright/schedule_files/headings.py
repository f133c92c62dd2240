"""Which column of a schedule holds what, however the force's form heads it."""

import re
from collections.abc import Mapping, Sequence

LONGEST_HEADING = 300
NUMBER = re.compile(
    r"(?:(?:mg ?6[cde]|sdc|unused|item|line|schedule|ref(?:erence)?)\s+)*"
    r"(?:item|no|nos|number|num|#)\.?(?:\s*(?:no|number)\.?)?(?:\(s\))?"
    r"(?:\s*(?:/|and|&)\s*(?:exhibit\s*)?(?:ref(?:erence)?|exhibit|no|number)\.?(?:\s*no\.?)?)?"
)
# In this order: the first that matches a heading names its column.
FIELDS: Mapping[str, re.Pattern[str]] = {
    field: re.compile(words)
    for field, words in {
        "copy": r"\bcop(?:y|ies)\b",
        # However it is cut short or misspelt: nothing about sensitivity goes unread.
        "sensitive_reason": r"\bsens(?!ors?\b|ed?\b|es\b|ing\b|ible\b|ations?\b)|"
        r"\bpii\b|\bpublic interest immunity\b|\bchis\b|^confidential\??$|^n?s ?/ ?n?s\??$",
        "undermines": r"\bundermin|\bassist|\bwhy\b|\bsatisf(?:y|ies) the (?:disclosure )?test",
        "inspected": r"\b(?:inspected|viewed|examined|listened to)\b",
        "description": r"\bdescri(?:ption|be)|\bfor police use\b|\bdetails of\b|\bmaterial\b|"
        r"^(?:details|item details|what (?:it|the item) is|contents?)$",
        "reason": r"\b(?:reasons?|rationale)\b",
        "location": r"\blocation\b|\bwhere(?:abouts)?\b|\b(?:held|kept) (?:at|by|in)\b|"
        r"\bcurrent(?:ly)? (?:held|stored)\b|^stored$",
        "comments": r"\bcomments?\b|\bremarks\b|^notes?$",
        "endorsed": r"\bcps\b|\bprosecutor|\bendorse|\bdecision\b|\blawyer\b|^(?:d ?/ ?i|status)\b",
        "of_form": r"^(?:mg6 )?(?:schedule|form|sheet)(?: type)?$|\bmg6c ?(?:/|or) ?(?:mg6)?d\b"
        r"|^(?:classification|category|type of (?:schedule|form))$",
    }.items()
}
# What the second line of a heading is made of, where it is written on two.
OF_HEADINGS = frozenset({
    "a", "an", "and", "any", "at", "attached", "be", "brief", "by", "code", "comments",
    "contents", "copies", "copy", "cps", "current", "date", "decision", "description",
    "disclosed", "disclosure", "enclosed", "endorsement", "for", "form", "from", "held", "how",
    "in", "initials", "insert", "is", "it", "item", "items", "location", "material", "materials",
    "no", "nos", "number", "nr", "of", "officer", "on", "only", "or", "police", "prosecutor",
    "reason", "reasons", "reference", "relevant", "review", "reviewed", "schedule", "sensitive",
    "sensitivity", "stored", "test", "the", "this", "to", "type", "unused", "use", "used",
    "where", "why", "yes",
})  # fmt: skip
# What names an item in a few words, where another column describes it.
TITLE = re.compile(
    r"(?:(?:unused |relevant )*materials?|title|"
    r"(?:(?:unused )?material|item|document) (?:title|name))[.:]?"
)
# What numbers the items only where no other column does.
REFERENCE = re.compile(r"(?:ref(?:erence)?|ser(?:ial)?)[.:]?")
ITEM = re.compile(r"items?[.:]?")
KEY = re.compile(
    r"\b(D|I|ND|CND|E)\s*(?:for|=|:|-|–)\s*([A-Z][a-z]+(?: [A-Z]?[a-z]+)*?)"
    r"(?=\s*(?:[,;.)]|\b(?:D|I|ND|CND|E)\s*(?:for|=|:|-|–)|$))"
)
BEGINS_DESCRIPTION = re.compile(r"(?:item |full )?(?:description|details)\b")
# A code in a heading says that a prosecutor writes in its column.
OF_CPS = re.compile(
    r"\bfor cps\b|\bcps use\b|\bprosecutor|\bagainst each item\b|\bd for disclose\b"
)


def fields_of(cells: Sequence[str]) -> dict[str, int]:
    """Return which field each cell of a header row names, by its place; empty for other rows."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = field_of(cell)
        if name and name not in found:
            found[name] = place
    _take_title(found, cells)
    if "number" not in found:
        unnamed = (place for place in range(len(cells)) if place not in found.values())
        number = next((place for place in unnamed if is_reference(cells[place])), -1)
        found |= {"number": number} if number >= 0 else {}
    _take_item_as_described(found, cells)
    is_described = bool({"description", "undermines"} & set(found))
    # The officer's report in its shortest forms: the reason says why it undermines or assists.
    if not is_described and (
        {"reason", "copy"} <= set(found) or {"reason", "of_form", "number"} <= set(found)
    ):
        found["undermines"] = found.pop("reason")
    if len(found) < 2 or not {"description", "undermines", "sensitive_reason"} & set(found):
        return {}
    is_short = all(len(cell) <= 60 for cell in cells)
    return found if "number" in found or (is_short and len(found) > 1) else {}


def _take_title(found: dict[str, int], cells: Sequence[str]) -> None:
    """Take the column of titles, where another column describes what they name."""
    titles = [place for place, cell in enumerate(cells) if TITLE.fullmatch(_plain(cell))]
    described = [place for place, cell in enumerate(cells)
                 if place not in titles and field_of(cell) == "description"]  # fmt: skip
    if titles and described:
        found |= {"title": titles[0], "description": described[0]}


def _take_item_as_described(found: dict[str, int], cells: Sequence[str]) -> None:
    """Take "Item" for the description where nothing else describes, and "Ref" numbers beside it.

    A list of exhibits may be headed so, too; only a schedule has a column that prosecutors use or
    that says why something is sensitive.
    """
    place = found.get("number", -1)
    if place < 0 or not ITEM.fullmatch(_plain(cells[place])) or "description" in found:
        return
    number = next((each for each, cell in enumerate(cells) if is_reference(cell)), -1)
    if number >= 0 and {"endorsed", "sensitive_reason"} & set(found):
        found |= {"number": number, "description": place}


def field_of(heading: str) -> str:
    """Return the field that a heading names, or nothing."""
    written = _plain(heading)
    if not written or len(written) > LONGEST_HEADING:
        return ""
    if NUMBER.fullmatch(written.rstrip(":")):
        return "number"
    # "Description (sufficient detail for CPS to decide if material should be disclosed)".
    if BEGINS_DESCRIPTION.match(written):
        return "description"
    if OF_CPS.search(written) and "reason" not in written and "comment" not in written:
        return "endorsed"
    return next((name for name, words in FIELDS.items() if words.search(written)), "")


def is_reference(heading: str) -> bool:
    """Say whether a heading is one of a column that numbers the items where no other does."""
    return bool(REFERENCE.fullmatch(_plain(heading)))


def goes_on_heading(cells: Sequence[str]) -> bool:
    """Say whether a line below a row of headings is nothing but more of their words."""
    words = [word for cell in cells for word in re.findall(r"[\w'’]+", cell.lower())]
    return bool(words) and all(word in OF_HEADINGS for word in words)


def _plain(heading: str) -> str:
    return " ".join(heading.lower().replace("’", "'").split())


def key_of(heading: str) -> dict[str, str]:
    """Return what each letter of an endorsement stands for, where a heading says so."""
    return {code: words.strip() for code, words in KEY.findall(heading)}
