"""Puts a letter together from a template, its blocks and a case, or refuses with all that lacks."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from unicodedata import category

from forthright.rules.case_file import CaseFile, LetterKind
from forthright.rules.letter_blocks.at_odds import at_odds
from forthright.rules.letter_blocks.block import Block, Choice, Template
from forthright.rules.letter_blocks.composed import Composed, Origin, Paragraph, Run
from forthright.rules.letter_blocks.fields import FIELDS
from forthright.rules.letter_blocks.review_right import with_review_right
from forthright.rules.letter_blocks.values import Value, ValueRefused
from forthright.rules.letter_blocks.wording import Line, Piece
from forthright.rules.words import capitalised, list_words

# Control characters, lone surrogates, and breaks of lines and paragraphs.
UNSEEN = {"Cc", "Cs", "Zl", "Zp"}


class LetterRefused(ValueError):
    """A letter cannot be put together; `problems` says each thing that lacks and its mend."""

    def __init__(self, *problems: str) -> None:
        """Keep each problem, and join them for people."""
        super().__init__(" ".join(problems))
        self.problems = problems


def assemble(template: Template, blocks: Mapping[str, Block], case: CaseFile) -> Composed:
    """Return the letter for a case: chosen blocks, with the values of the record in them.

    :raises LetterRefused: if the template is not for such a case, the case records what cannot
        be, there is no reasons note where one is needed, or a value that a chosen block needs is
        not recorded
    :raises CalendarTooShort: if the calendar does not reach the last day to ask for a review
    """
    odd = at_odds(case)
    case = with_review_right(case)
    _check_is_for(template, case)
    if odd:
        raise LetterRefused(*odd)
    filling = _Filling(case)
    paragraphs: list[Paragraph] = []
    for block in chosen_blocks(template, blocks, case):
        for paragraph in filling.paragraphs_of(block):
            if block.joins and paragraphs and paragraphs[-1].kind is paragraph.kind:
                paragraphs[-1] = _joined(paragraphs[-1], paragraph)
            else:
                paragraphs.append(paragraph)
    if filling.problems:
        raise LetterRefused(*dict.fromkeys(filling.problems.values()))
    return Composed(paragraphs=tuple(paragraphs))


def chosen_blocks(template: Template, blocks: Mapping[str, Block], case: CaseFile) -> list[Block]:
    """Return the blocks of a template that apply to a case, in order.

    :raises LetterRefused: if no block, or more than one, fits a place that takes one
    """
    chosen: list[Block] = []
    for each in template.order:
        codes = (each,) if isinstance(each, str) else each.codes
        fitting = [blocks[code] for code in codes if blocks[code].when.holds(case)]
        if isinstance(each, Choice):
            _check_choice(each, fitting, blocks)
        chosen += fitting
    return chosen


def _check_choice(choice: Choice, fitting: Sequence[Block], blocks: Mapping[str, Block]) -> None:
    if len(fitting) > 1:
        titles = list_words([f"“{each.title}”" for each in fitting])
        raise LetterRefused(f"Only one of {titles} may stand here. Check what they are for.")
    if choice.is_needed and not fitting:
        titles = list_words([f"“{blocks[code].title}”" for code in choice.codes], joined_by="or")
        raise LetterRefused(
            f"None of {titles} fits this case. Check the decision and the kind of the letter."
        )


def _check_is_for(template: Template, case: CaseFile) -> None:
    if case.letter.kind not in template.kinds:
        kinds = list_words(sorted(_in_words(kind) for kind in template.kinds), joined_by="or")
        raise LetterRefused(
            f"“{template.title}” is for letters of the kind {kinds}; this one is "
            f"{_in_words(case.letter.kind)}. Choose another template."
        )
    if not template.when.holds(case):
        raise LetterRefused(
            f"“{template.title}” is for cases where {template.when.in_words()}. That does not "
            "hold for this case. Choose another template."
        )
    if case.note is None and _kind_of_decision(case) in template.needs_note:
        raise LetterRefused(
            "There is no reasons note, so the letter cannot say why. Ask the prosecutor to "
            "write down what was decided and the facts that decided it."
        )


def _kind_of_decision(case: CaseFile) -> str:
    """Return the kind of the letter; a correction is what the letter it corrects was."""
    is_correction = case.letter.kind is LetterKind.CORRECTION
    return case.decision.kind if is_correction and case.decision else case.letter.kind


def _in_words(kind: str) -> str:
    return kind.replace("_", " ").lower()


class _Filling:
    """Fills the fields of blocks from one case and keeps what could not be filled."""

    def __init__(self, case: CaseFile) -> None:
        self.case = case
        self.problems: dict[str, str] = {}
        self._values: dict[str, Value] = {}

    def paragraphs_of(self, block: Block) -> Iterator[Paragraph]:
        for line in block.lines:
            values = {name: self._value(name) for name in line.fields}
            if any(FIELDS[name].is_optional and not value for name, value in values.items()):
                continue
            for number in range(_repeats(values)):
                runs = _runs(line, values, number, block.code)
                yield Paragraph(kind=line.kind, runs=runs, language=block.language)

    def _value(self, name: str) -> Value:
        if name not in self._values:
            self._values[name] = self._read(name)
        return self._values[name]

    def _read(self, name: str) -> Value:
        field = FIELDS[name]
        try:
            value = _tidy(field.of(self.case))
        except ValueRefused as refusal:
            self.problems[name] = str(refusal)
            return ""
        if not value and not field.is_optional:
            self.problems[name] = f"{capitalised(field.meaning)} is not recorded. {field.mend}."
        return value


def _joined(first: Paragraph, second: Paragraph) -> Paragraph:
    """Return two paragraphs as one, with a space between them."""
    start, *rest = second.runs
    if start.origin is Origin.TEMPLATE:
        spaced = [start.model_copy(update={"text": f" {start.text}"})]
    else:
        spaced = [Run(text=" ", origin=Origin.TEMPLATE, block=start.block), start]
    return first.model_copy(update={"runs": (*first.runs, *spaced, *rest)})


def _tidy(value: Value) -> Value:
    """Return a value on one line, without the unseen characters that a file cannot hold."""
    if isinstance(value, tuple):
        return tuple(each for each in (_one_line(part) for part in value) if each)
    return _one_line(value)


def _one_line(text: str) -> str:
    return " ".join("".join(" " if category(c) in UNSEEN else c for c in text).split())


def _repeats(values: Mapping[str, Value]) -> int:
    """Return how many paragraphs a line makes: one, or one for each line of a field with many."""
    return max((len(value) for value in values.values() if isinstance(value, tuple)), default=1)


def _runs(line: Line, values: Mapping[str, Value], number: int, code: str) -> tuple[Run, ...]:
    pieces = [_run(piece, values, number, code) for piece in line.pieces]
    if pieces and line.pieces[0].is_field:
        pieces[0] = pieces[0].model_copy(update={"text": capitalised(pieces[0].text)})
    return tuple(
        Run(text="".join(run.text for run in same), origin=origin, block=code, is_bold=is_bold)
        for (origin, is_bold), same in groupby(pieces, key=lambda run: (run.origin, run.is_bold))
    )


def _run(piece: Piece, values: Mapping[str, Value], number: int, code: str) -> Run:
    if not piece.is_field:
        return Run(text=piece.text, origin=Origin.TEMPLATE, block=code, is_bold=piece.is_bold)
    value = values[piece.text]
    text = value[min(number, len(value) - 1)] if isinstance(value, tuple) and value else value
    origin = Origin.PERSON if FIELDS[piece.text].is_about_person else Origin.TEMPLATE
    return Run(text=str(text or ""), origin=origin, block=code, is_bold=piece.is_bold)
