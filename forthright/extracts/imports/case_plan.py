"""Plans one case of a file: matches its rows with what is held, and says what each would do."""

from collections import Counter
from typing import Any

from forthright.extracts.imports import wording
from forthright.extracts.imports.effects import Frame, RowEffect
from forthright.extracts.imports.forecast import Foretold, foretell
from forthright.extracts.imports.held import Held
from forthright.extracts.imports.near import NearOnes
from forthright.extracts.imports.wanted import (
    Ambiguous,
    CaseWanted,
    Clash,
    Facts,
    Wanted,
    decided_at,
    duty_like,
    merge,
    name_of,
    tellable,
    words_of,
    words_of_name,
)
from forthright.extracts.plan_file import PlannedRow
from forthright.extracts.plans import Near, Outcome, RowFacts
from forthright.rules.entitlement import Entitlement, entitlement_doubt
from forthright.schemes.services import TimeRefused
from forthright.schemes.services.stage_times import check_times
from forthright.table_files.problems import Problem


class CasePlan:
    """The plan of one case: its rows' outcomes, its problems, and what would be written."""

    def __init__(
        self, frame: Frame, held: Held, rows: list[tuple[int, RowFacts]], refused: set[int]
    ) -> None:
        """Plan the case from its rows in the order of the file; some are refused already."""
        self.frame = frame
        self.refused = refused
        first = rows[0][1]
        self.wanted = CaseWanted(first.urn, first.urn_suffix, held)
        self.file_rows = {number: facts.row for number, facts in rows}
        self.near = NearOnes(self.wanted, [facts for _, facts in rows])
        # How many rows each question is asked about that is not answered yet.
        self.asked: Counter[str] = Counter()
        self._named: dict[tuple[str, int, int], tuple[int, bool]] = {}
        self.effects = [self._effect(number, facts) for number, facts in rows]
        self.forecast = foretell(self.wanted, frame.clock)
        self._place_letters()
        if not self.wanted.people:
            self._note_nobody_to_tell()

    def _effect(self, number: int, facts: RowFacts) -> RowEffect:
        effect = RowEffect(number, facts)
        if not facts.urn or number in self.refused:
            return effect
        try:
            self._put_case(effect)
            people = [self._put_person(effect, each) for each in facts.people]
            defendants = [self._put_defendant(effect, each) for each in facts.defendants]
            decision = self._put_decision(effect, defendants) if facts.decision else None
            effect.decision = decision
            for person, said in zip(people, facts.people, strict=True):
                if decision is not None:
                    self._put_letter(effect, decision, person)
                self._ask_of_repeated(effect, person, decision, said)
        except Ambiguous as doubt:
            mend = wording.WHICH_IN_A_MESSAGE if self.frame.is_message else doubt.mend
            self._problem(effect, "person_reference", doubt.message, mend)
        return effect

    def _place_letters(self) -> None:
        """Put each letter that is foretold beside the row by which it is so."""
        effects = {effect.number: effect for effect in self.effects}
        for foretold in (*self.forecast.owed, *self.forecast.moved):
            effect = effects[foretold.number]
            effect.letters.append(foretold)
            if foretold.due is None:
                self._refuse_without_due_date(effect, foretold.decision)

    def _refuse_without_due_date(self, effect: RowEffect, decision: Wanted) -> None:
        why, mend = self.frame.clock.refusal(decided_at(decision))
        if why not in {problem.message for problem in effect.problems}:
            self._problem(effect, "decided_on", why, mend)

    def _note_nobody_to_tell(self) -> None:
        """Say of decisions that would owe somebody a letter that nobody is named to be told.

        Without a name no letter is owed, and so none is counted: a victim left out of an extract
        would be missing from every figure.
        """
        for effect in self.effects:
            decision = effect.decision
            if decision is None or any(problem.stops for problem in effect.problems):
                continue
            if self.frame.clock.qualifies(str(decision.current("kind")), decided_at(decision)):
                self._problem(
                    effect,
                    "person_name",
                    "Nobody is named to be told of this decision, so no letter is owed for it.",
                    "If there is a victim, add the name. If there is none, nothing needs doing.",
                    stops=False,
                )

    def _ask_of_repeated(
        self, effect: RowEffect, person: Wanted, decision: Wanted | None, said: Facts
    ) -> None:
        """Ask about a name that stands twice for one decision: it may be two people of one name.

        Read as one without asking, the second victim would be owed nothing. Rows
        of two sheets may well be about one person, and so may two decisions.
        """
        key = (effect.facts.sheet, id(person), id(decision))
        has_reference = bool(said.get("reference"))
        if key not in self._named:
            self._named[key] = (effect.facts.row, has_reference)
            return
        earlier, had_reference = self._named[key]
        clashes = any(problem.stops for problem in effect.problems)
        if clashes or (has_reference and had_reference):
            return
        is_one = self.frame.answers.repeats_are_one
        self.asked["repeats"] += not is_one
        message, mend = wording.repeat_words(
            words_of(person),
            rows=(earlier, effect.facts.row),
            has_decision=decision is not None,
            is_one=is_one,
        )
        self._problem(effect, "person_name", message, mend, stops=not is_one)

    def _put_case(self, effect: RowEffect) -> None:
        case, facts = self.wanted.case, dict(effect.facts.case)
        if case.is_new and "unit_id" not in case.values and "unit_id" not in facts:
            if self.frame.default_unit_id is None:
                self._problem(
                    effect,
                    "unit",
                    "The case is new and the file does not say which unit has it.",
                    wording.unit_mend(is_message=self.frame.is_message),
                )
                return
            facts["unit_id"] = self.frame.default_unit_id
        self._put(effect, case, facts)

    def _put_person(self, effect: RowEffect, facts: Facts) -> Wanted:
        person = self._person_meant(effect, facts)
        if person.is_new and not person.first_row and not name_of(facts):
            self._problem(
                effect,
                "person_family_name",
                f"Nobody with the reference “{facts.get('reference', '')}” is held in this case, "
                "and the row gives no name.",
                "Add the person’s surname.",
            )
        facts = self._without_corrected(effect, person, facts)
        if facts.get("reference") and not person.current("reference"):
            person.key = f"ref:{str(facts['reference']).casefold()}"
            if not person.is_new:
                facts["key"] = person.key
        self._put(effect, person, facts)
        if {"relation", "entitlement"} & set(facts):
            self._note_doubt(effect, person)
        return person

    def _without_corrected(self, effect: RowEffect, person: Wanted, facts: Facts) -> Facts:
        """Return what a row says of a person, without what somebody corrected by hand."""
        by_hand = self.wanted.by_hand(person)
        kept = [name for name in facts if name in by_hand and facts[name] != person.current(name)]
        if kept:
            message, mend = wording.kept_by_hand_words(words_of(person), kept)
            self._problem(effect, wording.column_of(kept[0]), message, mend, stops=False)
        return {name: value for name, value in facts.items() if name not in kept}

    def _person_meant(self, effect: RowEffect, facts: Facts) -> Wanted:
        """Return the person that a row means; ask where the name is nearly one that is held."""
        near = self.near.person(facts)
        if near is None:
            return self.wanted.person(facts)
        answer = self.frame.answers.near_names
        message, mend = wording.near_name_words(
            words_of_name(facts), words_of(near), answer, is_message=self.frame.is_message
        )
        self._ask(effect, "near_names", "person_name", message, mend, answer)
        return near if answer is Near.CORRECTED else self.wanted.person(facts)

    def _decision_meant(self, effect: RowEffect, facts: Facts, defendant: Wanted | None) -> Wanted:
        """Return the decision that a row means; ask where it is nearly one that is held.

        :raises Ambiguous: if it is one that is held, corrected, and may be either of two
        """
        near = self.near.decisions(facts, defendant)
        if not near:
            return self.wanted.decision(facts, defendant)
        answer = self.frame.answers.near_decisions
        message, mend = wording.near_decision_words(facts, near, answer)
        if answer is Near.CORRECTED and len(near) > 1:
            raise Ambiguous(message, mend)
        self._ask(effect, "near_decisions", "decided_on", message, mend, answer)
        if answer is Near.CORRECTED:
            return near[0]
        return self.wanted.another_decision(facts, defendant)

    def _ask(
        self, effect: RowEffect, question: str, column: str, message: str, mend: str,
        answer: Near | None,
    ) -> None:  # fmt: skip
        """Ask about a row, unless that was answered for the whole file: then it is a note."""
        self.asked[question] += answer is None
        self._problem(effect, column, message, mend, stops=answer is None)

    def _note_doubt(self, effect: RowEffect, person: Wanted) -> None:
        """Say of a person with standard entitlement that they may well have enhanced."""
        relation, entitlement = person.current("relation"), person.current("entitlement")
        known = Entitlement(str(entitlement or Entitlement.UNKNOWN))
        if doubt := entitlement_doubt(str(relation or ""), known):
            self._problem(
                effect,
                "entitlement",
                doubt,
                "If it is so, write “Enhanced” in the extract, or correct it on the page of the "
                "letter: it is due sooner.",
                stops=False,
            )

    def _put_defendant(self, effect: RowEffect, facts: Facts) -> Wanted:
        defendant = self.wanted.defendant(facts)
        if defendant.is_new and not defendant.first_row and not name_of(facts):
            facts = {**facts, "family_name": str(facts.get("reference", ""))}
        self._put(effect, defendant, facts)
        return defendant

    def _put_decision(self, effect: RowEffect, defendants: list[Wanted]) -> Wanted:
        facts = dict(effect.facts.decision or {})
        defendant = defendants[0] if defendants else None
        decision = self._decision_meant(effect, facts, defendant)
        known = self.wanted.defendant_key(decision)
        self._put(effect, decision, facts)
        if defendant is not None and known != defendant.key:
            fresh, clashes = merge(decision, {"defendant_key": defendant.key}, effect.number)
            if fresh and not decision.is_new:
                effect.changes.append((decision, fresh))
            self._clash(effect, clashes)
        why, mend = self.frame.clock.refusal(decided_at(decision))
        if why:
            self._problem(effect, "decided_on", why, mend)
        return decision

    def _put_letter(self, effect: RowEffect, decision: Wanted, person: Wanted) -> None:
        facts = effect.facts.letter
        moment = decided_at(decision)
        if not self.frame.clock.qualifies(str(decision.current("kind")), moment):
            if facts:
                self._problem(
                    effect,
                    wording.letter_column(facts),
                    "No letter is owed for this kind of decision, so what the row says of one "
                    "is left out.",
                    "Nothing needs doing, unless the kind of decision is wrong.",
                    stops=False,
                )
            return
        letter = self.wanted.letter(decision, person)
        self._put(effect, letter, facts)
        effect.letter = (letter, decision, person)
        if letter.current("not_required_reason") and letter.current("sent_at"):
            self._problem(
                effect,
                "is_required" if "not_required_reason" in facts else "sent_on",
                "The letter is said not to be required, yet also to have been sent.",
                "Clear the date it was sent, or say that it is required.",
            )
        try:
            check_times(duty_like(letter, moment), at=self.frame.clock.now)
        except TimeRefused as refusal:
            column = wording.letter_column(facts, refusal.stage)
            self._problem(effect, column, str(refusal), "Mend the one that is wrong.")

    def _put(self, effect: RowEffect, wanted: Wanted, facts: Facts) -> None:
        was_named = wanted.first_row > 0
        fresh, clashes = merge(wanted, facts, effect.number)
        if wanted.is_new and (fresh or not was_named):
            effect.adds.append(wanted)
        elif fresh:
            effect.changes.append((wanted, fresh))
        self._clash(effect, clashes)

    def _clash(self, effect: RowEffect, clashes: list[Clash]) -> None:
        for clash in tellable(clashes):
            rows = (self.file_rows[clash.earlier_row], effect.facts.row)
            message, mend = wording.clash_words(clash, rows=rows, names=self.frame.names)
            self._problem(effect, wording.column_of(clash.name), message, mend)

    def _problem(
        self, effect: RowEffect, column: str, message: str, mend: str, *, stops: bool = True
    ) -> None:
        facts = effect.facts
        effect.problems.append(
            Problem(
                sheet=facts.sheet,
                row=facts.row,
                column=self.frame.columns(facts.sheet, column),
                message=message,
                mend=mend,
                stops=stops,
            )
        )

    def problems(self) -> list[tuple[int | None, Problem]]:
        """Return what is wrong or doubtful, each with the row that it is about."""
        return [(each.number, problem) for each in self.effects for problem in each.problems]

    def totals(self) -> dict[str, int]:
        """Return how often something was found in the case that is said of the whole file."""
        return {
            **self.asked,
            "owed": len(self.forecast.owed),
            "moved": len(self.forecast.moved),
        }

    def rows(self) -> list[PlannedRow]:
        """Return each row with what would become of it."""
        return [self._planned(effect) for effect in self.effects]

    def _planned(self, effect: RowEffect) -> PlannedRow:
        facts = effect.facts
        outcome = Outcome.UNCHANGED
        if effect.number in self.refused or any(problem.stops for problem in effect.problems):
            outcome = Outcome.REFUSED
        elif effect.adds:
            outcome = Outcome.ADD
        elif effect.changes:
            outcome = Outcome.CHANGE
        words = [] if outcome is Outcome.REFUSED else self._words(effect)
        urn = f"{facts.urn}{facts.urn_suffix}"
        return PlannedRow(effect.number, facts.sheet, facts.row, urn, outcome, words)

    def _words(self, effect: RowEffect) -> list[str]:
        added = [wording.added_words(each) for each in effect.adds if each.what != "letter"]
        words = [f"Adds {each}." for each in dict.fromkeys(added)]
        words += [text for each in effect.changes if (text := self._changed_words(effect, *each))]
        words += [self._foretold_words(effect, each) for each in effect.letters]
        return words or ["Nothing new: it is held as it stands here."]

    def _changed_words(self, effect: RowEffect, changed: Wanted, fresh: list[str]) -> str:
        defendants = {each.key: words_of(each) for each in self.wanted.defendants}
        names = {**self.frame.names, "defendant_key": defendants}
        person = effect.letter[2] if effect.letter and changed.what == "letter" else None
        return wording.changed_words(changed, fresh, names=names, to=person)

    @staticmethod
    def _foretold_words(effect: RowEffect, foretold: Foretold) -> str:
        if foretold.was_due is not None:
            return wording.moved_words(foretold)
        if effect.letter:
            letter, decision, person = effect.letter
            if decision is foretold.decision and person is foretold.person:
                return wording.letter_words(letter, foretold)
        return wording.letter_words(None, foretold)

    def changes(self) -> list[dict[str, Any]]:
        """Return what would be written, each record after those that it hangs on."""
        wanted = self.wanted
        kept = [_change(wanted.case)]
        for each in (*wanted.people, *wanted.defendants, *wanted.decisions):
            if each.first_row:
                kept.append(_change(each))
        for (decision, person), letter in self._letters():
            kept.append({**_change(letter), "decision": decision.key, "person": person.key})
        touched = any(each["id"] is None or each["before"] for each in kept)
        if not touched:
            return []
        kept[0] |= {"urn": wanted.urn, "urn_suffix": wanted.suffix}
        kept[0]["owed"] = len(self.forecast.owed)
        return kept

    def _letters(self) -> list[tuple[tuple[Wanted, Wanted], Wanted]]:
        seen: dict[int, tuple[tuple[Wanted, Wanted], Wanted]] = {}
        for effect in self.effects:
            if effect.letter:
                letter, decision, person = effect.letter
                seen[id(letter)] = ((decision, person), letter)
        return list(seen.values())


def _change(wanted: Wanted) -> dict[str, Any]:
    return {
        "what": wanted.what,
        "key": wanted.key,
        "id": wanted.held_id,
        "values": wanted.values,
        "before": wanted.before,
    }
