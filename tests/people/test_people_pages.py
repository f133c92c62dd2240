import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from forthright.accounts.models import Area, Role, Unit, User
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.people.services.invitations import invite_person
from forthright.people.services.people import PersonDetails, change_person, close_account
from tests import given
from tests.client import as_, as_nobody

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return given.a_person(Role.ADMINISTRATOR)


def link_in(message):
    return next(line for line in message.body.splitlines() if "/sign-in/password/" in line)


def path_of(link):
    return "/" + link.split("/", 3)[3]


def test_the_list_shows_the_people_of_ones_own_area_only(boss):
    ours = given.a_person(Role.PROSECUTOR)
    theirs = given.a_person(Role.PROSECUTOR, area=given.an_area("Wessex"))

    page = as_(boss).open("/people/")

    page.see(ours.full_name, ours.email).not_see(theirs.full_name)
    assert Event.objects.get(name="people.seen").detail == {"shown": 2}


def test_the_list_asks_the_same_of_the_database_for_one_and_for_many(boss, count_queries):
    browser = as_(boss)
    browser.open("/people/")
    with count_queries() as few:
        browser.open("/people/")
    for role in Role.values:
        given.a_person(role)
    with count_queries() as many:
        browser.open("/people/")

    assert len(many) == len(few)


def test_the_list_is_narrowed_by_name_role_and_standing(boss):
    wanted = given.a_person(Role.PROSECUTOR)
    gone = given.a_person(Role.PROSECUTOR)
    close_account(gone, by=boss, at=given.NOON)
    browser = as_(boss)

    assert [row[0] for row in browser.open("/people/", role="PROSECUTOR").rows()] == [
        wanted.full_name
    ]
    assert [row[0] for row in browser.open("/people/", standing="closed").rows()] == [
        gone.full_name
    ]
    browser.open("/people/", words="no such person").see("Nobody matches")


def test_a_long_list_comes_in_pages(boss):
    for _ in range(55):
        given.a_person(Role.PROSECUTOR)

    first = as_(boss).open("/people/")
    second = first.follow("Next page")

    assert (len(first.rows()), len(second.rows())) == (50, 6)


def test_leaders_and_inspectors_see_people_and_change_nothing():
    person = given.a_person(Role.PROSECUTOR)
    browser = as_(given.a_person(Role.INSPECTOR))

    page = browser.open(f"/people/{person.pk}/")

    assert "Change" not in page.links
    assert browser.open("/people/").links.get("Add a person") is None
    assert browser.try_("POST", f"/people/{person.pk}/invite/") == 403
    assert Event.objects.get(name="person.seen").subject_id == str(person.pk)


def test_another_areas_person_is_not_there(boss):
    stranger = given.a_person(Role.PROSECUTOR, area=given.an_area("Wessex"))

    assert as_(boss).try_("GET", f"/people/{stranger.pk}/") == 404
    assert as_(boss).try_("POST", f"/people/{stranger.pk}/close/") == 404


@pytest.mark.parametrize("is_required", [True, False])
def test_an_invitation_speaks_of_the_phone_only_where_one_is_asked_for(boss, settings, is_required):
    settings.REQUIRE_SECOND_STEP = is_required
    invite_person(given.a_person(Role.LINE_MANAGER), by=boss, at=given.NOON)

    (message,) = mail.outbox

    assert ("authenticator app" in message.body) is is_required
    assert "sign in with this email address." in message.body


def test_a_person_is_added_invited_and_gets_in(boss):
    unit = given.a_unit(Unit.Kind.RASSO)
    page = as_(boss).open("/people/").follow("Add a person")

    page = page.press(
        "Add and invite",
        full_name="Amina Yusuf",
        email="Amina.Yusuf@example.test",
        role="LINE_MANAGER",
        unit=str(unit.pk),
    )

    assert page.heading == "Amina Yusuf"
    page.see("Not set yet", "Line manager", unit.name)
    (message,) = mail.outbox
    assert message.to == ["amina.yusuf@example.test"]
    assert "line manager" in message.body
    person = User.objects.get(email="amina.yusuf@example.test")
    browser = as_nobody()
    page = browser.open(path_of(link_in(message)))
    page = page.press("Set password", password="seven green lamps", again="seven green lamps")
    page = page.press("Sign in", login=person.email, password="seven green lamps")
    assert page.address == "/"
    names = [event.name for event in Event.objects.filter(subject_id=str(person.pk))]
    assert names == ["person.added", "person.invited", "person.seen", "person.password_set",
                     "person.signed_in"]  # fmt: skip


