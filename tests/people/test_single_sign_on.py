"""The whole way through a real provider and back, over HTTP on this machine."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from lxml import html

from forthright.accounts.models import Role, User
from forthright.audit.models import Event
from tests import given
from tests.client import as_nobody

HOUSE = Path(__file__).resolve().parents[2]
PEOPLE = {
    "known": "known@example.test",
    "stranger": "stranger@example.test",
    "unverified": "known2@example.test",
    "leaver": "leaver@example.test",
}


@pytest.fixture(scope="module")
def issuer(tmp_path_factory):
    """Return the address of a running provider."""
    command = [sys.executable, "-m", "tests.oidc_provider"]
    command += [str(tmp_path_factory.mktemp("provider")), "/sign-in/organisation/return/"]
    command += [f"{name}={email}" for name, email in PEOPLE.items()]
    with subprocess.Popen(
        command, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as provider:
        assert provider.stdout is not None
        yield provider.stdout.readline().strip()
        provider.terminate()


@pytest.fixture
def site(served, settings, issuer):
    """Return the address of this product, which knows the provider."""
    settings.SOCIALACCOUNT_PROVIDERS = providers(issuer)
    return served


def providers(issuer):
    """Return what config/sign_in.py makes of the environment."""
    environment = {
        "FORTHRIGHT_OIDC_ISSUER": issuer,
        "FORTHRIGHT_OIDC_NAME": "Mercia staff sign-in",
        "FORTHRIGHT_OIDC_CLIENT_ID": "forthright",
        "FORTHRIGHT_OIDC_CLIENT_SECRET": "provider secret",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        from config.sign_in import single_sign_on

        return single_sign_on()


def walk(site, name, *, browser=None, wanted="/"):
    """Press the button, sign in at the organisation, and return the last answer."""
    browser = browser or requests.Session()
    page = html.document_fromstring(browser.get(f"{site}{wanted}").text)
    (button,) = page.xpath("//a[contains(., 'Sign in with Mercia staff sign-in')]")
    at_provider = browser.get(site + button.get("href"))
    if "organisation’s sign-in" not in at_provider.text:
        return at_provider
    return browser.post(at_provider.url, data={"name": name})


def heading(answer):
    return html.document_fromstring(answer.text).findtext(".//h1")


def a_known_person():
    person = given.a_person(Role.LINE_MANAGER)
    person.email = PEOPLE["known"]
    person.save()
    return person


@pytest.mark.slow  # starts a provider, and walks through it
def test_the_organisation_lets_in_whoever_has_an_account_and_nobody_else(site):
    person = a_known_person()
    leaver = given.a_person(Role.PROSECUTOR)
    leaver.email, leaver.is_active = PEOPLE["leaver"], False
    leaver.save()
    given.a_person(Role.PROSECUTOR)

    browser = requests.Session()
    first = walk(site, "known", browser=browser, wanted="/account/")
    assert (first.url, heading(first)) == (f"{site}/account/", "Your account")
    assert heading(browser.get(f"{site}/")) == "Overview"

    again = walk(site, "known")
    assert heading(again) == "Overview"
    (linked,) = SocialAccount.objects.all()
    assert (linked.user, linked.extra_data) == (person, {})
    assert not SocialToken.objects.exists()
    person.refresh_from_db()
    assert person.check_password("correct horse battery")

    stranger = walk(site, "stranger")
    assert (stranger.status_code, heading(stranger)) == (403, "You have no account here")
    assert "Mercia staff sign-in knows you" in stranger.text
    assert heading(walk(site, "leaver")) == "Your account is closed"
    assert User.objects.count() == 3

    names = [event.name for event in Event.objects.all()]
    assert names == [
        "person.single_sign_on_linked",
        "person.signed_in",
        "person.signed_in",
        "person.sign_in_failed",
        "person.sign_in_failed",
    ]
    assert [event.detail.get("why") for event in Event.objects.all()][3:] == [
        "single sign-on unknown",
        "closed",
    ]


@pytest.mark.slow  # starts a provider, and walks through it
def test_an_address_that_the_organisation_did_not_verify_opens_no_account(site, settings):
    settings.REQUIRE_SECOND_STEP = True
    person = given.a_person(Role.ADMINISTRATOR)
    person.email = PEOPLE["unverified"]
    person.save()
    known = a_known_person()

    refused = walk(site, "unverified")
    welcome = walk(site, "known")

    assert (refused.status_code, heading(refused)) == (403, "You have no account here")
    assert "did not confirm that the email address it gave is yours" in refused.text
    assert not SocialAccount.objects.filter(user=person).exists()
    # The organisation took the second step, so none is asked for here.
    assert heading(welcome) == "Overview"
    assert Event.objects.get(name="person.signed_in").by == known


@pytest.mark.slow  # starts a provider, and walks through it
def test_the_way_is_bound_to_one_browser_and_to_one_walk(site):
    a_known_person()
    mine, theirs = requests.Session(), requests.Session()

    start = mine.get(f"{site}/sign-in/organisation/start/", allow_redirects=False)
    asked = parse_qs(urlsplit(start.headers["Location"]).query)
    at_provider = mine.get(start.headers["Location"])
    back = mine.post(at_provider.url, data={"name": "known"}, allow_redirects=False)
    code = mine.get(urljoin(at_provider.url, back.headers["Location"]), allow_redirects=False)
    stolen = theirs.get(code.headers["Location"])

    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"]
    assert (stolen.status_code, heading(stolen)) == (502, "Sign-in did not finish")
    assert heading(theirs.get(f"{site}/")) == "Sign in"


@pytest.mark.django_db
def test_without_the_setting_there_is_no_button_and_no_way():
    browser = as_nobody()

    browser.open("/sign-in/").not_see("Sign in with")

    assert browser.try_("GET", "/sign-in/organisation/start/") == 404
    assert browser.try_("GET", "/sign-in/organisation/return/") == 404


@pytest.mark.django_db
def test_where_the_organisation_does_not_answer_one_is_told_so(settings):
    settings.SOCIALACCOUNT_PROVIDERS = providers("http://127.0.0.1:9/o")

    page = as_nobody().open("/sign-in/organisation/start/", status=502)

    page.see("did not answer")
    assert Event.objects.get(name="person.sign_in_failed").detail == {"why": "single sign-on away"}


@pytest.mark.django_db
def test_nobody_ties_a_second_account_to_theirs(settings):
    settings.SOCIALACCOUNT_PROVIDERS = providers("http://127.0.0.1:9/o")

    assert as_nobody().try_("GET", "/sign-in/organisation/start/?process=connect") == 404
