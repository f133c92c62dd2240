"""Findings that a manager had before they were given on to somebody else."""

from forthright.accounts.models import User
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.panels.models import PanelFinding


def check_not_given_on(user: User, finding_id: int) -> None:
    """Refuse in words who had a finding that somebody else answers now; to others it is not there.

    :raises NotAllowed: with who has it
    """
    rows = PanelFinding.objects.filter(pk=finding_id, area=user.area_id).exclude(manager=user.pk)
    finding = rows.select_related("manager").first()
    if finding is None:
        return
    had = Event.objects.filter(
        name="panel.finding_given_on", subject_kind=PanelFinding._meta.label,
        subject_id=str(finding.pk), detail__before=user.pk,
    )  # fmt: skip
    if had.exists():
        raise NotAllowed(
            f"This finding was given on to {finding.manager}, who answers it now. If you did "
            "something about it already, tell them."
        )
