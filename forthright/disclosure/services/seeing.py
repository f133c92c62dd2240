"""Records each look at a duty, at what is on a schedule, and at lists of them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.cases.models import Defendant
from forthright.disclosure.models import (
    DeliveredFile,
    Delivery,
    DisclosureDuty,
    ManagementDocument,
    PoliceReturn,
)


@transaction.atomic
def see_list(duties: Sequence[DisclosureDuty], *, by: User, at: datetime) -> None:
    """Record which duties were listed with the names of their defendants."""
    if duties:
        audit.record("disclosures.listed", by=by, at=at, duties=[duty.pk for duty in duties])


@transaction.atomic
def see_defendants(defendants: Sequence[Defendant], *, by: User, at: datetime) -> None:
    """Record which defendants were listed for whom no duty has begun."""
    if defendants:
        listed = [each.pk for each in defendants]
        audit.record("defendants.listed", by=by, at=at, defendants=listed)


@transaction.atomic
def see_duty(duty: DisclosureDuty, *, by: User, at: datetime) -> None:
    """Record that a duty was opened."""
    audit.record("disclosure.seen", duty, by=by, at=at)


@transaction.atomic
def see_items(
    duty: DisclosureDuty, *, items: int, with_sensitive: bool, by: User, at: datetime
) -> None:
    """Record that the items of a duty were opened, and whether sensitive ones were among them."""
    audit.record("items.seen", duty, by=by, at=at, items=items, with_sensitive=with_sensitive)


@transaction.atomic
def see_delivery(delivery: Delivery, *, with_sensitive: bool, by: User, at: datetime) -> None:
    """Record that a delivery was opened."""
    audit.record("delivery.seen", delivery, by=by, at=at, with_sensitive=with_sensitive)


@transaction.atomic
def see_delivery_file(file: DeliveredFile, *, by: User, at: datetime) -> None:
    """Record that a file of a delivery was taken out as the police sent it."""
    audit.record("delivery_file.taken_out", file.delivery, by=by, at=at, file=file.position,
                 sha256=file.sha256)  # fmt: skip


@transaction.atomic
def see_deliveries(deliveries: Sequence[Delivery], *, by: User, at: datetime) -> None:
    """Record which deliveries were listed with the cases that they are of."""
    if deliveries:
        listed = [each.pk for each in deliveries]
        audit.record("deliveries.listed", by=by, at=at, deliveries=listed)


@transaction.atomic
def see_returns(returns: Sequence[PoliceReturn], *, by: User, at: datetime) -> None:
    """Record which returns a unit of the police listed."""
    if returns:
        audit.record("returns.listed", by=by, at=at, returns=[each.pk for each in returns])


@transaction.atomic
def see_return(returned: PoliceReturn, *, by: User, at: datetime) -> None:
    """Record that a unit of the police opened what was returned to it."""
    audit.record("return.seen", returned, by=by, at=at)


@transaction.atomic
def take_pack_out(
    duty: DisclosureDuty, *, files: int, items: int, by: User | None, at: datetime
) -> None:
    """Record that the papers of a service were handed out."""
    audit.record("pack.taken_out", duty, by=by, at=at, files=files, items=items)


@transaction.atomic
def take_answers_out(
    duty: DisclosureDuty, *, answers: int, by: User | None, at: datetime
) -> None:  # fmt: skip
    """Record that the answers to a defence statement were handed out as a file."""
    audit.record("answers.taken_out", duty, by=by, at=at, answers=answers)


@transaction.atomic
def take_document_out(
    document: ManagementDocument, *, kind: str, by: User | None, at: datetime
) -> None:
    """Record that a disclosure management document was handed out as a file."""
    audit.record("document.taken_out", document.duty, by=by, at=at, kind=kind,
                 version=document.version)  # fmt: skip


@transaction.atomic
def take_evidence_out(duty: DisclosureDuty, *, files: int, by: User, at: datetime) -> None:
    """Record that the evidence of how a duty was met was handed out."""
    audit.record("evidence.taken_out", duty, by=by, at=at, files=files)


@transaction.atomic
def take_compliance_out(
    area: Area, month: str, duties: Sequence[int], *, by: User | None, at: datetime
) -> None:
    """Record that a month's figures were handed out, with the cases and marks of which duties.

    :param duties: their ids
    """
    audit.record("compliance.taken_out", by=by, at=at, area=area, month=month, duties=list(duties))
