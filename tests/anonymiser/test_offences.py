"""What somebody was charged with, and what became of it, stays however it is written."""

import re

import pytest

from forthright.anonymiser.keeping import kept_places
from forthright.anonymiser.known import Known, KnownPerson
from forthright.anonymiser.letters import anonymise
from forthright.anonymiser.spans import Kind

OFFENCES = [
    "Causing Grievous Bodily Harm with Intent", "Assault by Beating", "Affray", "Threats to Kill",
    "Causing Death by Careless Driving", "Assault Occasioning Actual Bodily Harm",
    "Possession of a Bladed Article", "Possessing an Offensive Weapon", "Burglary of a Dwelling",
    "Handling Stolen Goods", "Fraud by False Representation", "Driving While Disqualified",
    "Stalking Involving Fear of Violence", "Assault by Penetration", "Voyeurism", "Exposure",
    "Intentional Strangulation", "Witness Intimidation", "Breach of a Restraining Order",
    "Arson Reckless as to Whether Life Was Endangered", "Assaulting an Emergency Worker",
    "Being Concerned in the Supply of Cocaine", "Disclosing Private Sexual Images", "Blackmail",
    "Taking a Vehicle Without Consent", "Racially Aggravated Assault", "Child Neglect", "Riot",
    "Burglary Dwelling", "Burglary Other than Dwelling", "Sexual Assault by Touching", "Kidnap",
    "Disclosing Private Sexual Photographs", "Rape of a Female under 16",
    "Administering a Substance with Intent", "Engaging in Controlling Behaviour",
    "Possession of Class A Drugs with Intent to Supply",
    "Threatening with an Offensive Weapon in a Public Place",
]  # fmt: skip
SENTENCES = [
    "The jury found him Not Guilty of GBH.",
    "In the end he was Not Guilty by Reason of Insanity.",
    "At the PTPH he said so.",
    "Please ask your VLO.",
    "The recording of your ABE interview was played.",
    "You can ask CICA about it.",
    "The judge ordered a Victim Surcharge of £190.",
    "The other charge was left to Lie on File.",
    "The judge made a Hospital Order with Restrictions.",
    "The judge gave a Good Character Direction.",
    "The charge was under s.20 and not s.18.",
    "We changed it from s20 to s47.",
    "The judge refused it under s.41(1) then.",
    "He pleaded guilty at Arraignment to having a Class B drug and Class A Drugs.",
    "The judge broke no rule. The starting point was three years.",
    "The judge took a Starting Point of two years.",
    "The judge made a DAPO, and he broke the DAPO.",
    "The Murder Charge was dropped and the Robbery Trial went on.",
    "He took part in Affray and was found Guilty.",
    "He was sentenced to 12 weeks in prison, suspended for 18 months.",
    "He got 18 months’ imprisonment, suspended for two years.",
    "The judge made a restraining order for five years.",
    "He was disqualified from driving for 14 months.",
]


def masked_in(text, known=None):
    read = anonymise(text, known)
    return [read.given[each.found.start : each.found.end] for each in read.spans]


@pytest.mark.parametrize("offence", OFFENCES)
def test_an_offence_stays_with_its_capitals(offence):
    text = f"Dear Ms Osei\n\nMr Marsden was charged with {offence}. You know why.\n"

    assert masked_in(text) == ["Ms Osei", "Mr Marsden"]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_became_of_a_case_stays(sentence):
    assert masked_in(f"Dear Ms Osei\n\nYou asked about it. {sentence}\n") == ["Ms Osei"]


