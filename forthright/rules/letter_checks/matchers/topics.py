"""Words of the topic that a secret of the reasons note is about: another way to tell it."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from forthright.rules.case_file import CaseFile
from forthright.rules.letter_checks.people import words_of_name
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import plain_copy

ABOUT_OTHERS = re.compile(
    r"\b(?:he|she|him|his|her|hers|they|them|their|defendants?|suspects?|accused|witness(?:es)?|"
    r"mr|mrs|ms|miss|mx)\b"
)
OF_THE_READER = re.compile(r"\byou(?:r|rs)?\b[^,;]{0,30}$")
# What a letter says in these words is of the case, whatever the topic.
NO_SECRET = re.compile(r"\b(?:bail conditions?|conditions? of|suffered by you|in good health)\b")


@cache
def _topics() -> tuple[re.Pattern[str], ...]:
    text = files("forthright.rules").joinpath("data/secret_topics.toml").read_text("utf-8")
    return tuple(
        re.compile(r"\b(?:" + "|".join(map(re.escape, row["words"])) + r")[\w-]*")
        for row in tomllib.loads(text)["topic"]
    )


def told_by_topic(subject: Subject, secret: str, case: CaseFile) -> Iterator[Hit]:
    """Yield words that tell of somebody else in the topic of a secret, sentence by sentence."""
    small = plain_copy(secret)
    topics = [each for each in _topics() if each.search(small)]
    known = {word for each in case.accused for word in words_of_name(each.family_name)}
    for sentence in subject.letter.body if topics else ():
        near = subject.plain[sentence.start : sentence.end]
        if not ABOUT_OTHERS.search(near) and not any(each in near for each in known):
            continue
        if found := _first_told(topics, near):
            start = sentence.start + found.start()
            yield Hit(
                start,
                start + len(found.group()),
                f"The prosecutor wrote that this must not be said: “{secret}”. “{found.group()}” "
                "may tell of it all the same.",
                "Take it out, or say it without that.",
                "warn",
            )


def _first_told(topics: list[re.Pattern[str]], near: str) -> re.Match[str] | None:
    for each in topics:
        for found in each.finditer(near):
            if not OF_THE_READER.search(near[: found.start()]) and not NO_SECRET.search(near):
                return found
    return None
