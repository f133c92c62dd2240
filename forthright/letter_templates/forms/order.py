"""The order of a template's blocks, as buttons change it one place at a time."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

# A code, or {"one_of": [...]} or {"at_most_one_of": [...]} where one of several blocks stands.
Place = Any
ONE_OF, AT_MOST_ONE_OF = "one_of", "at_most_one_of"


def codes_at(place: Place) -> list[str]:
    """Return the codes of the blocks that may stand at a place."""
    return [place] if isinstance(place, str) else list(next(iter(place.values())))


def is_order(given: Any, known: Collection[str]) -> bool:
    """Say whether something sent is an order of known blocks."""
    return isinstance(given, list) and all(_is_place(each, known) for each in given)


def rearranged(order: Sequence[Place], act: str, *, code: str, where: str) -> list[Place]:
    """Return the order as a button makes it; a button that means nothing changes nothing.

    The acts are "up 3", "down 3", "need 3" and "out hard_news", counting places from one, and
    "add" with the code of a block and where it goes: "after 3", "with 3".
    """
    kind, _, of = act.partition(" ")
    if kind == "out":
        return [kept for each in order if (kept := _without(each, of)) is not None]
    if kind == "add":
        kind, _, of = where.partition(" ")
        return _added(order, code, kind, int(of)) if code and of.isdecimal() else list(order)
    change = CHANGES.get(kind)
    is_there = of.isdecimal() and 1 <= int(of) <= len(order)
    return change(list(order), int(of) - 1) if change and is_there else list(order)


def _swapped(order: list[Place], first: int, second: int) -> list[Place]:
    if first >= 0 and second < len(order):
        order[first], order[second] = order[second], order[first]
    return order


def _up(order: list[Place], number: int) -> list[Place]:
    return _swapped(order, number - 1, number)


def _down(order: list[Place], number: int) -> list[Place]:
    return _swapped(order, number, number + 1)


def _need(order: list[Place], number: int) -> list[Place]:
    """Let a place stand empty that had to be filled, or the other way."""
    place = order[number]
    if not isinstance(place, str):
        order[number] = {AT_MOST_ONE_OF if ONE_OF in place else ONE_OF: codes_at(place)}
    return order


def _without(place: Place, code: str) -> Place | None:
    """Return a place without a block: a place of one block is that block, of none is nothing."""
    codes = [each for each in codes_at(place) if each != code]
    if isinstance(place, str) or len(codes) < 2:
        return codes[0] if codes else None
    return {next(iter(place)): codes}


def _added(order: Sequence[Place], code: str, kind: str, number: int) -> list[Place]:
    if kind == "with" and 1 <= number <= len(order):
        place = order[number - 1]
        key = ONE_OF if isinstance(place, str) else next(iter(place))
        return [*order[: number - 1], {key: [*codes_at(place), code]}, *order[number:]]
    return [*order[:number], code, *order[number:]]


def _is_place(given: Any, known: Collection[str]) -> bool:
    if not isinstance(given, Mapping):
        return _is_known(given, known)
    if len(given) != 1 or not given.keys() <= {ONE_OF, AT_MOST_ONE_OF}:
        return False
    codes = next(iter(given.values()))
    is_list = isinstance(codes, list) and bool(codes)
    return is_list and all(_is_known(each, known) for each in codes)


def _is_known(given: Any, known: Collection[str]) -> bool:
    return isinstance(given, str) and given in known


CHANGES: dict[str, Callable[[list[Place], int], list[Place]]] = {
    "up": _up,
    "down": _down,
    "need": _need,
}
