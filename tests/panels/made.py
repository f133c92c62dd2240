"""Anonymised letters in every state, each reached through the product."""

from forthright.accounts.models import Role, Unit
from forthright.cases.models import Defendant
from forthright.letters.services import keep_words
from forthright.panels.models import AnonymisedLetter, Place
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.selectors.whose import unsaid_places
from forthright.panels.services.facts import answer_facts
from forthright.panels.services.releasing import confirm_letter
from forthright.panels.services.saying_who import SaidWho, say_who
from forthright.panels.services.taking import Decided, decide_place, take_letter
from forthright.schemes.models import Duty
from forthright.schemes.services import StageTimes, record_stages_bulk
from tests import given

WORDS = """Dear Ms {family}

I am writing about what happened at {street} in Worcester on 3 May 2026.

I have decided to stop the case against Mr {accused}. {accused} was seen nearby, and nobody saw
who broke the window. PC 4412 Hale spoke to everybody in the street.

I am sorry that this is not the news you hoped for.

If you disagree, you can ask us to look at the decision again within 10 working days.

Yours sincerely
Ruth Lane"""
NO_FACT_STANDS = dict.fromkeys(
    ["EVENT_stands", "PLACE_stands", "OCCUPATION_stands", "KINSHIP_stands"], "NO"
)
NOTHING = "Nothing of the kind stands in it; I read every line for it."


def a_unit():
    return given.a_unit(Unit.Kind.CROWN_COURT)


def a_keeper(unit=None):
    """Return somebody who may anonymise letters of the whole Area and keep the panel."""
    return given.a_person(Role.LEGAL_MANAGER, unit=unit or a_unit())


def a_sent_letter(
    family="Osei", accused="Marsden", street="4 Quarry Close", *, words=WORDS, unit=None,
    decided_at="2026-09-21 10:00", sent_at="2026-09-25 15:00", case=None,
) -> Duty:  # fmt: skip
    """Return a letter that went out with its words kept."""
    unit = unit or a_unit()
    given.an_area_that_writes(unit.area.name)
    person = {"title": "Ms", "family_name": family, "address": f"{street}\nWorcester\nWR5 3XX"}
    duty = given.a_letter_owed(
        unit=unit, person=person, decided_at=given.at(decided_at), **(case or {})
    )
    Defendant.objects.create(
        case=duty.case, key=accused.lower(), title="Mr", given_names="Dean", family_name=accused
    )
    text = words.format(family=family, accused=accused, street=street)
    keep_words(duty, text=text, by=None, at=given.NOON)
    times = StageTimes(sent_at=given.at(sent_at))
    record_stages_bulk(
        duty.area, {(duty.decision_id, duty.person_id): times}, by=None, at=given.NOON
    )
    duty.refresh_from_db()
    return duty


def taken(duty=None, *, by=None, at=given.NOON, **letter) -> AnonymisedLetter:
    """Return a letter that the layers have looked at."""
    return take_letter(duty or a_sent_letter(**letter), by=by or a_keeper(), at=at)


def decided(letter: AnonymisedLetter, *, by=None) -> AnonymisedLetter:
    """Return a letter in which everything in doubt was hidden, with its questions answered."""
    by = by or letter.taken_by
    for place in letter.places.filter(state=Place.State.IN_DOUBT):
        letter.refresh_from_db()
        decide_place(letter, Decided(place.pk, hide=True), opened=None, by=by, at=given.NOON)
    for place in unsaid_places(letter):
        letter.refresh_from_db()
        say_who(letter, SaidWho(place.pk, place.role), opened=None, by=by, at=given.NOON)
    keys = ["EVENT", "PLACE", "OCCUPATION", "KINSHIP"]
    answer_facts(letter, dict.fromkeys(keys, NOTHING), by=by, at=given.NOON)
    letter.refresh_from_db()
    return letter


def said_why_again(letter: AnonymisedLetter, *, at, by=None) -> AnonymisedLetter:
    """Return a withdrawn letter of which it was said why the very words may be read again."""
    keys = ["EVENT", "PLACE", "OCCUPATION", "KINSHIP", "AGAIN"]
    answer_facts(letter, dict.fromkeys(keys, NOTHING), by=by or letter.taken_by, at=at)
    letter.refresh_from_db()
    return letter


def released(duty=None, **letter) -> AnonymisedLetter:
    """Return a letter that its preparer and somebody else confirmed."""
    made = decided(taken(duty, **letter))
    for person in (made.taken_by, a_keeper()):
        confirm_letter(made, text_stamp(made), by=person, at=given.NOON)
        made.refresh_from_db()
    return made
