"""That a letter is in a language which most rules cannot read."""

from collections.abc import Iterator

from forthright.rules.letter_checks.language import first_said, language_otherwise
from forthright.rules.letter_checks.subject import Hit, Subject, hit


def language(subject: Subject) -> Iterator[Hit]:
    """Yield the first sentence of a letter that is in another language than English."""
    found = language_otherwise(subject.letter)
    sentence = first_said(subject.letter)
    if found and sentence:
        yield hit(sentence, because=found)
