"""The program that tries patterns, and is ended by the machine at one that takes too long.

It reads patterns as JSON from its input, each with the texts of its examples, and writes the number
of each before it is tried, so that the last one written took too long. It reads no rules, so that
it begins at once.
"""

import json
import re
import signal
import sys
from collections.abc import Iterator

from forthright.rules.letter_checks.quicker import quicker

# Seconds of the processor for one pattern on all texts; one that ships takes a thousandth.
MOST_SECONDS = 0.5
REPEATED = 200
# What a pattern that looks back again and again trips over: one sign often, then another.
HARD = (" ", "a ", "\n", "the , ", "aA1-,.")
MOST_SIGNS = 40


def texts_for(pattern: str) -> Iterator[str]:
    """Yield short texts that are hard for a pattern: its own signs often, and what it asks for."""
    signs = list(dict.fromkeys(each for each in pattern.casefold() if each.isalnum()))[:MOST_SIGNS]
    asked = " ".join(re.findall(r"[^\W_]+", pattern.casefold()))
    for each in (*HARD, "x", "1", *signs):
        often = (each * REPEATED)[:REPEATED]
        yield f"{often}~ {asked}"
        yield often


def main() -> None:
    """Try each pattern; the machine ends the program at one that takes too long."""
    for number, (pattern, examples) in enumerate(json.load(sys.stdin)):
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        try:
            compiled = re.compile(quicker(pattern))
        except re.error:
            continue  # words to look for, and no pattern
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        for text in (*texts_for(pattern), *examples):
            for _ in compiled.finditer(text):
                pass
        signal.setitimer(signal.ITIMER_PROF, 0)


if __name__ == "__main__":
    main()
