"""The benchmark's measures are reckoned as its authors define them."""

import json

import pytest

from forthright.anonymiser import tab
from forthright.anonymiser.letters import places_of
from tests import shared_data

DEV = shared_data.find("data/tab/echr_dev_21.json")
TEXT = "Mr John Smith of Leeds met John Smith in 1999."


def gold(*mentions):
    table = [
        {"entity_id": entity, "entity_type": "PERSON", "identifier_type": level,
         "start_offset": start, "end_offset": end}
        for entity, level, start, end in mentions
    ]  # fmt: skip
    entry = {"doc_id": "1", "text": TEXT, "annotations": {"a": {"entity_mentions": table}}}
    return tab.read_gold(json.dumps([entry]).encode())


JOHN = ("john", "DIRECT", 0, 13), ("john", "DIRECT", 27, 37)
LEEDS = ("leeds", "QUASI", 17, 22)


def test_an_entity_is_masked_when_each_mention_is():
    measures = tab.measure(gold(*JOHN, LEEDS), [[(3, 13), (17, 22)]])

    assert (measures.direct.found, measures.direct.of) == (0, 1)
    assert (measures.quasi.found, measures.quasi.of) == (1, 1)


def test_a_title_need_not_be_masked():
    measures = tab.measure(gold(*JOHN), [[(3, 13), (27, 37)]])

    assert measures.direct.share == 1
    assert measures.recall.share == 1


def test_precision_counts_masked_words_that_nobody_else_masked():
    measures = tab.measure(gold(*JOHN), [[(3, 13), (27, 45)]])

    assert (measures.precision.found, measures.precision.of) == (4, 6)


def test_what_the_annotators_left_may_be_left():
    measures = tab.measure(gold(*JOHN, ("year", "NO_MASK", 41, 45)), [[(0, 13), (27, 37)]])

    assert measures.quasi.of == 0
    assert measures.f1 == 1


def test_what_is_no_benchmark_is_refused():
    with pytest.raises(tab.NoBenchmark):
        tab.read_gold(b'{"text": 1}')


@pytest.mark.slow  # twenty-one long judgments, read by the model
@pytest.mark.skipif(DEV is None, reason="the benchmark stands beside the repository, not in it")
def test_no_direct_identifier_of_the_benchmark_is_missed():
    held = tab.read_gold(DEV.read_bytes())

    masks = [[(e.start, e.end) for e in places_of(each.text).masked] for each in held]
    measures = tab.measure(held, masks)

    assert measures.direct.share == 1
    assert measures.recall.share > 0.85
    assert measures.precision.share > 0.85


def test_of_nothing_there_is_no_share():
    nothing = tab.Share(0, 0)

    assert (nothing.share, nothing.words) == (None, "nothing to count")
    assert tab.Share(1, 2).words == "0.500  (1 of 2)"
