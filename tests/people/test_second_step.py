import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.people import selectors
from forthright.people.services.second_step import turn_off_second_step, turn_on_second_step
from tests import given
from tests.client import as_, as_nobody
from tests.people.codes import code_of
from tests.people.test_sign_in import sign_in

pytestmark = pytest.mark.django_db
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def with_a_phone(role=Role.LINE_MANAGER):
    person = given.a_person(role)
    turn_on_second_step(person, secret=SECRET, by=person, at=given.NOON)
    return person


def names():
    return [event.name for event in Event.objects.all()]


@pytest.mark.parametrize(
    ("second", "code"),
    [(59, "94287082"), (1111111109, "07081804"), (20000000000, "65353130")],
)
def test_our_own_reckoning_of_codes_agrees_with_rfc_6238(second, code):
    assert code_of(SECRET, at=second, digits=8) == code


def test_a_person_with_a_phone_gives_the_code_it_shows():
    person = with_a_phone()

    page = sign_in(as_nobody(), person)
    assert page.heading == "Enter the code from your phone"
    page = page.press("Continue", code=code_of(SECRET))

    assert page.address == "/"
    signed_in = Event.objects.get(name="person.signed_in")
    assert signed_in.detail == {"ways": ["password", "totp"]}


def test_the_password_alone_opens_nothing():
    person = with_a_phone()
    browser = as_nobody()
    sign_in(browser, person)

    assert browser.open("/account/").heading == "Enter the code from your phone"
    assert "person.signed_in" not in names()


def test_a_wrong_code_is_refused_in_words_and_recorded():
    person = with_a_phone()
    page = sign_in(as_nobody(), person)

    page = page.press("Continue", code="000000")

    assert any("Codes change every 30 seconds" in error for error in page.errors)
    event = Event.objects.get(name="person.sign_in_failed")
    assert (event.subject_id, event.detail) == (str(person.pk), {"why": "code"})


def test_guessing_codes_is_stopped_after_five():
    page = sign_in(as_nobody(), with_a_phone())
    for guess in range(5):
        page = page.press("Continue", code=f"00000{guess}")

    page = page.press("Continue", code=code_of(SECRET))

    assert page.errors == ["Too many wrong codes. Wait 5 minutes, then try again."]


@time_machine.travel(given.NOON, tick=False)
def test_a_code_works_once():
    person = with_a_phone()
    sign_in(as_nobody(), person).press("Continue", code=code_of(SECRET))

    page = sign_in(as_nobody(), person).press("Continue", code=code_of(SECRET))

    assert page.heading == "Enter the code from your phone"
    assert page.errors


def test_a_recovery_code_lets_in_once_where_the_phone_is_lost():
    person = with_a_phone()
    code = selectors.recovery_codes_of(person)[0]

    first = sign_in(as_nobody(), person).press("Continue", code=code)
    second = sign_in(as_nobody(), person).press("Continue", code=code)

    assert first.address == "/"
    assert second.errors
    signed_in = Event.objects.get(name="person.signed_in")
    assert signed_in.detail == {"ways": ["password", "recovery_codes"]}
    assert selectors.standing_of(person).recovery_codes_left == 9


def test_one_can_turn_back_and_sign_in_as_somebody_else():
    page = sign_in(as_nobody(), with_a_phone())

    page = page.press("Sign in as somebody else")

    assert page.heading == "Sign in"


def test_where_it_is_required_a_person_sets_it_up_before_anything_else(settings):
    settings.REQUIRE_SECOND_STEP = True
    person = given.a_person(Role.LINE_MANAGER)
    browser = as_nobody()

    page = sign_in(browser, person)
    assert page.heading == "Set up your phone"
    assert browser.open("/").heading == "Set up your phone"
    assert browser.open("/account/recovery-codes/").heading == "Set up your phone"
    secret = browser.client.session["mfa.totp.secret"]
    assert re.sub(" ", "", secret) in page.words.replace(" ", "")
    page = page.press("Turn on", code=code_of(secret))

    assert page.heading == "Keep these recovery codes"
    page.see(*selectors.recovery_codes_of(person))
    assert browser.open("/").heading == "Overview"
    assert "person.second_step_turned_on" in names()


