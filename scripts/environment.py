"""The virtual environment: made once, then kept in step with the lock files."""

import ast
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from scripts import debian, places
from scripts.words import Refused, step

UV = places.VENV / "bin" / "uv"
UV_LOCK = places.ROOT / "requirements" / "uv.txt"
WHERE_FROM = "It comes from the package index that pip is set to use: can that be reached?"


def need() -> debian.Need:
    """Return what this Python lacks of Debian's to make the environment with, if anything."""
    python = _python_beneath()
    package = "python3-venv"
    if Path(python) != Path("/usr/bin/python3"):
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    lacks = not _is_sound() and not (_has("venv") and _installers(python))
    return debian.Need((package,) if lacks else (), "it makes virtual environments", is_vital=True)


def provide(name: str) -> None:
    """Bring the virtual environment in step with requirements/<name>.txt.

    An environment that holds what tests need also holds what serving needs, so that
    ./run after ./test changes nothing.

    :raises Refused: if it cannot be made here, with what to do
    """
    if not _is_sound():
        _make()
    done = places.stamps()
    if done.get("requirements_name") == "dev":
        name = "dev"
    if done.get("requirements") != _requirements_digest(name):
        _install(name)


def _is_sound() -> bool:
    """Tell whether the environment is there, is of this checkout, and its Python still starts."""
    if places.stamps().get("root") != str(places.ROOT):
        return False
    if not UV.exists():
        return False
    try:
        works = subprocess.run([places.PYTHON, "-c", ""], capture_output=True, check=False)
    except OSError:
        return False
    return works.returncode == 0


def _make() -> None:
    """Make the environment afresh and put the installer into it."""
    shutil.rmtree(places.VENV, ignore_errors=True)
    python = _python_beneath()
    importlib.invalidate_caches()
    if not (installers := _installers(python)):
        raise Refused(f"The Python at {python} makes no virtual environments; try another.")
    bare = [] if _has("ensurepip") else ["--without-pip"]
    step("Making a virtual environment in .venv", [python, "-m", "venv", *bare, places.VENV])
    step(
        "Fetching the installer, uv",
        [*installers[0], "--quiet", "--require-hashes", "--no-deps", "--requirement", UV_LOCK],
        meaning=WHERE_FROM,
    )
    places.stamp({"root": str(places.ROOT)})


def _installers(python: str) -> list[list[str | Path]]:
    """Return the ways this machine has to install into a new environment, the best first."""
    ways: list[list[str | Path]] = []
    if _has("ensurepip"):
        ways.append([places.PYTHON, "-m", "pip", "install"])
    if _has("pip"):
        ways.append([python, "-m", "pip", "--python", places.PYTHON, "install"])
    if shutil.which("uv"):
        ways.append(["uv", "pip", "install", "--python", places.PYTHON])
    return ways


def _install(name: str) -> None:
    """Install exactly what the lock file names, then the product itself."""
    env = {"VIRTUAL_ENV": str(places.VENV), "UV_PYTHON_DOWNLOADS": "never", **index_settings()}
    lock = places.ROOT / "requirements" / f"{name}.txt"
    count = sum("==" in line for line in lock.read_text().splitlines())
    places.stamp({"requirements": ""})
    step(
        f"Installing {count} Python packages (requirements/{name}.txt)",
        [UV, "pip", "sync", "--require-hashes", lock],
        env=env,
        meaning=WHERE_FROM,
    )
    step(
        "Putting the forthright command in .venv/bin",
        [UV, "pip", "install", "--no-deps", "--no-build-isolation", "--editable", places.ROOT],
        env=env,
    )
    places.stamp({"requirements": _requirements_digest(name), "requirements_name": name})


def _requirements_digest(name: str) -> str:
    lock = places.ROOT / "requirements" / f"{name}.txt"
    return places.digest_of([lock, places.ROOT / "pyproject.toml"], also=name)


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _python_beneath() -> str:
    """Return the Python to build on: the one beneath, when started from inside an environment."""
    return getattr(sys, "_base_executable", None) or sys.executable


def index_settings() -> dict[str, str]:
    """Return where pip is told to get packages, in uv's words, since uv does not read it."""
    python = sys.executable if _has("pip") else places.PYTHON
    told = subprocess.run(
        [python, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    settings: dict[str, str] = {}
    for line in told.stdout.splitlines():
        name, _, value = line.partition("=")
        settings[name.rpartition(".")[2]] = str(ast.literal_eval(value))
    names = {
        "index-url": "UV_DEFAULT_INDEX",
        "cert": "SSL_CERT_FILE",
        "trusted-host": "UV_INSECURE_HOST",
        "proxy": "HTTPS_PROXY",
    }
    if "no-index" in settings:
        names |= {"no-index": "UV_NO_INDEX", "find-links": "UV_FIND_LINKS"}
        settings["find-links"] = ",".join(settings.get("find-links", "").split())
    return {uv: settings[pip] for pip, uv in names.items() if settings.get(pip)}
