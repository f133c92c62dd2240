"""Turns one row of a table into facts: a case, a person, a decision, what was done of a letter."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from forthright.accounts.models import Area
from forthright.extracts.imports import values
from forthright.extracts.imports.cells import (
    cleaned,
    fault_in_name,
    unseen_in_name,
    unwrapped,
)
from forthright.extracts.imports.entitlements import entitlement_facts
from forthright.extracts.imports.headings import (
    CASE_FIELDS,
    DECISION_FIELDS,
    DEFENDANT_FIELDS,
    LETTER_FIELDS,
    NAMING_FIELDS,
    PERSON_FIELDS,
    STAGES,
)
from forthright.extracts.imports.names import People, Units, people_of, read_name, units_of
from forthright.extracts.imports.tables import SheetRow
from forthright.extracts.imports.unfit import fault_in_column
from forthright.extracts.imports.values import NotReadable, is_empty, long_text_of, text_of
from forthright.extracts.plans import Kind, RowFacts
from forthright.rules.entitlement import Entitlement
from forthright.rules.urn import NotAUrn, read_urn
from forthright.rules.written import reason_in
from forthright.table_files.problems import Problem

Facts = dict[str, Any]

# Another system may keep a reason as a code of so few letters.
LEAST_OF_A_CODE = 2
EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
NAMES = {"person_name", "person_title", "person_given_names", "person_family_name",
         "preferred_name", "defendant_name", "prosecutor", "drafter"}  # fmt: skip
STAFF = {"prosecutor", "drafter"}
NAME_PARTS = {
    "person_title": "title",
    "person_given_names": "given_names",
    "person_family_name": "family_name",
    "preferred_name": "preferred_name",
}
PERSON_READERS: dict[str, Callable[[Any], Any]] = {
    "relation": values.read_relation,
    "is_child": values.read_yes_no,
    "has_opted_out": values.read_yes_no,
    "email": text_of,
    "phone": text_of,
    "address": long_text_of,
    "safe_contact_note": long_text_of,
    "language": text_of,
}


@dataclass
class Reader:
    """Reads the rows of one file for one Area; remembers what it has read before."""

    area: Area
    kind: Kind
    now: datetime
    today: date
    default_unit_id: int | None = None
    units: Units = field(init=False)
    people: People = field(init=False)
    known: dict[tuple[str, type, Any], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up the Area's units and people once."""
        self.units = units_of(self.area)
        self.people = people_of(self.area)

    def read(self, row: SheetRow, columns: Callable[[str], str]) -> RowFacts:
        """Return what a row says, with every problem in it."""
        return _RowReader(self, row, columns).read()

    def once(self, name: str, cell: Any, read: Callable[[Any], Any]) -> Any:
        """Return what a cell reads as; the same cell again is not read again."""
        key = (name, type(cell), cell)
        if key not in self.known:
            if len(self.known) > 50_000:
                self.known.clear()
            try:
                self.known[key] = read(cell)
            except NotReadable as refusal:
                self.known[key] = refusal
        return self.known[key]


