"""How rules look at a letter, one module for each family of kinds.

A kind turns what a rule looks for (its table `find`) into a finder once; the finder is then
used on many letters.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from forthright.rules.letter_checks.kinds.counts import occurrence, repetition
from forthright.rules.letter_checks.kinds.presence import block_presence, order
from forthright.rules.letter_checks.kinds.words import existence, substitution
from forthright.rules.letter_checks.matchers import MAY_HOLD, record_match
from forthright.rules.letter_checks.phrases import PatternRefused
from forthright.rules.letter_checks.subject import Hit, Subject

if TYPE_CHECKING:
    from forthright.rules.letter_checks.rule import Rule

Finder = Callable[[Subject], Iterator[Hit]]
Maker = Callable[[Mapping[str, Any]], Finder]

KINDS: Mapping[str, tuple[Maker, frozenset[str]]] = {
    "existence": (
        existence,
        frozenset({"words", "patterns", "rows", "where", "unless", "unless_before",
                   "unless_beside", "unless_in_offence", "only_with", "near", "first_only",
                   "exact", "denied"}),
    ),
    "substitution": (
        substitution,
        frozenset({"swap", "where", "unless", "only_with", "near", "first_only"}),
    ),
    "occurrence": (occurrence, frozenset({"measure", "most", "least", "most_words", "patterns"})),
    "record_match": (record_match, MAY_HOLD),
    "block_presence": (
        block_presence,
        frozenset({"any_of", "all_of", "where", "sentences", "mark"}),
    ),
    "order": (order, frozenset({"first", "then"})),
    "repetition": (repetition, frozenset({"of", "least_words"})),
}  # fmt: skip


@cache
def finder_of(rule: "Rule") -> Finder:
    """Return what finds the faults that a rule looks for, made once.

    :raises PatternRefused: if the table `find` is not one of the rule's kind
    """
    make, known = KINDS[rule.kind]
    if strange := sorted(set(rule.find) - known):
        raise PatternRefused(
            f"a rule of kind {rule.kind} has no “{strange[0]}”. It has: {', '.join(sorted(known))}."
        )
    try:
        return make(rule.find)
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        if isinstance(fault, PatternRefused):
            raise
        raise PatternRefused(
            f"the table is not as a rule of kind {rule.kind} needs it: {fault}"
        ) from fault
