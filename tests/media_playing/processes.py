"""What still runs on this machine."""

import os


def processes_with(words: str) -> list[str]:
    """Return the processes whose command has some words in it."""
    found = []
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{process}/cmdline", "rb") as command:
                if words.encode() in command.read():
                    found.append(process)
        except OSError:
            continue
    return found
