"""What is asked before a letter is released to the panel, and what the panel is asked of each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RareFactAsked:
    """A question about what names nobody and may still tell who is meant.

    `stands` asks of such a fact whether it can be read still.
    """

    key: str
    words: str
    hint: str
    stands: str = ""


# Taking names away does not make a letter anonymous: an event, a place, an occupation or a
# kinship that few share can tell who is meant (ICO, Anonymisation guidance: “jigsaw
# identification”, the motivated intruder).
RARE_FACTS = (
    RareFactAsked(
        "EVENT", "Is an event told that people may have read or heard of?",
        "Something unusual that was done, said or seen; anything that was in the news.",
        "Does such an event stand in the letter as it would go out?",
    ),
    RareFactAsked(
        "PLACE", "Is a place told that only few people live, work or meet in?",
        "A village, a school, a club, a place of worship, a shop: also when it has no name.",
        "Does such a place stand in the letter as it would go out?",
    ),
    RareFactAsked(
        "OCCUPATION", "Is an occupation, office or illness told that few people have?",
        "“The only vet in town” says who it is as well as a name does.",
        "Does such an occupation, office or illness stand in the letter as it would go out?",
    ),
    RareFactAsked(
        "KINSHIP", "Is it told how people are related, so that a family could be recognised?",
        "Twins, a number of children, a stepfather, a marriage between neighbours.",
        "Does such a kinship stand in the letter as it would go out?",
    ),
)  # fmt: skip
# Asked beside them where a person withdrew the very words that are to be read again.
AGAIN = RareFactAsked(
    "AGAIN", "These very words were withdrawn. Why may they be read all the same?",
    "Say what was looked at since, and why what they were withdrawn for tells nobody.",
)  # fmt: skip
BEGINS_WITH_YES = re.compile(r"\W*yes\b", re.IGNORECASE)
RARE_FACT_KEYS = {each.key for each in RARE_FACTS}

YES, NO, NOT_SURE = "YES", "NO", "NOT_SURE"
ANSWERS = {YES: "Yes", NO: "No", NOT_SURE: "I cannot tell"}
NOT_SURE_OF_LEVEL = "I cannot tell from the letter"
# Four questions stand at every meeting and two follow its theme, as at the dip samples of the
# West Midlands Police and Crime Commissioner, so that meetings can be laid side by side.
STANDING = (
    "Does the letter say early and plainly what was decided?",
    "Does it give reasons that the person could understand?",
    "Does it treat the person with kindness and respect?",
    "Does it say what the person can do next, and whom to turn to?",
)
ON_THEME = {
    "": ("Would you have been content to be sent this letter?",
         "Is it free of words that only lawyers use?"),
    "RASSO": ("Does it make plain that nobody doubts the person for having come forward?",
              "Does it name support that fits what happened?"),
    "DOMESTIC_ABUSE": ("Does it say nothing that could put the person in danger?",
                       "Does it name support that fits what happened?"),
    "CHILD": ("Would the child, or whoever reads it to them, understand it?",
              "Is it about this child, and not about any child?"),
    "LATE": ("Does it say that it comes late, and say sorry?",
             "Does it say why, in words that blame nobody else?"),
    "NEW_DRAFTER": ("Does it read as if one person wrote it to another?",
                    "Is everything in it about this case?"),
}  # fmt: skip
# By which keys the two on the theme are kept, and the two of letters that are not of it.
OF_THE_THEME, OF_THE_OTHERS = ("q5", "q6"), ("q7", "q8")
DECLARATION = (
    "I read these letters only to say how good they are.",
    "I do not try to find out whom they are about.",
    "If I think that I know whom a letter is about, I stop and tell the person who invited me.",
    "I show them to nobody, I copy nothing, and I keep nothing after the meeting.",
    "I am related to nobody whose case I know to be among them.",
)

# What stands where a member writes of a letter, on the screen and on paper.
NAME_NOBODY = "No names, places or days: it is read out when the panel meets."


def says_yes(answer: str) -> bool:
    """Say whether an answer about a rare fact begins by saying that there is one."""
    return BEGINS_WITH_YES.match(answer) is not None


def questions_for(theme: str) -> list[tuple[str, str]]:
    """Return the questions of a meeting, each with the key its answers are kept by.

    Six are asked of each letter: with a theme, its two of the letters of the theme alone, and of
    the others the two that are asked where there is none.
    """
    asked = [*STANDING, *ON_THEME.get(theme, ON_THEME[""])]
    if theme:
        asked += ON_THEME[""]
    return [(f"q{number}", words) for number, words in enumerate(asked, 1)]


def asked_of(
    questions: Sequence[tuple[str, str]], *, theme: str, is_of_theme: bool
) -> list[tuple[str, str]]:
    """Return which of the questions of a meeting are asked of one letter."""
    left_out: tuple[str, ...] = ()
    if theme:
        left_out = OF_THE_OTHERS if is_of_theme else OF_THE_THEME
    return [(key, words) for key, words in questions if key not in left_out]
