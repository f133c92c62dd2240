"""What the pages of blocks and of templates share when a change is approved or ended."""

from typing import Any

from django import forms

from forthright.accounts.policies import is_allowed
from forthright.letter_templates import policies
from forthright.letter_templates.forms.blocks import ApprovalForm, ReasonForm
from forthright.letter_templates.models import BlockVersion, TemplateVersion
from forthright.letter_templates.services import ChangeRefused
from forthright.web.page import SignedInRequest


def refuse(form: forms.Form, refusal: ChangeRefused) -> None:
    """Put each problem of a refused change at the head of the form."""
    for problem in refusal.problems:
        form.add_error(None, problem)


def deciding(
    request: SignedInRequest,
    version: BlockVersion | TemplateVersion,
    approval: ApprovalForm,
    ending: ReasonForm,
) -> dict[str, Any]:
    """Return what a version's page needs so that somebody can approve it or end it."""
    area = version.of.area
    return {
        "version": version,
        "form": approval if approval.errors else ending,
        "approval": approval,
        "ending": ending,
        "may_approve": is_allowed(policies.check_can_approve, request.user, version, area),
        "may_end": is_allowed(policies.check_can_withdraw, request.user, version, area),
        "is_own": version.made_by_id == request.user.pk,
    }
