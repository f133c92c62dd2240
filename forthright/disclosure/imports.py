"""Takes files that were handed over through a page to the check of a delivery."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import IO, Protocol

from forthright.accounts.models import Unit, User
from forthright.disclosure.models import Delivery, DisclosureDuty, PoliceReturn
from forthright.disclosure.services.bringing import check_delivery
from forthright.disclosure.services.handing_in import hand_in
from forthright.disclosure.services.reading import HandedOver, files_laid_out


class Uploaded(Protocol):
    """A file as a browser sends it."""

    name: str | None
    file: IO[bytes]


def check_uploads(  # noqa: PLR0913 - what a page asks
    duty: DisclosureDuty, uploads: Sequence[Uploaded], *, police_unit: Unit | None, is_whole: bool,
    by: User, at: datetime, of_this_case: str = "",
) -> Delivery:  # fmt: skip
    """Check files without taking them in; what lies on the disk meanwhile is removed.

    :raises NotAllowed: if the case is not this person's
    :raises DeliveryRefused: if a file cannot be read, none is a schedule, or it is another case's
    """
    with laid_out(uploads) as files:
        return check_delivery(
            duty, files, police_unit=police_unit, is_whole=is_whole, by=by, at=at,
            of_this_case=of_this_case,
        )  # fmt: skip


def hand_in_uploads(
    returned: PoliceReturn, uploads: Sequence[Uploaded], *, opened: str | None = None, by: User,
    at: datetime,
) -> Delivery:  # fmt: skip
    """Hand in a new version of what was returned to a unit of the police.

    :raises NotAllowed: if it was returned to another unit, or is mended already
    :raises DeliveryRefused: if a file cannot be read, none is a schedule, or it is another case's
    :raises ChangedMeanwhile: if something was handed in, or taken in, since the page was opened
    """
    with laid_out(uploads) as files:
        return hand_in(returned, files, opened=opened, by=by, at=at)


def laid_out(uploads: Sequence[Uploaded]) -> AbstractContextManager[list[HandedOver]]:
    """Lay files in the data folder for as long as they are read, and what they unpack to."""
    return files_laid_out((each.name or "schedule", each.file.read()) for each in uploads)
