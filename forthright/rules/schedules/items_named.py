"""Which items of a list a sentence names, by number or by where they stand in it."""

import re
from collections.abc import Sequence

# "item 2", "items 1, 4 and 6", "items 2, 5, and 9", "entries 3 to 5", "No. 2", "#2", "MG6C/2".
NAMED = re.compile(
    r"(?:\b(?:items?|entry|entries|lines?|rows?|nos?\.?|numbers?)(?: nos?\.?| numbers?)?:?\s*|#\s*|"
    r"\b(?:mg ?0?6 ?c|sdc)\s*(?:/|-|items?|no\.?)\s*)"
    r"(\d{1,5}(?:(?:\s*(?:[,;&+–-]|(?:and|or|to|through|also|plus|as well as)\b))+\s*\d{1,5})*)\b"
    r"(?![/:]\d)"
)
SPAN = re.compile(r"(\d+)\s*(?:to|through|[–-])\s*(\d+)")
MOST_IN_SPAN = 5_000
ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
          "tenth")  # fmt: skip
IN_WORDS = re.compile(rf"\b(?:item|entry|number|line|row) (?:no\.? )?({'|'.join(ONES)})\b")
BY_PLACE = re.compile(rf"\b({'|'.join(PLACES)}|last) (?:item|entry|line|row)\b")
ALL = re.compile(
    r"\b(?:all|each|every|any)(?: of)?(?: the| these)? (?:items?|entries|entry)\b|"
    r"\b(?:the|these) items (?:above|listed)\b"
)


def items_named(words: str, numbers: Sequence[int]) -> set[int]:
    """Return the numbers that a sentence in small letters names; some may be of no item.

    :param numbers: those of the items of the list, in order; "the second item" is the second of it
    """
    found: set[int] = set(numbers) if ALL.search(words) else set()
    for each in NAMED.finditer(words):
        for first, last in SPAN.findall(each[1]):
            found |= set(range(int(first), min(int(last), int(first) + MOST_IN_SPAN) + 1))
        found |= {int(number) for number in re.findall(r"\d+", each[1])}
    found |= {ONES.index(each) + 1 for each in IN_WORDS.findall(words)}
    for each in BY_PLACE.findall(words):
        at = len(numbers) - 1 if each == "last" else PLACES.index(each)
        found |= set(numbers[at : at + 1])
    return found
