"""Labels as they read inside a sentence."""

import pytest

from forthright.web.templatetags.plain_words import inside


@pytest.mark.parametrize(
    ("label", "reads"),
    [
        ("Decided", "decided"),
        ("Code from your phone", "code from your phone"),
        ("Victim Liaison Unit told", "Victim Liaison Unit told"),
        ("URN", "URN"),
        ("The person reached", "the person reached"),
    ],
)
def test_only_a_name_or_a_short_form_keeps_its_capital(label, reads):
    assert inside(label) == reads
