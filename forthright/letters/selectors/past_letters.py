"""What rules find in the words of a letter that has gone out, as its case stood on that day."""

from datetime import date

from forthright.letters.models import LetterVersion
from forthright.letters.selectors.case_facts import case_file_for
from forthright.letters.selectors.checking import composed_of
from forthright.rules.letter_checks.engine import Finding, check_letter
from forthright.rules.words import local
from forthright.schemes.models import Duty
from forthright.standards.selectors import CheckRules


def findings_when_sent(
    version: LetterVersion, duty: Duty, *rules: CheckRules
) -> list[list[Finding]]:
    """Return what each set of rules finds in a version, for the day the letter was sent.

    What the record does not keep by day, such as who worked here, is as it stands now.
    """
    day = day_of_check(version, duty)
    composed = composed_of(version)
    case = case_file_for(duty, day, version.added_by)
    text, spans = composed.plain(), composed.template_spans()
    return [
        check_letter(text, case, each.prepared, as_of=day, template_spans=spans) for each in rules
    ]


def day_of_check(version: LetterVersion, duty: Duty) -> date:
    """Return the day for which a letter is checked: when it was sent, or else its words kept."""
    return local(duty.sent_at or version.added_at).date()
