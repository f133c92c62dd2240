"""`forthright media upload` sends a file into the register for whoever is signed in elsewhere."""

import hashlib

import pytest
from django.test import Client
from typer.testing import CliRunner

from forthright.accounts.models import Role
from forthright.cli.main import run
from tests import given
from tests.hard_media import media
from tests.hard_media.site import TOKEN, Site
from tests.hard_media.test_receiving import signed_in
from tests.media_files.senders import some_bytes

CONTENT = some_bytes(9 * 1024 * 1024 + 7)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def site(workplace):
    with Site(workplace) as site:
        yield site


def upload(site, tmp_path, *headers):
    path = tmp_path / "cctv.mp4"
    path.write_bytes(CONTENT)
    address = f"http://127.0.0.1:{site.port}{site.parts}"
    environment = {
        "XDG_STATE_HOME": str(tmp_path / "state"), "FORTHRIGHT_UPLOAD_HEADER": "\n".join(headers),
    }  # fmt: skip
    return CliRunner().invoke(run, ["media", "upload", address, str(path)], env=environment)


# Slow: a web server is started.
@pytest.mark.slow
def test_a_file_is_sent_with_the_cookies_of_a_browser(site, tmp_path):
    cookies = f"Cookie: sessionid={site.session}; csrftoken={TOKEN}"

    done = upload(site, tmp_path, cookies, f"X-CSRFToken: {TOKEN}")

    assert (done.exit_code, done.stderr.strip()) == (0, "")
    assert SHA256 in done.stdout
    rows = site.place.rows("SELECT file_name, length, state FROM hard_media_sentfile")
    assert rows == [("cctv.mp4", len(CONTENT), "WHOLE")]


# Slow: a web server is started.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("X-Who: nobody", "this leads on to /sign-in/"),
        ("Cookie: sessionid={session}", "the server does not let you"),
    ],
)
def test_without_a_sign_in_it_says_in_words_what_it_needs(site, tmp_path, header, said):
    done = upload(site, tmp_path, header.format(session=site.session))

    assert done.exit_code == 1
    assert said in done.stderr
    assert "the cookie of a browser in which you are signed in" in " ".join(done.stderr.split())
    assert "<" not in done.stderr
    assert site.place.rows("SELECT count(*) FROM hard_media_sentfile") == [(0,)]


@pytest.mark.django_db
def test_what_is_understood_is_said_to_whoever_may_send_and_to_nobody_else():
    item = media.a_requested_item()
    address = f"/recordings/items/{item.pk}/send/parts/"

    answer = signed_in(media.a_lawyer()).options(address)

    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert "checksum" in answer.headers["Tus-Extension"].split(",")
    assert "blake3" in answer.headers["Tus-Checksum-Algorithm"].split(",")
    stranger = signed_in(given.a_person(Role.POLICE_PARTNER))  # of no force
    assert stranger.options(address).status_code == 404
    assert Client().options(address).status_code == 302
