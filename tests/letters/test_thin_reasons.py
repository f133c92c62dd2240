"""Where a letter says little because the reasons do, the finding says so and where to mend it."""

import pytest

from forthright.letters.selectors.checking import check_version
from tests import given

pytestmark = pytest.mark.django_db


def test_a_thin_note_is_named_as_what_makes_the_letter_thin():
    version = given.a_draft()

    checked = check_version(version, version.letter.duty, given.NOON.date())

    [found] = [each.finding for each in checked.findings if each.finding.rule == "F1a"]
    assert "the reasons note is thin" in found.message
    assert "Ask the prosecutor" in found.suggestion
