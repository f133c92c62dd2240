"""Which items the police say may undermine or assist, in a report or in a certificate."""

import pytest

from forthright.rules.schedules.examples import HERE
from forthright.rules.schedules.said_to_assist import named_by_police, named_in_certificate
from forthright.rules.schedules.schedule import Form, Line, Schedule, ScheduleItem

VAN = "The receipt shows that another man hired the van that day"


def in_report(**entry):
    item = ScheduleItem(place=HERE, **({"number": 1} | entry))
    return named_by_police([Schedule(form=Form.MG6E, place=HERE, items=(item,))])


def in_certificate(words, form=Form.SDC):
    lines = [Line(place=HERE, text=line) for line in words.split("\n")]
    return [each.number for each in named_in_certificate(form, lines)]


@pytest.mark.parametrize(
    "why",
    [
        VAN,
        "May undermine prosecution case",
        "Potentially disclosable",
        "The log does not undermine her account of the time, but says that the man was bald",
        "He could not see the man, who was behind the van",
        "No blood was found on the knife",
        "He did not see the van, which undermines her account",
        "The caller says that nobody was there and this may assist the defence",
        "Nothing like the man whom she describes",
        "",
    ],
)
def test_what_the_report_lists_is_named_with_its_reason(why):
    [named] = in_report(undermines=why)

    assert (named.number, named.why) == (1, why)
    assert named.source == "the disclosure officer’s report (MG6E)"


@pytest.mark.parametrize(
    "why",
    [
        "None", "Nil", "n/a", "N/A.", "-", "Nothing", "Does not undermine the prosecution",
        "Neither undermines the case nor assists the defence",
        "Nothing in it undermines the prosecution or assists the defence",
        "Unlikely to assist the defence",
    ],
)  # fmt: skip
def test_an_entry_that_says_that_it_does_not_names_nothing(why):
    assert in_report(undermines=why) == []


@pytest.mark.parametrize(
    ("form", "forms"),
    [
        ("MG6C", {Form.MG6C, Form.SDC}),
        ("C", {Form.MG6C, Form.SDC}),
        ("Non-sensitive", {Form.MG6C, Form.SDC}),
        ("SDC", {Form.MG6C, Form.SDC}),
        ("MG6D", {Form.MG6D}),
        ("Sensitive", {Form.MG6D}),
        ("", {Form.MG6C, Form.SDC, Form.MG6D}),
        ("Schedule", {Form.MG6C, Form.SDC, Form.MG6D}),
    ],
)
def test_an_entry_is_of_the_form_that_it_names_and_in_doubt_of_any(form, forms):
    [named] = in_report(undermines=VAN, of_form=form)

    assert set(named.forms) == forms


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("Item 1 might reasonably undermine the prosecution or assist the defence.", [1]),
        (("I certify that it is shown above. Item 1 might undermine the case because it shows that "
         "another man hired the van. Name: DC Mears"), [1]),
        (("that to the best of my knowledge and belief items 1 and 4 might reasonably assist the "
         "defence because the caller speaks of a warning"), [1, 4]),
        (("item 1 in the schedule might reasonably undermine the case because entry 4 says that "
         "she had been drinking"), [1]),
        ("These may undermine the case or assist the accused: items 2, 5 and 6.", [2, 5, 6]),
        ("No. 2 might assist the defence.", [2]),
        ("Items 3 to 5 meet the disclosure test.", [3, 4, 5]),
        ("Item 7 is potentially disclosable.", [7]),
        ("With the exception of item 3 there is nothing that might undermine the case.", [3]),
        ("Nothing other than item 2 undermines the case or assists the defence.", [2]),
        ("Apart from items 1 and 2 nothing assists the defence.", [1, 2]),
        ("Item 2 might assist the defence but item 3 does not.", [2]),
        ("Items 1 to 3 do not assist the defence; item 4 might undermine the case.", [4]),
        ("Item 3, which was not on the first schedule, might assist the defence.", [3]),
        ("I draw attention to item 6. It may undermine the case.", [6]),
        ("Item 1 shows that he was not there, which assists the defence.", [1]),
        ("I draw attention to item 5, a note that no man came, which may undermine the case.", [5]),
        ("Item four might assist the defence.", [4]),
        (("I certify that what is\nnon-sensitive is shown; item 4 might reasonably\nundermine the "
         "case"), [4]),
    ],
)  # fmt: skip
def test_what_a_certificate_says_may_undermine_or_assist_is_named(words, numbers):
    assert in_certificate(words) == numbers


@pytest.mark.parametrize(
    "words",
    [
        "There is nothing that might undermine the case or assist the defence.",
        "There is no item in the schedule which might reasonably undermine the case.",
        "Items 1 to 5 neither undermine the case nor assist the defence.",
        "I do not believe that item 2 undermines the case.",
        "Nothing in items 1 to 6 assists the defence.",
        "Items 3 and 4 are not disclosable.",
        ("All items which the police have retained have been inspected; there is nothing else that "
        "might undermine the case."),
        "No other material might undermine the case or assist the accused.",
        "Item 4 is with the property store. I have inspected all items.",
        "Item 2 is a statement by a man who helped the police.",
        "Items 1 to 8 have been inspected. I know of nothing that undermines the case.",
        "Item 5 doesn't assist the defence.",
        "I certify that item 1 has been retained. Signature: J Mears",
    ],
)  # fmt: skip
def test_what_a_certificate_denies_or_only_mentions_is_not_named(words):
    assert in_certificate(words) == []


def test_a_certificate_is_of_its_own_form_and_that_of_a_report_of_any():
    line = [Line(place=HERE, text="Item 1 might undermine the case.")]
    of_d = [Line(place=HERE, text="Item 2 of the MG6D might assist the defence.")]

    assert next(named_in_certificate(Form.SDC, line)).forms == (Form.SDC,)
    assert len(next(named_in_certificate(Form.MG6E, line)).forms) == 3
    assert next(named_in_certificate(Form.MG6E, of_d)).forms == (Form.MG6D,)
