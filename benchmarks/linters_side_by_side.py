"""Faults that general linters find in one letter, beside what our own checks find.

The linters are no part of the product. Install them anywhere and name the folder of their
programs: python -m benchmarks.linters_side_by_side FOLDER
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from forthright.rules.letter_checks.engine import check_letter
from forthright.rules.letter_checks.examples import EXAMPLE_DAY, example_case
from forthright.rules.letter_checks.rule import shipped_rules
from tests.rules.letter_checks.seeded import SEEDS, place_of, seeded_letter

Places = Sequence[tuple[int, int]]


def ours(text: str, *, has_case: bool) -> Places:
    """Return the places that our own checks mark."""
    case = example_case() if has_case else None
    found = check_letter(text, case, shipped_rules(), as_of=EXAMPLE_DAY)
    return [(each.start, each.end) for each in found]


def proselint(text: str, file: Path, folder: Path) -> Places:
    """Return the places that proselint marks."""
    said = _output([folder / "proselint", "check", "--output-format", "json", file])
    warnings = [
        each
        for of_file in json.loads(said)["result"].values()
        for each in of_file.get("diagnostics", [])
    ]
    return [(each["span"][0] - 1, each["span"][1] - 1) for each in warnings]


def codespell(text: str, file: Path, folder: Path) -> Places:
    """Return the places of the words that codespell would mend."""
    said = _output([folder / "codespell", "--builtin", "clear,rare,en-GB_to_en-US", file])
    words = [
        line.split(": ", 1)[1].split(" ==> ")[0] for line in said.splitlines() if "==>" in line
    ]
    return [(text.find(word), text.find(word) + len(word)) for word in words]


def _output(command: Sequence[object]) -> str:
    done = subprocess.run(
        [str(each) for each in command], capture_output=True, text=True, check=False
    )
    return done.stdout


def main() -> None:
    """Print how many of the faults each program marks, and how much it marks besides."""
    folder, text = Path(sys.argv[1]), seeded_letter()
    with tempfile.TemporaryDirectory() as kept:
        file = Path(kept, "letter.txt")
        file.write_text(text)
        answers = {
            "forthright, with the case": ours(text, has_case=True),
            "forthright, without the case": ours(text, has_case=False),
            "proselint": proselint(text, file, folder),
            "codespell": codespell(text, file, folder),
        }
    seeds = {seed.rule: place_of(seed, text) for seed in SEEDS}
    for name, places in answers.items():
        found = [rule for rule, seed in seeds.items() if _marks(places, seed)]
        besides = [
            each for each in places if not any(_marks([each], seed) for seed in seeds.values())
        ]
        print(f"{name}: {len(found)} of {len(seeds)} faults, {len(besides)} marks besides")
        print(f"    {', '.join(found)}")


def _marks(places: Places, seed: tuple[int, int]) -> bool:
    return any(start < seed[1] and end > seed[0] for start, end in places)


if __name__ == "__main__":
    main()
