import re
from dataclasses import replace
from pathlib import Path

import pytest

from forthright.rules.endorsements import (
    HOLD_BACK,
    HOLD_BACK_KEY,
    KEYS,
    OFFERED,
    WORDS,
    Endorsed,
    Endorsement,
    ItemToEndorse,
    is_unexplained,
    may_be_one_of_many,
    needs_second_look,
    reasons_against,
)
from forthright.rules.schedules.schedule import Form


def an_item(description: str, form: Form = Form.MG6C) -> ItemToEndorse:
    return ItemToEndorse(form=form, description=description)


RECEIPT = an_item("Receipt for the hire of a van on 3 May")
LOG = an_item("Storm incident log 1881 of 1 June 2026")
FOOTAGE = an_item("CCTV of the till, showing the queue")
NAMED = replace(RECEIPT, is_named=True)
INFORMANT = an_item("Debrief of a source", Form.MG6D)


@pytest.mark.parametrize(
    ("item", "endorsement", "says"),
    [
        pytest.param(RECEIPT, Endorsement(code="CND"), "", id="obvious, no reason needed"),
        pytest.param(RECEIPT, Endorsement(code="E"), "", id="evidence, no reason needed"),
        pytest.param(RECEIPT, Endorsement(code="D"), "Write the reason", id="disclose, no reason"),
        pytest.param(RECEIPT, Endorsement(code="D", reason="Assists"), "", id="disclose"),
        pytest.param(RECEIPT, Endorsement(code="ND", reason="ok"), "Write the reason",
                     id="a reason that says nothing"),
        pytest.param(RECEIPT, Endorsement(code="ND", reason="x" * 501), "500 letters", id="long"),
        pytest.param(LOG, Endorsement(code="CND"), "presumed", id="presumed and withheld"),
        pytest.param(LOG, Endorsement(code="CND", reason="Another address"), "", id="with reason"),
        pytest.param(NAMED, Endorsement(code="CND"), "police say", id="named and withheld"),
        pytest.param(NAMED, Endorsement(code="CND", reason="His brother"), "", id="named, why"),
        pytest.param(NAMED, Endorsement(code="E"), "", id="named and evidence"),
        pytest.param(FOOTAGE, Endorsement(code="I", reason="Shows the fight"), "unseen",
                     id="a recording nobody viewed"),
        pytest.param(FOOTAGE, Endorsement(code="I", reason="Shows the fight",
                     inspected="PC Khan, 6 March"), "", id="a recording viewed"),
        pytest.param(FOOTAGE, Endorsement(code="Q", reason="Which camera?"), "", id="a query"),
        pytest.param(RECEIPT, Endorsement(code="SN", reason="A source"), "open schedule",
                     id="sensitive on the open schedule"),
        pytest.param(INFORMANT, Endorsement(code="D", reason="Assists"), "dispute",
                     id="a sensitive item is never simply disclosed"),
        pytest.param(INFORMANT, Endorsement(code="SN", reason="Names a source"), "", id="not met"),
        pytest.param(INFORMANT, Endorsement(code="S", reason="Names a source"), "meets the test",
                     id="agreed, and nobody asked about the test"),
        pytest.param(INFORMANT, Endorsement(code="IG", reason="Granted"), "until the court has",
                     id="what only the record of a ruling writes"),
        pytest.param(INFORMANT, Endorsement(code="PII"), "Write the reason", id="immunity"),
    ],
)  # fmt: skip
def test_how_an_item_may_be_endorsed(item, endorsement, says):
    wanted = Endorsement(
        code=Endorsed(endorsement.code), reason=endorsement.reason, inspected=endorsement.inspected
    )

    said = " ".join(reasons_against(item, wanted))

    assert says in said if says else said == ""


def test_a_presumed_item_that_is_not_disclosed_is_looked_at_by_a_second_person():
    assert needs_second_look(LOG, Endorsed.NOT_DISCLOSABLE)
    assert not needs_second_look(LOG, Endorsed.DISCLOSE)
    assert not needs_second_look(RECEIPT, Endorsed.CLEARLY_NOT)


def test_what_the_police_name_is_looked_at_by_a_second_person_where_it_is_not_disclosed():
    of_d = replace(INFORMANT, is_named=True)

    assert needs_second_look(NAMED, Endorsed.CLEARLY_NOT)
    assert needs_second_look(of_d, Endorsed.SENSITIVE_NOT_MET)
    assert not needs_second_look(NAMED, Endorsed.DISCLOSE)
    assert not needs_second_look(of_d, Endorsed.IMMUNITY)
    assert is_unexplained(NAMED, Endorsed.CLEARLY_NOT, "")
    assert not is_unexplained(NAMED, Endorsed.CLEARLY_NOT, "His brother hired it")


def test_what_the_check_held_back_is_looked_at_again_once_it_is_decided():
    held_back = replace(RECEIPT, is_held_back=True)

    assert needs_second_look(held_back, Endorsed.DISCLOSE)
    assert needs_second_look(held_back, Endorsed.CLEARLY_NOT)
    assert not needs_second_look(held_back, Endorsed.QUERY)


@pytest.mark.parametrize(
    ("item", "code", "may"),
    [
        pytest.param(RECEIPT, Endorsed.CLEARLY_NOT, True, id="obvious"),
        pytest.param(RECEIPT, Endorsed.DISCLOSE, False, id="disclosing takes thought"),
        pytest.param(LOG, Endorsed.CLEARLY_NOT, False, id="presumed"),
        pytest.param(NAMED, Endorsed.CLEARLY_NOT, False, id="named by the police"),
        pytest.param(FOOTAGE, Endorsed.CLEARLY_NOT, False, id="a recording"),
        pytest.param(INFORMANT, Endorsed.CLEARLY_NOT, False, id="sensitive"),
    ],
)
def test_only_the_obvious_is_endorsed_together(item, code, may):
    assert may_be_one_of_many(item, code) is may


def test_each_code_has_words_and_a_key_of_its_own():
    assert set(WORDS) == set(Endorsed)
    assert set(KEYS) == set(OFFERED)
    assert len(set(KEYS.values())) == len(OFFERED)


def test_the_keys_of_the_quick_grid_are_those_that_its_page_names():
    script = (Path(__file__).parents[2] / "static" / "disclosure.js").read_text("utf-8")
    said = re.search(r"const KEYS = \{([^}]*)\}", script)

    found = dict(re.findall(r'(\w): "(\w+)"', said[1]))

    assert found == {each.key: each.value for each in OFFERED} | {HOLD_BACK_KEY: HOLD_BACK}
