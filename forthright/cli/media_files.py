"""`forthright media receive`, `verify`, `probe`, `export`: files of recordings, in and out."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forthright.cli.refusals import WRONG_USE, stop

if TYPE_CHECKING:
    from forthright.accounts.models import Area, User
    from forthright.hard_media.exports import Exported
    from forthright.hard_media.models import Hearing, MediaItem
    from forthright.media_files.ingest import Progress


def receive(
    paths: Annotated[list[Path], typer.Argument(help="files, folders or a mounted disc")],
    case: Annotated[str, typer.Option(help="the URN of the case")],
    exhibit: Annotated[str, typer.Option(help="the exhibit reference, as in the register")],
    came_from: Annotated[str, typer.Option("--from", help="who brought them")] = "",
    area: Annotated[str, typer.Option(help="the Area, where there is more than one")] = "",
) -> None:
    """Take in files of a recording; typed again after a crash, it goes on where it ended."""
    from forthright.cli.areas import area_named
    from forthright.hard_media.services import receiving
    from forthright.rules.words import count_words

    item = _item_named(area_named(area), case, exhibit)
    try:
        receiving.check_takes_files(item)
    except receiving.NotTaken as refusal:
        stop(str(refusal))
    took, begun_before = _take_in(item, paths, came_from)
    if begun_before:
        files = count_words(begun_before, "file", "files")
        _say(
            f"{files} began to be taken in before the recording was asked for again, which is "
            "still waited for. If this is the new copy, type the command once more."
        )
    if as_before := sum(is_as_before for _, is_as_before in took):
        files = count_words(as_before, "file is", "files are")
        _say(
            f"{files} byte for byte what came before the recording was asked for again. If "
            "another copy was meant, look whether this is it."
        )
    if refused := sum(not is_kept for is_kept, _ in took):
        files = count_words(refused, "was", "were")
        _say(f"Of {count_words(len(took), 'file')}, {files} not taken in: see above.")
        raise typer.Exit(1)


def _take_in(
    item: "MediaItem", paths: list[Path], came_from: str
) -> tuple[list[tuple[bool, bool]], int]:
    """Take files in and say what became of each.

    Return whether each is kept and came before, and how many began before it was asked for again.
    """
    from forthright.hard_media import storing
    from forthright.hard_media.services import receiving
    from forthright.hard_media.services.handing import note_read
    from forthright.media_files.ingest import take_in, words_of
    from forthright.web import clock

    took, begun_before = [], 0
    with _progress_bar() as progress:
        for taken in take_in(
            storing.store(), paths, at=clock.now(), notes={"item": item.pk},
            over=receiving.over_of(item), progress=progress,
        ):  # fmt: skip
            if taken.is_litter:
                _say(words_of(taken))
                continue
            is_as_before = False
            if taken.before is not None:
                note_read(taken.before, by=None, at=clock.now())
            if taken.receipt is not None:
                sent = receiving.note_taken_in(
                    item, taken.receipt, came_from=came_from, by=None, at=clock.now()
                )
                is_as_before = receiving.is_as_before(sent)
                begun_before += sent.superseded_at is not None
            took.append((taken.receipt is not None, is_as_before))
            _say(words_of(taken))
            if taken.receipt is not None and sent.refusal:
                _say(sent.refusal)
    return took, begun_before


def _say(words: str) -> None:
    """Print a line, whatever letters the terminal takes; those it does not stand in numbers."""
    takes = sys.stdout.encoding or "utf-8"
    typer.echo(words.encode(takes, "backslashreplace").decode(takes))


def verify(
    sha256: Annotated[list[str] | None, typer.Argument(help="the SHA-256 of a kept file")] = None,
    everything: Annotated[bool, typer.Option("--all", help="every file that is kept")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print the findings as JSON")] = False,
) -> None:
    """Read kept files again, and say whether each is what it was when it came."""
    from forthright.audit import services as audit
    from forthright.hard_media import storing
    from forthright.hard_media.services.handing import note_read
    from forthright.media_files.store import Verdict
    from forthright.web import clock

    if bool(sha256) == everything:
        stop("Name the SHA-256 of a file, or type --all.", WRONG_USE)
    named = [_digest(each) for each in sha256 or []]
    store = storing.store()
    found = []
    for checked in store.verify_all(_registered()) if everything else map(store.verify, named):
        note_read(checked, by=None, at=clock.now())
        found.append({"sha256": checked.sha256, "found": checked.verdict.value})
        if not as_json:
            typer.echo(f"{checked.sha256}: {checked.verdict.value}")
    wrong = [each["sha256"] for each in found if each["found"] != Verdict.SAME.value]
    audit.record("file.verified", by=None, at=clock.now(), files=len(found), wrong=wrong)
    if as_json:
        typer.echo(json.dumps({"files": found}))
    else:
        typer.echo(f"{len(found)} read, {len(wrong)} not as they came.")
    if wrong:
        raise typer.Exit(1)


def _registered() -> set[str]:
    """Return what the register says is kept: of what the storage has no trace, that is gone."""
    from forthright.hard_media.models import SentFile

    rows = SentFile.objects.filter(kept_at__isnull=False)
    return set(rows.values_list("sha256", flat=True))


def _digest(typed: str) -> str:
    """Return a SHA-256 as files are kept by it, however it was typed."""
    from forthright.media_files.shelves import SHA256

    digest = typed.strip().lower()
    if not SHA256.fullmatch(digest):
        stop(
            f"“{typed}” is no SHA-256: that is 64 digits and letters from a to f, as the page of "
            "the recording shows it. To read every file, type --all.",
            WRONG_USE,
        )
    return digest


def _item_named(area: "Area", case: str, exhibit: str) -> "MediaItem":
    from forthright.cases.models import Case
    from forthright.cli.areas import case_named
    from forthright.hard_media.models import MediaItem
    from forthright.rules.exhibits import exhibit_key
    from forthright.rules.words import list_words

    there = MediaItem.objects.filter(area=area)
    meant = case_named(Case.objects.filter(pk__in=there.values("case")), case)
    rows = there.select_related("case", "area", "unit").filter(case=meant)
    found = [each for each in rows if exhibit_key(each.exhibit) == exhibit_key(exhibit)]
    # Of old, two may differ in capitals alone; then only the one that is meant exactly is taken.
    found = [each for each in found if each.exhibit == exhibit.strip()] or found
    if not found:
        where = f"the case {meant or case}"
        stop(f"The register has no recording {exhibit} of {where}. Add it there first.")
    if len(found) > 1:
        names = list_words([each.exhibit for each in found], joined_by="or")
        stop(f"Which recording of the case {meant} do you mean: {names}? Type it exactly so.")
    return found[0]


@contextmanager
def _progress_bar() -> Iterator["Progress"]:
    """Show how much of each file is in, where a person looks on."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress as Bar

    from forthright.media_files.names import readable

    with Bar(console=Console(stderr=True), transient=True) as bar:
        lines = {}

        def told(path: Path, taken: int, length: int) -> None:
            if path not in lines:
                lines[path] = bar.add_task(escape(readable(path.name)), total=length)
            bar.update(lines[path], completed=taken)

        yield told


