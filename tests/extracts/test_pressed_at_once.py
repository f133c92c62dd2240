"""Two people press at once: each is answered in words, and no act undoes another."""

import shutil

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.cases.models import Case
from forthright.extracts import selectors, services
from forthright.extracts.imports import checking
from forthright.extracts.models import ImportRun, WaitingFile
from forthright.extracts.plan_file import PlanFile
from forthright.extracts.plans import Answers, Kind
from forthright.extracts.services import waiting as waiting_services
from forthright.worker import steps
from forthright.worker.kinds import Work
from tests import given
from tests.client import as_
from tests.extracts.files import HEADER, ROW, a_csv, an_area

pytestmark = pytest.mark.django_db
ACTS = ("confirm", "check-again", "give-up")


@pytest.fixture(autouse=True)
def _a_monday(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    with time_machine.travel(given.NOON, tick=False):
        yield


@pytest.fixture
def manager():
    return given.a_person(Role.LINE_MANAGER, area=an_area())


@pytest.fixture
def waiting(manager, tmp_path) -> WaitingFile:
    """Return a file that was handed over and checked."""
    content = [a_csv(tmp_path / "week.csv", HEADER, ROW).read_bytes()]
    kept = services.hand_over(
        "week.csv", content, kind=Kind.AUTO, unit=None, by=manager, at=given.NOON
    )
    return checking.check_waiting(kept, at=given.NOON)


def seen_before(monkeypatch, waiting: WaitingFile) -> WaitingFile:
    """Let every page work on the file as it was read before the other person pressed."""
    early = WaitingFile.objects.select_related("area", "unit").get(pk=waiting.pk)
    monkeypatch.setattr(selectors, "waiting_file_for", lambda user, file_id: early)
    return early


def give_up(waiting: WaitingFile, manager) -> None:
    services.abandon_file(waiting, by=manager, at=given.NOON)
    shutil.rmtree(waiting_services.folder_of(waiting), ignore_errors=True)


def pressed(manager, waiting: WaitingFile, act: str):
    """Return the page that comes of pressing a button."""
    address = f"/imports/files/{waiting.pk}/{act}/"
    return as_(manager).client.post(address, follow=True)


@pytest.mark.parametrize("act", ACTS)
def test_a_file_given_up_meanwhile_is_answered_in_words(manager, waiting, monkeypatch, act):
    early = seen_before(monkeypatch, waiting)
    give_up(waiting, manager)

    answer = pressed(manager, early, act)

    assert answer.status_code == 200
    assert answer.redirect_chain == [("/imports/", 302)]
    assert "gave it up meanwhile" in answer.text
    assert not Case.objects.exists()


@pytest.mark.parametrize("act", ACTS)
def test_a_file_imported_meanwhile_is_imported_once(manager, waiting, monkeypatch, act):
    early = WaitingFile.objects.select_related("area", "unit").get(pk=waiting.pk)
    run = checking.confirm_and_import(waiting, by=manager, at=given.NOON)
    door = selectors.waiting_file_for
    # Only the button works on what was read before; the page after it reads anew.
    found = iter([early])
    monkeypatch.setattr(
        selectors, "waiting_file_for", lambda user, pk: next(found, None) or door(user, pk)
    )

    answer = pressed(manager, early, act)

    assert answer.status_code == 200
    assert answer.redirect_chain[-1] == (f"/imports/{run.pk}/", 302)
    assert ImportRun.objects.count() == Case.objects.count() == 1
    assert WaitingFile.objects.get().state == WaitingFile.State.DONE


@pytest.mark.parametrize("address", ["", "problems/"])
def test_a_file_opened_while_it_is_imported_or_given_up_is_answered(
    manager, waiting, monkeypatch, address
):
    seen_before(monkeypatch, waiting)
    give_up(waiting, manager)

    answer = as_(manager).client.get(f"/imports/files/{waiting.pk}/{address}", follow=True)

    assert answer.status_code == 200
    assert "This file is not checked just now" in answer.text


def test_a_plan_that_is_half_made_is_not_shown_as_one(manager, waiting):
    plan = waiting_services.plan_of(waiting)
    plan.unlink()
    PlanFile.begun(plan).close()

    page = as_(manager).open(f"/imports/files/{waiting.pk}/")

    page.see("This file is not checked just now")
    page.press("Check the file again").see("Import these rows")


def test_a_file_that_is_checked_again_shows_its_old_plan_until_the_new_one_is_whole(
    manager, waiting, monkeypatch
):
    browser = as_(manager)
    seen: list[str] = []
    early = WaitingFile.objects.select_related("area").get(pk=waiting.pk)
    door = selectors.waiting_file_for

    def looked_at(asked: WaitingFile, stage: str, done: int, total: int) -> None:
        monkeypatch.setattr(selectors, "waiting_file_for", lambda user, pk: early)
        seen.append(browser.open(f"/imports/files/{asked.pk}/").words)
        monkeypatch.setattr(selectors, "waiting_file_for", door)

    monkeypatch.setattr(checking, "say_progress", looked_at)
    checking.check_or_ask(waiting, by=manager, at=given.NOON)

    assert seen
    assert all("Adds Jane Smith" in words for words in seen)


def test_a_check_that_ends_after_the_import_changes_nothing(manager, waiting, monkeypatch):
    early = waiting_services.ask_for_check(waiting, in_background=False, by=manager, at=given.NOON)
    checking.check_waiting(early, at=given.NOON)

    def imports_first(asked: WaitingFile, stage: str, done: int, total: int) -> None:
        now = WaitingFile.objects.get(pk=asked.pk)
        if now.run_id is None:
            checking.confirm_and_import(now, by=manager, at=given.NOON)

    monkeypatch.setattr(checking, "say_progress", imports_first)
    late = checking.check_waiting(early, at=given.NOON)

    assert late.state == WaitingFile.objects.get().state == WaitingFile.State.DONE
    assert not waiting_services.folder_of(waiting).exists()


def test_of_two_checks_the_one_with_the_last_answer_counts(manager, waiting):
    first = waiting_services.ask_for_check(
        waiting,
        in_background=False,
        answers=Answers(repeats_are_one=True),
        by=manager,
        at=given.NOON,
    )
    second = waiting_services.ask_for_check(waiting, in_background=False, by=manager, at=given.NOON)

    unsettled = checking.check_waiting(first, at=given.NOON)
    settled = checking.check_waiting(second, at=given.NOON)

    assert unsettled.state == WaitingFile.State.HANDED_OVER
    assert (settled.state, settled.repeats_are_one) == (WaitingFile.State.CHECKED, False)
    kept = {each.name for each in waiting_services.folder_of(waiting).iterdir()}
    assert kept == {"file", "plan.sqlite3", "progress.json"}


def test_the_background_check_of_a_file_given_up_meanwhile_ends_quietly(
    manager, waiting, monkeypatch
):
    waiting_services.ask_for_check(waiting, in_background=False, by=manager, at=given.NOON)

    def given_up_first(asked: WaitingFile, *_: object) -> None:
        if selectors.is_still_kept(asked):
            give_up(asked, manager)

    monkeypatch.setattr(checking, "say_progress", given_up_first)

    steps.check_handed_over(Work(1, "extracts.check", "check", {"file": waiting.pk}, None))

    assert not WaitingFile.objects.exists()
