"""What a member of the panel answered, for the file of all that is held about their marks."""

from forthright.accounts.models import User
from forthright.calibration.selectors.own import OwnMark
from forthright.panels.models import Meeting, Reading
from forthright.panels.selectors.asked import answers_offered
from forthright.rules.words import day_words, local

PANEL = "Panel"


def own_answers(user: User) -> list[OwnMark]:
    """Return each answer that this person gave to a question about a letter, also on paper."""
    rows = Reading.objects.filter(seat__member=user.pk).select_related("letter__meeting__edition")
    offered: dict[tuple[int, str], dict[str, str]] = {}
    return [
        OwnMark(
            given_at=each.saved_at,
            letter=f"Letter {each.letter.position} of the panel of "
            f"{day_words(local(each.letter.meeting.starts_at).date())}",
            how=PANEL,
            criterion=key,
            level=_words(each.letter.meeting, key, answer, offered),
        )
        for each in rows.order_by("saved_at", "pk")
        for key, answer in each.answers.items()
    ]


def _words(
    meeting: Meeting, key: str, answer: str, offered: dict[tuple[int, str], dict[str, str]]
) -> str:
    """Return an answer as it was offered; each question of a meeting is looked up once."""
    if (meeting.pk, key) not in offered:
        offered[meeting.pk, key] = dict(answers_offered(meeting, key))
    return offered[meeting.pk, key].get(answer, answer)
