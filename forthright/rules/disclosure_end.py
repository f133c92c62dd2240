"""What stands against the end of a duty to disclose: what is undecided, unseen, owed or untold."""

from collections.abc import Sequence
from dataclasses import dataclass

from forthright.rules.disclosure_duty import ItemStanding, owed, unapproved
from forthright.rules.words import count_words, list_words

UNDECIDED = (
    "{} on the schedules nobody has decided, those set aside among them. Endorse each first."
)
UNSEEN = (
    "{} decided after the first service, and no second person looked. Somebody else approves what "
    "was decided first."
)
UNSERVED = (
    "{} said to be disclosed was not served as it stands now. Serve it first, or endorse it anew; "
    "where the defence has it in other words that say the same, say so on its page."
)
UNTOLD = "{} without notice to the court. Record when the court was told first."
PROMISED = (
    "The defence was told that something is to be disclosed in answer to {}, and was not served "
    "it. Name the item and serve it first, or answer otherwise."
)
ASKED = (
    "{} asked of the police, and what they replied is not recorded. Answer the defence with it "
    "first."
)
UNSENT = (
    "{} to the defence that did not go yet. Serve with them, or record that they were sent first, "
    "on the page of the defence statement."
)
UNLOOKED = (
    "{} for nothing, and nobody looked again at what was not disclosed. Look again first, on the "
    "page of the defence statement."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A request of the defence that was answered "to be disclosed", and by which items."""

    number: int
    things: frozenset[int] = frozenset()
    served: frozenset[int] = frozenset()

    @property
    def is_owed(self) -> bool:
        """Say whether it names no item yet, or one that was not served."""
        return not self.things or bool(self.things - self.served)


def reasons_against_closing(
    items: Sequence[ItemStanding], *, promises: Sequence[Promise] = (), untold: int = 0,
    asked: int = 0, unsent: int = 0, unlooked: int = 0,
) -> tuple[str, ...]:  # fmt: skip
    """Return why a duty cannot end; nothing where it can.

    :param untold: how many services the court was given no notice of, as far as is recorded
    :param asked: how many requests of the defence were asked of the police and not answered since
    :param unsent: how many answers to the defence have not gone to it
    :param unlooked: how many defence statements that ask for nothing wait for a look again
    """
    undecided = sum(not each.is_decided for each in items)
    promised = [f"request {each.number}" for each in promises if each.is_owed]
    said = (
        (undecided, "item", UNDECIDED),
        (len(unapproved(items)), "item", UNSEEN),
        (len(owed(items)), "item", UNSERVED),
        (untold, "service", UNTOLD),
        (asked, "request", ASKED),
        (unsent, "answer", UNSENT),
    )
    reasons = [words.format(count_words(number, thing)) for number, thing, words in said if number]
    if unlooked:
        statements = count_words(unlooked, "defence statement asks", "defence statements ask")
        reasons.append(UNLOOKED.format(statements))
    if promised:
        reasons.append(PROMISED.format(list_words(promised)))
    return tuple(reasons)