@pytest.mark.parametrize("name", ["Battery", "Riot", "Grooming", "Guilty", "Exposure"])
def test_somebody_who_is_called_by_such_a_word_is_masked(name):
    assert f"Mr {name}" in masked_in(f"Dear Ms Osei\n\nYou saw Mr {name} that day.\n")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("He was seen in Battery Park that evening.", "Battery Park"),
        ("You grew up in Curfew Yard.", "Curfew Yard"),
        ("He lives in Curfew House.", "Curfew House"),
        ("You work for Riot Hair in the town.", "Riot Hair"),
        ("He stole two coats from Trespass that day.", "Trespass"),
        ("You walked into Trespass that day.", "Trespass"),
        ("The manager of Trespass told us.", "Trespass"),
        ("You work at Trespass’s shop there.", "Trespass"),
        ("Breaking Bread is where you work.", "Breaking Bread"),
        ("Murder Mile is where you live.", "Murder Mile"),
        ("You live in Clifton Battery now.", "Clifton Battery"),
        ("You met him at the Trespass shop.", "Trespass"),
        ("You work at Trespass in Leeds.", "Trespass"),
        ("Your shop, Riot, was closed.", "Riot"),
        ("You go to Starting Point in the town each week.", "Starting Point"),
        ("You were in Class B of the school.", "Class B"),
        ("DAPO OGUNLEYE told us that he saw it.", "DAPO OGUNLEYE"),
        ("The DAPO OGUNLEYE letter was read.", "DAPO OGUNLEYE"),
    ],
)
@pytest.mark.parametrize("known", [None, Known()])
def test_a_place_or_a_firm_that_is_called_as_an_offence_is_masked_whole(sentence, name, known):
    said = masked_in(f"Dear Ms Osei\n\nYou asked about it. {sentence}\n", known)

    assert any(name in each for each in said), said


def test_a_given_name_that_is_a_short_form_is_masked():
    assert "Abe" in " ".join(masked_in("Dear Ms Osei\n\nYou told Abe Marsh what you saw.\n"))


def test_a_known_name_within_an_offence_is_masked():
    known = Known(people=(KnownPerson("the victim", "Ama", "Osei"),))

    assert "Ama Osei" in masked_in("He was charged with Assault of Ama Osei by Beating.", known)


@pytest.mark.parametrize("text", ["He lives at S18 2AB now.", "The exhibit is DS/18."])
def test_a_postcode_or_an_exhibit_is_no_section(text):
    kinds = {each.found.kind for each in anonymise(f"Dear Ms Osei\n\n{text}\n").spans}

    assert kinds & {Kind.POSTCODE, Kind.EXHIBIT}


@pytest.mark.parametrize(
    ("charge", "told"),
    [
        ("Burglary in Leeds", "Burglary in []"),
        ("Affray at the Red Lion", "Affray at the []"),
        ("Burglary at Mill Lane", "Burglary at []"),
        ("Murder of Khan", "Murder of []"),
        ("Threats to Kill Mr Khan", "Threats to Kill []"),
        ("Causing Death by Dangerous Driving in Mill Lane",
         "Causing Death by Dangerous Driving in []"),
        ("Burglary in Leeds and Affray at the Red Lion", "Burglary in [] and Affray at the []"),
        ("Burglary in Leeds and Threats to Kill Mr Khan", "Burglary in [] and Threats to Kill []"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("known", [None, Known()])
def test_an_offence_stays_before_where_it_was_and_to_whom_it_was_done(charge, told, known):
    made = anonymise(f"Dear Ms Osei\n\nHe was charged with {charge}. You know why.\n", known)

    said = re.sub(r"\[[^]]*\]", "[]", made.text.split("\n\n")[1])
    assert said == f"He was charged with {told}. You know why.\n"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("You live at The Crown and Cushion.", "The Crown and Cushion"),
        ("You work for Heart of England in Leeds.", "Heart of England"),
        ("You work for Riot of Colour in the town.", "Riot of Colour"),
        ("You work for Riot and Roses.", "Riot and Roses"),
    ],
)
def test_a_firm_or_a_pub_with_such_a_word_is_masked_whole(sentence, name):
    said = masked_in(f"Dear Ms Osei\n\nYou asked about it. {sentence}\n")

    assert any(name in each for each in said), said


@pytest.mark.parametrize(
    "sentence",
    [
        "Then my baby was eighteen months in custody of her father.",
        "He was sixteen years in prison at the time.",
        "There is a restraining order for 14-year-old Daniel.",
    ],
)
def test_an_age_beside_words_of_sentences_is_kept_for_no_sentence(sentence):
    at = re.search(r"eighteen|sixteen|14", sentence).start()
    assert not kept_places(sentence)[at]
