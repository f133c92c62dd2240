"""What a prosecutor may write against an item of unused material, and what it then asks for."""

from dataclasses import dataclass
from enum import StrEnum

from forthright.rules.recordings_named import recording_in
from forthright.rules.schedules.presumed import presumed_in
from forthright.rules.schedules.schedule import Form
from forthright.rules.written import reason_in, words_alone


class Endorsed(StrEnum):
    """What stands against one item for one defendant."""

    DISCLOSE = "D"
    INSPECT = "I"
    NOT_DISCLOSABLE = "ND"
    CLEARLY_NOT = "CND"
    EVIDENCE = "E"
    # Written until each sensitive item was asked whether it meets the test; offered no more.
    SENSITIVE = "S"
    SENSITIVE_NOT_MET = "SN"
    NOT_SENSITIVE = "DS"
    IMMUNITY = "PII"
    # What a court ruled on immunity; only the record of its ruling writes either.
    IMMUNITY_GRANTED = "IG"
    IMMUNITY_REFUSED = "IR"
    QUERY = "Q"
    # That a decision was taken back, with why; nothing else writes it.
    TAKEN_BACK = "TB"

    @property
    def words(self) -> str:
        """Say it in full: "clearly not disclosable"."""
        return WORDS[self]

    @property
    def key(self) -> str:
        """Return the one key that endorses with it, of those that are offered."""
        return KEYS[self]


class Beside(StrEnum):
    """What somebody says of an item that was served in other words, beside what was served."""

    # Nobody says, so what is to be disclosed goes, in the words that it has now.
    UNSAID = ""
    SAME = "SAME"
    MORE = "MORE"
    OTHER = "OTHER"

    @property
    def words(self) -> str:
        """Say it in full."""
        return BESIDE[self]


