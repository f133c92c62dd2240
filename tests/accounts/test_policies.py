"""What a person is told who may not do a thing."""

import pytest

from forthright.accounts.models import Role
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from tests import given

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "words"),
    [
        pytest.param(Role.PANEL_MEMBER, "As panel member you may not see marks", id="plain"),
        pytest.param(Role.LEGAL_SPOC, "As legal SPOC you may not see marks", id="short form"),
        pytest.param(
            Role.CHIEF_CROWN_PROSECUTOR,
            "As Chief Crown Prosecutor you may not mark a letter",
            id="title",
        ),
    ],
)
def test_a_refusal_calls_the_role_as_people_do(role, words):
    permission = Permission.REVIEW_MARK if "mark a letter" in words else Permission.REVIEW_SEE

    with pytest.raises(NotAllowed, match=words):
        check_has_permission(given.a_person(role), permission)