def _hearing_of(area: "Area", case: str) -> "Hearing":
    from forthright.cases.models import Case
    from forthright.cli.areas import case_named
    from forthright.hard_media.models import Hearing

    rows = Hearing.objects.filter(area=area)
    meant = case_named(Case.objects.filter(pk__in=rows.values("case")), case)
    hearing = rows.select_related("case", "area", "unit").filter(case=meant).first()
    if hearing is None:
        stop(f"The register has no case {case}.")
    return hearing


def _person_named(area: "Area", email: str) -> "User":
    from forthright.accounts.models import User

    rows = User.objects.filter(area=area, is_active=True, email__iexact=email.strip())
    person = rows.first()
    if person is None:
        stop(f"Nobody of {area} signs in as {email}. Type the e-mail address of whoever asked.")
    return person


def export(
    case: Annotated[str, typer.Option(help="the URN of the case")],
    out: Annotated[Path, typer.Option(help="the folder to be made")],
    area: Annotated[str, typer.Option(help="the Area, where there is more than one")] = "",
    is_known: Annotated[
        bool,
        typer.Option("--yes", help="write it though it holds what not everybody may have"),
    ] = False,
    for_whom: Annotated[
        str, typer.Option("--for", help="whom it is for, such as: Leeds Crown Court")
    ] = "",
    by: Annotated[str, typer.Option(help="the e-mail address of whoever asked for it")] = "",
) -> None:
    """Write the recordings of a case that may be shared into a BagIt folder, with their custody.

    The pages of the recordings name the bag, and ask for it once one in it is to be with nobody.
    What is unused, holds more than is played of it, or is there as it came though a copy hides
    something of it, is named first.
    """
    from forthright.accounts.policies import NotAllowed
    from forthright.cli.areas import area_named
    from forthright.hard_media.exports import NothingToExport, ToBeKnownFirst, export_case
    from forthright.hard_media.models import Bag
    from forthright.media_files.bags import BagThere, NotAsItCame, NotWritten
    from forthright.web import clock

    hearing = _hearing_of(area_named(area), case)
    most = Bag._meta.get_field("for_whom").max_length or 0
    if len(for_whom) > most:
        stop(f"Say in at most {most} characters whom it is for.")
    person = _person_named(hearing.area, by) if by else None
    try:
        done = export_case(
            hearing, out, is_known=is_known, for_whom=for_whom, by=person, at=clock.now()
        )
    except NotAllowed:
        stop(f"{by} may not record anything of this case, so may not have it exported either.")
    except ToBeKnownFirst as refusal:
        stop(f"{refusal} To write it all the same, type the command again with --yes.")
    except (NothingToExport, BagThere, NotAsItCame, NotWritten) as refusal:
        stop(str(refusal))
    _say_exported(done, out)


def _say_exported(done: "Exported", out: Path) -> None:
    from forthright.rules.words import count_words

    number = count_words(done.files, "file is", "files are")
    typer.echo(f"{number} in {out}. SHA-256 of the manifest: {done.manifest}")
    for words in done.warnings:
        typer.echo(words)
    if done.left_out:
        left_out = count_words(done.left_out, "recording is", "recordings are")
        typer.echo(
            f"{left_out} not in it: sensitive, not classified as relied on "
            "or unused, or without a file here."
        )
