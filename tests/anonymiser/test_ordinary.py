"""Ordinary words of which the model is less than sure are asked about, and names are not."""

import pytest

from forthright.anonymiser.ordinary import asked_about
from forthright.anonymiser.spans import Found, Kind, Layer

CASES = [
    ("the bangle", "bangle", Kind.OTHER, 0.6, False),
    ("the bangle", "bangle", Kind.OTHER, 0.9, True),
    ("he needn’t", "needn’t", Kind.OTHER, 0.6, False),
    ("told wigglesworth", "wigglesworth", Kind.PERSON, 0.6, True),
    ("on Thursdays", "Thursdays", Kind.DATE, 0.99, False),
    ("Hull and Goole", "and", Kind.PLACE, 0.99, False),
    ("the Matron", "Matron", Kind.OTHER, 0.6, False),
    ("- Robbing Ms Osei", "Robbing", Kind.PERSON, 0.99, False),
    ("We told Robbing Ms Osei came", "Robbing", Kind.PERSON, 0.99, True),
    ("- Robbing, the son", "Robbing", Kind.PERSON, 0.99, True),
    ("in Kingfisher Court", "Court", Kind.PLACE, 0.6, True),
]


@pytest.mark.parametrize(("text", "word", "kind", "score", "is_masked"), CASES)
def test_what_the_model_alone_may_mask(text, word, kind, score, is_masked):
    start = text.index(word)
    found = Found(start, start + len(word), kind, Layer.MODEL, score)

    asked = asked_about(text, [found])[0]

    assert (asked.score >= 0.3) is is_masked
