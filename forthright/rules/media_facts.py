"""What the hearing ladder is worked out from: a case, its defendants, recordings and shares."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from forthright.rules.media_ended import has_ended

COURT = "court"


class Classification(StrEnum):
    """What the prosecution makes of a recording."""

    NOT_ASSESSED = "NOT_ASSESSED"
    RELIED_ON = "RELIED_ON"
    UNUSED = "UNUSED"
    SENSITIVE = "SENSITIVE"
    NOT_RELEVANT = "NOT_RELEVANT"

    @property
    def words(self) -> str:
        """Say it as people read it."""
        return {
            Classification.NOT_ASSESSED: "Not assessed",
            Classification.RELIED_ON: "Relied on",
            Classification.UNUSED: "Unused",
            Classification.SENSITIVE: "Sensitive",
            Classification.NOT_RELEVANT: "Not relevant",
        }[self]

    @property
    def is_taken_back(self) -> bool:
        """Say whether a recording found to be this is taken back from everybody who has it."""
        return self in (Classification.SENSITIVE, Classification.NOT_RELEVANT)

    @property
    def not_shared_because(self) -> str:
        """Say why a recording of this kind is not waited for."""
        return {
            Classification.SENSITIVE: "Sensitive: never shared.",
            Classification.UNUSED: "Unused: shared only where it is disclosed.",
            Classification.NOT_RELEVANT: "Not relevant: not shared.",
        }.get(self, "")


# What may go out to a party.
MAY_BE_SHARED = frozenset({Classification.RELIED_ON, Classification.UNUSED})
# Of which a case waits until everybody has it.
WAITED_FOR = frozenset({Classification.RELIED_ON, Classification.NOT_ASSESSED})


class Gives(StrEnum):
    """What a share gives of a recording."""

    WHOLE = "WHOLE"
    # A copy in which something is hidden stands for the recording; a clip does not.
    IN_PLACE = "IN_PLACE"
    CLIP = "CLIP"
    # Of a recording of several files not all: one came later.
    PART = "PART"
    # Copies in which something is hidden of some of its files, and of the others nothing.
    SOME_COPIES = "SOME_COPIES"

    @property
    def is_all(self) -> bool:
        """Say whether whoever has it has the recording, or what stands for all of it."""
        return self in (Gives.WHOLE, Gives.IN_PLACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Of what a share gives a file as it came, or a copy of it, by their keys.

    Without a file it is a recording of which no file was here when it was given.
    """

    file: str = ""
    copy: str = ""
    # Whether the copy stands for all of its file: it is no clip, and of no single camera or sound.
    is_in_place: bool = False

    def is_as_much_as(self, other: "Part") -> bool:
        """Say whether whoever has this has what the other gives, or what stands for it."""
        if not other.file:
            return True
        is_enough = self.is_in_place if self.copy and not other.copy else not self.copy
        return self.file == other.file and (is_enough or self.copy == other.copy)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareFacts:
    """One recording given to one party: its key, and the words for it where they are told."""

    party: str
    to: str = ""
    shared_on: date
    opened_on: date | None = None
    link_expires_on: date | None = None
    is_revoked: bool = False
    gives: Gives = Gives.WHOLE
    # What that is one by one.
    parts: frozenset[Part] = frozenset({Part()})
    # What it gives is, byte for byte, the file of a sensitive recording, or holds what it hides.
    is_shut: bool = False
    # It goes by a link from here, and the e-mail with that has not gone.
    is_unsent: bool = False
    # When so many wrong codes were entered for its link that it opens nothing any more.
    closed_on: date | None = None
    # Since when what its link opens is known to be damaged, so that nothing is handed out.
    broken_on: date | None = None
    # When the last of its files was viewed here, where that was only after it was recorded.
    viewed_on: date | None = None

    @property
    def counts_on(self) -> date:
        """Return since when it gives what was viewed: its own day, or that of viewing the last."""
        return max(self.shared_on, self.viewed_on or self.shared_on)

    @property
    def proved_on(self) -> date | None:
        """Return the day on which it was opened; one after its link had ended proves nothing."""
        opened = self.opened_on
        ends = (self.link_expires_on, self.closed_on, self.broken_on)
        return None if opened and any(each and opened > each for each in ends) else opened


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """One recording: what is known of it, and whom it was shared with."""

    key: str
    name: str
    classification: Classification = Classification.NOT_ASSESSED
    # Whether it goes to nobody: it is sensitive, or was and nobody has assessed what comes now.
    is_barred: bool = False
    is_requested: bool = False
    # Taken up again after it was withdrawn, and not asked for since.
    is_taken_up: bool = False
    is_received: bool = False
    # Why nothing of what came is here any more, in words; nothing where it is here.
    gone: str = ""
    # Whether a second copy of the same was asked for, and has not come.
    is_second_asked: bool = False
    # None where nobody has tried.
    is_readable: bool | None = None
    is_described: bool = False
    viewed_on: date | None = None
    # Files that came after it was viewed, and that nobody has viewed.
    unviewed: int = 0
    shares: tuple[ShareFacts, ...] = ()

    @property
    def is_waited_for(self) -> bool:
        """Say whether a case waits for this recording."""
        return self.classification in WAITED_FOR

    @property
    def is_viewed(self) -> bool:
        """Say whether a prosecutor saw or heard all of it that is here."""
        return self.viewed_on is not None and not self.unviewed


@dataclass(frozen=True, slots=True, kw_only=True)
class DefendantFacts:
    """One defendant, and the party by which their firm is known; None where nobody is.

    Before a hearing it is the firm that has the case on its day; where that takes over only then,
    `takes_over_on` is the day, and `until_then` the firm before it.
    """

    name: str
    party: str | None = None
    firm: str = ""
    is_unrepresented: bool = False
    takes_over_on: date | None = None
    until_then: str = ""
    # The parties by which those are known who had the case before.
    former: tuple[str, ...] = ()
    # The day on which the case ended for them; from then on nothing is owed to them.
    ended_on: date | None = None
    # What has an end of it that nobody recorded here, and of which day.
    said_to_end: str = ""

    @property
    def words(self) -> str:
        """Say who is to have a recording for this defendant."""
        if self.party is None:
            return f"whoever represents {self.name}, which nobody has recorded"
        return f"{self.firm} for {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    key: str
    hearing_on: date | None = None
    # Whether the day is counted from sending, because the court has not listed it.
    is_estimated: bool = False
    # Whether somebody closed it after its hearing, though it was not ready.
    is_closed: bool = False
    defendants: tuple[DefendantFacts, ...] = ()
    items: tuple[ItemFacts, ...] = ()
    # The case as it was at the end of the day of its hearing, where something changed since.
    then: "CaseFacts | None" = None

    @property
    def has_ended(self) -> bool:
        """Say whether it has ended for every defendant, so that nobody is asked for anything."""
        return has_ended(each.ended_on for each in self.defendants)


def is_described(shows: str, *, least: int) -> bool:
    """Say whether words tell what a recording shows, and not only its kind."""
    return len(" ".join(shows.split())) >= least
