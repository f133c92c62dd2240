import pytest

from forthright.rules.wordings import Asked, wordings_among


def asked(edition, *, number=None, code="B1", title="Explains this decision", words=("Does it?",)):
    return Asked(id=number or edition, edition=edition, code=code, title=title, words=words)


OTHER = {"title": "Offers a telephone call", "words": ("Does it offer one?",)}


@pytest.mark.parametrize(
    ("editions", "keys", "labels"),
    [
        pytest.param([asked(1)], ["B1"], ["B1 Explains this decision"], id="one edition"),
        pytest.param(
            [asked(1), asked(2, words=(" Does\nit?",))], ["B1", "B1"],
            ["B1 Explains this decision"] * 2, id="only spaced otherwise",
        ),
        pytest.param(
            [asked(1), asked(2, **OTHER)], ["B1", "B1-e2"],
            ["B1 Explains this decision, as worded in edition 1",
             "B1 Offers a telephone call, as worded in edition 2"], id="another thing",
        ),
        pytest.param(
            [asked(1), asked(2, words=("Does it, plainly?",))], ["B1", "B1-e2"],
            ["B1 Explains this decision, as worded in edition 1",
             "B1 Explains this decision, as worded in edition 2"], id="another question",
        ),
        pytest.param(
            [asked(3), asked(2, **OTHER), asked(1)], ["B1", "B1-e2", "B1"],
            ["B1 Explains this decision, as worded in edition 1",
             "B1 Offers a telephone call, as worded in edition 2",
             "B1 Explains this decision, as worded in edition 1"], id="the old words again",
        ),
        pytest.param(
            [asked(1), asked(1, number=9, code="B2")], ["B1", "B2"],
            ["B1 Explains this decision", "B2 Explains this decision"], id="another code",
        ),
    ],
)  # fmt: skip
def test_criteria_of_two_editions_are_one_where_their_words_are(editions, keys, labels):
    found = wordings_among(editions)

    assert [found[each.id].key for each in editions] == keys
    assert [found[each.id].label for each in editions] == labels


def test_it_is_named_by_its_code_until_another_edition_words_it_otherwise():
    [alone] = wordings_among([asked(1)]).values()
    both = wordings_among([asked(1), asked(2, **OTHER)])

    assert alone.name == "B1"
    assert [both[1].name, both[2].name] == [
        "B1 as worded in edition 1", "B1 as worded in edition 2",
    ]  # fmt: skip
