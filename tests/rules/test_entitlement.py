import pytest

from forthright.rules.clock_rules import entitlement_used
from forthright.rules.entitlement import (
    Entitlement,
    NotAnEntitlement,
    VictimFlag,
    entitlement_doubt,
    entitlement_from,
    read_entitlement,
)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("enhanced", Entitlement.ENHANCED),
        (" Enhanced  entitlement ", Entitlement.ENHANCED),
        ("STANDARD", Entitlement.STANDARD),
        ("", Entitlement.UNKNOWN),
        ("Not known", Entitlement.UNKNOWN),
        ("NOT_RECORDED", Entitlement.UNKNOWN),
    ],
)
def test_an_entitlement_is_read_as_people_write_it(text, read):
    assert read_entitlement(text) is read


def test_any_other_word_is_refused_rather_than_guessed():
    with pytest.raises(NotAnEntitlement, match="Use enhanced or standard"):
        read_entitlement("priority")


def test_flags_point_to_enhanced_and_say_which():
    found = entitlement_from({VictimFlag.INTIMIDATED, VictimFlag.UNDER_18}, assessed=True)

    assert found.entitlement is Entitlement.ENHANCED
    assert found.because == "Enhanced because the person is recorded as intimidated and under 18."
    assert not found.to_be_confirmed


def test_a_group_the_area_has_yet_to_confirm_is_marked():
    assert entitlement_from({VictimFlag.DOMESTIC_ABUSE}, assessed=True).to_be_confirmed


def test_a_person_nobody_assessed_is_unknown_and_never_standard():
    found = entitlement_from((), assessed=False)

    assert found.entitlement is Entitlement.UNKNOWN
    assert entitlement_used(found.entitlement) is Entitlement.ENHANCED
    assert "treated as enhanced" in found.because


def test_a_person_assessed_with_no_flags_is_standard():
    assert entitlement_from((), assessed=True).entitlement is Entitlement.STANDARD


@pytest.mark.parametrize(
    ("relation", "entitlement", "is_doubted"),
    [
        ("BEREAVED", Entitlement.STANDARD, True),
        ("BEREAVED", Entitlement.ENHANCED, False),
        ("BEREAVED", Entitlement.UNKNOWN, False),
        ("VICTIM", Entitlement.STANDARD, False),
        ("PARENT", Entitlement.STANDARD, False),
        ("BUSINESS", Entitlement.STANDARD, False),
    ],
)
def test_a_bereaved_relative_with_standard_entitlement_is_doubted(
    relation, entitlement, is_doubted
):
    said = entitlement_doubt(relation, entitlement)

    assert said == (
        "Close relatives of somebody who died have enhanced entitlement under the Victims’ Code "
        "(to be confirmed): check."
        if is_doubted
        else ""
    )


def test_that_bereaved_relatives_are_enhanced_is_to_be_confirmed():
    assert entitlement_from({VictimFlag.BEREAVED}, assessed=True).to_be_confirmed
