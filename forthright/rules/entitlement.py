"""Who has enhanced entitlement under the Victims' Code, and what follows when nobody knows."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from forthright.rules.words import list_words


class Entitlement(StrEnum):
    ENHANCED = "ENHANCED"
    STANDARD = "STANDARD"
    UNKNOWN = "UNKNOWN"

    @property
    def words(self) -> str:
        """Say the entitlement: "Enhanced entitlement"."""
        if self is Entitlement.UNKNOWN:
            return "Entitlement not known"
        return f"{self.value.capitalize()} entitlement"


class NotAnEntitlement(ValueError):
    """The text names no entitlement."""


class VictimFlag(StrEnum):
    """What is recorded about a person that bears on their entitlement."""

    VULNERABLE = "VULNERABLE"
    INTIMIDATED = "INTIMIDATED"
    PERSISTENTLY_TARGETED = "PERSISTENTLY_TARGETED"
    MOST_SERIOUS_CRIME = "MOST_SERIOUS_CRIME"
    BEREAVED = "BEREAVED"
    UNDER_18 = "UNDER_18"
    DOMESTIC_ABUSE = "DOMESTIC_ABUSE"
    SEXUAL_OFFENCE = "SEXUAL_OFFENCE"
    HATE_CRIME = "HATE_CRIME"


FLAG_WORDS = {
    VictimFlag.VULNERABLE: "recorded as vulnerable",
    VictimFlag.INTIMIDATED: "recorded as intimidated",
    VictimFlag.PERSISTENTLY_TARGETED: "persistently targeted",
    VictimFlag.MOST_SERIOUS_CRIME: "a victim of the most serious crime",
    VictimFlag.BEREAVED: "a bereaved close relative",
    VictimFlag.UNDER_18: "under 18",
    VictimFlag.DOMESTIC_ABUSE: "a victim of domestic abuse",
    VictimFlag.SEXUAL_OFFENCE: "a victim of a sexual offence",
    VictimFlag.HATE_CRIME: "a victim of hate crime",
}

# The Code names the first groups; what falls under "vulnerable" and "most serious" is for the
# Area to confirm.
TO_BE_CONFIRMED = frozenset(
    {
        VictimFlag.BEREAVED,
        VictimFlag.UNDER_18,
        VictimFlag.DOMESTIC_ABUSE,
        VictimFlag.SEXUAL_OFFENCE,
        VictimFlag.HATE_CRIME,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementFinding:
    entitlement: Entitlement
    because: str
    to_be_confirmed: bool


def read_entitlement(text: str) -> Entitlement:
    """Read an entitlement as people type it; nothing or "not known" is unknown.

    :raises NotAnEntitlement: if the text is anything else
    """
    plain = " ".join(text.replace("_", " ").lower().split()).removesuffix(" entitlement")
    if plain in {"", "unknown", "not known", "not recorded"}:
        return Entitlement.UNKNOWN
    if plain in {"enhanced", "standard"}:
        return Entitlement(plain.upper())
    raise NotAnEntitlement(
        f"“{text}” is not an entitlement. Use enhanced or standard, or unknown if nobody knows."
    )


def entitlement_from(flags: Collection[VictimFlag], *, assessed: bool) -> EntitlementFinding:
    """Return the entitlement that recorded flags point to, with the reason in words.

    A person nobody has assessed is unknown, never standard: the safe mistake
    is a letter that is early.
    """
    if flags:
        groups = [FLAG_WORDS[flag] for flag in VictimFlag if flag in flags]
        return EntitlementFinding(
            entitlement=Entitlement.ENHANCED,
            because=f"Enhanced because the person is {list_words(groups)}.",
            to_be_confirmed=TO_BE_CONFIRMED.issuperset(flags),
        )
    if assessed:
        return EntitlementFinding(
            entitlement=Entitlement.STANDARD,
            because="Standard because the needs assessment recorded none of the enhanced groups.",
            to_be_confirmed=False,
        )
    return EntitlementFinding(
        entitlement=Entitlement.UNKNOWN,
        because="Not known because no needs assessment is recorded; treated as enhanced.",
        to_be_confirmed=True,
    )


@cache
def _relations() -> dict[str, str]:
    """Return what is said of each relation that has enhanced entitlement, by relation."""
    text = files("forthright.rules").joinpath("data/enhanced_relations.toml").read_text("utf-8")
    said = {}
    for row in tomllib.loads(text)["relation"]:
        unsure = "" if row["status"] == "confirmed" else f" ({row['status']})"
        said[row["relation"]] = f"{row['words']}{unsure}"
    return said


def entitlement_doubt(relation: str, entitlement: Entitlement) -> str:
    """Say why standard entitlement may be wrong for what a person is to the case, or nothing.

    Whoever is enhanced or not known is told in the shorter time already.
    """
    words = _relations().get(relation, "")
    if entitlement is not Entitlement.STANDARD or not words:
        return ""
    return f"{words}: check."
