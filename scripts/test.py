"""./test: set everything up, then pass every check and every test."""

import argparse
import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts import check, debian, places, postgres, prepare, running
from scripts.running import Stage
from scripts.tally import MOST_LINES, Tally
from scripts.words import Refused, say

TESTS = places.ROOT / "tests"
EXPLANATION = """\
With no room named: every check, then every test on SQLite, and on PostgreSQL as many as
ask it each statement twice, with all that write for good or start programs; the browser
walks too. With rooms named: their tests on SQLite, all of them. Examples:
  ./test                       everything, as CI does it
  ./test rules --fast          one room in a few seconds, while working on it
  ./test letters --postgres    one room on PostgreSQL
  ./test letters -- -k draft   what follows -- goes to pytest"""
# Whoever is done first takes over tests that wait for the other.
ON_BOTH_CORES = ("-n", "2", "--dist", "worksteal")
# Rules are plain Python: they are tested as such, which also saves the start of Django.
WITHOUT_DJANGO = ("-p", "no:django", "--noconftest", "-W", "ignore::pytest.PytestConfigWarning")


# What these prove is the same on every database, and many need none: once is enough. Of the walks
# those of whole jobs that pass through many hands go on both.
ONCE = (
    "tests/anonymiser",
    "tests/cli/test_anonymise.py",
    "tests/cli/test_check.py",
    "tests/cli/test_disclosure.py",
    "tests/cli/test_due.py",
    "tests/cli/test_letter_build.py",
    "tests/cli/test_media_files.py",
    "tests/cli/test_media_upload.py",
    "tests/commands",
    "tests/corpus",
    "tests/fuzzing",
    "tests/guards",
    "tests/hard_media/test_cutting.py",
    "tests/hard_media/test_glance.py",
    "tests/hard_media/test_hidden_stays_hidden.py",
    "tests/hard_media/test_parts.py",
    "tests/hard_media/test_parts_are_given.py",
    "tests/hard_media/test_playing.py",
    "tests/hard_media/test_sent_from_a_terminal.py",
    "tests/hard_media/test_served.py",
    "tests/journeys/test_a_code_is_scanned.py",
    "tests/journeys/test_a_file_is_sent.py",
    "tests/journeys/test_a_filter_folds.py",
    "tests/journeys/test_a_hearing_moves.py",
    "tests/journeys/test_a_letter_is_looked_at.py",
    "tests/journeys/test_a_letter_is_put_aside.py",
    "tests/journeys/test_a_letter_is_written.py",
    "tests/journeys/test_a_recording_is_played.py",
    "tests/journeys/test_a_refused_file_is_shown.py",
    "tests/journeys/test_a_seat_is_ended.py",
    "tests/journeys/test_another_letter_is_written.py",
    "tests/journeys/test_axe.py",
    "tests/journeys/test_disclosure_is_marked.py",
    "tests/journeys/test_markers_agree.py",
    "tests/journeys/test_marking_as_one_goes.py",
    "tests/journeys/test_navigation.py",
    "tests/journeys/test_recordings_reach_everybody.py",
    "tests/journeys/test_report_file.py",
    "tests/journeys/test_something_is_hidden.py",
    "tests/journeys/test_the_morning.py",
    "tests/journeys/test_without_script.py",
    "tests/journeys/test_wording.py",
    "tests/letter_files",
    "tests/letter_templates",
    "tests/letters/test_called.py",
    "tests/letters/test_marked_text.py",
    "tests/media_files",
    "tests/media_playing",
    "tests/panels/test_members_see_nothing_else.py",
    "tests/people/test_startup.py",
    "tests/rules",
    "tests/schedule_files",
    "tests/test_seen.py",
    "tests/web/test_charts.py",
    "tests/web/test_client.py",
    "tests/web/test_forms.py",
    "tests/web/test_plain_words.py",
)


def arguments() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="./test",
        description="Set everything up, then pass every check and every test.",
        epilog=EXPLANATION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help="test only these rooms")
    parser.add_argument(
        "--fast", action="store_true", help="no checks, no slow tests, no browser; SQLite alone"
    )
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--sqlite", action="store_true", help="test on SQLite alone")
    one.add_argument("--postgres", action="store_true", help="test on PostgreSQL alone")
    parser.add_argument("--no-browser", action="store_true", help="leave out the browser walks")
    told, _, for_pytest = _split(sys.argv[1:])
    asked = parser.parse_args(told)
    asked.for_pytest = for_pytest
    there = rooms()
    for room in asked.rooms:
        if room not in there:
            parser.error(f"there are no tests of {room}; there are: {', '.join(there)}")
    return asked


def _split(words: list[str]) -> tuple[list[str], str, list[str]]:
    if "--" not in words:
        return words, "", []
    where = words.index("--")
    return words[:where], "--", words[where + 1 :]


def rooms() -> list[str]:
    """Return the names of the folders that hold tests."""
    return sorted(folder.name for folder in TESTS.iterdir() if any(folder.glob("**/test_*.py")))


