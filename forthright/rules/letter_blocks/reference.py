"""The pages of the reference on fields, templates and blocks, written from what ships."""

from collections.abc import Iterable

from forthright.rules.letter_blocks.block import Block, Template, published_wordings
from forthright.rules.letter_blocks.fields import FIELDS
from forthright.rules.words import capitalised, date_words, list_words

FIELDS_NOTE = (
    "Written from the code. A template may hold these and no others; a field that does not exist "
    "is refused with its place."
)
TEMPLATES_NOTE = (
    "Written from the code. Each block stands in one place and templates share it. All wording is "
    "to be confirmed by the Area before it is used."
)


def fields_page() -> str:
    """Return the table of fields: what each stands for, and what happens where it lacks."""
    rows = (
        (
            f"`{{{{ {name} }}}}`",
            capitalised(field.meaning),
            field.example,
            "its paragraph is left out" if field.is_optional else field.mend,
        )
        for name, field in FIELDS.items()
    )
    return "\n".join(
        [
            "# Fields of letters",
            "",
            FIELDS_NOTE,
            "",
            *_table(("field", "what it stands for", "example", "where it is not recorded"), rows),
            "",
        ]
    )


def templates_page() -> str:
    """Return the starter set: templates, and blocks with their conditions and owners."""
    held = published_wordings()
    return "\n".join(
        [
            "# Templates and blocks that ship",
            "",
            TEMPLATES_NOTE,
            "",
            "## Templates",
            "",
            *_table(("template", "title", "use"), map(_template_row, held.templates.values())),
            "",
            "## Blocks",
            "",
            *_table(
                ("block", "title", "stands where", "owner", "standards", "need", "review by"),
                map(_block_row, held.blocks.values()),
            ),
            "",
        ]
    )


def _template_row(template: Template) -> tuple[str, ...]:
    return f"`{template.code}`", template.title, template.use


def _block_row(block: Block) -> tuple[str, ...]:
    return (
        f"`{block.code}`",
        block.title,
        block.when.in_words(),
        block.owner,
        list_words(block.standards),
        block.need,
        date_words(block.review_on) if block.review_on else "",
    )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return [f"| {' | '.join(cells)} |" for cells in lines]
