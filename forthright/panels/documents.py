"""A pack as a file: tagged PDF to read, booklet to print with a sheet for answers; invitations."""

from collections.abc import Mapping

from django.template.loader import render_to_string

from forthright.accounts.policies import NotAllowed
from forthright.letter_files.letter_page import printed
from forthright.letter_files.page_margins import mark_page_margins
from forthright.letter_files.reading import FileRefused
from forthright.panels.models import Meeting, Recognition, Seat
from forthright.panels.selectors.asked import (
    answers_offered,
    leaves_out,
    numbers_of,
    questions_by_letter,
    standard_of,
)
from forthright.panels.selectors.finished import left_in_pack, letters_that_tell, lines_of
from forthright.panels.selectors.meetings import (
    PackLine,
    meeting_before,
    not_given_to,
    pack_lines,
    put_aside_by,
)
from forthright.panels.selectors.named import (
    findings_left_open,
    findings_shown,
    kept_of_meeting,
    named_in,
    place_shown,
)
from forthright.panels.selectors.on_paper import Issue
from forthright.rules.invitations import Invitation, ics_of
from forthright.rules.panel_questions import DECLARATION, NAME_NOBODY
from forthright.rules.words import day_words, list_words, moment_words

READ_HERE = (
    "so it is not handed out. Read the letters here, and tell whoever keeps the panel: “Booklet to "
    "print” shows them what to mend."
)


def pack_pdf(seat: Seat, lines: list[PackLine], *, booklet: Issue | None = None) -> bytes:
    """Return a member's pack as a tagged PDF with their name on every page.

    The caller has asked the gate about each letter this minute. The booklet is larger in type and
    has boxes to tick while the marks are open, for who reads on paper; each page says which issue
    it is of, and when it was printed.

    :raises NotAllowed: if the finished file still names somebody of one of the cases, or cannot be
        searched for it
    """
    import weasyprint  # its libraries take a second to load, and most requests never print

    meeting = seat.meeting
    asked = questions_by_letter(meeting, [each.letter for each in lines])
    # By the same numbers the answers are typed in.
    number = numbers_of(meeting)
    offered = {key: [said for _, said in answers_offered(meeting, key)] for key in number}
    standards = [
        (number[key], words, standard_of(meeting, key)) for key, words in meeting.questions
    ]
    before = meeting_before(meeting)
    mark = f"{watermark(seat)} {booklet.words}." if booklet else watermark(seat)
    context = {
        "meeting": meeting,
        "place": place_shown(meeting),
        "seat": seat,
        "mark": mark,
        "mark_in_style": _in_style(mark),
        "is_booklet": booklet is not None,
        "goes_back_to": _goes_back_to(booklet, meeting) if booklet else "",
        "name_nobody": NAME_NOBODY,
        "knows_by": Recognition.By.labels,
        "takes_answers": meeting.state == Meeting.State.OPEN,
        "declaration": DECLARATION,
        "findings": findings_shown(before) if before else [],
        "left_open": findings_left_open(before) if before else [],
        "standards": [each for each in standards if each[2] is not None],
        "letters": [
            (each.letter.position, lines_of(each.anonymised.text),
             [(number[key], words, offered[key]) for key, words in asked[each.letter.pk]],
             leaves_out(meeting, asked[each.letter.pk]))
            for each in lines if each.anonymised is not None
        ],
    }  # fmt: skip
    html = render_to_string("panels/pack_print.html", context)
    page = weasyprint.HTML(string=printed(html))
    content = bytes(page.write_pdf(finisher=mark_page_margins, pdf_variant="pdf/ua-1"))
    letters = [each.anonymised for each in lines if each.anonymised is not None]
    try:
        left = left_in_pack(content, letters, seat.member.full_name)
    except FileRefused as refusal:
        raise NotAllowed(_unread(str(refusal), is_for_keeper=booklet is not None)) from refusal
    if left:
        raise NotAllowed(_refused(seat, lines, left, is_for_keeper=booklet is not None))
    return content


def note_pdf(context: Mapping[str, object]) -> bytes:
    """Return the published note of a meeting as a tagged PDF, from what its page shows."""
    import weasyprint  # its libraries take a second to load, and most requests never print

    page = weasyprint.HTML(string=printed(render_to_string("panels/note_print.html", context)))
    return bytes(page.write_pdf(finisher=mark_page_margins, pdf_variant="pdf/ua-1"))


