"""Asks for jobs from a process of its own: NAME KEY pairs; `--roll-back` undoes the act."""

import os
import sys

import django


def main(words: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import transaction

    from forthright.web import clock, jobs

    undone = "--roll-back" in words
    words = [word for word in words if not word.startswith("--")]
    with transaction.atomic():
        for name, key in zip(words[::2], words[1::2], strict=True):
            jobs.ask(name, key=key, args={"count": 7}, by=None, at=clock.now())
        if undone:
            transaction.set_rollback(True)


if __name__ == "__main__":
    main(sys.argv[1:])
