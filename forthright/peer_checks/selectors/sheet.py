"""What a checker sees: the words, the criteria that can be checked, and the machine's findings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from forthright.letters.selectors.checking import Checked, check_version
from forthright.letters.selectors.letter import latest_words
from forthright.peer_checks.models import PeerCheck
from forthright.rules.applicability import (
    BY_RECORD_ALONE,
    Applicability,
    lateness_before_it_goes,
)
from forthright.rules.marking import said_stamp
from forthright.rules.quotations import Paragraph, paragraphs_of
from forthright.rules.rubric import Level
from forthright.standards.models import Criterion


@dataclass(frozen=True, slots=True)
class LevelKept:
    """What a checker said of one criterion so far."""

    level: str = ""
    quotation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PeerSheet:
    """One check as its page shows it."""

    check: PeerCheck
    criteria: list[Criterion]
    kept: Mapping[str, LevelKept]
    paragraphs: tuple[Paragraph, ...]
    # A newer version stands by now, so what is found here no longer counts.
    is_overtaken: bool

    @property
    def stamp(self) -> str:
        """Return the stamp of all that is kept, for a page to say what it was filled from."""
        said = [
            part
            for code in sorted(self.kept)
            for part in (code, self.kept[code].level, self.kept[code].quotation,
                         self.kept[code].note)
        ]  # fmt: skip
        return said_stamp(
            self.check.done_well, self.check.to_change, self.check.reasons_to_change, *said
        )

    @property
    def faults(self) -> list[str]:
        """Return the criteria that are not met, by code."""
        return [code for code, each in self.kept.items() if each.level == Level.NOT_MET]

    @property
    def faults_unshown(self) -> list[str]:
        """Return the criteria not met of which neither words of the letter nor a note say where."""
        kept = self.kept
        return [code for code in self.faults if not (kept[code].quotation or kept[code].note)]

    @property
    def place_of_fault(self) -> str:
        """Return the words quoted for the first criterion not met that has any; else nothing."""
        faults = set(self.faults)
        quoted = (self.kept[each.code].quotation for each in self.criteria if each.code in faults)
        return next((words for words in quoted if words), "")

    @property
    def missing(self) -> list[Criterion]:
        """Return the criteria of which nothing is said yet."""
        return [each for each in self.criteria if not self._level_of(each.code)]

    def _level_of(self, code: str) -> str:
        return self.kept[code].level if code in self.kept else ""


def sheet_of(check: PeerCheck) -> PeerSheet:
    """Return a check with its criteria and how far it has come."""
    newest = latest_words(check.letter)
    return PeerSheet(
        check=check,
        criteria=criteria_of(check),
        kept=levels_kept(check),
        paragraphs=paragraphs_of(check.version.text),
        is_overtaken=newest is None or newest.pk != check.version_id,
    )


def criteria_of(check: PeerCheck) -> list[Criterion]:
    """Return the criteria of the standard that can be checked against the record."""
    if check.edition is None:
        return []
    rows = check.edition.criteria.filter(group=Criterion.Group.FACTS, is_timeliness=False)
    return list(rows.prefetch_related("anchors").order_by("position"))


def decided_of(check: PeerCheck, day: date) -> dict[str, Applicability]:
    """Return by code whether a criterion applies to a letter looked at on a day, by the record.

    The record knows by when the letter that is owed had to go, and of no other letter.
    """
    if not check.letter.is_owed:
        return {}
    lateness = lateness_before_it_goes(check.letter.duty.due_on, day)
    return {
        each.code: lateness
        for each in criteria_of(check)
        if each.applies_when and each.code in BY_RECORD_ALONE
    }


def levels_offered(check: PeerCheck, day: date) -> dict[str, list[Level]]:
    """Return by code the levels a checker chooses from on a day.

    There is no half way before a letter goes, and what the record knows is not for them to say.
    """
    decided = decided_of(check, day)
    return {each.code: _levels(each, decided.get(each.code)) for each in criteria_of(check)}


def _levels(criterion: Criterion, by_record: Applicability | None) -> list[Level]:
    offered = [Level.FULLY, Level.NOT_MET]
    if by_record is not None:
        return offered if by_record.applies else [Level.NOT_APPLICABLE]
    return [*offered, Level.NOT_APPLICABLE] if criterion.applies_when else offered


def levels_kept(check: PeerCheck) -> dict[str, LevelKept]:
    """Return what is kept of each criterion, by code, in the order of the standard."""
    rows = check.levels.select_related("criterion").order_by("criterion__position")
    return {each.criterion.code: LevelKept(each.level, each.quotation, each.note) for each in rows}


def findings_of(check: PeerCheck, today: date) -> Checked:
    """Return what the checks find today in the words that are looked at."""
    return check_version(check.version, check.letter, today)