def _refused(seat: Seat, lines: list[PackLine], left: list[str], *, is_for_keeper: bool) -> str:
    """Say why a finished pack is not handed out, and what to do; a member learns no letter."""
    if not is_for_keeper:
        return f"The finished file may say whom a letter is about, {READ_HERE}"
    letters = [each.anonymised for each in lines if each.anonymised is not None]
    telling = {each.pk for each in letters_that_tell(letters, seat.member.full_name)}
    at = [
        str(each.letter.position)
        for each in lines if each.anonymised is not None and each.anonymised.pk in telling
    ]  # fmt: skip
    held = (
        f"The finished booklet holds a full name or a number of one of its cases, in "
        f"{list_words(left)}, so it is not handed out."
    )
    if not at:
        return (
            f"{held} No letter does: it stands around them, in the place of the meeting, which "
            "“Change when or where” puts right, or in what members are asked."
        )
    which = f"letter {at[0]}" if len(at) == 1 else f"letters {list_words(at)}"
    return (
        f"{held} Look at {which}: open it from the page of the meeting, withdraw it, hide those "
        "words, and have it released again. Then print the booklet."
    )


def _unread(refused: str, *, is_for_keeper: bool) -> str:
    """Say why a finished pack that nobody can search is not handed out, and what to do."""
    if not is_for_keeper:
        return f"The finished file cannot be searched for names, {READ_HERE}"
    return (
        "The finished booklet cannot be searched for names, so it is not handed out. "
        f"{refused.partition('. ')[0]}. Take signs that are no letters, as an emoji, out of the "
        "place of the meeting and what members are asked; where one stands in a letter, withdraw "
        "it, hide the sign, and have it released again. Then print the booklet."
    )


def _goes_back_to(booklet: Issue, meeting: Meeting) -> str:
    """Say where a booklet is sent: not by a name, nor by what names somebody of one of its cases.

    A unit may be called as a street is, and an address as an accused.
    """
    by, cases = booklet.printed_by, kept_of_meeting(meeting)
    if by is None:
        return "whoever invited you"
    where = [str(by.unit), str(by.area)] if by.unit else [str(by.area)]
    name, _, at = by.email.partition("@")
    said = [each for each in where if not named_in(each, cases)]
    if not named_in(name.replace(".", " ").replace("_", " ").replace("-", " "), cases):
        said.append(f"{name}@{at}")
    return f"whoever invited you: {', '.join(said)}" if said else "whoever invited you"


def _in_style(words: str) -> str:
    """Return words as they stand in a style sheet, whatever signs a name holds."""
    return "".join(each if each.isalnum() or each == " " else f"\\{ord(each):x} " for each in words)


def watermark(seat: Seat) -> str:
    """Return what stands behind every page of a pack: whose it is, so that a copy tells."""
    meeting = seat.meeting
    return (
        f"For {seat.member} alone: panel {meeting.number}, copy {seat.number}. "
        f"Not to be copied. Give it back by {day_words(meeting.pack_until)}."
    )


def invitation_of(meeting: Meeting) -> bytes:
    """Return the invitation to a meeting as a calendar file."""
    return ics_of(
        Invitation(
            uid=f"panel-{meeting.pk}@forthright",
            title=f"Panel {meeting.number}: letters to victims",
            place=place_shown(meeting),
            about=_about(meeting),
            starts_at=meeting.starts_at,
            minutes=meeting.minutes,
            written_at=meeting.cancelled_at or meeting.changed_at or meeting.planned_at,
            changes=meeting.changes + (meeting.cancelled_at is not None),
            is_cancelled=meeting.cancelled_at is not None,
        )
    )


def _about(meeting: Meeting) -> str:
    if meeting.cancelled_at is not None:
        return "This meeting was called off. Nobody reads its letters any more."
    return (
        f"The letters can be read in Forthright until {day_words(meeting.pack_until)}. "
        f"The meeting begins {moment_words(meeting.starts_at)}."
    )


def lines_to_print(seat: Seat) -> list[PackLine]:
    """Return the letters of a member's pack that may be printed for them.

    They are released, not left out, given to this member and not put aside by them.
    """
    aside = put_aside_by(seat) | not_given_to(seat)
    return [
        each for each in pack_lines(seat.meeting)
        if each.is_ready and not each.is_left_out and each.letter.pk not in aside
    ]  # fmt: skip
