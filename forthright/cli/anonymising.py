"""What `forthright anonymise` does: reads letters, prints them anonymised, searches, measures."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import typer

from forthright.anonymiser import tab
from forthright.anonymiser.classifier import ModelChanged
from forthright.anonymiser.gate import Left, doubtful_in, left_in, strangers_in
from forthright.anonymiser.known import Known, KnownPerson, known_of
from forthright.anonymiser.letters import Anonymised, anonymise, places_of
from forthright.cli.checking import STOPPED, NotReadable, case_of, readable_words_of
from forthright.cli.progress import progress
from forthright.cli.refusals import WRONG_USE, stop
from forthright.letter_files.everything import parts_of_file
from forthright.letter_files.pdf_page_ends import OVER
from forthright.letter_files.reading import MOST_LETTERS, FileRefused, Words
from forthright.rules.letter_checks.language import language_otherwise
from forthright.rules.letter_checks.text import LetterText
from forthright.rules.words import count_words

TYPED = Path("-")
TEXT_FILES = (".txt", ".md")
# Where the format of a Word file says how words look: by names of fonts and of styles.
LOOKS = ", behind the words"


def anonymise_letters(
    letters: Sequence[Path], case: Path | None, out: Path | None, *, as_json: bool
) -> None:
    """Print letters anonymised, or write them."""
    known = known_of(case_of(case)) if case else None
    given = letters or [TYPED]
    if given.count(TYPED) > 1:
        stop("- stands twice, and what is piped in is one letter. Name it once.", WRONG_USE)
    if out is not None:
        _refuse_unwritable(out, given)
    texts = _read(given)
    if given == [TYPED]:
        texts = [("", words) for _, words in texts]
    done = _all_of(texts, known)
    if out is not None:
        _write(done, out)
    if as_json:
        tables = [{"letter": name, **each.as_table()} if name else each.as_table()
                  for name, each in done]  # fmt: skip
        said: Any = tables[0] if len(tables) == 1 else tables
        typer.echo(json.dumps(said, indent=1, ensure_ascii=False))
    elif out is None:
        for name, each in done:
            typer.echo(f"--- {name} ---\n{each.text}" if len(done) > 1 else each.text)
    else:
        typer.echo(_told(done, out))


def _typed() -> Words:
    """Return what comes by standard input; stop where nothing does."""
    content = sys.stdin.buffer.read(4 * MOST_LETTERS + 1)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        stop("What was piped in is no text in UTF-8. Give the file itself instead.", WRONG_USE)
    if not text.strip():
        stop("There is no letter. Name a file, or pipe its words in.", WRONG_USE)
    if len(text) > MOST_LETTERS:
        stop(f"{len(text):,} letters and spaces are more than one letter has.", WRONG_USE)
    return Words(text)


def _read(letters: Sequence[Path]) -> list[tuple[str, Words]]:
    """Return the names of letters with their words; stop where one cannot be taken.

    Each that cannot is named, so that a folder is put right at one go. What is piped in is “-”.
    """
    texts, refused = [], []
    for path in letters:
        try:
            # As given, since the places of --json are counted in it.
            words = _typed() if path == TYPED else readable_words_of(path)
            texts.append((path.name, words))
        except NotReadable as refusal:
            refused.append(str(refusal))
    refused += [said for name, words in texts if (said := _in_another_language(name, words.text))]
    if refused:
        if len(letters) > 1:
            taken = f"{len(refused)} of {len(letters)} letters cannot be taken"
            refused.append(f"{taken}, and nothing was done. Name the others by themselves.")
        stop("\n".join(refused), WRONG_USE)
    return texts


def _in_another_language(name: str, text: str) -> str:
    """Say that a letter is not in English, where it is not."""
    language = language_otherwise(LetterText(text))
    if not language:
        return ""
    said = "What was piped in" if name == TYPED.name else name
    return (
        f"{said} is in {language}. Only English is anonymised: of another language most words "
        "would be masked for nothing, and names could stay."
    )


def _all_of(
    texts: Sequence[tuple[str, Words]], known: Known | None
) -> list[tuple[str, Anonymised]]:
    try:
        if len(texts) == 1:
            return [(name, anonymise(text, known, ends)) for name, (text, ends) in texts]
        done = []
        with progress() as told:
            for number, (name, (text, ends)) in enumerate(texts, 1):
                done.append((name, anonymise(text, known, ends)))
                told("Anonymising", number, len(texts))
    except ModelChanged as refusal:
        stop(str(refusal))
    return done


def _refuse_unwritable(out: Path, letters: Sequence[Path]) -> None:
    if len(letters) < 2:
        if out.suffix.lower() not in TEXT_FILES:
            stop(f"{out} has to end in .txt: only the words are written, no looks.", WRONG_USE)
        if out.exists():
            stop(f"{out} is there already. Name another file.", WRONG_USE)
        return
    if out.exists() and not out.is_dir():
        stop(f"{out} has to be a folder for {len(letters)} letters.", WRONG_USE)
    if taken := [each for each in _written_to(out, len(letters)) if each.exists()]:
        stop(f"{taken[0]} is there already. Name another folder; nothing was written.", WRONG_USE)


def _written_to(out: Path, letters: int) -> list[Path]:
    """Return the file of each of several letters.

    A letter's own name often holds somebody's; the order on the command line tells which is which.
    """
    return [out / f"letter-{number:03d}.txt" for number in range(1, letters + 1)]


def _write(done: Sequence[tuple[str, Anonymised]], out: Path) -> None:
    try:
        if len(done) == 1:
            with out.open("x", encoding="utf-8") as file:
                file.write(done[0][1].text)
            return
        out.mkdir(parents=True, exist_ok=True)
        for path, (_, each) in zip(_written_to(out, len(done)), done, strict=True):
            with path.open("x", encoding="utf-8") as file:
                file.write(each.text)
    except OSError as fault:
        stop(f"{fault.filename or out} cannot be written: {fault.strerror}.", WRONG_USE)


def _told(done: Sequence[tuple[str, Anonymised]], out: Path) -> str:
    spans = sum(len(each.spans) for _, each in done)
    doubts = sum(len(each.looked_at) for _, each in done)
    said = f"{out}: {count_words(len(done), 'letter')}, {count_words(spans, 'place')} masked."
    if doubts:
        said += f" {count_words(doubts, 'place')} may identify somebody: --json names them."
    return f"{said} Read it before anybody else does."


def search_file(path: Path, case: Path, *, looked_at: bool, as_json: bool) -> None:
    """Search a finished file for what is known of a case; end with 1 if anything is left.

    What may be a name stops it too, known or not, until a person has looked at each such place.
    """
    known = known_of(case_of(case))
    try:
        parts = parts_of_file(path.read_bytes(), path.name)
    except OSError as fault:
        stop(f"{path} cannot be read: {fault.strerror}.", WRONG_USE)
    except FileRefused as refusal:
        stop(f"{path.name}: {refusal}")
    read = [(each.where, each.words) for each in parts]
    try:
        with progress() as told:
            every = left_in(_told_of_each(read, told), known)
            found = [each for each in every if not each.is_asked]
            asked = [each for each in every if each.is_asked]
            doubtful = [] if looked_at else [*asked, *_may_be_names(read, known)]
    except ModelChanged as refusal:
        stop(str(refusal))
    if as_json:
        said = {"file": path.name, "left": [each.as_table() for each in found],
                "look_at": [each.as_table() for each in doubtful]}  # fmt: skip
        typer.echo(json.dumps(said, indent=1, ensure_ascii=False))
    else:
        _print_left(path.name, found, doubtful)
    if found or doubtful:
        raise typer.Exit(STOPPED)


def _told_of_each(
    parts: Sequence[tuple[str, str]], told: Callable[[str, int, int], None]
) -> Iterator[tuple[str, str]]:
    """Yield parts, and tell how many were searched: of many changes kept in it a file has more."""
    told("Searching", 0, len(parts))
    for number, part in enumerate(parts, 1):
        yield part
        told("Searching", number, len(parts))


def _may_be_names(parts: Sequence[tuple[str, str]], known: Known) -> list[Left]:
    """Return what may be a name: of somebody known, and of anybody whom no record has."""
    # Over the end of a page stand words without their sentence; each page is asked of by itself.
    said = [each for each in parts if not (each[0].endswith(LOOKS) or each[0].startswith(OVER))]
    return [*doubtful_in(parts, known), *strangers_in(said, known)]


def _print_left(name: str, found: Sequence[Left], doubtful: Sequence[Left]) -> None:
    if not found and not doubtful:
        typer.echo(f"{name}: nothing known is left. Two people still have to read it.")
        return
    if found:
        typer.echo(f"{name}: {count_words(len(found), 'place')} left. It must not go out.")
        _print_places(found)
    if doubtful:
        known = "" if found else "nothing known is left, but "
        typer.echo(
            f"{name}: {known}{count_words(len(doubtful), 'place')} may be a name. Look at each. "
            "Where one is, hide it; if none is, search again with --looked-at."
        )
        _print_places(doubtful)


def _print_places(places: Sequence[Left]) -> None:
    for each in places:
        typer.echo(f"\n{each.where}, line {each.line}: “{each.words}”")
        typer.echo(f"  …{each.around}…\n  Why: {each.found.because}.")


def measure_by_tab(path: Path, *, as_json: bool) -> None:
    """Print what the anonymiser does with the documents of a file of the benchmark."""
    try:
        gold = tab.read_gold(path.read_bytes())
    except OSError as fault:
        stop(f"{path} cannot be read: {fault.strerror}.", WRONG_USE)
    except tab.NoBenchmark as refusal:
        stop(f"{path.name}: {refusal}", WRONG_USE)
    masks = []
    with progress() as told:
        for number, document in enumerate(gold, 1):
            places = places_of(document.text, _protects(document))
            masks.append([(each.start, each.end) for each in places.masked])
            told("Anonymising", number, len(gold))
    measures = tab.measure(gold, masks)
    if as_json:
        typer.echo(json.dumps(measures.as_table(), indent=1))
    else:
        _print_measures(path.name, measures)


def _protects(document: tab.Gold) -> Known | None:
    """Return the person whom a document of the benchmark is to be anonymised for, as a record."""
    given, _, family = document.protects.strip().rpartition(" ")
    return Known((KnownPerson("the applicant", given, family),)) if family else None


def _print_measures(name: str, measures: tab.Measures) -> None:
    rows = {
        "recall, tokens": measures.recall,
        "recall, direct identifiers (entities)": measures.direct,
        "recall, quasi identifiers (entities)": measures.quasi,
        "precision, tokens (weighed alike)": measures.precision,
        **{f"recall, tokens: {kind}": each for kind, each in measures.by_kind.items()},
    }
    typer.echo(f"{name}: {count_words(measures.documents, 'document')}")
    for said, share in rows.items():
        typer.echo(f"  {said:40} {share.words}")
    f1 = "nothing to count" if measures.f1 is None else f"{measures.f1:.3f}"
    typer.echo(f"  {'F1':40} {f1}")
