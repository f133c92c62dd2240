"""Which rounds and faults wait for somebody, for whoever closes their account."""

from forthright.accounts.models import User
from forthright.calibration.models import RoundMarker, SystemicFinding
from forthright.rules.words import count_words


def calibration_held_by(person: User) -> list[str]:
    """Return, a sentence each, the rounds not marked and the faults not put right, if any."""
    said = []
    rounds = RoundMarker.objects.filter(
        person=person.pk, finished_at=None, round__closed_at=None
    ).count()
    if rounds:
        said.append(
            f"{count_words(rounds, 'calibration round')} not marked to the end. Whoever leads "
            "rounds closes each without these marks, or gives it up, on its page."
        )
    faults = SystemicFinding.objects.filter(
        owner=person.pk, state=SystemicFinding.State.MENDING
    ).count()
    if faults:
        said.append(
            f"{count_words(faults, 'fault that comes', 'faults that come')} again, taken on and "
            "not closed. Once the account is closed, whoever puts faults right may take "
            f"{'it' if faults == 1 else 'them'} over."
        )
    return said
