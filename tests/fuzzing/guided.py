"""Changes files again and again, led by which lines of the readers each change reaches.

By hand, for as long as wanted:
python -m tests.fuzzing.guided schedule-csv FOLDER -max_total_time=600
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["forthright"]):
    from tests.fuzzing.readers import READERS


def main() -> None:
    """Begin from the good files of a reader; end with status 77 where one is neither way."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(READERS[name].begins()):
        (folder / f"good-{number}").write_bytes(content)
    atheris.Setup([sys.argv[0], str(folder), *sys.argv[3:]], READERS[name].read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
