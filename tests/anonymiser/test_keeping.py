"""Laws stay in a letter, and a run of capitals without one is not searched for them."""

import time

from forthright.anonymiser.keeping import kept_places


def test_a_law_stays():
    text = "Under the Police and Criminal Evidence Act 1984 he was held."

    kept = kept_places(text)

    assert all(kept[text.index("Police") : text.index(" he was")])


def test_a_long_run_of_capitals_costs_no_time():
    began = time.process_time()

    assert not any(kept_places("Aa " * 13_000))
    assert time.process_time() - began < 5
