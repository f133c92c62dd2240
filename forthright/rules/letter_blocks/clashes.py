"""Whether two templates could both be for one case, worked out from what each asks."""

from collections.abc import Iterable

from forthright.rules.case_file import LetterKind
from forthright.rules.letter_blocks.block import Template
from forthright.rules.letter_checks.conditions import FACTS, Condition, Wanted

Asked = Iterable[tuple[str, Wanted]]


def shared_kinds(one: Template, other: Template) -> frozenset[LetterKind]:
    """Return the kinds of letter that both are for where one case could fit both; often none."""
    return frozenset(
        kind for kind in one.kinds & other.kinds if _could_both_hold(kind, one.when, other.when)
    )


def _could_both_hold(kind: LetterKind, one: Condition, other: Condition) -> bool:
    wanted = [("letter_in", frozenset({kind.value})), *one.wanted, *other.wanted]
    unwanted = [*one.unwanted, *other.unwanted]
    keys = {key for key, _ in (*wanted, *unwanted)}
    return all(_could_hold(key, _of(key, wanted), _of(key, unwanted)) for key in keys)


def _of(key: str, asked: Asked) -> list[Wanted]:
    return [each for name, each in asked if name == key]


def _could_hold(key: str, wanted: list[Wanted], unwanted: list[Wanted]) -> bool:
    """Say whether some case answers one question as all of these ask."""
    if not FACTS[key].is_list:
        return len({*wanted, *(not each for each in unwanted)}) == 1
    ruled_out = _together(unwanted)
    # A case may be marked in several ways; of everything else it is one thing.
    if key == "flag_in":
        return all(_values(each) - ruled_out for each in wanted)
    values = FACTS[key].values
    known = frozenset(each.value for each in values) if values else None
    choices = [_values(each) for each in wanted] + ([known] if known is not None else [])
    return not choices or bool(frozenset.intersection(*choices) - ruled_out)


def _together(asked: Iterable[Wanted]) -> frozenset[str]:
    return frozenset[str]().union(*(_values(each) for each in asked))


def _values(asked: Wanted) -> frozenset[str]:
    return frozenset() if isinstance(asked, bool) else asked
