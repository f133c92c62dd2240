"""The set-up, in the order it has to happen; each part is passed over when nothing changed."""

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

from scripts import build_static, data_folder, debian, environment, places
from scripts.words import Refused, say, step


def tools(requirements: str, *, also: tuple[debian.Need, ...] = ()) -> str:
    """Set up what the code needs on this machine; return advice on what could not be had.

    :raises Refused: if the product cannot run without what is missing
    """
    with data_folder.set_up_alone():
        always = (environment.need(), debian.PDF, debian.SPELLING, debian.MEDIA)
        advice = debian.provide([*always, *also])
        environment.provide(requirements)
        if not build_static.is_built():
            step(
                "Building the style sheet and fetching the scripts of the pages",
                [places.PYTHON, "-m", "scripts.build_static"],
                meaning="GOV.UK Frontend comes from npm's registry: is it reachable?",
            )
    return advice


def database(*, wants_demo: bool) -> dict[str, Any]:
    """Bring the database up to date, with the demo Area in it where that is wanted and right.

    :raises Refused: if the database cannot be brought up to date
    """
    home = places.home()
    if not data_folder.kind() and not wants_demo:
        data_folder.settle_kind("real")
    if data_folder.kind() != "real" and not os.environ.get("DATABASE_URL"):
        kept = home / "forthright.sqlite3"
        # A demo database that somebody moved away is made anew.
        if not kept.exists() or (not data_folder.kind() and _is_empty(_migrate())):
            _make_demo_file(kept)
            data_folder.settle_kind("demo")
    state = _migrate()
    if data_folder.kind() == "real" and state["demo_people"]:
        raise Refused(_mixed_words(state))
    if not data_folder.kind():
        if _is_empty(state):
            _load_demo({"FORTHRIGHT_DEMO": "1"})
            data_folder.settle_kind("demo")
            return _migrate()
        only_demo = state["people"] == state["demo_people"] > 0
        data_folder.settle_kind("demo" if only_demo else "real")
    return state


def _mixed_words(state: dict[str, Any]) -> str:
    """Say that made-up people stand where real ones are to be, and what to do about it."""
    home, made_up = places.home(), state["demo_people"]
    if state["people"] > made_up:
        others = state["people"] - made_up
        mend = (
            f"It holds {others} other people too. Keep {home} as it is, and bring back a backup "
            "from before the demonstration was loaded."
        )
    elif os.environ.get("DATABASE_URL"):
        mend = "Nobody real is in it. Name an empty database in DATABASE_URL, then ./run --empty"
    else:
        mend = (
            "Nobody real is in it. To begin again, with an empty database:\n"
            f"    mkdir {home}/put-away && mv {home}/forthright.sqlite3* {home}/put-away/\n"
            f"    FORTHRIGHT_HOME={home} ./run --empty"
        )
    return (
        f"{home} was prepared for real people and cases, but its database holds {made_up} "
        "made-up people of a demonstration, whom anybody could sign in as. Nothing was started."
        f"\n  {mend}\n"
        "  To look at the demonstration, name another folder:\n"
        "    FORTHRIGHT_HOME=/some/folder ./run"
    )


def _is_empty(state: dict[str, Any]) -> bool:
    return not state["people"] and not state["cases"]


def served_files() -> None:
    """Collect the style sheets and scripts where the web server serves them from, when changed.

    :raises Refused: if they cannot be collected
    """
    files = [file for file in places.BUILT.parent.glob("**/*") if file.is_file()]
    now = places.digest_of(files)
    kept = places.home() / "static" / "digest"
    if kept.exists() and kept.read_text() == now:
        return
    step(
        "Collecting the style sheets and scripts",
        [places.PYTHON, "manage.py", "collectstatic", "--noinput", "--clear", "-i", "*.scss"],
        env=data_folder.environment(),
    )
    kept.write_text(now)


def _make_demo_file(kept: Path) -> None:
    """Make the demo database beside its place, then move it there whole."""
    fresh = kept.with_name("demo-in-the-making.sqlite3")
    _remove(fresh)
    env = {"FORTHRIGHT_DEMO": "1", "DATABASE_URL": f"sqlite:///{fresh}"}
    _migrate(env)
    _load_demo(env)
    with sqlite3.connect(fresh) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()
    _remove(kept)
    fresh.replace(kept)
    _remove(fresh)


def _remove(database_file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        database_file.with_name(database_file.name + ending).unlink(missing_ok=True)


def _load_demo(env: dict[str, str]) -> None:
    step(
        "Making the demo Area: about 2,000 cases over 18 months",
        [places.VENV / "bin" / "forthright", "demo", "--scale", "area"],
        env={**data_folder.environment(), **env},
        meaning="Start with no demo Area instead: ./run --empty",
    )


def _migrate(env: dict[str, str] | None = None) -> dict[str, Any]:
    """Bring the database in step with the code, and return what is in it.

    :raises Refused: if it cannot be used, with what happened and how to mend it
    """
    told = places.home() / "logs" / "database.json"
    told.unlink(missing_ok=True)
    step(
        "Bringing the database up to date",
        [places.PYTHON, "-m", "scripts.database", told],
        env={**data_folder.environment(), **(env or {})},
    )
    try:
        state: dict[str, Any] = json.loads(told.read_text())
    except (OSError, ValueError) as fault:
        raise Refused("The database did not say what is in it; see logs/set-up.log.") from fault
    if "refused" in state:
        raise Refused(state["refused"])
    return state


def tell_who_can_sign_in(state: dict[str, Any]) -> None:
    """Print one demo person of each role, or how to make the first account where there is none."""
    shown: list[dict[str, str]] = state["table"]
    if shown:
        columns = ("name", "role", "unit")
        width = {key: max(len(person[key]) for person in shown) for key in columns}
        say("  Sign in as one of these made-up people; no password is asked for:\n")
        for person in shown:
            cells = [person[key].ljust(width[key]) for key in columns]
            say(f"    {'   '.join(cells).rstrip()}")
        if more := state["demo_people"] - len(shown):
            say(f"    and {more} more on the sign-in page")
        say()
    elif not state["people"]:
        say("  Nobody can sign in yet. Make your Area and its first administrator; type:\n")
        folder = f"FORTHRIGHT_HOME={places.home()} " if os.environ.get("FORTHRIGHT_HOME") else ""
        command = "manage.py found_area 'Name of the Area' you@example.org 'Your Name'"
        say(f"    {folder}{places.PYTHON} {command}\n")
