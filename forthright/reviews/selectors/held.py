"""Which second marks somebody still owes, for whoever closes their account."""

from forthright.accounts.models import User
from forthright.reviews.models import SecondMarking
from forthright.rules.words import count_words


def second_marks_held_by(person: User) -> list[str]:
    """Return, as a sentence, how much waits for this person's second marks, if anything."""
    waits = SecondMarking.objects.filter(marker=person.pk, marked_at=None).count()
    if not waits:
        return []
    return [
        (
            f"{count_words(waits, 'second marking')} not finished. Once the account is closed they "
            "go to other markers the next time that second marks are given out, who begin anew."
        )
    ]
