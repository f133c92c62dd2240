"""Says in words what would become of a row, and why two rows clash."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from forthright.cases.models import Decision, PersonToTell
from forthright.extracts.imports.forecast import Foretold
from forthright.extracts.imports.wanted import Clash, Facts, Wanted, decided_at, words_of
from forthright.extracts.plans import Near
from forthright.rules.words import date_words, list_words, moment_words, uncapitalised

Names = Mapping[str, Mapping[Any, str]]
"""What is held by an id is called so, by the field that holds the id."""

# What people call each value, and the column that it comes from.
VALUES = {
    "unit_id": ("unit", "unit"),
    "lead_offence": ("lead offence", "lead_offence"),
    "is_domestic_abuse": ("domestic abuse", "is_domestic_abuse"),
    "is_rasso": ("RASSO", "is_rasso"),
    "is_hate_crime": ("hate crime", "is_hate_crime"),
    "involves_child": ("involves a child", "involves_child"),
    "involves_death": ("involves a death", "involves_death"),
    "reference": ("reference", "person_reference"),
    "title": ("title", "person_title"),
    "given_names": ("first names", "person_given_names"),
    "family_name": ("surname", "person_family_name"),
    "preferred_name": ("preferred name", "preferred_name"),
    "relation": ("relation", "relation"),
    "entitlement": ("entitlement", "entitlement"),
    "entitlement_because": ("reason for the entitlement", "categories"),
    "is_child": ("under 18", "is_child"),
    "has_opted_out": ("opted out", "has_opted_out"),
    "email": ("e-mail address", "email"),
    "phone": ("phone", "phone"),
    "address": ("address", "address"),
    "safe_contact_note": ("safe contact", "safe_contact_note"),
    "language": ("language", "language"),
    "born_on": ("date of birth", "defendant_born_on"),
    "kind": ("kind of decision", "decision_kind"),
    "made_at": ("time of the decision", "decided_on"),
    "made_by_id": ("prosecutor", "prosecutor"),
    "made_by_name": ("prosecutor", "prosecutor"),
    "is_after_withdrawal": ("the victim had withdrawn", "is_after_withdrawal"),
    "was_made_in_court": ("made in court", "was_made_in_court"),
    "defendant_key": ("defendant", "defendant_name"),
    "told_at": ("told to the Victim Liaison Unit", "told_on"),
    "explained_at": ("explanation arrived", "explained_on"),
    "drafted_at": ("drafted", "drafted_on"),
    "approved_at": ("approved", "approved_on"),
    "sent_at": ("sent", "sent_on"),
    "reached_at": ("reached the person", "reached_on"),
    "drafter_id": ("drafter", "drafter"),
    "drafter_name": ("drafter", "drafter"),
    "not_required_reason": ("reason not required", "not_required_reason"),
}
KINDS = dict(Decision.Kind.choices)
ENTITLEMENTS = dict(PersonToTell.Entitlement.choices)
AS_EXTRACT = (
    "If they are two, hand the case over as an extract, with a reference for each in a column "
    "“Victim reference”."
)
AS_WAS_SAID = "Nothing needs doing, unless that answer was wrong."
WHICH_IN_A_MESSAGE = (
    "Hand the case over as an extract, with the reference of who is meant in a column “Victim "
    "reference” or “Defendant reference”."
)
LETTER_PARTS = ("sent_at", "reached_at", "approved_at", "drafted_at", "explained_at", "told_at")


def column_of(name: str) -> str:
    """Return the field of the file that a value comes from."""
    return VALUES.get(name, (name, ""))[1]


def letter_column(facts: Facts, stage: str = "") -> str:
    """Return the field of a row that a fault in its letter's times is put beside.

    It is the stage at fault where the row gives it, else the first the row gives, else the
    decision, whose time it is then.
    """
    given = [name for name in (f"{stage}_at", *facts) if name in facts]
    return column_of(given[0]) if given else "decided_on"


def unit_mend(*, is_message: bool) -> str:
    """Say how to give a new case its unit."""
    choose = "choose the unit for such cases when you hand it over (on the command line: --unit)."
    return choose.capitalize() if is_message else f"Add a column “Unit”, or {choose}"


def value_words(name: str, value: Any, names: Names | None = None) -> str:
    """Say a value as a person reads it; what is held by its id, by its name."""
    if names and name in names:
        return names[name].get(value) or str(value or "nothing")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name.endswith("_at") and value:
        return moment_words(datetime.fromisoformat(str(value)))
    if name.endswith("_on") and value:
        return date_words(date.fromisoformat(str(value)))
    return KINDS.get(value) or ENTITLEMENTS.get(value) or str(value or "nothing").rstrip(".")


def added_words(wanted: Wanted) -> str:
    """Say what a new record is: "the case", "Jane Smith", "Discontinued, 2 April 2026"."""
    if wanted.what == "decision":
        return decision_words(wanted)
    if wanted.what == "case":
        return "the case"
    if wanted.what == "defendant":
        return f"the defendant {words_of(wanted)}"
    return words_of(wanted)


def decision_words(decision: Wanted) -> str:
    """Say which decision is meant: "the decision discontinued of 2 April 2026"."""
    kind = KINDS[str(decision.current("kind"))].lower()
    return f"the decision {kind} of {date_words(decided_at(decision).date())}"


def changed_words(
    wanted: Wanted, fresh: list[str], *, names: Names, to: Wanted | None = None
) -> str:
    """Say which values of a held record change, and from what; `to` is whom a letter is to."""
    was = wanted.before
    parts = [
        f"{VALUES[name][0]} from {value_words(name, was[name], names)} "
        f"to {value_words(name, wanted.values[name], names)}"
        for name in fresh
        if name in VALUES
        and name in was
        # The reason goes with the entitlement that is said already.
        and not (name == "entitlement_because" and "entitlement" in fresh)
    ]
    whose = f" of {words_of(wanted)}" if wanted.what in {"person", "defendant"} else ""
    if to is not None:
        whose = f" of the letter to {words_of(to)}"
    return f"Changes {list_words(parts)}{whose}." if parts else ""


def letter_words(letter: Wanted | None, owed: Foretold) -> str:
    """Say that a letter becomes owed, when it is due, and how far it has come.

    `letter` is what the row says of it, where the row names its decision and its person.
    """
    due = f", due {date_words(owed.due)}" if owed.due else ""
    if letter is None:
        also = f"A letter is also owed to {words_of(owed.person)} for"
        return f"{also} {decision_words(owed.decision)}{due}."
    words = f"A letter is owed to {words_of(owed.person)}{due}"
    if reason := letter.current("not_required_reason"):
        return f"{words}; not required: {reason}."
    furthest = next((name for name in LETTER_PARTS if letter.current(name)), None)
    if furthest:
        said = value_words(furthest, letter.current(furthest))
        words += f"; {VALUES[furthest][0]} {said}"
    return f"{words}."


def moved_words(moved: Foretold) -> str:
    """Say that a letter that is owed already is due on another day."""
    was, due = (date_words(day) if day else "" for day in (moved.was_due, moved.due))
    return (
        f"The letter owed to {words_of(moved.person)} for {decision_words(moved.decision)} is due "
        f"{due} instead of {was}."
    )


def repeat_words(
    name: str, *, rows: tuple[int, int], has_decision: bool, is_one: bool
) -> tuple[str, str]:
    """Ask whether a name that stands twice is one person or two, and say how to settle it."""
    about = "for the same decision" if has_decision else "in the same case"
    if rows[0] == rows[1]:
        message = f"The message names “{name}” twice {about}."
        mend = AS_EXTRACT
    else:
        message = f"Rows {rows[0]:,} and {rows[1]:,} both name “{name}” {about}."
        mend = "If they are two, give each a reference in a column “Victim reference”."
    if is_one:
        return f"{message} They were read as one person, as was said.", AS_WAS_SAID
    return f"{message} Are they two people?", (
        f"{mend} If they are one, take one out, or say that each such name in the file is one "
        "person (--repeats-are-one on the command line)."
    )


def near_name_words(
    name: str, held: str, answer: Near | None, *, is_message: bool
) -> tuple[str, str]:
    """Ask whether a name that is nearly one held is that person's, corrected, or another's."""
    settled = {
        None: "Is it the same person, with the name corrected, or another person?",
        Near.CORRECTED: f"“{name}” was read as that person, with the name corrected, as was said.",
        Near.ANOTHER: f"“{name}” was read as another person, as was said.",
    }[answer]
    message = (
        f"“{name}” is not held in this case, but “{held}” is, whom no row of the file names. "
        f"{settled}"
    )
    if answer is not None:
        return message, AS_WAS_SAID
    mend = (
        "Say of all such names in the file what they are (--near-names corrected or --near-names "
        "another on the command line)."
    )
    if not is_message:
        mend = (
            "If it is another person, give them a reference in a column “Victim reference”. Or "
            f"{uncapitalised(mend)}"
        )
    return message, mend


def kept_by_hand_words(name: str, kept: Sequence[str]) -> tuple[str, str]:
    """Say what a file gives of a person that was corrected by hand and so stays."""
    what = list_words([VALUES[each][0] for each in kept])
    was, other = ("was", "another") if len(kept) == 1 else ("were", "others")
    stays = "The one that is held stays" if len(kept) == 1 else "Those that are held stay"
    mend = (
        "If the file is right, change it on the page of the letter, with who said so. If not, have "
        "the case system mended."
    )
    message = (
        f"The {what} of “{name}” {was} corrected by hand, and the file gives {other}. {stays}."
    )
    return message, mend


def near_decision_words(
    facts: Facts, near: Sequence[Wanted], answer: Near | None
) -> tuple[str, str]:
    """Ask whether a decision that is nearly one held is that, corrected, or another one."""
    held = list_words([_moment_words(each.current("made_at")) for each in near], joined_by="or")
    one = "that decision" if len(near) == 1 else "one of those decisions"
    settled = {
        None: f"Is it {one}, with its time corrected, or another one?",
        Near.CORRECTED: f"It was read as {one}, with its time corrected, as was said.",
        Near.ANOTHER: "It was read as another decision, as was said.",
    }[answer]
    mend = (
        "Say of all such decisions in the file what they are (--near-decisions corrected or "
        "--near-decisions another on the command line)."
    )
    if answer is not None:
        mend = AS_WAS_SAID
    elif str(near[0].current("made_at"))[:10] != facts["made_at"][:10]:
        mend = (
            "If it is another, give it a reference in a column “Decision reference”. Or "
            f"{uncapitalised(mend)}"
        )
    if answer is Near.CORRECTED and len(near) > 1:
        settled = "Which of them is it, with its time corrected?"
        mend = "Correct the decision on the page of its letter first, then check the file again."
    kind, when = KINDS[facts["kind"]].lower(), _moment_words(facts["made_at"])
    message = (
        f"The row gives the decision {kind} of {when}. Held in this case is one of {held}, "
        f"which no row of the file names. {settled}"
    )
    return message, mend


def _moment_words(kept: Any) -> str:
    return moment_words(datetime.fromisoformat(str(kept)))


def clash_words(clash: Clash, *, rows: tuple[int, int], names: Names) -> tuple[str, str]:
    """Say why two rows clash, and how to settle it."""
    name = VALUES.get(clash.name, (clash.name, ""))[0]
    values = [value_words(clash.name, value, names) for value in (clash.earlier, clash.now)]
    is_person = clash.wanted.what in {"person", "defendant"}
    called = f"“{words_of(clash.wanted)}”" if is_person else ""
    what = {
        "case": "this case",
        "person": called,
        "defendant": f"the defendant {called}",
        "decision": "the same decision",
        "letter": "the same letter",
    }[clash.wanted.what]
    is_message = rows[0] == rows[1]
    who = "The message says" if is_message else f"Rows {rows[0]:,} and {rows[1]:,} say"
    message = f"{who} different things of {what}: {name} “{values[0]}” and “{values[1]}”."
    if is_person:
        column = "Victim reference" if clash.wanted.what == "person" else "Defendant reference"
        mend = (
            f"If they are two people of one name, give each a reference in a column “{column}”. "
            "If they are one, make the rows agree."
        )
        if is_message:
            mend = f"{AS_EXTRACT} If they are one, ask for the message to be mended."
    elif clash.wanted.what in {"decision", "letter"}:
        mend = "If they are two decisions, give each a reference. If one, make the rows agree."
    else:
        mend = "Find out which is right and make the rows agree."
    return message, mend