BESIDE = {
    Beside.UNSAID: "It was served in other words. Nobody says that these say the same.",
    Beside.SAME: "The defence has it: it was served in other words, and does not go again.",
    Beside.MORE: "It was served in other words, and there is more in it: it goes again.",
    Beside.OTHER: "It is another thing than what was served before it was written otherwise.",
}
SERVED_BEFORE = (
    "It was served before it was written otherwise, and stays so. Look whether there is more in "
    "it: endorsed as disclosed it goes again, unless somebody says that it says the same."
)
WORDS = {
    Endorsed.DISCLOSE: "disclose",
    Endorsed.INSPECT: "disclose by inspection",
    Endorsed.NOT_DISCLOSABLE: "not disclosable",
    Endorsed.CLEARLY_NOT: "clearly not disclosable",
    Endorsed.EVIDENCE: "evidence",
    Endorsed.SENSITIVE: "agreed to be sensitive",
    Endorsed.SENSITIVE_NOT_MET: "sensitive, and does not meet the test for disclosure",
    Endorsed.NOT_SENSITIVE: "sensitivity disputed",
    Endorsed.IMMUNITY: "public interest immunity to be applied for",
    Endorsed.IMMUNITY_GRANTED: "public interest immunity granted by the court",
    Endorsed.IMMUNITY_REFUSED: "public interest immunity refused by the court",
    Endorsed.QUERY: "query to the police",
    Endorsed.TAKEN_BACK: "decision taken back, not decided yet",
}
KEYS = {
    Endorsed.DISCLOSE: "d",
    Endorsed.INSPECT: "i",
    Endorsed.NOT_DISCLOSABLE: "n",
    Endorsed.CLEARLY_NOT: "c",
    Endorsed.EVIDENCE: "e",
    Endorsed.SENSITIVE_NOT_MET: "s",
    Endorsed.NOT_SENSITIVE: "x",
    Endorsed.IMMUNITY: "p",
    Endorsed.QUERY: "q",
}
# An item of these is not decided: it waits for the police, for the court, or for a decision anew.
WAITING = frozenset({
    Endorsed.QUERY, Endorsed.NOT_SENSITIVE, Endorsed.IMMUNITY, Endorsed.IMMUNITY_REFUSED,
    Endorsed.TAKEN_BACK,
})  # fmt: skip
# What ends that an item is set aside: it was decided, a court refused immunity, or the decision on
# it was taken back. From then on somebody decides it, or sets it aside anew by name.
ENDS_ASIDE = frozenset(Endorsed) - {Endorsed.QUERY, Endorsed.NOT_SENSITIVE, Endorsed.IMMUNITY}
# Of a sensitive item under one of these it is known that section 3 does not ask for it: it does not
# meet the test, or the court ordered that it is not disclosed.
NOTHING_OWED = frozenset({Endorsed.SENSITIVE_NOT_MET, Endorsed.IMMUNITY_GRANTED})
# Given to the defence: a copy, or a time and place to look.
GIVEN = frozenset({Endorsed.DISCLOSE, Endorsed.INSPECT})
# Kept from the defence, with or without a reason beside it.
WITHHELD = frozenset({Endorsed.NOT_DISCLOSABLE, Endorsed.CLEARLY_NOT})
# Said not to meet the test, on whichever form it stands.
NOT_MET = WITHHELD | {Endorsed.SENSITIVE_NOT_MET}
OPEN_CODES = (
    Endorsed.DISCLOSE, Endorsed.INSPECT, Endorsed.NOT_DISCLOSABLE, Endorsed.CLEARLY_NOT,
    Endorsed.EVIDENCE, Endorsed.QUERY,
)  # fmt: skip
SENSITIVE_CODES = (
    Endorsed.SENSITIVE_NOT_MET, Endorsed.NOT_SENSITIVE, Endorsed.IMMUNITY, Endorsed.QUERY,
)  # fmt: skip
OFFERED = tuple(dict.fromkeys((*OPEN_CODES, *SENSITIVE_CODES)))
RULED = frozenset({Endorsed.IMMUNITY_GRANTED, Endorsed.IMMUNITY_REFUSED})
NEEDS_NO_REASON = frozenset({Endorsed.CLEARLY_NOT, Endorsed.EVIDENCE})
LONGEST_REASON = 500
# In the grid it stands among the codes, and is none: it holds the words of an item back.
HOLD_BACK, HOLD_BACK_KEY, HOLD_BACK_WORDS = "H", "h", "hold its words back"
HELD_BY_HAND = "Its words may be sensitive or private."
MOVED = "Its words stand on a schedule of sensitive material, so they wait for a second person."


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemToEndorse:
    """What decides how an item may be endorsed."""

    form: Form
    description: str
    # The check found that its words may be sensitive or private.
    is_held_back: bool = False
    # The police say that it may undermine the prosecution or assist the defence.
    is_named: bool = False

    @property
    def is_sensitive(self) -> bool:
        """Say whether it stands on the schedule of sensitive material."""
        return self.form is Form.MG6D

    @property
    def is_presumed(self) -> bool:
        """Say whether material of its kind is presumed to be disclosed."""
        return not self.is_sensitive and bool(presumed_in(self.description))

    @property
    def is_recording(self) -> bool:
        """Say whether it is a recording: decided on only once viewed (Manual, chapter 12)."""
        return recording_in(self.description) is not None

    @property
    def is_weighty(self) -> bool:
        """Say whether it is withheld only with a reason: presumed, or named by the police."""
        return self.is_presumed or self.is_named

    @property
    def codes(self) -> tuple[Endorsed, ...]:
        """Return what may be written against it."""
        return SENSITIVE_CODES if self.is_sensitive else OPEN_CODES


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsement:
    """What somebody wants to write against an item; `inspected` says who looked at it, and how."""

    code: Endorsed
    reason: str = ""
    inspected: str = ""


def reasons_against(item: ItemToEndorse, wanted: Endorsement) -> tuple[str, ...]:
    """Return why an item cannot be endorsed so; nothing where it can."""
    if wanted.code not in item.codes:
        return (_wrong_schedule(item),)
    said = (
        (needs_reason(item, wanted.code) and not reason_in(wanted.reason), _ask_reason(item)),
        (len(wanted.reason) > LONGEST_REASON,
         f"The reason may have {LONGEST_REASON} letters and spaces."),
        (needs_inspection(item, wanted.code) and not reason_in(wanted.inspected),
         "Write who viewed or listened to it, and when: a recording is not decided on unseen."),
    )  # fmt: skip
    return tuple(words for is_against, words in said if is_against)


