"""Acts done by a process of its own: `python -m tests.web.behind prepare|hold|press FOLDER`."""

import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the rooms need django first
from django.db import connection, transaction  # noqa: E402
from django.test.utils import override_settings, setup_test_environment  # noqa: E402

from forthright.accounts.models import Role, User  # noqa: E402
from forthright.audit.models import Event  # noqa: E402
from forthright.schemes.models import Duty  # noqa: E402
from tests import given  # noqa: E402
from tests.client import as_  # noqa: E402

# The pages' own files are not gathered here.
PLAIN_FILES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ANSWERS = {"day_day": "10", "day_month": "10", "day_year": "2026", "hour": "9am"}


def prepare() -> None:
    given.a_letter_owed()
    given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit("VLU"))


def hold(folder: Path) -> None:
    """Be in the middle of a change of the letter until told to go on."""
    with transaction.atomic():
        Duty.objects.select_for_update().get()
        (folder / "held").touch()
        while not (folder / "go").exists():
            time.sleep(0.01)


def press(folder: Path) -> None:
    """Record a step behind somebody else's change, then again once that is done."""
    browser = as_(User.objects.get(role=Role.VICTIM_LIAISON_OFFICER))
    duty = Duty.objects.get()
    page = browser.open(f"/letters/{duty.pk}/record/told/")
    (folder / "open").touch()
    while not (folder / "held").exists():
        time.sleep(0.01)
    wait_less()
    browser.client.raise_request_exception = False
    page.press("Record it", status=503, **ANSWERS).see("Somebody else’s work is being saved")
    (folder / "go").touch()
    assert Duty.objects.get().told_at is None
    assert not Event.objects.filter(name="letter.told").exists()
    page.press("Record it", **ANSWERS).see("Recorded: ")
    assert Duty.objects.get().told_at == given.at("2026-10-10 09:00")


def wait_less() -> None:
    """Wait half a second for others, and not the twenty of the settings."""
    if connection.vendor == "sqlite":
        assert connection.settings_dict["OPTIONS"]["timeout"] == 20
        connection.cursor().execute("PRAGMA busy_timeout = 500")
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("20s",)
        cursor.execute("SET lock_timeout = '500ms'")


def main(act: str, folder: Path) -> None:
    """Do one act."""
    if act == "prepare":
        prepare()
    elif act == "hold":
        hold(folder)
    elif act == "press":
        setup_test_environment()
        with override_settings(STORAGES=PLAIN_FILES, REQUIRE_SECOND_STEP=False):
            press(folder)


main(sys.argv[1], Path(sys.argv[2]))
