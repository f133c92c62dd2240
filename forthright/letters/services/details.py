"""Corrects where a person can be reached: their e-mail address, telephone number and address."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.cases.models import PersonToTell
from forthright.letters import policies
from forthright.letters.selectors.case_facts import details_stamp, wishes_of
from forthright.rules.contact_lock import is_same_place
from forthright.rules.written import LEAST_WEIGHED, cleaned, reason_in
from forthright.schemes.models import Duty
from forthright.web.meanwhile import by_whom, check_unchanged

# Its detail names the fields; an extract does not put back what it names.
DETAILS_CHANGED = "person_to_tell.details_changed"
NAMES = {"email": "e-mail address", "phone": "telephone number", "address": "address"}


class DetailsRefused(ValueError):
    """Where a person can be reached is not changed; says why and which field is meant."""

    def __init__(self, words: str, field: str) -> None:
        """Keep the field beside the words."""
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Where a person can be reached; nothing is not known."""

    email: str = ""
    phone: str = ""
    address: str = ""


@transaction.atomic
def change_details(
    duty: Duty, details: Details, *, reason: str, by: User, at: datetime, opened: str | None = None
) -> PersonToTell:
    """Change where the person of a letter can be reached, with who said so.

    What is marked as not safe is refused. A letter that waits to go to the old address is held
    back when it goes. `opened` is the stamp of what the page showed; without one, nothing is asked.

    :raises NotAllowed: if this letter is not this person's to record
    :raises ChangedMeanwhile: if somebody changed them since the page was opened
    :raises DetailsRefused: if nothing changes, nobody says why, or it is marked as not safe
    """
    policies.check_can_set_wishes(by, duty)
    person = PersonToTell.objects.select_for_update().get(pk=duty.person_id)
    check_unchanged(opened, details_stamp(person), by_whom(person, DETAILS_CHANGED))
    given = {name: cleaned(value) for name, value in asdict(details).items()}
    changed = [name for name, value in given.items() if value != getattr(person, name)]
    if not changed:
        raise DetailsRefused("Nothing is different from what is recorded.", "email")
    if not reason_in(reason, least=LEAST_WEIGHED):
        raise DetailsRefused("Say who told you, and when.", "reason")
    wishes = wishes_of(person)
    for name in changed:
        if wishes and any(is_same_place(given[name], each) for each in wishes.unsafe):
            raise DetailsRefused(
                f"This {NAMES[name]} is marked as one that must not be used. If that no longer "
                "holds, say so under “How can this person be reached?” first.",
                name,
            )
    for name in changed:
        setattr(person, name, given[name])
    person.save(update_fields=changed)
    audit.record(
        DETAILS_CHANGED, person, by=by, at=at, area=duty.area, duty=duty.pk,
        changed=changed, reason=reason_in(reason),
    )  # fmt: skip
    duty.person = person
    return person
