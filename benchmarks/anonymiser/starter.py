"""Letters of the starter set, every template of it, about people with names of many origins."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings

from benchmarks.anonymiser.letters import HERE, Measured
from forthright.anonymiser.known import Known, known_of, town_of_court
from forthright.anonymiser.patterns import patterns_in
from forthright.anonymiser.record import known_in
from forthright.anonymiser.spans import Kind
from forthright.rules.case_file import CaseFile, LetterKind
from forthright.rules.letter_blocks.assemble import assemble
from forthright.rules.letter_blocks.block import published_wordings
from forthright.rules.letter_blocks.review_right import with_review_right
from tests.rules.letter_blocks.cases import cases
from training.facts import Facts
from training.marked import Mark
from training.people import Named
from training.pools import pools_of

# What the reasons of the made-up cases name besides, which no record knows.
NAMED_IN_REASONS = ("Okonkwo-Rhys", "Llanfairpwll")
OF_A_RECORD = {Kind.PERSON: "PERSON", Kind.URN: "CODE", Kind.PHONE: "CODE", Kind.EMAIL: "CODE",
               Kind.WEB: "CODE", Kind.DATE: "DATETIME"}  # fmt: skip


def starter_letters(of_each: int, seed: int) -> list[Measured]:
    """Return so many letters of each template of the starter set, by a seed."""
    held = published_wordings()
    pools, made = pools_of("blind", HERE), dict.fromkeys(held.templates, 0)
    letters = []
    every = [case for kind in LetterKind for case in _cases(kind, 20 + 30 * of_each)]
    for number, drawn in enumerate(every):
        facts = Facts(random.Random(f"starter/{seed}/{number}"), pools)
        case = with_review_right(_about_others(drawn, facts))
        for code, template in held.templates.items():
            if made[code] < of_each and template.serves(case):
                made[code] += 1
                text = assemble(template, held.blocks, case).plain()
                letters.append(_measured(code, text, case))
    short = sorted(code for code, number in made.items() if number < of_each)
    if short:
        raise ValueError(f"too few cases drawn for {', '.join(short)}")
    return letters


def _cases(kind: LetterKind, number: int) -> list[CaseFile]:
    drawn: list[CaseFile] = []

    @settings(max_examples=number, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=cases(kinds=(kind,)))
    def keep(case: CaseFile) -> None:
        drawn.append(case)

    keep()
    return drawn


def _about_others(case: CaseFile, facts: Facts) -> CaseFile:
    """Return a case about other people at other addresses, all else as it was."""
    accused = tuple(_named(each, facts.person()) for each in case.accused)
    decision = case.decision
    if decision and decision.against:
        names = (accused[0].family_name, f"{accused[-1].given_names} {accused[-1].family_name}")
        decision = decision.model_copy(update={"against": names[: len(decision.against)]})
    reader = _named(case.recipient, facts.person())
    lines = "".join(piece.text for piece in facts.address())
    reader = reader.model_copy(update={
        "address": tuple(line.strip() for line in re.split(r"[,\n]", lines) if line.strip()),
        "about": _named(reader.about, facts.person()) if reader.about else None,
        "adviser": facts.person().full(), "preferred_name": "",
    })  # fmt: skip
    return case.model_copy(update={
        "accused": accused, "recipient": reader, "decision": decision,
        "others": tuple(_named(each, facts.person()) for each in case.others),
        "urn": f"{facts.chance.randrange(10, 60)}{facts.chance.choice(('MR', 'XY', 'BC', 'T1'))}"
               f"{facts.chance.randrange(10_000, 99_999)}26",
    })  # fmt: skip


def _named(person: Any, who: Named) -> Any:
    return person.model_copy(update={"given_names": " ".join(who.given), "family_name": who.family})


def _measured(code: str, text: str, case: CaseFile) -> Measured:
    known = known_of(case)
    return Measured(f"starter {code}", text, tuple(_marks(text, case, known)), known)


def _marks(text: str, case: CaseFile, known: Known) -> Iterator[Mark]:
    """Yield what identifies, found by plain search for the whole words of the case."""
    people = {word for each in known.people for name in (each.given, each.family, *each.also)
              for word in name.split() if len(word) > 1}  # fmt: skip
    sorts = [("PERSON", word) for word in people]
    sorts += [("PERSON", NAMED_IN_REASONS[0]), ("LOC", NAMED_IN_REASONS[1])]
    sorts += [("LOC", line) for line in case.recipient.address]
    sorts += [("CODE", each) for each in (case.urn, case.recipient.phone, case.recipient.email)]
    if case.court:
        sorts.append(("LOC", town_of_court(case.court.name)))
    for kind, words in sorts:
        if words:
            for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
                yield Mark(match.start(), match.end(), kind)
    for found in (*known_in(text, known), *patterns_in(text)):
        if found.kind is not Kind.PERSON:
            # The office's own name, telephone and days may be masked or stay.
            kind = OF_A_RECORD.get(found.kind, "LOC")
            yield replace(Mark(found.start, found.end, kind), must=found.kind is Kind.DATE)
