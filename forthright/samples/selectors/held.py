"""What of the samples somebody has still to mark, for whoever closes their account."""

from forthright.accounts.models import User
from forthright.rules.words import count_words
from forthright.samples.models import DrawnLetter


def drawn_held_by(person: User) -> list[str]:
    """Return, as a sentence, how much of the samples waits for this person's marks, if anything."""
    waits = DrawnLetter.objects.filter(marker=person.pk, state=DrawnLetter.State.TO_MARK).count()
    if not waits:
        return []
    return [
        (
            f"{count_words(waits, 'letter or disclosure', 'letters and disclosures')} of samples "
            "to mark. They wait until whoever draws samples gives each to another marker, on the "
            "page of the sample."
        )
    ]
