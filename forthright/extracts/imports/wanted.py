"""What a file wants of one case: its records, matched with those held, each value from one row."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from django.db.models import Model

from forthright.cases.models import Case, Decision, Defendant, PersonToTell
from forthright.extracts.imports.entitlements import ENHANCED_BECAUSE, STANDARD_BECAUSE
from forthright.extracts.imports.headings import STAGES
from forthright.extracts.imports.held import Held, as_kept
from forthright.extracts.imports.names import plain_name
from forthright.rules.words import is_day_only, local
from forthright.schemes.models import Duty

Facts = dict[str, Any]


@dataclass(slots=True)
class Wanted:
    """One record as the file wants it: new, or held already and perhaps to be changed."""

    what: str
    key: str
    held: Model | None = None
    values: Facts = field(default_factory=dict)
    # Which row gave each value, and the first row that named the record.
    rows: dict[str, int] = field(default_factory=dict)
    first_row: int = 0

    def current(self, name: str) -> Any:
        """Return a value as it would stand after the import."""
        if name in self.values:
            return self.values[name]
        return as_kept(getattr(self.held, name)) if self.held is not None else None

    @property
    def before(self) -> Facts:
        """Return what is held of each value that would change."""
        if self.held is None:
            return {}
        was = {name: as_kept(getattr(self.held, name, None)) for name in self.values}
        return {name: value for name, value in was.items() if value != self.values[name]}

    def corrects(self, name: str) -> bool:
        """Say whether a value that is held would change."""
        if self.held is None or name not in self.values:
            return False
        return bool(as_kept(getattr(self.held, name, None)) != self.values[name])

    @property
    def is_new(self) -> bool:
        """Say whether nothing of it is held yet."""
        return self.held is None

    @property
    def held_id(self) -> int | None:
        """Return the id of the record held, if there is one."""
        return self.held.pk if self.held is not None else None


@dataclass(frozen=True, slots=True)
class Clash:
    """Two rows of a file that say different things of one record."""

    wanted: Wanted
    name: str
    earlier_row: int
    earlier: Any
    now: Any


class Ambiguous(Exception):
    """More than one record could be meant, and the file does not say which."""

    def __init__(self, message: str, mend: str) -> None:
        """Keep what is doubtful and how to settle it."""
        super().__init__(message)
        self.message = message
        self.mend = mend


class CaseWanted:
    """One case of the file, with the people, defendants, decisions and letters in it."""

    def __init__(self, urn: str, suffix: str, held: Held) -> None:
        """Begin with the records held."""
        case = held.cases.get((urn, suffix))
        self.urn, self.suffix = urn, suffix
        self.case = Wanted("case", "case", case)
        self._letters: dict[tuple[int, int], Wanted] = {}
        self._held_letters = held.letters
        self._by_hand = held.by_hand
        self.people = self._known("person", held.people, case)
        self.defendants = self._known("defendant", held.defendants, case)
        self.decisions = self._known("decision", held.decisions, case)

    @staticmethod
    def _known(what: str, rows: Any, case: Case | None) -> list[Wanted]:
        return [Wanted(what, row.key, row) for row in rows[case.pk]] if case else []

    def by_hand(self, person: Wanted) -> set[str]:
        """Return the fields of a person that somebody corrected by hand."""
        return self._by_hand.get(person.held.pk, set()) if person.held is not None else set()

    def person(self, facts: Facts) -> Wanted:
        """Return the person that a row means, new if none fits.

        :raises Ambiguous: if two people have that name and the row gives no reference
        """
        return self._one("person", self.people, facts)

    def defendant(self, facts: Facts) -> Wanted:
        """Return the defendant that a row means, new if none fits.

        :raises Ambiguous: if two defendants have that name and the row gives no reference
        """
        return self._one("defendant", self.defendants, facts)

    def _one(self, what: str, known: list[Wanted], facts: Facts) -> Wanted:
        same = self.matching(known, facts)
        if len(same) > 1:
            raise Ambiguous(
                f"{len(same)} people in this case are called “{words_of_name(facts)}”.",
                f"Add the reference of the {PEOPLE[what]} that is meant in a column "
                f"“{REFERENCES[what]}”.",
            )
        if same:
            return same[0]
        reference = str(facts.get("reference", "")).casefold()
        key = f"ref:{reference}" if reference else f"name:{name_of(facts)}"
        return _added(what, key, known)

    @staticmethod
    def matching(known: list[Wanted], facts: Facts) -> list[Wanted]:
        """Return the people of the case whom a row may mean by their reference or name."""
        reference = str(facts.get("reference", "")).casefold()
        name = name_of(facts)
        if not reference:
            return [each for each in known if is_named(each, name)]
        same = [each for each in known if reference_of(each) == reference]
        # One held without a reference, of that name, is the one that now gets it.
        return (
            same
            or [each for each in known if name and not reference_of(each) and is_named(each, name)][
                :1
            ]
        )

    def decision(self, facts: Facts, defendant: Wanted | None) -> Wanted:
        """Return the decision that a row means, new if none fits.

        :raises Ambiguous: if two decisions of that kind were made that day
        """
        reference = str(facts.get("reference", "")).casefold()
        if reference:
            same = [each for each in self.decisions if reference_of(each) == reference]
            if same:
                return same[0]
        same = [
            each
            for each in self.decisions_of_day(facts, defendant.key if defendant else "")
            if not (reference and reference_of(each))
        ]
        if len(same) > 1:
            same = [each for each in same if each.current("made_at") == facts["made_at"]] or same
        if len(same) > 1:
            raise Ambiguous(
                "Two decisions of this kind were made in this case on that day.",
                "Add the decision’s reference, or the defendant it is about.",
            )
        return same[0] if same else self.another_decision(facts, defendant)

    def another_decision(self, facts: Facts, defendant: Wanted | None) -> Wanted:
        """Return a new decision, whatever is held."""
        reference = str(facts.get("reference", "")).casefold()
        day, whose = str(facts["made_at"])[:10], defendant.key if defendant else ""
        key = f"ref:{reference}" if reference else f"{facts['kind']}|{day}|{whose}"
        return _added("decision", key, self.decisions)

    def decisions_of_day(self, facts: Facts, whose: str) -> list[Wanted]:
        """Return the decisions of the kind and day that a row gives, and of its defendant."""
        day = str(facts["made_at"])[:10]
        return [
            each
            for each in self.decisions
            if str(each.current("made_at"))[:10] == day
            and self.is_same_kind(each, facts["kind"], whose)
        ]

    def is_same_kind(self, each: Wanted, kind: str, whose: str) -> bool:
        """Say whether a decision is of a kind, and about no other defendant."""
        if each.current("kind") != kind:
            return False
        theirs = self.defendant_key(each)
        return not whose or not theirs or whose == theirs

    def defendant_key(self, decision: Wanted) -> str:
        """Return the key of the defendant that a decision is about, or nothing."""
        if "defendant_key" in decision.values:
            return str(decision.values["defendant_key"])
        held = decision.held.defendant_id if isinstance(decision.held, Decision) else None
        return next((each.key for each in self.defendants if held and each.held_id == held), "")

    def letter(self, decision: Wanted, person: Wanted) -> Wanted:
        """Return the letter that a decision makes owed to a person."""
        pair = (id(decision), id(person))
        if pair not in self._letters:
            self._letters[pair] = Wanted("letter", "", self.held_letter(decision, person))
        return self._letters[pair]

    def letter_named(self, decision: Wanted, person: Wanted) -> Wanted | None:
        """Return the letter if a row names both its decision and its person."""
        return self._letters.get((id(decision), id(person)))

    def letters(self) -> Collection[Wanted]:
        """Return every letter of which a row names both the decision and the person."""
        return self._letters.values()

    def held_letter(self, decision: Wanted, person: Wanted) -> Duty | None:
        """Return the letter that is owed already for a decision to a person."""
        if decision.held is None or person.held is None:
            return None
        return self._held_letters.get((decision.held.pk, person.held.pk))


PLAIN_REASONS = {ENHANCED_BECAUSE, STANDARD_BECAUSE}
STAGE_FIELDS = tuple(f"{stage}_at" for stage in STAGES)
PEOPLE = {"person": "person", "defendant": "defendant"}
REFERENCES = {"person": "Victim reference", "defendant": "Defendant reference"}


def merge(wanted: Wanted, facts: Facts, number: int) -> tuple[list[str], list[Clash]]:
    """Put one row's facts on a record; return which were new, and which clash with another row."""
    fresh, clashes = [], []
    wanted.first_row = wanted.first_row or number
    for name, said in facts.items():
        is_told = name in wanted.values
        known = wanted.values[name] if is_told else as_kept(getattr(wanted.held, name, None))
        value = known if _is_day_of(said, known, name) else said
        if is_told and (known == value or not _is_day_of(known, value, name)):
            if known != value:
                clashes.append(Clash(wanted, name, wanted.rows[name], known, value))
            continue
        wanted.values[name] = value
        wanted.rows[name] = number
        if wanted.held is None or known != value:
            fresh.append(name)
    return fresh, clashes


