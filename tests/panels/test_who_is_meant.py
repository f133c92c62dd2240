"""Whoever prepares a letter says who a hidden name is where several people of the case share it."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.cases.models import Defendant
from forthright.panels.models import Correction
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.selectors.whose import NOBODY_KNOWN, roles_offered, unsaid_places
from forthright.panels.services.facts import answer_facts
from forthright.panels.services.releasing import confirm_letter
from forthright.panels.services.saying_who import SaidWho, say_who
from forthright.panels.services.taking import CannotAnonymise
from forthright.panels.services.withdrawing import NotReleased
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.panels import made

pytestmark = pytest.mark.django_db
WORDS = """Dear Ms {family}

I am writing about what happened at {street} in Worcester on 3 May 2026.

Mr {accused} was charged with assaulting you. Dean {accused} denied it. Mr {accused} said that he
was at work. Your daughter Ella {family} heard him. I have decided to stop the case.

Yours sincerely
Ruth Lane"""

OF_RELATIVES = """Dear Ms {family}

I am writing about what happened at {street} in Worcester on 3 May 2026. Your husband, Mr {family},
told us that he saw it.

I have decided to stop the case against Mr {accused}. Mrs {accused}, his mother, gave us a
statement. Miss {accused}, his sister, did not.

Yours sincerely
Ruth Lane"""


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


@pytest.fixture
def letter():
    """Return a letter of a case in which the reader and the accused share a family name."""
    return made.taken(family="Doyle", accused="Doyle", words=WORDS)


def of_brothers():
    """Return a letter of a case with two brothers, called by their family name twice."""
    words = WORDS.replace("Ella {family}", "Ella")
    duty = made.a_sent_letter("Osei", "Marsden", words=words)
    Defendant.objects.create(
        case=duty.case, key="two", title="Mr", given_names="Denny", family_name="Marsden"
    )
    return made.taken(duty)


def say(letter, place, role, **named):
    letter.refresh_from_db()
    return say_who(letter, SaidWho(place.pk, role, **named), opened=None, by=letter.taken_by,
                   at=given.NOON)  # fmt: skip


def test_where_they_share_a_name_nobody_is_charged_in_anothers_place(letter):
    assert (
        "[the defendant] was charged with assaulting you. [the defendant] denied it. "
        "[the defendant] said" in " ".join(letter.text.split())
    )
    assert "Dear [the victim]" in letter.text
    assert "Your daughter [a person of that family] heard him." in letter.text
    [unsaid] = unsaid_places(letter)
    assert letter.given[unsaid.start : unsaid.end] == "Ella Doyle"


def test_the_page_asks_who_is_meant_and_keeps_what_is_said_of_all_the_same():
    letter = of_brothers()
    keeper = letter.taken_by
    place = unsaid_places(letter)[0]
    page = as_(keeper).open(f"/anonymised/{letter.pk}/")
    page.see("Of 2 hidden names please say who is meant", "Please say who", "nobody can tell who")

    page = page.browser.post(
        f"/anonymised/{letter.pk}/",
        **{"decide": f"who_same:{place.pk}", f"role-{place.pk}": "defendant B",
           "opened": str(letter.changes)},
    )  # fmt: skip

    page.see(
        "Said of 2 places who it is", "said that it is defendant B, where it had been a person"
    )
    letter.refresh_from_db()
    assert letter.text.count("[defendant B]") == 2
    assert letter.text.count("[defendant A] denied it") == 1
    kept = letter.corrections.filter(what=Correction.What.NAME)
    assert [each.role_before for each in kept] == ["a person of that family"] * 2
    assert sorted(each.is_repeat for each in kept) == [False, True]
    assert Event.objects.filter(name="letter.place_named").get().detail == {"places": 2}


def test_a_relative_whose_title_fits_nobody_known_is_asked_about_and_not_taken_for_the_only_one():
    letter = made.taken(words=OF_RELATIVES)
    assert "against [the defendant]." in letter.text
    page = as_(letter.taken_by).open(f"/anonymised/{letter.pk}/")
    page.see("Of 3 hidden names please say who is meant", "Please say who", "nobody can tell who")
    husband = next(each for each in unsaid_places(letter) if "Osei" in letter.given[each.start :])

    page.browser.post(
        f"/anonymised/{letter.pk}/",
        **{"decide": f"who:{husband.pk}", f"role-{husband.pk}": NOBODY_KNOWN,
           "opened": str(letter.changes)},
    ).see("Of 2 hidden names please say who is meant")  # fmt: skip

    told = " ".join(made.released(letter.duty, by=letter.taken_by).text.split())
    assert "Your husband, [person A], told us" in told
    assert "[a person of that family B], his mother, gave us" in told
    assert "[a person of that family B], his sister, did not" in told


def test_nobody_releases_it_before_somebody_said_who_is_meant(letter):
    answer_facts(letter, dict.fromkeys(["EVENT", "PLACE", "OCCUPATION", "KINSHIP"], made.NOTHING),
                 by=letter.taken_by, at=given.NOON)  # fmt: skip
    with pytest.raises(NotReleased, match="Of 1 hidden name nobody has said who is meant"):
        confirm_letter(letter, text_stamp(letter), by=letter.taken_by, at=given.NOON)

    released = made.released(letter.duty, by=letter.taken_by)

    assert released.state == "RELEASED"
    assert "[a person of that family]" in released.text


@pytest.mark.parametrize(
    ("role", "reads"),
    [("the defendant", "[the defendant] heard"), (NOBODY_KNOWN, "[person A] heard"),
     ("a person of that family", "[a person of that family] heard")],
)  # fmt: skip
def test_whatever_is_said_the_name_stays_hidden(letter, role, reads):
    [place] = unsaid_places(letter)

    assert say(letter, place, role) == 1

    letter.refresh_from_db()
    assert reads in letter.text
    assert "Doyle" not in letter.text
    assert unsaid_places(letter) == []


def test_what_was_told_wrongly_is_put_right_by_the_same_words_with_a_title_or_without(letter):
    place = next(each for each in letter.places.all() if each.role == "the defendant")

    assert say(letter, place, "the victim", everywhere=True) == 3

    letter.refresh_from_db()
    assert "[the victim] said that he" in " ".join(letter.text.split())
    assert "[the defendant] denied it" in letter.text


def test_who_is_offered_is_of_this_case_and_nobody_else(letter):
    roles = [role for role, _ in roles_offered(letter)]

    assert roles[:2] == ["the victim", "the defendant"]
    assert "somebody in another case" not in roles
    assert roles[-1] == NOBODY_KNOWN


def test_what_cannot_be_said_is_refused_with_what_to_do(letter):
    [place] = unsaid_places(letter)
    address = next(each for each in letter.places.all() if each.kind == "ADDRESS")

    with pytest.raises(CannotAnonymise, match="Choose from the list"):
        say(letter, place, "Ella Doyle")
    with pytest.raises(CannotAnonymise, match="of a hidden name alone"):
        say(letter, address, "the victim")
    with pytest.raises(ChangedMeanwhile):
        say_who(letter, SaidWho(place.pk, "the victim"), opened="7", by=letter.taken_by,
                at=given.NOON)  # fmt: skip
    as_(letter.taken_by).open(f"/anonymised/{letter.pk}/").browser.post(
        f"/anonymised/{letter.pk}/", decide=f"who:{place.pk}", opened=str(letter.changes)
    ).see("Nobody was chosen")
    assert letter.corrections.count() == 0


def test_nothing_is_said_of_a_released_letter(letter):
    released = made.released(letter.duty, by=letter.taken_by)
    place = released.places.get(role="a person of that family")

    with pytest.raises(NotAllowed):
        say(released, place, "the victim")


def test_the_job_title_of_an_account_is_not_printed():
    keeper = made.a_keeper()
    writer = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=keeper.unit)
    writer.full_name, writer.job_title = "Ruth Lane", "Liaison for the Droitwich stabbing families"
    writer.save()

    letter = made.taken(unit=keeper.unit)

    assert letter.text.endswith("Yours sincerely\n[the liaison officer]")
