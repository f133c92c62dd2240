"""The facts of initial disclosure: duties by when they were due, and schedules decided on.

They stand apart from the other facts, because an Area that keeps no disclosure here has none.
"""

from dataclasses import dataclass

from forthright.rules.disclosure_judged import DutyFacts
from forthright.rules.disclosure_returns import ReturnFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureFacts:
    """All that the section on disclosure is made from, as known when the report was made."""

    # Due in the pooled weeks, that of the report the last of them.
    duties: tuple[DutyFacts, ...]
    # Decided on in the pooled weeks.
    deliveries: tuple[ReturnFacts, ...]
    # Of cases sent to the Crown Court, and no duty begun when the report was made.
    not_begun: int = 0
