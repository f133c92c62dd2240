"""A register of cases with the columns that the product's own has, and letters about some of them.

How often each value comes is made up: nobody publishes how an Area's letters divide. Offences come
about as often as in a mixed Area, four readers in five are the victim, one case in seven has
several accused. An Area that has its own shares puts them here.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.anonymiser.letters import HERE
from benchmarks.anonymiser.starter import _about_others
from forthright.anonymiser.known import known_of
from forthright.anonymiser.letters import anonymise
from forthright.anonymiser.replacing import replaced
from forthright.panels.selectors.finished import with_days_named
from forthright.rules.case_file import CaseFile, DecisionKind, LetterKind, Relation
from forthright.rules.letter_blocks.assemble import assemble
from forthright.rules.letter_blocks.block import published_wordings
from forthright.rules.letter_blocks.review_right import with_review_right
from tests.rules.letter_blocks.cases import DANIEL, a_case, a_decision, a_letter, a_reader
from training.facts import Facts
from training.pools import pools_of

# The charge, the words in which a letter says it, and its share in a hundred and fifty.
OFFENCES = (
    ("Assault by beating", "being hit", 20),
    ("Assault occasioning actual bodily harm", "being hurt", 18),
    ("Wounding with intent", "being hurt very badly", 6),
    ("Burglary in a dwelling", "the burglary of your home", 10),
    ("Robbery", "being robbed", 6),
    ("Theft from a shop", "the theft from your shop", 6),
    ("Criminal damage", "the damage to what is yours", 8),
    ("Arson", "the fire that was set", 1),
    ("Harassment without violence", "being harassed", 6),
    ("Stalking involving fear of violence", "being followed", 4),
    ("Controlling or coercive behaviour", "being controlled", 5),
    ("Fraud by false representation", "being lied to about money", 5),
    ("Blackmail", "being threatened for money", 1),
    ("Rape", "being raped", 4),
    ("Sexual assault", "being touched sexually", 5),
    ("Exposure", "being shown what you did not want to see", 2),
    ("Causing death by dangerous driving", "the driving that caused a death", 1),
    ("Causing serious injury by careless driving", "the driving that hurt you", 2),
    ("Affray", "the fight", 2),
    ("Threats to kill", "being told that you would be killed", 4),
    ("Possession of a knife in a public place", "the knife that was carried", 3),
    ("Handling stolen goods", "the goods that were stolen", 2),
    ("Malicious communications", "the messages that you were sent", 4),
    ("Non-fatal strangulation", "being strangled", 4),
)
READERS = ((Relation.VICTIM, 78), (Relation.PARENT, 8), (Relation.BUSINESS, 8),
           (Relation.BEREAVED, 3), (Relation.SPOKESPERSON, 3))  # fmt: skip
DECISIONS = ((DecisionKind.NO_FURTHER_ACTION, 30), (DecisionKind.DISCONTINUED, 30),
             (DecisionKind.NO_EVIDENCE_OFFERED, 20), (DecisionKind.ALTERED_DECREASED, 10),
             (DecisionKind.LEFT_ON_FILE, 5), (DecisionKind.CHARGED, 5))  # fmt: skip
SEVERAL = 1 / 7
KIM = DANIEL.model_copy(update={"given_names": "Kim", "family_name": "Lowe"})


@dataclass(frozen=True, slots=True)
class Row:
    """What the register says of one case, without names, numbers, places and days."""

    offence: str
    in_plain_words: str
    relation: Relation
    has_several_accused: bool
    decision: DecisionKind


def rows(number: int, seed: int) -> list[Row]:
    """Return so many cases of a register, by a seed."""
    chance = random.Random(f"register/{seed}")
    return [_row(chance) for _ in range(number)]


def _row(chance: random.Random) -> Row:
    offence, said, _ = chance.choices(OFFENCES, weights=[each[2] for each in OFFENCES])[0]
    relation = chance.choices(READERS, weights=[each[1] for each in READERS])[0][0]
    decision = chance.choices(DECISIONS, weights=[each[1] for each in DECISIONS])[0][0]
    return Row(offence, said, relation, chance.random() < SEVERAL, decision)


def letters_about(cases: Sequence[Row]) -> list[str]:
    """Return a letter about each case, by the product's own templates, as the panel reads it."""
    pools = pools_of("blind", HERE)
    return [
        _as_in_a_pack(_case_of(row, Facts(random.Random(f"register/letter/{number}"), pools)))
        for number, row in enumerate(cases)
    ]


def _case_of(row: Row, facts: Facts) -> CaseFile:
    accused = [DANIEL, KIM][: 1 + row.has_several_accused]
    charged = tuple(each.model_copy(update={"charges": (row.offence,)}) for each in accused)
    case = a_case(
        offence=row.offence,
        offence_in_plain_words=row.in_plain_words,
        accused=charged,
        recipient=a_reader(row.relation),
        decision=a_decision(row.decision, from_charge=row.offence, to_charge="Common assault"),
        letter=a_letter(LetterKind(row.decision)),
    )
    return with_review_right(_about_others(case, facts))


def _as_in_a_pack(case: CaseFile) -> str:
    held, known = published_wordings(), known_of(case)
    template = next(each for each in held.templates.values() if each.serves(case))
    made = anonymise(assemble(template, held.blocks, case).plain(), known)
    hidden = with_days_named(made.given, [each.found for each in made.spans])
    return replaced(made.given, hidden, known)[0]
