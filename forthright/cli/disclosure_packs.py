"""What `forthright disclosure pack` does: writes each defendant's papers into a folder."""

import json
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
    """Write the papers of every defendant's newest service; end with 1 if none has any."""
    duties = _duties(urn, area)
    written, refused = [], []
    for number, duty in enumerate(duties, 1):
        try:
            files = pack_of(duty, by=None, at=clock.now())
        except (NoPackYet, NotForTheDefence) as refusal:
            refused.append(f"Defendant {number}: {refusal}")
            continue
        folder = out / f"defendant-{number}"
        _write(folder, files)
        written.append({"folder": str(folder), "files": sorted(files)})
    if as_json:
        typer.echo(json.dumps({"written": written, "refused": refused}, ensure_ascii=False))
    else:
        for each in written:
            typer.echo(f"{each['folder']}: {count_words(len(each['files']), 'file')}")
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


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            with (folder / name).open("xb") as file:
                file.write(content)
    except OSError as fault:
        stop(f"{folder} cannot be written to: {fault.strerror}. Name a new folder.", WRONG_USE)
