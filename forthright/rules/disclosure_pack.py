"""What goes to the defence and to the court with a service: letters and lists, as plain words.

Reasons, comments, who endorsed, and everything sensitive are not asked for, so none can go out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from forthright.rules.endorsements import GIVEN, WAITING, Endorsed
from forthright.rules.words import capitalised, count_words, day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PackItem:
    """An item of an open schedule as the defence may know it."""

    form: str
    number: int | None
    description: str
    code: Endorsed | None
    is_in_this_service: bool = False
    decide_by: date | None = None
    # Its number on the schedule that was served before, where numbers changed since.
    number_before: int | None = None
    # Under what it was served before it was written otherwise.
    given_before: Endorsed | None = None
    # Under what it was served in these very words.
    given_so: Endorsed | None = None

    @property
    def decision(self) -> str:
        """Say what was decided, without why."""
        if self.code is None or self.code in WAITING:
            by = f" by {day_words(self.decide_by)}" if self.decide_by else ""
            anew = " anew" if self.code is Endorsed.TAKEN_BACK else ""
            if (before := self.given_before) is not None:
                served = f"{before.value}: {before.words}, as it was written before"
                return f"{served}; as it is written now, to be decided{anew}{by}"
            if (given := self.given_so) is not None:
                return f"{given.value}: {given.words}, and served so; to be decided anew{by}"
            return f"To be decided{anew}{by}"
        return f"{self.code.value}: {self.code.words}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackAnswer:
    """One thing that a defence statement asks for, and what the prosecution answers."""

    stated_on: date
    number: int
    # In the words of the defence.
    asked: str
    outcome: str
    answer: str
    # Each item that answers it, by its schedule and number, and whether it goes with the answer.
    items: tuple[str, ...] = ()
    # The day on which the answer went in whose place this one is.
    replaces: date | None = None

    @property
    def words(self) -> str:
        """Return what comes of it and the answer, and in place of which answer it is."""
        said = f"{self.outcome}. {self.answer}"
        if self.replaces is None:
            return said
        return f"In place of the answer sent on {day_words(self.replaces)}: {said}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFacts:
    """What a pack is written from."""

    area: str
    unit: str
    urn: str
    defendant: str
    court: str
    day: date
    is_first: bool
    items: tuple[PackItem, ...]
    # Papers are made before the service too: on which day it will be nobody knows then.
    is_served: bool = True
    # Until when the defence has for its statement.
    statement: tuple[str, ...] = ()
    # In what was kept before those words were: the last day alone.
    statement_due_on: date | None = None
    # What the defence is answered with this service.
    answers: tuple[PackAnswer, ...] = ()
    # When the schedule before was served, where a number of it stands for something else by now.
    numbered_on: date | None = None

    @property
    def title(self) -> str:
        """Say of which service these are the papers."""
        what = "Initial disclosure" if self.is_first else "Continuing disclosure"
        when = f"served on {day_words(self.day)}" if self.is_served else "to be served"
        return f"{what}, {when}"

    @property
    def given(self) -> tuple[PackItem, ...]:
        """Return the items of this service."""
        return tuple(item for item in self.items if item.is_in_this_service)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Say how many items nobody has decided, where there are any."""
        number = sum(item.code is None or item.code in WAITING for item in self.items)
        if not number:
            return ()
        said = f"{count_words(number, 'item')} on the schedule {'is' if number == 1 else 'are'}"
        return (f"{capitalised(said)} still to be decided; the schedule says by when.",)

    def as_table(self) -> dict[str, Any]:
        """Return the facts as they are kept with a service."""
        rows = [asdict(item) | {"decide_by": _iso(item.decide_by)} for item in self.items]
        answers = [
            asdict(each) | {"stated_on": _iso(each.stated_on), "replaces": _iso(each.replaces)}
            for each in self.answers
        ]
        return asdict(self) | {
            "items": rows, "day": _iso(self.day), "statement_due_on": _iso(self.statement_due_on),
            "answers": answers, "numbered_on": _iso(self.numbered_on),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One paper: its file name, its heading, paragraphs, and perhaps a table with its head."""

    name: str
    heading: str
    paragraphs: tuple[str, ...]
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    # Headings within it, each with its paragraphs.
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()


def pack_facts_of(table: Mapping[str, Any]) -> PackFacts:
    """Return the facts that were kept with a service."""
    items = tuple(
        PackItem(**{**row, "code": _code(row["code"]),
                    "decide_by": _day(row["decide_by"]),
                    "given_before": _code(row.get("given_before")),
                    "given_so": _code(row.get("given_so"))})
        for row in table["items"]
    )  # fmt: skip
    answers = tuple(
        PackAnswer(**{**row, "stated_on": date.fromisoformat(row["stated_on"]),
                      "items": tuple(row["items"]), "replaces": _day(row.get("replaces"))})
        for row in table.get("answers", ())
    )  # fmt: skip
    return PackFacts(**{
        **table, "items": items, "day": date.fromisoformat(table["day"]),
        "statement": tuple(table.get("statement", ())),
        "statement_due_on": _day(table["statement_due_on"]), "answers": answers,
        "numbered_on": _day(table.get("numbered_on")),
    })  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _code(text: str | None) -> Endorsed | None:
    return Endorsed(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class NotForTheDefence(ValueError):
    """A pack would hold what must not leave; nothing is written."""


def documents_of(facts: PackFacts) -> tuple[Document, ...]:
    """Return every paper of a service, in the order in which they are read.

    :raises NotForTheDefence: if an item is of no open schedule, or goes without being disclosed
    """
    for item in facts.items:
        if item.form not in {"MG6C", "SDC"}:
            raise NotForTheDefence("An item of this pack stands on no open schedule.")
    if any(item.code not in GIVEN for item in facts.given):
        raise NotForTheDefence("An item of this pack was not said to be disclosed.")
    papers = [_letter(facts), _schedule(facts)]
    if facts.given:
        papers.append(_bundle(facts))
    if facts.answers:
        papers.append(answers_paper(facts))
    return (*papers, _notice(facts))


def answers_paper(facts: PackFacts) -> Document:
    """Return the paper that answers a defence statement, request by request."""
    return Document(
        name="answers-to-the-defence-statement",
        heading="Answers to the defence statement",
        paragraphs=(day_words(facts.day), _about(facts), "For this defendant alone.",
                    f"{facts.unit}, {facts.area}"),
        head=("Statement of", "Request", "What you asked for", "Answer", "Items"),
        rows=tuple(
            (day_words(each.stated_on), str(each.number), each.asked,
             each.words, "\n".join(each.items) or "None")
            for each in facts.answers
        ),
    )  # fmt: skip


def _about(facts: PackFacts) -> str:
    return f"R v {facts.defendant}, {facts.urn}, {facts.court}"


def _letter(facts: PackFacts) -> Document:
    what = "Initial disclosure" if facts.is_first else "Continuing disclosure"
    paragraphs = [day_words(facts.day), _about(facts), *_said(facts)]
    if facts.statement:
        paragraphs.append(" ".join(facts.statement))
    elif facts.is_first and facts.statement_due_on:
        paragraphs.append(
            "The time for a defence statement begins with the day of this service and ends on "
            f"{day_words(facts.statement_due_on)}."
        )
    if facts.answers:
        number = count_words(len(facts.answers), "request")
        paragraphs.append(f"The answers to {number} of your defence statement go with this letter.")
    review = (
        "The prosecutor keeps this under review until the case is over. If you think that other "
        "material meets the test, say what, and which issue in the case it bears on."
    )
    paragraphs += [review, f"{facts.unit}, {facts.area}"]
    return Document(name="covering-letter", heading=what, paragraphs=tuple(paragraphs))


def _said(facts: PackFacts) -> list[str]:
    law = "section 3" if facts.is_first else "section 7A"
    act = f"{law} of the Criminal Procedure and Investigations Act 1996"
    if not facts.given:
        # Of what nobody has decided it cannot be said that it does not meet the test.
        but = ", apart from what is still to be decided," if facts.waiting else ""
        nothing = (
            f"Under {act} the prosecutor states that{but} there is no prosecution material that "
            "has not been disclosed and that might reasonably be considered capable of undermining "
            "the case for the prosecution or of assisting the case for the accused."
        )
        return [nothing, *facts.waiting]
    copies = sum(item.code is Endorsed.DISCLOSE for item in facts.given)
    looks = len(facts.given) - copies
    number = count_words(len(facts.given), "item")
    said = [f"Under {act} the prosecutor discloses {number}, listed with this letter."]
    if copies:
        said.append(f"{capitalised(count_words(copies, 'copy', 'copies'))} served with it.")
    if looks:
        said.append(
            f"{count_words(looks, 'item')} can be inspected: write to us for a time and a place."
        )
    return [*said, *facts.waiting]


def _schedule(facts: PackFacts) -> Document:
    head: tuple[str, ...] = ("Item", "Description", "Decision")
    rows = [(_named(item), item.description, capitalised(item.decision)) for item in facts.items]
    said = (_about(facts), day_words(facts.day))
    if (before := facts.numbered_on) is None:
        return Document(name="schedule-as-served", heading="Schedule of unused material",
                        paragraphs=said, head=head, rows=tuple(rows))  # fmt: skip
    was = f"Number on the schedule served on {day_words(before)}"
    changed = (
        f"Numbers changed since the schedule that was served on {day_words(before)}: one may stand "
        "for something else here. The last column says which number each item had there; a dash "
        "stands beside what was not on it."
    )
    return Document(
        name="schedule-as-served",
        heading="Schedule of unused material",
        paragraphs=(*said, changed),
        head=(*head, was),
        rows=tuple(
            (*row, "–" if item.number_before is None else str(item.number_before))
            for row, item in zip(rows, facts.items, strict=True)
        ),
    )


def _bundle(facts: PackFacts) -> Document:
    return Document(
        name="disclosed-material",
        heading="Material disclosed",
        paragraphs=(_about(facts), "For this defendant alone.", day_words(facts.day)),
        head=("Item", "Description", "How"),
        rows=tuple(_given_row(item) for item in facts.given),
    )


def _given_row(item: PackItem) -> tuple[str, ...]:
    how = "Copy" if item.code is Endorsed.DISCLOSE else "By inspection"
    return _named(item), item.description, how


def _notice(facts: PackFacts) -> Document:
    disclosed, gave = ("disclosed", "gave") if facts.is_served else ("discloses", "gives")
    what = (
        f"{disclosed} {count_words(len(facts.given), 'item')} of unused material to the defendant"
        if facts.given
        else f"{gave} the defendant the statement that there is nothing to disclose"
    )
    said = (
        f"On {day_words(facts.day)} the prosecutor {what}."
        if facts.is_served
        else f"Together with this notice, on the day that it bears, the prosecutor {what}."
    )
    return Document(
        name="notice-to-the-court",
        heading="Notice of disclosure to the court officer",
        paragraphs=(
            day_words(facts.day),
            _about(facts),
            said,
            *facts.waiting,
            "Given under rule 15.2 of the Criminal Procedure Rules, at the same time.",
            f"{facts.unit}, {facts.area}",
        ),
    )


def _named(item: PackItem) -> str:
    return f"{item.form} {item.number if item.number is not None else 'without a number'}"


def words_of(documents: Sequence[Document]) -> str:
    """Return every word of some papers, to look through."""
    return "\n".join(
        words
        for paper in documents
        for words in (paper.name, paper.heading, *paper.paragraphs, *paper.head,
                      *(cell for row in paper.rows for cell in row))
    )  # fmt: skip
