"""Acts done by a process of its own: `python -m tests.samples.apart prepare|draw|hang FOLDER`."""

import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import transaction  # noqa: E402 - the rooms need django first

from forthright.samples import services  # noqa: E402
from forthright.samples.models import Plan  # noqa: E402
from tests.samples import weeks  # noqa: E402


def wait_for(file: Path) -> None:
    """Wait until a file is there."""
    while not file.exists():
        time.sleep(0.005)


def draw() -> str:
    """Draw the one plan there is and say what came of it."""
    try:
        made = services.draw_sample(Plan.objects.get(), weeks.W40, by=None, at=weeks.MONDAY_AFTER)
    except services.AlreadyDrawn:
        return "refused"
    return f"drew {made.letters.count()}"


def main(act: str, folder: Path) -> None:
    """Do one act."""
    if act == "prepare":
        weeks.a_plan()
        weeks.letters_owed(20)
    elif act == "draw":
        (folder / f"ready-{os.getpid()}").touch()
        wait_for(folder / "go")
        sys.stdout.write(draw())
    elif act == "hang":
        with transaction.atomic():
            draw()
            (folder / "drawn").touch()
            time.sleep(600)


main(sys.argv[1], Path(sys.argv[2]))
