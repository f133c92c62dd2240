"""A letter is cut into paragraphs, sentences and words where a reader would."""

import pytest

from forthright.rules.letter_checks.text import LetterText, Part

LETTER = """Crown Prosecution Service
4 Quarry Close
Worcester

8 April 2026
Our reference: 20MR0412326

Dear Ms Osei,

The case against Dean Hollis
I am sorry to tell you that I have stopped the case. I looked at
everything the police sent me, and
there is not enough evidence.

What happens next?
- You can ask for a review.
- You can ring me.

Yours sincerely,

Priya Nair
Victim Liaison Officer

Further information
Victim Support can help you. Ring them."""


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("One. Two.", ["One.", "Two."], id="two"),
        pytest.param("He broke s.39 of the Act. We saw it.",
                     ["He broke s.39 of the Act.", "We saw it."], id="s.39"),
        pytest.param("See s. 39 of the Act.", ["See s. 39 of the Act."], id="s. 39"),
        pytest.param("The case is R v. Smith. It ended.", ["The case is R v. Smith.", "It ended."],
                     id="R v. Smith"),
        pytest.param("The case of R v Smith ended.", ["The case of R v Smith ended."], id="R v"),
        pytest.param("Mr. Hollis and Dr. Lee came. I spoke.",
                     ["Mr. Hollis and Dr. Lee came.", "I spoke."], id="titles"),
        pytest.param("Come at 10 a.m. on Monday.", ["Come at 10 a.m. on Monday."], id="10 a.m. on"),
        pytest.param("Come at 10 a.m. Monday is best.", ["Come at 10 a.m. Monday is best."],
                     id="10 a.m. Monday"),
        pytest.param("It began at 10 a.m. The court was full.",
                     ["It began at 10 a.m.", "The court was full."], id="10 a.m. ends"),
        pytest.param("He lives at No. 5 Foundry Street. She does not.",
                     ["He lives at No. 5 Foundry Street.", "She does not."], id="No. 5"),
        pytest.param("Did he? No. He did not.", ["Did he?", "No.", "He did not."], id="No."),
        pytest.param("Bring a letter, e.g. Form 9. Thank you.",
                     ["Bring a letter, e.g. Form 9.", "Thank you."], id="e.g."),
        pytest.param("J. P. Smith saw it. A. Jones did not.",
                     ["J. P. Smith saw it.", "A. Jones did not."], id="initials"),
        pytest.param("That was you and I. We left.", ["That was you and I.", "We left."],
                     id="the word I"),
        pytest.param("He said “stop.” She ran.", ["He said “stop.”", "She ran."], id="quotation"),
        pytest.param("It cost £4.50. He paid.", ["It cost £4.50.", "He paid."], id="money"),
        pytest.param("Write to a.b@cps.example. Or ring.",
                     ["Write to a.b@cps.example.", "Or ring."], id="e-mail"),
        pytest.param("Ysgrifennwch atom. Diolch yn fawr.",
                     ["Ysgrifennwch atom.", "Diolch yn fawr."], id="Welsh"),
        pytest.param("نعتذر. شكرا", ["نعتذر.", "شكرا"], id="right to left"),
        pytest.param("Sorry 😞. Thank you.", ["Sorry 😞.", "Thank you."], id="emoji"),
        pytest.param("No stop at the end", ["No stop at the end"], id="no end"),
    ],
)  # fmt: skip
def test_sentences(text, sentences):
    assert [each.text for each in LetterText(text).sentences] == sentences


def test_names_of_the_record_are_not_cut():
    text = "We met at Llan. Fawr Road. You came."

    cut = LetterText(text, names=("Llan. Fawr Road",)).sentences

    assert [each.text for each in cut] == ["We met at Llan. Fawr Road.", "You came."]


def test_each_paragraph_is_the_part_that_it_looks_like():
    parts = [(each.part, each.text.split("\n")[0]) for each in LetterText(LETTER).paragraphs]

    assert parts == [
        (Part.ADDRESS, "Crown Prosecution Service"),
        (Part.ADDRESS, "4 Quarry Close"),
        (Part.ADDRESS, "Worcester"),
        (Part.ADDRESS, "8 April 2026"),
        (Part.ADDRESS, "Our reference: 20MR0412326"),
        (Part.SALUTATION, "Dear Ms Osei,"),
        (Part.HEADING, "The case against Dean Hollis"),
        (Part.TEXT, "I am sorry to tell you that I have stopped the case. I looked at"),
        (Part.HEADING, "What happens next?"),
        (Part.BULLET, "- You can ask for a review."),
        (Part.BULLET, "- You can ring me."),
        (Part.SIGN_OFF, "Yours sincerely,"),
        (Part.SIGNATORY, "Priya Nair"),
        (Part.SIGNATORY, "Victim Liaison Officer"),
        (Part.SIGNATORY, "Further information"),
        (Part.AFTER, "Victim Support can help you. Ring them."),
    ]


def test_the_body_is_what_the_writer_says():
    assert [each.text.replace("\n", " ") for each in LetterText(LETTER).body] == [
        "I am sorry to tell you that I have stopped the case.",
        "I looked at everything the police sent me, and there is not enough evidence.",
        "- You can ask for a review.",
        "- You can ring me.",
    ]


def test_every_place_is_of_the_text_as_given():
    letter = LetterText(LETTER)

    for part in (*letter.paragraphs, *letter.sentences, *letter.words):
        assert LETTER[part.start : part.end] == part.text
    assert len(letter.plain) == len(LETTER)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("\n\n  \n", id="blank lines"),
        pytest.param("İstanbul’da İ", id="letters that grow when made small"),
        pytest.param("Dear A,\r\n\r\nWe met.\r\n", id="Windows lines"),
        pytest.param("---\n***\n", id="rules only"),
    ],
)
def test_odd_texts_keep_their_places(text):
    letter = LetterText(text)

    assert len(letter.plain) == len(text)
    for part in (*letter.paragraphs, *letter.sentences):
        assert text[part.start : part.end] == part.text


def test_a_letter_that_greets_nobody_begins_with_its_first_sentence():
    letter = LetterText("Crown Prosecution Service\n\nI have decided to stop the case against him.")

    assert [each.text for each in letter.body] == ["I have decided to stop the case against him."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Osei’s well-known s.39 case", ["Osei’s", "well-known", "s.39", "case"]),
        ("Llŷr a Siân", ["Llŷr", "a", "Siân"]),
    ],
)
def test_words(text, words):
    assert [each.text for each in LetterText(text).words] == words


HEAD = "Ms Amira Osei\n4 Quarry Close\nWorcester\n\n8 April 2026\nOur reference: 20MR0412326\n\n"
LONG = (
    "We know that this is hard to read, and that you waited a long while for it.\n\n"
    "I looked at everything that the police sent me, and then I looked at it again.\n\n"
    "You can ask for another look at it, and somebody else will then decide.\n\n"
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{HEAD}I have stopped the case.\n\n{LONG}", id="a short first sentence"),
        pytest.param(f"I have stopped the case.\n\n{LONG}", id="nothing above it"),
        pytest.param(
            f"{HEAD}I have stopped the case.\n\n{LONG}Good morning\n\nThis is another note.",
            id="a greeting at the end",
        ),
    ],
)
def test_a_letter_that_greets_nobody_begins_with_its_first_sentence_however_short(text):
    assert LetterText(text).body[0].text == "I have stopped the case."


def test_a_sentence_may_stand_above_the_greeting():
    text = f"{HEAD}This letter is about what happened to you.\n\nDear Ms Osei,\n\nI am sorry."

    assert [each.text for each in LetterText(text).body] == ["I am sorry."]