def test_a_link_works_once(boss):
    person = given.a_person(Role.PROSECUTOR)
    person.set_unusable_password()
    person.save()
    as_(boss).open(f"/people/{person.pk}/").press("Send the invitation again")
    address = path_of(link_in(mail.outbox[0]))
    page = as_nobody().open(address)
    page.press("Set password", password="seven green lamps", again="seven green lamps")

    as_nobody().open(address, status=410).see("This link no longer works")


def test_a_link_sent_before_an_account_was_closed_does_not_open_it(boss):
    person = given.a_person(Role.PROSECUTOR)
    as_nobody().open("/sign-in/forgotten/").press("Send the link", email=person.email)
    close_account(person, by=boss, at=given.NOON)

    as_nobody().open(path_of(link_in(mail.outbox[0])), status=410)


@pytest.mark.parametrize("address", ["nobody@example.test", "closed@example.test"])
def test_whoever_asks_for_a_link_learns_nothing_about_who_has_an_account(address):
    closed = given.a_person(Role.PROSECUTOR)
    closed.email, closed.is_active = "closed@example.test", False
    closed.save()

    page = as_nobody().open("/sign-in/forgotten/").press("Send the link", email=address)

    page.see("If that address has an account")
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("password", "why"),
    [
        pytest.param("short words", "too short", id="short"),
        pytest.param("1qaz2wsx3edc", "too common", id="common"),
        pytest.param("194857362037", "entirely numeric", id="digits"),
        pytest.param("prosecutor smith", "too similar", id="the name"),
    ],
)
def test_an_easy_password_is_refused_in_words(boss, password, why):
    person = given.a_person(Role.PROSECUTOR)
    person.full_name = "Prosecutor Smith"
    person.save()
    as_nobody().open("/sign-in/forgotten/").press("Send the link", email=person.email)
    page = as_nobody().open(path_of(link_in(mail.outbox[0])))

    page = page.press("Set password", password=password, again=password)

    assert why in " ".join(page.errors)


def test_two_different_passwords_are_refused():
    person = given.a_person(Role.PROSECUTOR)
    as_nobody().open("/sign-in/forgotten/").press("Send the link", email=person.email)
    page = as_nobody().open(path_of(link_in(mail.outbox[0])))

    page = page.press("Set password", password="seven green lamps", again="seven green lamp")

    assert page.errors == ["The two passwords are not the same"]


def test_an_address_that_is_taken_is_refused_and_nobody_is_invited(boss):
    taken = given.a_person(Role.PROSECUTOR)
    page = as_(boss).open("/people/add/")

    page = page.press(
        "Add and invite", full_name="A B", email=taken.email.upper(), role="AREA_LEAD"
    )

    assert "already has an account" in page.errors[0]
    assert mail.outbox == []


def test_a_role_that_works_for_a_unit_needs_one(boss):
    page = as_(boss).open("/people/add/")

    page = page.press("Add and invite", full_name="A B", email="a@b.test", role="LINE_MANAGER")

    assert page.errors == ["Choose a unit: a line manager sees only the work of one."]


def test_another_areas_unit_cannot_be_chosen(boss):
    unit = given.a_unit(area=given.an_area("Wessex"))
    page = as_(boss).open("/people/add/")

    page = page.press(
        "Add and invite", full_name="A B", email="a@b.test", role="PROSECUTOR", unit=str(unit.pk)
    )

    assert page.errors
    assert not User.objects.filter(email="a@b.test").exists()


def test_a_change_of_role_counts_at_once_and_both_roles_are_recorded(boss):
    person = given.a_person(Role.PROSECUTOR)
    browser = as_(person)
    assert browser.try_("GET", "/people/") == 403

    page = as_(boss).open(f"/people/{person.pk}/").follow("Change")
    page.press("Save", role="SENIOR_MANAGER").see("It counts from the next page")

    assert browser.try_("GET", "/people/") == 200
    event = Event.objects.get(name="person.changed")
    assert (event.detail["role_before"], event.detail["role"]) == ("PROSECUTOR", "SENIOR_MANAGER")
    assert person.full_name not in str(event.detail)


def test_nobody_changes_or_closes_their_own_account(boss):
    browser = as_(boss)

    page = browser.open(f"/people/{boss.pk}/")

    page.see("This is you")
    assert "Change" not in page.links
    assert browser.try_("GET", f"/people/{boss.pk}/change/") == 403
    assert browser.try_("POST", f"/people/{boss.pk}/close/") == 403
    details = PersonDetails(full_name="Me", role=Role.CHIEF_CROWN_PROSECUTOR, unit=None)
    with pytest.raises(NotAllowed, match="their own role"):
        change_person(boss, details=details, by=boss, at=given.NOON)


def test_an_administrator_whose_account_was_just_closed_closes_nobody(boss):
    other = given.a_person(Role.ADMINISTRATOR)
    close_account(boss, by=other, at=given.NOON)

    with pytest.raises(NotAllowed):
        close_account(other, by=boss, at=given.NOON)


