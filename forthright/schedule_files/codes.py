"""What a prosecutor wrote against an item, read as one of the codes of the form."""

import re

from forthright.rules.schedules.schedule import Code

CODES = {
    "d": Code.DISCLOSE, "disclose": Code.DISCLOSE, "disclosed": Code.DISCLOSE,
    "disclosable": Code.DISCLOSE, "i": Code.INSPECT, "inspect": Code.INSPECT,
    "inspection": Code.INSPECT, "disclosable by inspection": Code.INSPECT,
    "nd": Code.NOT_DISCLOSABLE, "not disclosable": Code.NOT_DISCLOSABLE,
    "cnd": Code.CLEARLY_NOT, "clearly not disclosable": Code.CLEARLY_NOT,
    "e": Code.EVIDENCE, "evidence": Code.EVIDENCE,
}  # fmt: skip
CODE_FIRST = re.compile(r"(cnd|nd|d|i|e)\b\s*[-–:,;(]*\s*", re.IGNORECASE)

# What a lawyer decides of a sensitive item: agreed, disputed, immunity to be applied for, a query.
OF_SENSITIVE = re.compile(
    r"(?:s|ds|pii|q|sensitiv(?:e|ity)|not sensitive|(?:dis)?agree[ds]?|disputed?|quer(?:y|ied)"
    r"|public interest immunity)\b",
    re.IGNORECASE,
)


def decides_sensitive(endorsed: str) -> bool:
    """Say whether an endorsement decides an item of the schedule of sensitive material."""
    plain = " ".join(endorsed.replace(".", "").split())
    return bool(code_of(endorsed)[0] or OF_SENSITIVE.match(plain))


def code_of(endorsed: str) -> tuple[str, str]:
    """Return the code that an endorsement is, and what is written after it as its reason."""
    plain = " ".join(endorsed.lower().replace(".", "").split())
    if plain in CODES:
        return CODES[plain], ""
    found = CODE_FIRST.match(endorsed.strip())
    if found:
        return CODES[found[1].lower()], endorsed.strip()[found.end() :].rstrip(")")
    return "", ""
