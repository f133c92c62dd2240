"""No figure is counted by other code under an edition that stood for the code before."""

import pytest

from scripts import figure_editions

ASKED = (
    "the code that counts these figures was changed. If one of them can be another for it, raise "
    "its edition, which stands at {}. Then run .venv/bin/python scripts/figure_editions.py"
)


@pytest.mark.parametrize("name", figure_editions.ALL)
def test_the_edition_of_figures_is_of_the_code_that_counts_them(name):
    each = figure_editions.ALL[name]

    changed = figure_editions.changed(figure_editions.kept(), figure_editions.now())

    assert name not in changed, f"{name}: {ASKED.format(f'{each.module}.{each.name}')}"


def test_a_change_of_what_is_counted_is_seen_and_one_of_words_beside_it_is_not(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(figure_editions, "HOUSE", tmp_path)
    source = tmp_path / "counting.py"
    figures = figure_editions.Figures("string", "digits", ("counting.py",))
    monkeypatch.setattr(figure_editions, "ALL", {"some": figures})
    source.write_text('"""Counts."""\n\n\ndef count(found):\n    return len(found)\n')
    before = figure_editions.now()

    source.write_text(
        '"""Counts them."""\n\ndef count(found):  # all of them\n    return len(found)\n'
    )
    said_otherwise = figure_editions.now()
    source.write_text('"""Counts."""\n\n\ndef count(found):\n    return len(found) + 1\n')

    assert figure_editions.changed(before, said_otherwise) == []
    assert figure_editions.changed(before, figure_editions.now()) == ["some"]