def tellable(clashes: list[Clash]) -> list[Clash]:
    """Return the clashes that say something of their own.

    The reason for an entitlement differs wherever the entitlement does; and where a row only says
    "enhanced", another may well say why: neither is a second fault, of a column that may not be.
    """
    names = {clash.name for clash in clashes}
    return [
        clash
        for clash in clashes
        if clash.name != "entitlement_because"
        or not ("entitlement" in names or PLAIN_REASONS & {clash.earlier, clash.now})
    ]


def _is_day_of(day: Any, moment: Any, name: str) -> bool:
    """Say whether one value is the day alone of a moment that the other gives with its hour."""
    if not name.endswith("_at") or not day or not moment:
        return False
    return str(day)[:10] == str(moment)[:10] and is_day_only(datetime.fromisoformat(day))


def _added(what: str, key: str, known: list[Wanted]) -> Wanted:
    """Return a new record beside those of its case, under a key that none of them has.

    What was corrected keeps the key that it was first held by.
    """
    taken = {each.key for each in known}
    free = key = key[:200]
    number = 1
    while free in taken:
        number += 1
        free = f"{key[:190]}#{number}"
    known.append(Wanted(what, free))
    return known[-1]


def reference_of(wanted: Wanted) -> str:
    """Return a record's own reference, to compare by."""
    return str(wanted.current("reference") or "").casefold()


