"""Makes a version of the disclosure management document."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import DisclosureDuty, ManagementDocument
from forthright.disclosure.selectors.management import review_facts
from forthright.disclosure.selectors.secrets import Secrets
from forthright.disclosure.services.moving import locked
from forthright.rules.disclosure_management import (
    HEADINGS,
    LONGEST_PART,
    as_table,
    parts_of,
    speaks_of_sensitive,
)
from forthright.rules.written import cleaned, reason_in

TELLS = (
    "The disclosure management document repeats words of sensitive material, or speaks of it, so "
    "it cannot go out. Write a new version without them."
)


class DocumentRefused(ValueError):
    """The document cannot be made so; the message says what to change, and repeats no secret."""


@transaction.atomic
def write_document(
    duty: DisclosureDuty, written: Mapping[str, str], *, by: User, at: datetime
) -> ManagementDocument:
    """Make a new version from what a prosecutor writes and from what was done.

    :raises NotAllowed: if this person may not endorse in the unit, or see what is sensitive there
    :raises DocumentRefused: if nothing is written, or it tells what is sensitive
    """
    duty = locked(duty)
    policies.check_can_manage(by, duty)
    said = {heading.key: cleaned(written.get(heading.key, "")) for heading in HEADINGS}
    if not any(reason_in(words) for words in said.values()):
        raise DocumentRefused("Write at least one of the parts.")
    secrets = Secrets(duty)
    for heading in HEADINGS:
        if len(said[heading.key]) > LONGEST_PART:
            raise DocumentRefused(f"“{heading.title}” may have {LONGEST_PART:,} letters.")
        if found := speaks_of_sensitive(said[heading.key]):
            raise DocumentRefused(
                f"“{heading.title}” speaks of sensitive material: “{found}”. The document goes to "
                "the defence and to the court, and says neither that there is such material nor "
                "that there is none: take it out."
            )
        if secrets.told_in(said[heading.key]):
            raise DocumentRefused(
                f"“{heading.title}” repeats words of sensitive material of this case. The document "
                "goes to the defence and to the court: take them out."
            )
    newest = duty.documents.first()
    document = ManagementDocument.objects.create(
        duty=duty, version=newest.version + 1 if newest else 1, written=said,
        parts=as_table(parts_of(review_facts(duty), said)), made_at=at, made_by=by,
    )  # fmt: skip
    audit.record("document.made", duty, by=by, at=at, version=document.version)
    return document
