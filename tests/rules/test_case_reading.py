"""A case file is read, or each of its faults is said with its place and how to mend it."""

import json

import pytest

from forthright.rules.case_reading import CaseRefused, case_schema, read_case
from forthright.rules.letter_checks.examples import example_case

CASE = json.loads(example_case().model_dump_json())


def refused(change) -> str:
    table = json.loads(json.dumps(CASE))
    change(table)
    with pytest.raises(CaseRefused) as refusal:
        read_case(json.dumps(table).encode(), "case.json")
    return str(refusal.value)


def test_a_case_is_read_and_a_time_with_no_zone_is_of_london():
    table = {**CASE, "decision": {**CASE["decision"], "made_at": "2026-04-02T11:00:00"}}

    case = read_case(b"\xef\xbb\xbf" + json.dumps(table).encode(), "case.json")

    assert case.decision.made_at.isoformat() == "2026-04-02T11:00:00+01:00"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(lambda t: t.pop("urn"), "urn: This is missing. Add it.", id="missing"),
        pytest.param(lambda t: t.update(recipent={}),
                     "recipent: there is no such field. Did you mean recipient? Take it out.",
                     id="misspelt field"),
        pytest.param(lambda t: t["letter"].update(kind="HOLDNG"),
                     "letter.kind: this is not one of the words that stand here. Write DISCONT",
                     id="unknown word"),
        pytest.param(lambda t: t["dates"][0].update(on="14/01/2026"),
                     "dates.1.on: Write a day like 2026-04-08", id="day"),
        pytest.param(lambda t: t["accused"][0].update(family_name=""),
                     "accused.1.family_name: This is empty.", id="empty"),
        pytest.param(lambda t: t["letter"].update(is_late="perhaps"),
                     "letter.is_late: Write true or false", id="not true or false"),
        pytest.param(lambda t: t.update(flags="CHILD"), "flags: This has to be a list", id="list"),
        pytest.param(lambda t: t.update(version=2), "version: ", id="another version"),
    ],
)  # fmt: skip
def test_a_fault_has_its_place_and_its_mend(change, words):
    said = refused(change)

    assert words in said
    assert "pydantic" not in said
    assert "http" not in said


def test_what_stands_in_the_file_is_never_repeated():
    said = refused(lambda table: table["letter"].update(kind="Amira Osei"))

    assert "Amira" not in said


def test_what_is_not_json_is_refused_in_words():
    with pytest.raises(CaseRefused, match="The file is not JSON"):
        read_case(b"{", "case.json")


def test_the_schema_describes_every_field():
    schema = case_schema()

    assert schema["title"] == "CaseFile"
    assert set(schema["properties"]) == set(CASE)
