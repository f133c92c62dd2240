"""What is asked before a letter is released to the panel, and what the panel is asked of each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RareFactAsked:
    """A question about what names nobody and may still tell who is meant."""

    key: str
    words: str
    hint: str


# Taking names away does not make a letter anonymous: an event, a place, an occupation or a
# kinship that few share can tell who is meant (ICO, Anonymisation guidance: “jigsaw
# identification”, the motivated intruder).
RARE_FACTS = (
    RareFactAsked(
        "EVENT", "Is an event told that people may have read or heard of?",
        "Something unusual that was done, said or seen; anything that was in the news.",
    ),
    RareFactAsked(
        "PLACE", "Is a place told that only few people live, work or meet in?",
        "A village, a school, a club, a place of worship, a shop: also when it has no name.",
    ),
    RareFactAsked(
        "OCCUPATION", "Is an occupation, office or illness told that few people have?",
        "“The only vet in town” says who it is as well as a name does.",
    ),
    RareFactAsked(
        "KINSHIP", "Is it told how people are related, so that a family could be recognised?",
        "Twins, a number of children, a stepfather, a marriage between neighbours.",
    ),
)  # fmt: skip
RARE_FACT_KEYS = {each.key for each in RARE_FACTS}