class _RowReader:
    def __init__(self, reader: Reader, row: SheetRow, columns: Callable[[str], str]) -> None:
        self.reader = reader
        self.row = row
        self.columns = columns
        self.facts = RowFacts(sheet=row.sheet, row=row.row)
        cells = {name: cleaned(cell) for name, cell in row.cells.items()}
        self.cells = {name: cell for name, cell in cells.items() if not is_empty(cell)}

    def read(self) -> RowFacts:
        self.facts.problems += self.row.problems
        if self.facts.is_refused:
            return self.facts
        unfit = self._unfit_cells()
        # What stands beside a cell that cannot be read is read too, so that all is told at once.
        if "urn" not in unfit:
            self._read_urn()
        if unfit.isdisjoint(CASE_FIELDS):
            self.facts.case = self._case()
        if not unfit.isdisjoint(PERSON_FIELDS):
            return self.facts
        person = self._person()
        if person:
            self.facts.people.append(person)
        is_fit = unfit.isdisjoint(DECISION_FIELDS) and unfit.isdisjoint(DEFENDANT_FIELDS)
        if is_fit and self.reader.kind is not Kind.CASES:
            self._read_decision(person)
        return self.facts

    def problem(self, name: str, message: str, mend: str, *, stops: bool = True) -> None:
        """Note something wrong in the column of a field."""
        self.facts.problems.append(
            Problem(
                sheet=self.row.sheet,
                row=self.row.row,
                column=self.columns(name),
                message=message,
                mend=mend,
                stops=stops,
            )
        )

    def value(self, name: str, read: Callable[[Any], Any]) -> Any:
        """Return what the cell of a field reads as, or None where it is empty or unreadable."""
        if name not in self.cells:
            return None
        found = self.reader.once(name, self.cells[name], read)
        if isinstance(found, NotReadable):
            self.problem(name, found.message, found.mend)
            return None
        return found

    def _unfit_cells(self) -> set[str]:
        """Return the fields whose cells cannot be read, each noted as a problem."""
        unfit = set()
        for name, cell in self.cells.items():
            if fault := fault_in_column(name, cell) or self._fault_in_name(name, cell):
                self.problem(name, fault.message, fault.mend)
                unfit.add(name)
        return unfit

    def _fault_in_name(self, name: str, cell: Any) -> NotReadable | None:
        """Return what makes a cell no name, if it should be one; note a mark that nobody sees."""
        if name not in NAMES:
            return None
        given = self.row.cells[name]
        written = unwrapped(given) if isinstance(given, str) else text_of(cell)
        fault = fault_in_name(written, needs_letter=name not in STAFF)
        if fault is None and (note := unseen_in_name(written)):
            self.problem(name, note.message, note.mend, stops=False)
        return fault

    def _read_urn(self) -> None:
        try:
            urn = read_urn(text_of(self.cells.get("urn", "")))
        except NotAUrn as refusal:
            self.problem("urn", refusal.message, refusal.mend)
        else:
            self.facts.urn, self.facts.urn_suffix = urn.root, urn.suffix

    def _case(self) -> Facts:
        facts: Facts = {}
        for name in CASE_FIELDS:
            read: Callable[[Any], Any] = values.read_yes_no
            if name == "unit":
                read = self._unit
            elif name == "lead_offence":
                read = text_of
            if (found := self.value(name, read)) is not None:
                facts["unit_id" if name == "unit" else name] = found
        return facts

    def _unit(self, cell: Any) -> int:
        return self.reader.units.find(text_of(cell))

    def _person(self) -> Facts:
        given = [name for name in PERSON_FIELDS if name in self.cells]
        if not given:
            return {}
        if not any(name in self.cells for name in NAMING_FIELDS):
            if set(given) - {"language", "relation", "entitlement"}:
                self.problem(
                    given[0],
                    "Something is said of a person who has neither a name nor a reference.",
                    "Add the person’s surname or reference, or clear their cells.",
                )
            return {}
        facts = self._naming()
        for name, read in PERSON_READERS.items():
            if (found := self.value(name, read)) is not None:
                facts[name] = found
        if "email" in facts and not EMAIL.fullmatch(facts["email"]):
            self.problem(
                "email",
                f"“{facts['email'][:60]}” is not an e-mail address.",
                "Write one address, such as name@example.org, or clear the cell.",
            )
        facts |= self._entitlement(facts.get("is_child"))
        return facts

    def _naming(self) -> Facts:
        facts: Facts = {}
        if "person_reference" in self.cells:
            facts["reference"] = text_of(self.cells["person_reference"])
        if "person_name" in self.cells and "person_family_name" not in self.cells:
            name = read_name(text_of(self.cells["person_name"]))
            facts |= {"given_names": name.given_names, "family_name": name.family_name}
            if name.title:
                facts["title"] = name.title
        for column, part in NAME_PARTS.items():
            if column in self.cells:
                facts[part] = text_of(self.cells[column])
        return {name: value for name, value in facts.items() if value}

    def _entitlement(self, is_child: bool | None) -> Facts:
        if not {"entitlement", "categories"} & set(self.cells):
            return {}
        said = self.value("entitlement", values.read_entitlement)
        flags = set(self.value("categories", values.read_categories) or ())
        if said is Entitlement.STANDARD and flags:
            self.problem(
                "categories",
                "The person is said to have standard entitlement and also to be in a group that "
                "has enhanced entitlement.",
                "Look at the needs assessment and mend one of the two cells.",
            )
            return {}
        return entitlement_facts(said, flags, is_child=bool(is_child))

    def _read_decision(self, person: Facts) -> None:
        has_kind = "decision_kind" in self.cells
        if not has_kind and "decided_on" not in self.cells:
            self._check_nothing_hangs()
            return
        if not has_kind or "decided_on" not in self.cells:
            missing = "decided_on" if has_kind else "decision_kind"
            self.problem(
                missing,
                "The decision has no date." if has_kind else "The date has no decision beside it.",
                "A decision needs both what was decided and the day. Look it up in the case.",
            )
            return
        made_at = self.moment("decided")
        kind = self.value("decision_kind", values.read_kind)
        if made_at is None or kind is None:
            return
        self.facts.decision = self._decision(kind, made_at)
        letter = self._letter()
        if letter and not person:
            self.problem(
                next(name for name in LETTER_FIELDS if name in self.cells),
                "What was done of a letter is given, but not whom the letter is to.",
                "Add the person’s surname or reference to the row.",
            )
            return
        self.facts.letter = letter

    def _decision(self, kind: tuple[str, bool], made_at: datetime) -> Facts:
        facts: Facts = {"kind": kind[0], "made_at": made_at.isoformat()}
        if "decision_reference" in self.cells:
            facts["reference"] = text_of(self.cells["decision_reference"])
        for name in ("is_after_withdrawal", "was_made_in_court"):
            if (found := self.value(name, values.read_yes_no)) is not None:
                facts[name] = found
        if kind[1]:
            facts["is_after_withdrawal"] = True
        if "prosecutor" in self.cells:
            facts |= self._somebody("prosecutor", "made_by")
        defendant = self._defendant()
        if defendant:
            self.facts.defendants.append(defendant)
        return facts

    def _defendant(self) -> Facts:
        facts: Facts = {}
        if "defendant_reference" in self.cells:
            facts["reference"] = text_of(self.cells["defendant_reference"])
        if "defendant_name" in self.cells:
            name = read_name(text_of(self.cells["defendant_name"]))
            facts |= {"given_names": name.given_names, "family_name": name.family_name}
            if name.title:
                facts["title"] = name.title
        if born := self.value("defendant_born_on", values.read_moment):
            try:
                values.check_day(born.day, today=self.reader.today, earliest=values.EARLIEST_BIRTH)
                facts["born_on"] = born.day.isoformat()
            except NotReadable as refusal:
                self.problem("defendant_born_on", refusal.message, refusal.mend)
        return facts

    def moment(self, stage: str) -> datetime | None:
        """Return when a stage happened, from its day column and its time column."""
        if (found := self.value(f"{stage}_on", values.read_moment)) is None:
            return None
        column = f"{stage}_on"
        try:
            values.check_day(found.day, today=self.reader.today)
            if hour := self.value(f"{stage}_time", values.read_time):
                found, column = values.Moment(found.day, hour), f"{stage}_time"
            return values.past(found, now=self.reader.now)
        except NotReadable as refusal:
            self.problem(column, refusal.message, refusal.mend)
            return None

    def _letter(self) -> Facts:
        facts: Facts = {}
        for stage in STAGES:
            if (moment := self.moment(stage)) is not None:
                facts[f"{stage}_at"] = moment.isoformat()
        if "drafter" in self.cells:
            facts |= self._somebody("drafter", "drafter")
        reason = text_of(self.cells.get("not_required_reason", ""))
        is_required = self.value("is_required", values.read_yes_no)
        if is_required is False and not reason:
            self.problem(
                "is_required",
                "The letter is said not to be required, but not why.",
                "Add the reason in a column “Reason not required”.",
            )
        elif is_required is False and not reason_in(reason, least=LEAST_OF_A_CODE):
            self.problem(
                "not_required_reason",
                "The reason why no letter is required holds nothing that can be read.",
                "Write the reason in words.",
            )
        elif is_required is False:
            facts["not_required_reason"] = reason
        return facts

    def _somebody(self, column: str, name: str) -> Facts:
        written = text_of(self.cells[column])
        found = self.reader.people.find(written)
        return {f"{name}_id": found} if found else {f"{name}_name": written}

    def _check_nothing_hangs(self) -> None:
        """Refuse letter facts without a decision, and any row without one among decisions."""
        hanging = next((name for name in LETTER_FIELDS if name in self.cells), "")
        if hanging:
            self.problem(
                hanging,
                "What was done of a letter is given, but no decision that it is about.",
                "Add what was decided and the date.",
            )
        elif self.reader.kind is Kind.DECISIONS:
            self.problem(
                "decision_kind",
                "The row has no decision and no date of one.",
                "Add them, or take the row out, or import the file as cases.",
            )