def test_closing_asks_once_more_and_says_what_stays(boss):
    person = given.a_person(Role.PROSECUTOR)
    page = as_(boss).open(f"/people/{person.pk}/").follow("Close the account")
    page.see("What they drafted, marked or decided stays")
    person.refresh_from_db()
    assert person.is_active

    page = page.press("Close the account")

    person.refresh_from_db()
    assert not person.is_active
    page.see("Closed")
    assert page.press("Open the account and invite").see("Open")
    person.refresh_from_db()
    assert person.is_active


def test_where_the_mail_server_is_down_the_person_is_added_and_the_reason_given(boss, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    page = as_(boss).open("/people/add/")

    page = page.press("Add and invite", full_name="A B", email="a@b.test", role="AREA_LEAD")

    page.see("no link was sent")
    assert User.objects.filter(email="a@b.test").exists()


def test_ones_account_page_says_who_one_is_and_what_one_may_do():
    person = given.a_person(Role.PROSECUTOR)

    page = as_(person).open("/account/")

    page.see("Prosecutor", person.unit.name, "See the letters that are owed", "Your unit")
    page.not_see("Import an extract")


def test_changing_ones_password_keeps_this_session_and_ends_the_others():
    person = given.a_person(Role.PROSECUTOR)
    here, there = as_nobody(), as_nobody()
    for browser in (here, there):
        browser.open("/sign-in/").press(
            "Sign in", login=person.email, password="correct horse battery"
        )

    page = here.open("/account/password/")
    page.press("Change password", password="seven green lamps", again="seven green lamps")

    assert here.open("/account/").heading == "Your account"
    assert there.open("/account/").heading == "Sign in"


NO_NAMES = [
    pytest.param("Pat \u202eChief", "turns the writing after it round (U+202E)", id="turned"),
    pytest.param("Pat\x07 Chief", "that no writing has (U+0007)", id="control"),
    pytest.param("=cmd()", "begins with “=”", id="formula"),
    pytest.param("+Pat", "begins with “+”", id="plus"),
    pytest.param("@Pat", "begins with “@”", id="at"),
    pytest.param("-Pat", "begins with “-”", id="minus"),
    pytest.param("Pat <b>", "holds “<”", id="tag"),
    pytest.param("12", "has no letter in it", id="number"),
]


@pytest.mark.parametrize(("name", "why"), NO_NAMES)
def test_what_cannot_be_a_name_is_refused_when_adding_and_changing(boss, name, why):
    person = given.a_person(Role.PROSECUTOR)
    browser = as_(boss)
    said = {"full_name": name, "email": "new@example.test", "role": Role.SENIOR_MANAGER}

    browser.post("/people/add/", **said).see(why)
    browser.post(f"/people/{person.pk}/change/", **said).see(why)

    assert not User.objects.filter(email="new@example.test").exists()
    assert User.objects.get(pk=person.pk).full_name == person.full_name


@pytest.mark.parametrize(
    ("area", "email", "name", "why"),
    [
        (" \u200b", "pat@example.test", "Pat Chief", "Enter the name of the Area"),
        ("Mercia", "pat@", "Pat Chief", "Enter an email address"),
        ("Mercia", "pat@example.test", "\u3164", "Enter the person's full name"),
        ("Mercia", "pat@example.test", "=cmd()", "begins with “=”"),
        ("Mer\u202ecia", "pat@example.test", "Pat Chief", "turns the writing after it round"),
        ("M" * 81, "pat@example.test", "Pat Chief", "at most 80 characters"),
    ],
)
def test_an_area_is_founded_by_the_same_rules_as_a_person_is_added(area, email, name, why):
    with pytest.raises(CommandError, match=why):
        call_command("found_area", area, email, name)

    assert not Area.objects.exists()


@pytest.mark.parametrize(
    "twin", ["KENT", "kent", " Kent  and Essex ", "Ｋｅｎｔ and Essex", "KENT\u00a0AND ESSEX"]
)
def test_no_area_is_founded_that_differs_only_in_case_or_spaces(twin):
    for name in ("Kent", "Kent and Essex"):
        call_command("found_area", name, f"{name[-1]}@example.test", "Pat Chief")

    with pytest.raises(CommandError, match=r"There is an Area called Kent( and Essex)? already"):
        call_command("found_area", twin, "pat@example.test", "Pat Chief")

    assert Area.objects.count() == 2


def test_marks_that_nobody_sees_are_left_out_of_a_founded_area():
    call_command("found_area", " Mer\u200bcia ", "pat@example.test", "Pat\u00ad Chief")

    assert Area.objects.get().name == "Mercia"
    assert User.objects.get().full_name == "Pat Chief"
