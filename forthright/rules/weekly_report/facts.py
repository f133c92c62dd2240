"""What the report is made from, as it stood when the report was made."""

from dataclasses import dataclass
from datetime import date, datetime

from forthright.rules.media_backlog import BacklogFacts
from forthright.rules.timeliness import Timeliness
from forthright.rules.weekly_report.disclosure_facts import DisclosureFacts
from forthright.rules.weekly_report.loop_facts import LoopFacts
from forthright.rules.weekly_report.panel import PanelFacts
from forthright.rules.weekly_report.trust import TrustFacts
from forthright.rules.weeks import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFact:
    """One letter owed in the week."""

    id: int
    unit: str
    entitlement: str
    timeliness: Timeliness
    due_on: date
    late_stage: str = ""
    is_drafter_known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RedatedFact:
    """A letter that was given another due date, where the old or the new lies in the week."""

    id: int
    changed_on: date
    # Whether it is now due in another week, and so no longer counted in this one.
    is_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPoint:
    """How many letters fell due in one week, and how they stood at the age of the report.

    Every week is counted as of the same number of days after its Monday, so that like is
    compared with like. `rules` names the way of counting; where it changes, so does the chart.
    """

    week: Week
    due: int
    met: int
    not_sent: int
    rules: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkFact:
    """One level given on one criterion."""

    code: str
    level: str
    is_critical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFact:
    """One drawn letter, and its marks when it has been marked."""

    id: int
    duty: int
    plan: str
    week: Week
    part: str
    # A fact of the frozen list, beside how the letter stood when the report was made.
    was_sent: bool
    is_sent_since: bool = False
    is_marked: bool = False
    overall: str = ""
    edition: int = 0
    marks: tuple[MarkFact, ...] = ()
    marked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionFact:
    """One criterion of the edition in force."""

    code: str
    title: str
    is_critical: bool = False
    is_timeliness: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackFact:
    """One finished marking, and whether the drafter was told and answered."""

    id: int
    is_told: bool
    waiting_since: date
    is_acknowledged: bool = False
    days_to_tell: int | None = None
    dispute: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """All that one week's report is made from."""

    week: Week
    as_of: date
    rules: str
    edition: int
    duties: tuple[DutyFact, ...]
    history: tuple[WeekPoint, ...]
    drawn: tuple[DrawnFact, ...]
    criteria: tuple[CriterionFact, ...]
    feedback: tuple[FeedbackFact, ...]
    stages: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...] = ()
    # How far marks can be trusted; nothing where it was not asked for.
    trust: TrustFacts | None = None
    # Letters drawn for this week and then swapped for another, with a reason.
    substituted: tuple[int, ...] = ()
    # Those of them that had not been sent when drawn.
    substituted_unsent: tuple[int, ...] = ()
    redated: tuple[RedatedFact, ...] = ()
    # The same of the earlier weeks of the charts.
    redated_before: tuple[RedatedFact, ...] = ()
    # Qualifying decisions made in the week, and those of them with nobody recorded to be told.
    decided: int = 0
    with_nobody: tuple[int, ...] = ()
    # The register of recordings; None where the Area keeps none.
    recordings: BacklogFacts | None = None
    # The daily loop of checks, feedback and watches; None where nothing was ever looked at.
    loop: LoopFacts | None = None
    # Initial disclosure; None where no duty to disclose was ever begun here.
    disclosure: DisclosureFacts | None = None
    # What the panel marked beside line managers; None where none marked by the standard.
    panel: PanelFacts | None = None

    @property
    def sampled(self) -> Week:
        """Return the week whose sample is told of: it was drawn on the Monday of this one.

        The sample of the week itself is drawn once the week is over, so that a report made then
        could say only that nothing of it has been marked.
        """
        return self.week.plus(-1)

    @property
    def is_over(self) -> bool:
        """Say whether the week had ended when its letters were counted."""
        return self.as_of > self.week.sunday
