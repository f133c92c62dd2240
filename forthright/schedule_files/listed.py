"""Lines beside a table that may be items of it: numbered, bulleted, or said to be held as well."""

import re

from forthright.rules.schedules.denial import denies
from forthright.schedule_files.naming import SENTENCE, titles_in
from forthright.schedule_files.rows import Row
from forthright.schedule_files.signing import SAID_SO, signs

# Where a line says so of itself it does wherever it stands: "No. 4 - …", "MG6C/4 …".
NAMED = re.compile(
    r"(?:(?:item|no\.?)\s*\d{1,5}\s*[-–—:.)]|"
    r"mg ?0?6 ?\(?[cde]\)?\s*(?:/|item|no\.?)\s*\d{1,5}\b(?!\s*of\b)[\s.:)–—-])\s*(?=[^\W\d]{2})",
    re.IGNORECASE,
)
# "Also held: …", "Further items: …".
ALSO = re.compile(
    r"(?:also\b[^:.]{0,30}:|also (?:held|seized|retained|recovered|found|kept)\b|"
    r"(?:further|other|additional|more|omitted) (?:\w+ )?"
    r"(?:items?|material|unused|exhibits?|documents?)\b[^:.]{0,30}:)\s*(?=\w)",
    re.IGNORECASE,
)
# "(iv) …", "b) …", "3. …", "• …": where a line of a PDF begins so, it may only go on.
MARKED = re.compile(
    r"(?:\(?(?:[ivx]{1,5}|[a-z]|\d{1,3})[.)]\)?\s+|[•▪◦‣●○]\s*)(?=[^\W\d])", re.IGNORECASE
)
# What a form numbers of its own: its fields, what it asks to be done, and the limbs of its tests.
FIELD = re.compile(
    r"(?:urn|r v|regina|defendants?|accused|suspects?|offences?|charges?|officer|oic|operation|"
    r"dates?|station|force|unit|court|names?|rank|collar|case)\b[^:]{0,40}:",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"(?:list(?! of)|describe|use|complete|tick|number|write|give|send|attach|submit|see|do|enter|"
    r"include|state|ensure|return|note that|please)\b",
    re.IGNORECASE,
)
LIMB = re.compile(
    r"\b(?:undermin\w+|assist\w*|prosecution|defen[cd]e|the accused|disclosable|disclosed?|"
    r"knowledge|duty|duties|cpia|code of practice|relevant material|schedules?)\b",
    re.IGNORECASE,
)
MUST = re.compile(r"\b(?:must|should|shall|will)\b", re.IGNORECASE)
# Fewest words of what may be an item below the signature.
WORDS_OF_ITEM = 3


def may_be_item(row: Row, *, is_below_signature: bool = False) -> bool:
    """Say whether a row that is no item of the table may be one all the same.

    Below the signature a line that is a sentence, or a word or two, is of the certificate.
    """
    found = NAMED.match(row.text) or ALSO.match(row.text)
    says_so = found is not None
    if found is None and row.is_sure:
        found = MARKED.match(row.text)
    if found is None and not row.mark:
        return False
    told = row.text[found.end() :] if found is not None else row.text
    if _is_of_form(told) or signs(row.text):
        return False
    return says_so or not _is_limb(told, is_below_signature=is_below_signature)


def _is_of_form(words: str) -> bool:
    """Say whether words sign or deny, are a title or a field, or ask for something to be done."""
    is_of_foot = any(is_it(words) for is_it in (signs, denies, titles_in))
    return is_of_foot or bool(FIELD.match(words) or ASKED.match(words))


def _is_limb(words: str, *, is_below_signature: bool) -> bool:
    is_sentence = bool(SENTENCE.search(words) or words[:1].islower())
    if is_below_signature and (is_sentence or len(words.split()) < WORDS_OF_ITEM):
        return True
    is_of_test = is_sentence and bool(LIMB.search(words))
    return is_of_test or bool(MUST.search(words) or SAID_SO.match(words))
