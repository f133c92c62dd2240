"""Whoever is named and is nobody of the record stops the letter; officials only warn."""

import pytest

from forthright.rules.letter_checks.engine import check_letter, prepare
from forthright.rules.letter_checks.examples import EXAMPLE_DAY, example_case
from forthright.rules.letter_checks.rule import Level, shipped_rules

RULES = prepare([rule for rule in shipped_rules() if rule.id in ("A2f", "A2i", "A2k")])


def levels_of(sentence, *, about_accused=True, **changes):
    """Return the levels of what is said of the names of a letter with this sentence."""
    told = "I am writing about the case against Dean Hollis. " if about_accused else ""
    text = f"Dear Ms Osei,\n\n{told}{sentence}\n\nYours sincerely\n\nPriya Nair"
    found = check_letter(text, example_case(changes), RULES, as_of=EXAMPLE_DAY)
    return [each.level.value for each in found]


@pytest.mark.parametrize(
    "sentence",
    [
        "The case is against your former partner, Martin Fell.",
        "The case is against a Mr Martin Fell.",
        "The case against your neighbour Martin Fell has ended.",
        "The case against the man charged, Martin Fell, has ended.",
        "The case involving Martin Fell has ended.",
        "I am writing about the case concerning Martin Fell.",
        "I am sorry about the assault by Martin Fell.",
        "Martin Fell’s case has ended.",
        "Martin Fell must not contact you.",
        "The bail conditions say that Martin Fell must not come to your street.",
        "In Martin Fell’s case a court could not be sure.",
        "Mr Hollis and Martin Fell were charged.",
        "The barrister for Martin Fell rang us.",
        "The officer told us that Martin Fell hit you.",
        "Martin Fell told the officer that he was at home.",
        "Martin Fell was arrested by the officer.",
        "The officer arrested Martin Fell.",
        "The Martin Fell case has ended.",
        "The police rang Mrs Fell.",
        "The police rang Mr. Fell.",
        "Unfortunately Mr Fell was not found.",
        "R v Martin Fell has ended.",
        "Bogdan Munteanu must not contact you.",
        "The case against the man charged, Bogdan Munteanu, has ended.",
        "Your neighbour Bogdan Munteanu was there.",
        "Martin van Fell has pleaded not guilty.",
        "We charged Fotheringham in May.",
        "Thomas Weir has been charged.",
    ],
)
def test_somebody_whom_the_record_does_not_know_stops_the_letter(sentence):
    assert levels_of(sentence) == ["stop"]


@pytest.mark.parametrize(
    "sentence",
    [
        "PC Lowri Penry will ring you.",
        "DC Martin Fell will ring you.",
        "Sergeant Joan Rix was there.",
        "The officer in your case, Joan Rix, will ring you.",
        "The officer in the case is DC Joan Rix.",
        "Our barrister, Helen Marsh, told the court.",
        "Helen Marsh, the barrister, told the court.",
        "Helen Marsh is your witness care officer.",
        "Helen Marsh of Victim Support will ring you.",
        "Your ISVA, Joan Rix, asked us to write to you.",
        "Your adviser Joan Rix was told too.",
        "Judge Helen Marsh heard the case.",
        "HHJ Helen Marsh heard the case.",
        "Her Honour Helen Marsh heard the case.",
        "Dr Helen Marsh looked at your injuries.",
        "The surgeon, Mr Alan Pike, looked at your injuries.",
        "Your social worker is called Joan Rix.",
        "The head teacher, Joan Rix, told the police.",
        "Your MP, Joan Rix, wrote to us.",
        "Joan Rix, an expert on glass, wrote a report.",
        "Officers Joan Rix and Alan Pike were there.",
        "The registrar, Joan Rix, has the certificate.",
        "My colleague Joan Rix looked at it again.",
        "Joan Rix, from the Witness Care Unit, will ring you.",
    ],
)
def test_an_official_or_a_helper_only_warns(sentence):
    assert set(levels_of(sentence)) <= {"warn"}


@pytest.mark.parametrize(
    "sentence",
    [
        "It happened in Milton Keynes.",
        "You can ring the Suzy Lamplugh Trust.",
        "The Damilola Taylor Trust helps families.",
        "It was near the Stephen Lawrence Centre.",
        "He went to John Lewis with your card.",
        "The jacket was from Tommy Hilfiger.",
        "The car was an Aston Martin.",
        "He was in a Vauxhall Corsa.",
        "They watched Aston Villa that night.",
        "It was outside Victoria Street car park.",
        "He lives in James Street.",
        "You can ask for Martin’s Law and Sarah’s Law to be explained.",
        "The case of R v Killick began this right.",
        "The Victims’ Code and the Theft Act apply.",
        "The Crown Court at Worcester heard it on Monday 20 April.",
        "Worcester Magistrates’ Court heard it in March.",
        "Mr Hollis and Ms Osei were told.",
        "Mr Justice Bean heard it.",
        "Dean Hollis must not contact you.",
        "Priya Nair will ring you, or Thomas Weir.",
        "Ask Victim Support or Rape Crisis.",
        "The Domestic Abuse Act says so.",
        "The Royal Stoke hospital looked after you.",
        "It was at the Charles Dickens pub.",
        "He banked with Lloyds Bank in Kidderminster.",
        "Ring the Katie Piper Foundation.",
        "The Duty Solicitor was there.",
        "Great Yarmouth and Merthyr Tydfil were looked at.",
        "On Good Friday and Easter Monday we are closed.",
        "I’m Priya, and I’m sorry.",
        "The Paul Hamlyn Hall was closed.",
        "The bus was run by Stagecoach West.",
    ],
)
def test_what_is_no_person_does_not_stop_a_letter(sentence):
    assert "stop" not in levels_of(sentence)


def test_a_letter_that_names_another_and_never_the_accused_is_stopped():
    sentence = "I have written to Zebedee Munteanu about this."

    assert levels_of(sentence) == ["warn"]
    assert levels_of(sentence, about_accused=False) == ["stop"]


def test_an_area_can_say_who_is_a_helper():
    [rule] = [each for each in shipped_rules() if each.id == "A2f"]

    assert "barrister" in rule.find["helpers"]
    assert rule.level is Level.STOP
