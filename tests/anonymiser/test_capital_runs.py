"""Names by their capitals: whole, with their small words, wherever in a sentence they stand."""

import re

import pytest

from forthright.anonymiser import capital_words
from forthright.anonymiser.letters import places_of
from forthright.rules.letter_checks import spelling

# What is to be hidden stands in braces; all else of a line stays.
LINES = [
    # Within a sentence, whatever leads to it and whatever it is made of.
    "We had asked {Boots} twice.",
    "You met him at {The Dog in the Pond} near {Barton in the Beans}.",
    "He drinks in {The Moon under Water}.",
    "It happened in {Stow on the Wold}.",
    "She manages {Queen Elizabeth Unit}.",
    "They are the solicitors for him, {Right Move Removals}.",
    "He has an account in {County Fermanagh}.",
    "He drinks at {The Crown and Cushion}.",
    "He was arrested outside {the Crown}.",
    "He drank in {The Crown} until late.",
    "The man stood outside {The Magistrates Arms}.",
    "She was taken to {City Hospital} that night.",
    "She is at {University Hospital of Wales} now.",
    "He works for {Heart of England}.",
    "You rang {Up and Running} about it.",
    "You asked {Bubble and Squeak} about it.",
    "Your cousin goes to {St. Anne’s C of E Primary School}.",
    "The nurse on {Ward 7} heard it.",
    "He paid at {B&Q} by card.",
    # A name that holds somebody's name.
    "It was heard in {King’s Lynn} twice.",
    "He lives in {St Helen’s Square} still.",
    "It came from {County Tyrone} that day.",
    "You were at {Guy’s and St Thomas’} for a week.",
    # The “’s” of a name that owns nothing.
    "She is at {Dr Gray’s} and will not come.",
    "Neither could help, and {Christie’s} lost the notes.",
    # Where a sentence, a line or an item begins.
    "{Filey} is quiet at night.",
    "{Quick Save Stores} gave us a receipt.",
    "{One Stop} has no film.",
    "{Second Chance Furniture} has no film.",
    "{Boots} told us that it has no film.",
    "{The Railway} has no film either.",
    "In {Diss} nobody saw him.",
    "- {Wetwang}: no film",
    # What is thought or charged right before a name is no part of it; a given name is.
    "Thankfully {Marsden} pleaded guilty.",
    "You know it. Sadly {Sarah Quenby} has died.",
    "Initially {Ms Osei} said nothing.",
    "He was charged with:\n- Assaulting {Ama}\n- Threatening {Osei}\n- Robbing {Sarah}",
    "Punching {Dean} was self-defence.",
    "{Holly Quenby} pleaded guilty.",
    "{Sterling Quenby} pleaded guilty.",
    "{Kelly Osei} pleaded guilty.",
    # The same name in other letters.
    "She is at {Brackenhurst Academy}. {Brackenhurst} has not answered.",
    "He drank in {The Quiet Woman}. Nobody in the {quiet woman} saw him.",
    # A people.
    "The {English} man shouted.",
    "He is {Maltese} and works here.",
    "Your family is of {Welsh} descent.",
    "A {Welsh} court has told us so.",
    "He asked whether you were {British}.",
    # A saint's church by where it stands.
    "The doctor at {St Luke in the Fields Hospice} saw it.",
    # Whoever signs, after any ending, and names in small letters.
    "Thank you.\n\nYours in haste\n{Patience}\n",
    "Thank you.\n\nYours very sincerely,\n{We}\n",
    "To: {a trivedi}",
    "We chose not to charge {mark vytautas}.",
    "{Ms Osei}\nc/o {Đ. Dumitrșcu-Chaudhary}",
]
STAYS = [
    "The Judge told the Jury that the Defendant had a right to Bail.",
    "He asked for a Restraining Order and for a Pre-Sentence Report.",
    "It was a case of Actual Bodily Harm and Criminal Damage.",
    "The Sexual Harm Prevention Order and the Notification Requirements stay.",
    "The CCTV and the DNA do NOT help us. We MUST prove it.",
    "He sent it by WhatsApp, Snapchat and Facebook Messenger.",
    "Unfortunately, the Court of Appeal said no. However, Parliament may change it.",
    "Your Right To A Review\nThere are two stages.",
    "You can ring between Monday and Friday, but not at night.",
    "Reason: the evidence is not strong enough.",
    "You may ask for the letter in Welsh, or for an English copy.",
    "The Crown has to prove it.",
    "Yn gywir / Yours sincerely",
    "Tel: see above. cc the court. Enc. a leaflet.",
    "Q2. Who decided it? On Thursdays, I did.",
    "He was sent to the Crown Court for Corporate Manslaughter.",
    "There will be a Confiscation Hearing and a Pre-Trial Review.",
    "You could ask the High Court for Judicial Review.",
    "The Health and Safety Executive and the National Referral Mechanism wrote.",
    "It is called the Anti-Social Behaviour Case Review, or the Community Trigger.",
    "We asked the Judge in Chambers and the Head of Chambers.",
    "I said I’d tell you. It’ll say so.",
    "You may have a Welsh copy, or an English version.",
]


@pytest.mark.parametrize("line", LINES)
def test_names_are_hidden_whole_and_nothing_else_is(line):
    parts = re.split(r"([{}])", line)
    text, wanted, is_name = "Dear reader,\n\n", set(), False
    for part in parts:
        if part in {"{", "}"}:
            is_name = part == "{"
            continue
        if is_name:
            wanted |= {len(text) + at.start() for at in re.finditer(r"\w", part)}
        text += part
    covered = {at for each in places_of(text).masked for at in range(each.start, each.end)}

    words = {at for at in covered if re.match(r"\w", text[at])}
    # “The” before a name, where it is written small, may go with it or stay.
    assert {text[at] for at in wanted - words} == set()
    assert words - wanted <= {
        at.start() + n for at in re.finditer(r"[Tt]he ", text) for n in (0, 1, 2)
    }


@pytest.mark.parametrize("line", STAYS)
def test_what_letters_write_with_a_capital_stays(line):
    assert places_of(f"Dear reader,\n\n{line}").masked == ()


def test_every_place_found_by_its_capital_says_why():
    text = "Dear reader,\n\nIt was on Ward 7. Filey is quiet. He was in Battle. One Stop is shut."

    told = {text[each.start : each.end]: each.because for each in places_of(text).masked}

    assert told == {
        "Ward 7": "a part of a building or a place, by its number",
        "Filey": "a sentence begins with what is no word of English",
        "Battle": "a capital within a sentence names something",
        "One Stop": "several capitals where a sentence begins name something",
    }


def test_a_short_text_that_neither_greets_nor_judges_is_read_as_a_letter():
    assert [each.start for each in places_of("He was seen in Battle.").masked] == [15]


def test_without_a_dictionary_the_words_of_the_model_stand_for_it(monkeypatch):
    capital_words.is_ordinary.cache_clear()
    monkeypatch.setattr(capital_words, "dictionary", lambda: None)
    assert spelling.dictionary is not capital_words.dictionary

    assert capital_words.is_ordinary("Battle")
    assert not capital_words.is_ordinary("Blubberhouses")
    capital_words.is_ordinary.cache_clear()


def test_no_word_of_the_list_stands_in_it_twice_as_a_role_and_alone():
    assert not capital_words.listed("roles") & capital_words.listed("alone")
