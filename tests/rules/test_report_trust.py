"""The Area's two shares stand in the report with number, interval, population and letters."""

from datetime import date, timedelta

import pytest

from forthright.rules.agreement_on import agreement_on
from forthright.rules.rubric import Level
from forthright.rules.weekly_report.pieces import Ledger, records_of
from forthright.rules.weekly_report.trust import (
    VERSION,
    AgreementFact,
    LeniencyFact,
    TrustFacts,
    adjusted_words,
    agreement,
    is_new_in,
    leniency,
)
from forthright.rules.weeks import week_of

LETTERS = tuple(range(1, 21))


def told(**changed):
    said = {
        "worked_out": "Monday 5 October 2026", "words": "both", "method": "Model.",
        "in_common": "too few to say", "raw_met": 15, "raw_n": 20, "compared": (1, 30),
        "numbers": "2026.2", "sampled": LETTERS, "met": LETTERS[:15],
        "since": "Monday 6 April 2026", "edition": 2, "other_editions": 3,
        "adjusted": 0.62, "low": 0.4, "high": 0.81,
    }  # fmt: skip
    facts = TrustFacts(since="6 April 2026", numbers="2026.2", edition=1, new_to=date(2026, 10, 12),
                       leniency=LeniencyFact(**{**said, **changed}))  # fmt: skip
    ledger = Ledger(f"{VERSION}; weekly report 21")
    return facts, leniency(facts, ledger), ledger


def test_both_shares_have_number_interval_population_rules_and_letters():
    facts, section, ledger = told()

    raw, adjusted = ledger.figures["leniency-raw"], ledger.figures["leniency-adjusted"]
    assert raw.words == "75.0% (15 of 20, 95% interval 53.1% to 88.8%)"
    assert adjusted.words == "62.0% (of 20 letters, 95% interval 40.0% to 81.0%)"
    assert (adjusted.rate, adjusted.low, adjusted.high, adjusted.n) == (0.62, 0.4, 0.81, 20)
    assert raw.population == (
        "letters of the random samples of all plans, not weighted by plan, marked since Monday "
        "6 April 2026, as decided where a dispute was accepted, by edition 2 of the standard; 3 by "
        "other editions left out, worked out Monday 5 October 2026 by 2026.2"
    )
    assert adjusted.population.startswith(raw.population)
    assert raw.rules == adjusted.rules == "trust 11; weekly report 21"
    records = records_of(ledger)
    assert records["leniency-raw"] == list(LETTERS[:15])
    assert records["leniency-adjusted"] == list(LETTERS)
    assert facts.reviews == {*LETTERS, 30}
    assert section.tables[0].rows == (("The Area", ("leniency-raw", "leniency-adjusted")),)


def test_of_few_letters_only_the_counts_are_said_and_what_is_not_worked_out_is_not():
    few = {"raw_met": 3, "raw_n": 4, "sampled": LETTERS[:4], "met": LETTERS[:3],
           "adjusted": None, "low": None, "high": None}  # fmt: skip
    _, _, ledger = told(**few)

    raw, adjusted = ledger.figures["leniency-raw"], ledger.figures["leniency-adjusted"]
    assert raw.words == "3 of 4 (too few to say)"
    assert adjusted.words == "too few to say (of 4 letters)"
    assert (raw.rate, raw.low, adjusted.rate, adjusted.low) == (None, None, None, None)


@pytest.mark.parametrize("missing", range(3))
def test_an_adjusted_share_is_never_said_without_its_interval(missing):
    values = [0.5, 0.3, 0.7]
    values[missing] = None

    assert adjusted_words(12, *values) == "too few to say (of 12 letters)"


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        pytest.param(12, "9 of 12 (too few to say)", id="above ten, of which another share is"),
        pytest.param(29, "26 of 29 (too few to say)", id="one too few"),
        pytest.param(30, "90.0% (27 of 30, 95% interval 74.4% to 96.5%)", id="as many as needed"),
    ],
)
def test_of_fewer_than_thirty_letters_marked_twice_only_the_counts_are_said(letters, words):
    rows = [[Level.FULLY, Level.FULLY]] * (letters - 3) + [[Level.FULLY, Level.NOT_MET]] * 3
    of = tuple(range(letters))
    fact = AgreementFact(
        code="B1", title="Says why", said=agreement_on(rows, may_not_apply=False, seed=1),
        alike=of[:-3], of=of,
    )  # fmt: skip
    facts = TrustFacts(since="6 April 2026", numbers="2026.2", edition=1, chosen=of, done=of,
                       agreement=(fact,), new_to=date(2026, 10, 12))  # fmt: skip
    ledger = Ledger(f"{VERSION}; weekly report 9")

    agreement(facts, ledger)

    share = ledger.figures["agree-B1"]
    assert share.words == words
    assert (share.rate is None, share.low is None) == (letters < 30, letters < 30)
    assert ledger.figures["second-done"].words.startswith("100.0%")


def test_letters_that_chance_did_not_choose_are_counted_beside_it_and_without_an_interval():
    rows = [[Level.FULLY, Level.FULLY]] * 40
    fact = AgreementFact(
        code="B1", title="Says why", said=agreement_on(rows, may_not_apply=False, seed=1),
        alike=tuple(range(40)), of=tuple(range(40)),
        others_alike=tuple(range(50, 70)), others=tuple(range(50, 90)),
    )  # fmt: skip
    facts = TrustFacts(since="6 April 2026", numbers="2026.2", edition=1, chosen=fact.of,
                       done=fact.of, agreement=(fact,), new_to=date(2026, 10, 12))  # fmt: skip
    ledger = Ledger(f"{VERSION}; weekly report 9")

    table = agreement(facts, ledger).tables[-1]

    share, others = ledger.figures["agree-B1"], ledger.figures["agree-B1-others"]
    assert share.words.startswith("100.0% (40 of 40")
    assert "drawn at random, then by lot" in share.population
    assert (others.words, others.rate, others.low) == ("20 of 40", None, None)
    assert (others.records, others.counted_from) == (fact.others_alike, fact.others)
    assert table.rows[0][1][-1] == "agree-B1-others"
    assert {*fact.of, *fact.others} <= facts.reviews


@pytest.mark.parametrize("days", range(-3, 4))
def test_a_fault_is_new_in_one_report_and_one_found_on_a_monday_in_that_mornings(days):
    found = date(2026, 10, 12) + timedelta(days=days)
    week = week_of(date(2026, 10, 5))

    new_in = [each for each in (week.plus(-1), week, week.plus(1)) if is_new_in(each, found)]

    assert new_in == [week if days <= 0 else week.plus(1)]
