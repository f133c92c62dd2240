"""What a letter about a changed charge says to a child, and where the accused is convicted."""

import pytest

from forthright.rules.case_file import AccusedStatus, DecisionKind
from forthright.rules.letter_blocks.assemble import LetterRefused, assemble
from forthright.rules.letter_blocks.block import published_wordings
from forthright.rules.letter_blocks.review_right import with_review_right
from tests.rules.letter_blocks.cases import DANIEL, a_case, a_decision, a_letter, a_reader

HELD = published_wordings()
K = DecisionKind
ALTERED = (K.ALTERED_DECREASED, K.ALTERED_INCREASED)
PLAIN = {
    "from_charge_in_plain_words": "being hurt in a private place",
    "to_charge_in_plain_words": "being touched in a private place",
}


def letter_of(kind, *, is_child=True, status=AccusedStatus.DEFENDANT, **decision):
    case = a_case(
        offence="Rape of a child under 13",
        offence_in_plain_words="what happened at the flat",
        recipient=a_reader(is_child=is_child),
        accused=(DANIEL.model_copy(update={"status": status}),),
        decision=a_decision(
            kind,
            from_charge="Rape of a child under 13",
            to_charge="Sexual assault of a child under 13",
            **decision,
        ),
        letter=a_letter(kind.value),
    )
    (template,) = [each for each in HELD.templates.values() if each.serves(case)]
    return assemble(template, HELD.blocks, with_review_right(case)).plain()


@pytest.mark.parametrize("kind", ALTERED)
def test_a_child_reads_of_both_charges_in_plain_words_and_never_by_name(kind):
    said = letter_of(kind, **PLAIN)

    assert "Before, the charge was about being hurt in a private place." in said
    assert "Now it is about being touched in a private place." in said
    assert "under 13" not in said


@pytest.mark.parametrize("lacking", PLAIN)
def test_without_plain_words_a_child_has_no_letter_yet(lacking):
    with pytest.raises(LetterRefused, match="for a child, in plain words"):
        letter_of(K.ALTERED_DECREASED, **PLAIN | {lacking: ""})


def test_a_grown_up_reads_the_names_of_the_charges():
    said = letter_of(K.ALTERED_DECREASED, is_child=False, **PLAIN)

    assert "from rape of a child under 13 to sexual assault of a child under 13" in said


@pytest.mark.parametrize("is_child", [False, True])
@pytest.mark.parametrize("kind", ALTERED)
def test_after_a_conviction_nobody_writes_of_somebody_who_may_be_found_guilty(kind, is_child):
    before = letter_of(kind, is_child=is_child, **PLAIN)
    after = letter_of(kind, is_child=is_child, status=AccusedStatus.CONVICTED, **PLAIN)

    assert "anybody who is found guilty" in before
    assert "anybody who is found guilty" not in after
    assert "Daniel Price has been" in after


@pytest.mark.parametrize("kind", [kind for kind in K if kind not in ALTERED])
def test_a_child_never_reads_the_bare_name_of_an_offence(kind):
    assert "under 13" not in letter_of(kind).casefold()
