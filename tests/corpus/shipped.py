"""The shipped rules as a checker of the corpus:

python -m tests.corpus.measure tests.corpus.shipped:check tuning
"""

from forthright.rules.letter_checks.engine import Finding, check_letter, prepare
from forthright.rules.letter_checks.rule import shipped_rules
from tests.corpus.reading import CorpusLetter

RULES = prepare(shipped_rules())


def check(letter: CorpusLetter) -> list[Finding]:
    """Return what the rules that ship with the product find in a letter of the corpus."""
    return check_letter(
        letter.text,
        letter.case,
        RULES,
        as_of=letter.as_of,
        template_spans=letter.template_spans,
    )