def stages(asked: argparse.Namespace, notes: Path) -> list[Stage]:
    """Return the runs of pytest that were asked for, in their order.

    :param notes: an empty folder, in which the run on the first database notes what it asks of it
    """
    databases = ["SQLite", "PostgreSQL"]
    if asked.sqlite or asked.fast or (asked.rooms and not asked.postgres):
        databases = ["SQLite"]
    if asked.postgres:
        databases = ["PostgreSQL"]
    folders = tuple(f"tests/{room}" for room in asked.rooms if room != "journeys")
    leave_out = "not journey and not slow" if asked.fast else "not journey"
    how: tuple[str, ...] = () if asked.rooms else ON_BOTH_CORES
    if asked.rooms == ["rules"]:
        how = WITHOUT_DJANGO
    planned = []
    if folders or not asked.rooms:
        plain = (*how, "-m", leave_out, *folders, *asked.for_pytest)
        planned += [
            Stage(f"tests on {name}", name, (*plain, *_left_out(place), *each), asked.fast)
            for place, (name, each) in enumerate(_noted(databases, notes).items())
        ]
    if walks_wanted(asked):
        walks = (*ON_BOTH_CORES, "-m", "journey", "tests/journeys", *asked.for_pytest)
        planned += [
            Stage(f"browser walks on {name}", name, (*walks, *_left_out(place)))
            for place, name in enumerate(databases)
        ]
    return planned


def _left_out(place: int) -> tuple[str, ...]:
    """Return the options that leave out, on every database after the first, what runs once."""
    return tuple(f"--ignore={path}" for path in ONCE) if place else ()


def _noted(databases: list[str], notes: Path) -> dict[str, tuple[str, ...]]:
    """Return the options by which a second database is asked each statement, but not each test."""
    if len(databases) == 1:
        return {databases[0]: ()}
    first, second = databases
    return {first: (f"--note-statements={notes}",), second: (f"--ask-once-more={notes}",)}


def walks_wanted(asked: argparse.Namespace) -> bool:
    """Tell whether the browser walks are part of what was asked for."""
    if asked.fast or asked.no_browser or "journeys" not in rooms():
        return False
    return not asked.rooms or "journeys" in asked.rooms


def set_up(asked: argparse.Namespace) -> dict[str, str]:
    """Provide what the tests need; return the settings they are told.

    :raises Refused: if something cannot be had here, with the line to type
    """
    wants_browser = walks_wanted(asked)
    also: tuple[debian.Need, ...] = (debian.DRIVER,) if wants_browser else ()
    if wants_browser and debian.browser() is None:
        also += (debian.BROWSER,)
    try:
        advice = prepare.tools("dev", also=also)
    except Refused as refusal:
        hint = "\n  Or leave the browser walks out: ./test --no-browser" if also else ""
        raise Refused(f"{refusal}{hint}") from refusal
    if advice:
        raise Refused(advice)
    env = {"PATH": f"{places.VENV / 'bin'}:{os.environ['PATH']}", "FORTHRIGHT_TESTING": "1"}
    if wants_browser:
        if (found := debian.browser()) is None:
            raise Refused("There is no Chromium here to walk the pages: ./test --no-browser")
        env["FORTHRIGHT_CHROMIUM"] = str(found)
    return env


def run_all(asked: argparse.Namespace) -> int:
    """Run everything that was asked for, then sum up; return the exit status."""
    env = set_up(asked)
    tally = Tally()
    passed: dict[str, bool] = {}
    faults: dict[str, str] = {}
    began = time.monotonic()
    if not (asked.rooms or asked.fast):
        say("\nChecks")
        faults = check.look_at_all(but="house rules")
        passed["checks"] = not faults
    with ExitStack() as open_until_end:
        folder = open_until_end.enter_context(TemporaryDirectory(prefix="forthright-asked-"))
        planned = stages(asked, Path(folder))
        addresses: dict[str, str | None] = {"SQLite": None, "PostgreSQL": None}
        if any(stage.database == "PostgreSQL" for stage in planned):
            addresses["PostgreSQL"] = open_until_end.enter_context(postgres.running())
        passed |= running.run(planned, env, addresses, tally)
    if len(passed) > 1:
        tell_again(faults, tally)
    sum_up(passed, tally, time.monotonic() - began)
    return 0 if all(passed.values()) else 1


def tell_again(faults: dict[str, str], tally: Tally) -> None:
    """Print what failed once more, since in a long log it stands far above the end."""
    for look, found in faults.items():
        say(f"\nFound by the check of {look}:")
        say("\n".join(f"    {line}" for line in found.splitlines()[-MOST_LINES:]))
    for line in tally.told_again():
        say(line)


def sum_up(passed: dict[str, bool], tally: Tally, seconds: float) -> None:
    """Print what passed and what did not, and close with one line of counts."""
    say(f"\nIn {seconds:.0f} seconds:")
    for name, is_good in passed.items():
        say(f"  {'good  ' if is_good else 'FAILED'}  {name}")
    say(str(tally))


def main() -> int:
    """Do what was asked; return the exit status."""
    asked = arguments()
    running.end_when_terminated()
    try:
        return run_all(asked)
    except Refused as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
