"""Words of the topic that a secret of the reasons note is about: another way to tell it."""

import re
import tomllib
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from forthright.rules.case_file import CaseFile
from forthright.rules.letter_checks.matchers.charges import words_of_record
from forthright.rules.letter_checks.people import words_of_name
from forthright.rules.letter_checks.stems import stem_of
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import plain_copy

ABOUT_OTHERS = re.compile(
    r"\b(?:he|she|him|his|her|hers|they|them|their|defendants?|suspects?|accused|witness(?:es)?|"
    r"mr|mrs|ms|miss|mx)\b"
)
OF_THE_READER = re.compile(r"\byou(?:r|rs)?\b[^,;]{0,30}$")
WORD = re.compile(r"[a-z][a-z'-]+")
# What a letter says in these words is of the case, whatever the topic.
NO_SECRET = re.compile(r"\b(?:bail conditions?|conditions? of|suffered by you|in good health)\b")


@dataclass(frozen=True, slots=True)
class _Topic:
    """What tells of a topic: words that tell it at its own level, and words only warned of."""

    level: str
    told: re.Pattern[str]
    warned: re.Pattern[str]

    def is_of(self, secret: str) -> bool:
        return bool(self.told.search(secret) or self.warned.search(secret))


@cache
def _topics() -> tuple[_Topic, ...]:
    text = files("forthright.rules").joinpath("data/secret_topics.toml").read_text("utf-8")
    return tuple(
        _Topic(
            row.get("level", "warn"),
            _pattern(row["words"], row.get("whole", ())),
            _pattern(row.get("warned", ()), ()),
        )
        for row in tomllib.loads(text)["topic"]
    )


def _pattern(words: Sequence[str], whole: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern for words with any ending, and for words with none; nothing for no words."""
    parts = [rf"{re.escape(each)}[\w-]*" for each in words]
    parts += [rf"{re.escape(each)}\b" for each in whole]
    return re.compile(rf"\b(?:{'|'.join(parts)})" if parts else r"(?!)")


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem_of, WORD.findall(text)))


def told_by_topic(subject: Subject, secret: str, case: CaseFile) -> Iterator[Hit]:
    """Yield words that tell of somebody else in the topic of a secret, sentence by sentence."""
    small = plain_copy(secret)
    topics = [each for each in _topics() if each.is_of(small)]
    told = _stems(words_of_record(case)) - _stems(small) if topics else frozenset()
    known = {word for each in case.accused for word in words_of_name(each.family_name)}
    for sentence in subject.letter.body if topics else ():
        near = subject.plain[sentence.start : sentence.end]
        is_of_others = bool(ABOUT_OTHERS.search(near)) or any(each in near for each in known)
        if first := _first_told(topics, near, told, is_of_others=is_of_others):
            found, level = first
            start = sentence.start + found.start()
            tells = "tells of it" if level == "stop" else "may tell of it"
            yield Hit(
                start,
                start + len(found.group()),
                f"The prosecutor wrote that this must not be said: “{secret}”. “{found.group()}” "
                f"{tells} all the same.",
                "Take it out, or say it without that.",
                level,
            )


def _first_told(
    topics: Sequence[_Topic], near: str, of_record: Set[str], *, is_of_others: bool
) -> tuple[re.Match[str], str] | None:
    """Return the gravest words of a sentence and their level; those of the reader's own are not.

    Nor is a word that the record has of the case itself, which the letter may have to say.
    """
    sought = [(each.told, each.level) for each in topics if is_of_others or each.level == "stop"]
    sought += [(each.warned, "warn") for each in topics if is_of_others]
    for pattern, level in sorted(sought, key=lambda each: each[1] != "stop"):
        for found in pattern.finditer(near):
            if level != "stop" and stem_of(found.group()) in of_record:
                continue
            if not OF_THE_READER.search(near[: found.start()]) and not NO_SECRET.search(near):
                return found, level
    return None
