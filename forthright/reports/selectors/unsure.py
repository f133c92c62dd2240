"""What a report says of the rules that it is counted by: which of them nobody has confirmed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from forthright.accounts.models import Area
from forthright.rules.words import list_words
from forthright.schemes import selectors as schemes
from forthright.schemes.models import RuleSet
from forthright.schemes.selectors.area_clock import clock_rules_of


def warnings_of(area: Area, rule_sets: Sequence[RuleSet], as_of: date) -> tuple[str, ...]:
    """Say which rules behind the figures nobody has confirmed, and when the calendar ends."""
    unsure: dict[str, list[RuleSet]] = defaultdict(list)
    for rule_set in rule_sets:
        for each in clock_rules_of(rule_set).to_confirm():
            unsure[each].append(rule_set)
    warnings = [
        f"Not yet confirmed by the Area, and used in {_figures_of(by, rule_sets)}: {each}."
        for each, by in unsure.items()
    ]
    if ending := schemes.calendar_warning_for(area, as_of):
        warnings.append(ending)
    return tuple(warnings)


def _figures_of(by: Sequence[RuleSet], rule_sets: Sequence[RuleSet]) -> str:
    if len(by) == len(rule_sets):
        return "every figure"
    return f"what is counted by time limits {list_words([str(each) for each in by])}"
