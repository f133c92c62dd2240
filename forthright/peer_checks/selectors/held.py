"""Which letters wait for somebody's look before they go, for whoever closes their account."""

from forthright.accounts.models import User
from forthright.peer_checks.models import PeerCheck
from forthright.rules.words import count_words


def checks_held_by(person: User) -> list[str]:
    """Return, as a sentence, how many letters wait for this person's look, if any."""
    waits = PeerCheck.objects.filter(checker=person.pk, answer="").count()
    if not waits:
        return []
    return [
        (
            f"{count_words(waits, 'letter')} to look at before they go. Once the account is "
            "closed they go to colleagues the next time that letters are given out."
        )
    ]
