"""What is asked of a letter follows its theme."""

import pytest

from forthright.rules.panel_questions import ON_THEME, asked_of, questions_for


@pytest.mark.parametrize("theme", ON_THEME)
@pytest.mark.parametrize("is_of_theme", [True, False])
def test_each_letter_is_asked_six_questions(theme, is_of_theme):
    asked = asked_of(questions_for(theme), theme=theme, is_of_theme=is_of_theme)

    assert len(asked) == 6
    on = ON_THEME[theme if is_of_theme else ""]
    assert tuple(words for _, words in asked[4:]) == on


def test_a_meeting_from_before_asks_nothing_else_of_other_letters():
    questions = questions_for("LATE")[:6]

    asked = asked_of(questions, theme="LATE", is_of_theme=False)

    assert [key for key, _ in asked] == ["q1", "q2", "q3", "q4"]
