"""Which letters somebody still has in hand, for whoever closes their account."""

from forthright.accounts.models import User
from forthright.rules.words import count_words
from forthright.schemes.models import Duty


def letters_held_by(person: User) -> list[str]:
    """Return, as a sentence, how many letters owed this person is the drafter of, if any."""
    owed = Duty.objects.filter(drafter=person.pk, state=Duty.State.OPEN, sent_at=None).count()
    if not owed:
        return []
    return [
        (
            f"{count_words(owed, 'letter')} to draft or send. Each stays on the list of its unit "
            "with its deadline: another drafter is named on the page of the letter."
        )
    ]