def test_the_code_that_set_the_phone_up_signs_nobody_in():
    person = given.a_person(Role.LINE_MANAGER)
    with time_machine.travel(given.NOON, tick=False):
        browser = as_nobody()
        sign_in(browser, person)
        page = browser.open("/account/second-step/")
        secret = browser.client.session["mfa.totp.secret"]
        code = code_of(secret)
        page.press("Turn on", code=code)
        spaced = f"{code[:3]} {code[3:]}"

        for replayed in (code, spaced):
            page = sign_in(as_nobody(), person).press("Continue", code=replayed)
            assert page.heading == "Enter the code from your phone"
            assert page.errors

    with time_machine.travel(given.NOON + timedelta(minutes=1), tick=False):
        page = sign_in(as_nobody(), person).press("Continue", code=code_of(secret))
        assert page.address == "/"


def test_a_first_code_that_is_wrong_turns_nothing_on():
    person = given.a_person(Role.LINE_MANAGER)
    browser = as_nobody()
    sign_in(browser, person)

    page = browser.open("/account/second-step/").press("Turn on", code="000000")

    assert page.errors
    assert selectors.standing_of(person).second_step_since is None


def test_the_secret_cannot_be_read_from_the_database():
    person = with_a_phone()

    kept = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP).data

    assert SECRET not in str(kept)


def test_after_the_secret_key_is_lost_no_code_fits_and_nothing_breaks(settings):
    person = with_a_phone()
    settings.SECRET_KEY = "another key of a sufficient length, as after a loss"

    page = sign_in(as_nobody(), person).press("Continue", code=code_of(SECRET))

    assert page.errors


def test_a_replaced_secret_key_still_reads_what_the_old_one_kept(settings):
    person = with_a_phone()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of a sufficient length, as after a change"

    page = sign_in(as_nobody(), person).press("Continue", code=code_of(SECRET))

    assert page.address == "/"


def test_another_phone_is_set_up_after_the_old_one_is_stopped(settings):
    settings.REQUIRE_SECOND_STEP = True
    person = with_a_phone()
    browser = as_nobody()
    sign_in(browser, person).press("Continue", code=code_of(SECRET))

    page = browser.open("/account/").follow("Set up another phone")
    page = page.press("Stop the old phone and go on")

    assert page.heading == "Set up your phone"
    assert browser.open("/").heading == "Set up your phone"
    assert "person.second_step_turned_off" in names()


def test_what_protects_the_account_is_shown_only_to_who_proved_lately_who_they_are():
    person = with_a_phone()
    with time_machine.travel(given.NOON, tick=True) as travel:
        browser = as_nobody()
        sign_in(browser, person).press("Continue", code=code_of(SECRET))
        assert browser.open("/account/recovery-codes/").heading == "Keep these recovery codes"

        travel.shift(11 * 60)
        page = browser.open("/account/recovery-codes/")
        assert page.heading == "Confirm that it is you"
        page = page.press("Continue", password="correct horse battery")

        assert page.heading == "Keep these recovery codes"


def test_a_wrong_password_does_not_confirm_anything():
    page = as_(with_a_phone()).open("/account/recovery-codes/")

    page = page.press("Continue", password="wrong")

    assert page.errors == ["That is not your password."]
    assert "person.sign_in_failed" in names()


def test_new_recovery_codes_stop_the_old_ones():
    person = with_a_phone()
    old = selectors.recovery_codes_of(person)
    browser = as_nobody()
    sign_in(browser, person).press("Continue", code=code_of(SECRET))

    page = browser.open("/account/recovery-codes/").press("Make new codes and stop these")

    assert not set(old) & set(selectors.recovery_codes_of(person))
    page.see("The old ones no longer work")
    assert "person.recovery_codes_made" in names()


def test_an_administrator_stops_a_lost_phone_and_nobody_else_does():
    person, boss = with_a_phone(), given.a_person(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        turn_off_second_step(person, by=given.a_person(Role.SENIOR_MANAGER), at=given.NOON)

    page = as_(boss).open(f"/people/{person.pk}/").press("Stop the old phone")

    page.see("The old phone no longer works")
    assert selectors.standing_of(person).second_step_since is None


def test_whoever_has_the_machine_stops_a_lost_phone_where_no_administrator_can_get_in(capsys):
    person = with_a_phone(Role.ADMINISTRATOR)

    call_command("stop_old_phone", person.email)

    assert selectors.standing_of(person).second_step_since is None
    event = Event.objects.get(detail__where="command")
    assert (event.by, event.subject_id) == (None, str(person.pk))
    assert person.full_name in capsys.readouterr().out


def test_stopping_the_phone_of_nobody_is_refused():
    with pytest.raises(CommandError, match="Nobody"):
        call_command("stop_old_phone", "nobody@example.test")
