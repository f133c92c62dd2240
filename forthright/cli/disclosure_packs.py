"""What `forthright disclosure pack` does: writes each defendant's papers into a folder."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from forthright.cases.models import Case
from forthright.cli.areas import area_named, case_named
from forthright.cli.refusals import WRONG_USE, stop
from forthright.disclosure.documents import pack_of
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors.packs import NoPackYet
from forthright.rules.disclosure_pack import NotForTheDefence
from forthright.rules.words import count_words
from forthright.web import clock


def write_packs(urn: str, out: Path, area: str, *, as_json: bool) -> None:
    """Write the papers of what waits for every defendant, or went last; end with 1 if none has any.

    A folder has its name only once all that belongs in it is written. One that is there already
    stops all, before the record says of any that it was taken out.
    """
    folders = {out / f"defendant-{place}": duty for place, duty in enumerate(_duties(urn, area), 1)}
    written, refused = [], []
    with _unfinished(out) as unfinished:
        _check_none_is_there(folders)
        for number, (folder, duty) in enumerate(folders.items(), 1):
            try:
                files = pack_of(duty, by=None, at=clock.now())
            except (NoPackYet, NotForTheDefence) as refusal:
                refused.append(f"Defendant {number}: {refusal}")
                continue
            _write(unfinished / folder.name, files)
            of = json.loads(files["contents.json"])["of"]
            written.append({"folder": str(folder), "of": of, "files": sorted(files)})
        for each in written:
            folder = Path(str(each["folder"]))
            (unfinished / folder.name).rename(folder)
    if as_json:
        typer.echo(json.dumps({"written": written, "refused": refused}, ensure_ascii=False))
    else:
        for each in written:
            typer.echo(f"{each['folder']}: {each['of']}, {count_words(len(each['files']), 'file')}")
        for words in refused:
            typer.echo(words, err=True)
    if not written:
        raise typer.Exit(1)


def _duties(urn: str, area: str) -> list[DisclosureDuty]:
    begun = DisclosureDuty.objects.filter(area=area_named(area))
    case = case_named(Case.objects.filter(pk__in=begun.values("case")), urn)
    rows = begun.filter(case=case)
    found = list(rows.select_related("area", "unit", "case", "defendant").order_by("pk"))
    if not found:
        stop(f"No duty to disclose has begun in a case {urn}.")
    return found


@contextmanager
def _unfinished(out: Path) -> Iterator[Path]:
    """Give a folder beside those to come, which goes again; one that is killed leaves it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="unfinished-", dir=out) as folder:
            yield Path(folder)
    except OSError as fault:
        stop(f"{out} cannot be written to: {fault.strerror}. Name a new folder.", WRONG_USE)


def _check_none_is_there(folders: Iterable[Path]) -> None:
    for folder in folders:
        if folder.exists():
            stop(f"{folder} is there already. Name a new folder: nothing was written.", WRONG_USE)


def _write(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
