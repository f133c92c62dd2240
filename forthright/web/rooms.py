"""The rooms a person may enter, in the order they stand in the navigation."""

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, get_script_prefix, reverse

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission

# More links than these take two lines in a window 1280 px wide.
MOST_IN_A_LINE = 9


@dataclass(frozen=True, slots=True)
class Room:
    """One room: its name, its first page, who may enter, and what it is for."""

    words: str
    name: str
    permission: Permission
    purpose: str
    # Whether it is wanted every day, and so stands on the page "More" only where there are more
    # such rooms than the line has space for.
    is_daily: bool = True

    @property
    def address(self) -> str:
        """Return the address of its first page, or nothing where there is none."""
        return _address_of(self.name, get_script_prefix())

    def holds(self, path: str) -> bool:
        """Say whether a page is one of the room's."""
        address = self.address
        return path == address or (address != "/" and path.startswith(address))


@cache
def _address_of(name: str, prefix: str) -> str:
    """Return the address of a page, which is the same for as long as the product runs.

    :param prefix: where the product is served below, which the address begins with
    """
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


ROOMS = (
    Room("Overview", "home:overview", Permission.OVERVIEW_SEE, "what needs you today"),
    Room("Morning list", "morning_lists:start", Permission.MORNING_SEE, "what waits in a unit this "
         "morning: letters by the hour, who holds each, and reminders"),
    Room("Letters", "schemes:duties", Permission.DUTY_SEE, "every letter that is owed, whether or "
         "not it was written, with the reason for its due date"),
    Room("Disclosure", "disclosure:duties", Permission.DISCLOSURE_SEE, "the duty to disclose "
         "unused material to each defendant: schedules, endorsements, service, what follows"),
    Room("Returned schedules", "disclosure:returns", Permission.RETURN_ANSWER, "schedules of "
         "unused material that prosecutors returned to your unit, and your answers"),
    Room("Recordings", "hard_media:cases", Permission.MEDIA_SEE, "what must be seen or heard "
         "before each hearing, what is held, and who has it; discs, labels and stock-takes"),
    Room("Owed by the police", "hard_media:owed", Permission.MEDIA_OWED_SEE, "the recordings that "
         "your force is asked for"),
    Room("Checks", "peer_checks:checks", Permission.LETTER_CHECK, "the letters of colleagues that "
         "you look at before they go, and your own that came back"),
    Room("Samples", "samples:draws", Permission.SAMPLE_SEE, "the letters drawn each week to be "
         "marked, and how they were drawn"),
    Room("Marking", "reviews:reviews", Permission.REVIEW_SEE, "the drawn letters that wait for "
         "your marks, and those you have marked"),
    Room("Feedback", "reviews:feedback_list", Permission.FEEDBACK_ANSWER, "what was good and what "
         "to change in the letters you drafted, and your answer"),
    Room("Calibration", "calibration:rounds", Permission.CALIBRATION_SEE, "letters that several "
         "people mark without one another's marks, and what they agree on", is_daily=False),
    Room("Agreement", "calibration:agreement", Permission.REVIEW_SEE, "how far first and second "
         "marks agree, criterion by criterion", is_daily=False),
    Room("Leniency", "calibration:leniency", Permission.LENIENCY_SEE, "how lenient marks are, "
         "yours first; the Area’s figure set right beside the raw one", is_daily=False),
    Room("Faults that come again", "calibration:findings", Permission.FINDING_SEE, "the same "
         "fault in several letters, and who puts right what causes it", is_daily=False),
    Room("Reports", "reports:weeks", Permission.REPORT_SEE, "the weekly assurance report; each "
         "figure opens the records behind it"),
    Room("Panel", "panels:meetings", Permission.PANEL_SEE, "what the independent panel read and "
         "found, and what was done about it", is_daily=False),
    Room("Panel findings", "panels:findings", Permission.PANEL_ANSWER, "what the panel found and "
         "gave to you by name to answer", is_daily=False),
    Room("Letters to read", "panels:packs", Permission.PANEL_READ, "the anonymised letters that "
         "you were given to read for the panel"),
    Room("Anonymised letters", "panels:letters", Permission.LETTER_ANONYMISE, "letters without "
         "what says who they are about, each released by two people", is_daily=False),
    Room("Imports", "extracts:imports", Permission.IMPORT_SEE, "extracts from other systems, "
         "checked row by row before anything is loaded"),
    Room("Letters looked at", "peer_checks:unit", Permission.CHECKS_SEE, "the letters that are "
         "looked at before they go: what waits, who has it, and what came of it", is_daily=False),
    Room("Templates", "letter_templates:templates", Permission.TEMPLATE_SEE, "the wording that "
         "letters are made of, changed by one person and approved by another", is_daily=False),
    Room("Standards", "standards:editions", Permission.STANDARD_SEE, "what a good letter is, with "
         "examples", is_daily=False),
    Room("Contacts", "letters:contacts", Permission.CONTACTS_SEE, "the numbers, addresses and "
         "support services that letters may name", is_daily=False),
    Room("Time limits", "schemes:rules", Permission.SCHEME_SEE, "the rules and bank holidays that "
         "due dates are worked out from", is_daily=False),
    Room("Recording periods", "hard_media:periods", Permission.SCHEME_SEE, "the numbers of days "
         "that recordings are watched by, each with its source", is_daily=False),
    Room("Police partners", "hard_media:partners", Permission.PEOPLE_CHANGE, "which force each "
         "police partner is of, so that they see what it is asked for", is_daily=False),
    Room("Addresses of units", "hard_media:mailboxes", Permission.PEOPLE_CHANGE, "where whoever "
         "got a link from a unit writes to it", is_daily=False),
    Room("People", "accounts:people", Permission.PEOPLE_SEE, "who has an account, with which role "
         "and unit", is_daily=False),
    Room("Record", "audit:events", Permission.AUDIT_SEE, "what was done in Forthright, by whom "
         "and when", is_daily=False),
    Room("Background work", "web:jobs", Permission.WORK_SEE, "reports, draws and other long "
         "tasks, and why one failed", is_daily=False),
)  # fmt: skip


def rooms_in_line(user: User) -> list[Room]:
    """Return the rooms that stand in the navigation of every page; the first come first."""
    rooms = _rooms_of(user)
    if len(rooms) <= MOST_IN_A_LINE:
        return rooms
    return [each for each in rooms if each.is_daily][:MOST_IN_A_LINE]


def rooms_under_more(user: User) -> list[Room]:
    """Return the rooms that stand on the page "More" instead, for want of space; often none."""
    in_line = rooms_in_line(user)
    return [each for each in _rooms_of(user) if each not in in_line]


def _rooms_of(user: User) -> list[Room]:
    return [each for each in ROOMS if has_permission(user, each.permission) and each.address]
