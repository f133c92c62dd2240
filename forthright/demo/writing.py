"""Letters that are being written today: reasons, drafts and approvals, made through the product."""

from contextlib import suppress
from datetime import date, datetime
from random import Random

from django.db import transaction
from django.db.models import Q

from forthright.accounts.models import Area, Role, User
from forthright.cases.models import Decision, PersonToTell
from forthright.demo.letters import REASONS
from forthright.demo.loading import Loaded
from forthright.demo.looking import TAKES, look_at_todays_letters
from forthright.letter_templates.services import start_letter_templates
from forthright.letters.models import ContactWishes, ReasonsNote
from forthright.letters.selectors.case_facts import note_for
from forthright.letters.services.approving import approve
from forthright.letters.services.drafting import DraftRefused, draft_letter, hand_over
from forthright.letters.services.facts import (
    NewContact,
    NewService,
    Wishes,
    add_contact,
    add_support,
    set_wishes,
)
from forthright.letters.services.notes import Reasons, write_note
from forthright.rules.case_file import Flag
from forthright.schemes.models import Duty

# Of so many letters the reasons are written, of fewer there is a draft, and so on.
EXPLAINED, DRAFTED, HANDED_OVER, APPROVED = 12, 5, 4, 2
CONTACTS = (
    NewContact(kind="PHONE", value="01632 960 110", words="Victim Liaison Unit",
               hours="Monday to Friday, 9am to 5pm"),
    NewContact(kind="EMAIL", value="victims.mercia@cps.example"),
)  # fmt: skip
SUPPORT = (
    NewService(name="Mercia Victim Support", phone="01632 960 220"),
    NewService(name="Mercia Rape Crisis", phone="01632 960 221", fits=(Flag.RASSO,)),
    NewService(name="Mercia Refuge", phone="01632 960 222", fits=(Flag.DOMESTIC_ABUSE,)),
)
# What each kind of decision was, as a prosecutor writes it down.
DECIDED = {
    Decision.Kind.DISCONTINUED: "to stop the case of {offence}",
    Decision.Kind.NO_FURTHER_ACTION: "not to charge {defendant} with {offence}",
}


def start_writing(area: Area, *, used_from: date, at: datetime) -> None:
    """Give a made-up Area its wording, contacts and support."""
    start_letter_templates(area, by=None, at=at)
    for contact in CONTACTS:
        add_contact(area, contact, used_from=used_from, by=None, at=at)
    for service in SUPPORT:
        add_support(area, service, used_from=used_from, by=None, at=at)


@transaction.atomic
def write_todays_letters(loaded: Loaded, *, seed: int, until: datetime) -> None:
    """Explain, draft and approve some of the letters that are due next.

    Early enough that whoever looks at one of them has done so by the moment up to which it is.
    """
    at = until - TAKES
    chance = Random(f"writing {seed}")
    start_writing(loaded.area, used_from=date(until.year - 2, 1, 1), at=at)
    officers = loaded.people[Role.VICTIM_LIAISON_OFFICER]
    managers = [each for each in loaded.people[Role.LINE_MANAGER] if each.unit
                and each.unit.kind == "VLU"]  # fmt: skip
    begun_since = Q(decided_at__gt=at) | Q(told_at__gt=at) | Q(explained_at__gt=at)
    waiting = Duty.objects.filter(
        area=loaded.area, state=Duty.State.OPEN, drafted_at=None, decision__kind__in=DECIDED,
        person__relation=PersonToTell.Relation.VICTIM, person__is_child=False,
        person__has_opted_out=False,
    ).exclude(begun_since).order_by("-due_on", "pk")[:EXPLAINED]  # fmt: skip
    for number, duty in enumerate(waiting.select_related("area", "unit", "decision__defendant",
                                                         "person", "case", "drafter")):  # fmt: skip
        if duty.person.email and not duty.person.safe_contact_note:
            set_wishes(duty, Wishes(channel=ContactWishes.Channel.EMAIL), by=None, at=at)
        # Two people may be told of one decision: the second letter rests on the same reasons.
        if note_for(duty.decision) is None:
            write_note(duty, _reasons(duty, chance), by=None, at=at)
        with suppress(DraftRefused):
            _write(duty, number, chance.choice(officers), managers[0], at)
    look_at_todays_letters(loaded, at=at)


def _reasons(duty: Duty, chance: Random) -> Reasons:
    defendant = str(duty.decision.defendant or "the suspect")
    chosen = chance.choice(REASONS).format(defendant=defendant)
    facts = [fact.strip() for fact in chosen.split(". ") if fact.strip()]
    return Reasons(
        decided=DECIDED[Decision.Kind(duty.decision.kind)].format(
            offence=duty.case.lead_offence.lower(), defendant=defendant
        ),
        test=ReasonsNote.Test.EVIDENCE,
        facts=facts,
        must_not_say=("The neighbour gave another name at first",),
    )


def _write(duty: Duty, number: int, officer: User, manager: User, at: datetime) -> None:
    if number >= DRAFTED:
        return
    duty.refresh_from_db()
    version = draft_letter(duty, by=officer, at=at)
    duty.refresh_from_db()
    if number >= HANDED_OVER:
        return
    hand_over(duty, by=officer, at=at)
    duty.refresh_from_db()
    if number < APPROVED:
        approve(duty, version.number, by=manager, at=at)