def why_it_stays_served(
    named: str, code: Endorsed, beside: Beside, *, is_served_so: bool, is_served_before: bool
) -> str:
    """Say why an item cannot be endorsed so, as what was served stays so; nothing where it can.

    :param beside: what it is said to be beside what was served
    :param is_served_so: it was served in these very words
    :param is_served_before: it was served in other words, and never in these
    """
    if is_served_so and code not in GIVEN:
        return f"{named} was served, and what was served stays so."
    stays = is_served_before and beside is not Beside.OTHER
    if stays and code not in GIVEN | {Endorsed.QUERY}:
        return (
            f"{named} was served before the police wrote it otherwise, and what was served stays "
            "so. Endorse it as disclosed, or query it. Where it is another thing, or what is new "
            "in it is not disclosable, say so on its own page: of the latter that it says the "
            "same, with D or I and why."
        )
    return ""


def is_reason_of_another(before: Endorsement, wanted: Endorsement) -> bool:
    """Say whether what is to be written has, word for word, the reason of another decision.

    Left beside a decision that was changed, it would say why of what was not decided.
    """
    is_same = words_alone(wanted.reason) == words_alone(before.reason)
    return bool(wanted.reason) and is_same and wanted.code is not before.code


def same_reason_words(before: Endorsement, wanted: Endorsement) -> str:
    """Refuse the reason of another decision, and say how to mend it."""
    return (
        f"The reason is that of {before.code} ({before.code.words}), which stands. Write why it "
        f"is {wanted.code} ({wanted.code.words}), or say that the same reason holds."
    )


def needs_reason(item: ItemToEndorse, code: Endorsed) -> bool:
    """Say whether an endorsement must have its reason beside it."""
    takes_thought = item.is_weighty or item.is_recording
    return code not in NEEDS_NO_REASON or (takes_thought and code is Endorsed.CLEARLY_NOT)


def needs_inspection(item: ItemToEndorse, code: Endorsed) -> bool:
    """Say whether somebody must have viewed the item first."""
    return item.is_recording and code in GIVEN | WITHHELD


def needs_second_look(item: ItemToEndorse, code: Endorsed) -> bool:
    """Say whether whoever approves looks at the item again.

    Presumed, or named by the police as what may undermine or assist, and not disclosed; or held
    back by the check and decided, so that its words would leave with the schedule.
    """
    if item.is_held_back:
        return code not in WAITING
    return (item.is_named and code in NOT_MET) or (item.is_presumed and code in WITHHELD)


def is_unexplained(item: ItemToEndorse, code: Endorsed, reason: str) -> bool:
    """Say whether an item is withheld with no reason although it needs one.

    So it was let by before it was known to be presumed, or before the police named it.
    """
    return item.is_weighty and needs_reason(item, code) and not reason and code in WITHHELD


def may_be_one_of_many(item: ItemToEndorse, code: Endorsed) -> bool:
    """Say whether an item is obvious enough to be endorsed together with others.

    Only as clearly not disclosable, and neither a presumed kind, nor a recording, nor what the
    police say may undermine or assist: the rest takes thought, item by item.
    """
    return code is Endorsed.CLEARLY_NOT and not (
        item.is_sensitive or item.is_weighty or item.is_recording
    )


def _ask_reason(item: ItemToEndorse) -> str:
    if item.is_named:
        return (
            "Write why: the police say that it may undermine the prosecution or assist the "
            "defence, so the reason must stand beside the decision."
        )
    if item.is_presumed:
        return (
            "Write why: material of this kind is presumed to be disclosed, so the reason must "
            "stand beside the decision."
        )
    return "Write the reason."


def _wrong_schedule(item: ItemToEndorse) -> str:
    if item.is_sensitive:
        return (
            "Of an item on the schedule of sensitive material say whether it meets the test for "
            "disclosure: where it does not, SN; where it does, PII, until the court has ruled, or "
            "dispute its sensitivity (DS), so that the police list it, or an edited copy, on the "
            "open schedule. Or query it."
        )
    return (
        "This item is on the open schedule. If it is sensitive, query it, so that the police move "
        "it to the schedule of sensitive material."
    )