def is_named(wanted: Wanted, name: str) -> bool:
    """Say whether a person has this name, as it is held or as the file would leave it."""
    parts = {part: wanted.current(part) or "" for part in ("given_names", "family_name")}
    if name_of(parts) == name:
        return True
    return wanted.held is not None and name == held_name_of(wanted)


def held_name_of(wanted: Wanted) -> str:
    """Return the name by which a person is held, to compare by."""
    held = wanted.held
    if not isinstance(held, PersonToTell | Defendant):
        return ""
    return name_of({"given_names": held.given_names, "family_name": held.family_name})


def name_of(facts: Facts) -> str:
    """Return a person's name to compare by."""
    return plain_name(f"{facts.get('given_names', '')} {facts.get('family_name', '')}")


def words_of_name(facts: Facts) -> str:
    """Return a person's name as it is written."""
    parts = (facts.get(part, "") for part in ("title", "given_names", "family_name"))
    return " ".join(str(part) for part in parts if part)


def words_of(wanted: Wanted) -> str:
    """Return what people call a person of the case."""
    parts = ("title", "given_names", "family_name")
    name = words_of_name({part: wanted.current(part) or "" for part in parts})
    return name or str(wanted.current("reference") or "")


def decided_at(decision: Wanted) -> datetime:
    """Return the moment of a decision as it would stand after the import."""
    return local(datetime.fromisoformat(str(decision.current("made_at"))))


def duty_like(letter: Wanted, decided: datetime) -> Duty:
    """Return a letter as it would stand after the import, only to be looked at.

    Not a whole Duty: making one of those for every row took an eighth of the check.
    """
    kept = {name: letter.current(name) for name in STAGE_FIELDS}
    times = {name: datetime.fromisoformat(value) if value else None for name, value in kept.items()}
    return cast(Duty, SimpleNamespace(decided_at=decided, **times))
