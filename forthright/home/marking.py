"""Lines of the overview about letters and disclosures that were drawn to be marked."""

from functools import cached_property

from django.urls import reverse

from forthright.accounts.models import User
from forthright.home.task import Task
from forthright.reviews import selectors as reviews
from forthright.reviews.models import Review, SecondMarking
from forthright.reviews.selectors.second_marks import second_marks_to_give
from forthright.reviews.selectors.second_urgent import second_marks_to_act_on
from forthright.rules.sampled import Subject
from forthright.rules.words import count_words
from forthright.samples import selectors as samples
from forthright.samples.models import DrawnLetter

MARKING_TAKES = {
    Subject.LETTERS: "About five minutes each.",
    Subject.DISCLOSURE: "You read the schedules and what was written against each item.",
}


class ToMark:
    """What waits for somebody who marks, read once for letters and disclosures together."""

    def __init__(self, user: User) -> None:
        """Ask nothing yet: whoever marks neither has no line."""
        self._user = user

    def tasks(self, subject: Subject) -> list[Task]:
        """Return what waits of letters, or of disclosures: to mark, to mark again, to tell of."""
        words = subject.words
        letters = [each for each in self._drawn if each.subject is subject]
        tasks = [
            Task(
                words=f"{count_words(len(letters), f'drawn {words.thing}')} to mark",
                address=reverse("reviews:mark", args=[letters[0].pk]),
                hint=f"{MARKING_TAKES[subject]} What you mark is saved as you go.",
            )
        ] if letters else []  # fmt: skip
        critical = [each for each in self._critical if each.review.edition.subject == subject]
        if critical:
            found = " and ".join(critical[0].found.split())
            tasks.insert(0, Task(
                words=f"Second marks of {count_words(len(critical), words.thing)} found something "
                "critical: say today what follows",
                address=reverse("reviews:second_marks", args=[critical[0].pk]),
                hint=f"{critical[0].named}: {found} not met, and met by the first marks.",
            ))  # fmt: skip
        again = [each for each in self._again if each.review.edition.subject == subject]
        if again:
            tasks.append(
                Task(
                    words=f"{count_words(len(again), words.thing)} of other units to mark again",
                    address=reverse("reviews:second_mark", args=[again[0].pk]),
                    hint="Chosen by lot. You see the first marks when yours are finished.",
                )
            )
        to_tell = [each for each in self._to_tell if each.edition.subject == subject]
        if to_tell:
            drafters = count_words(len(to_tell), f"{words.author} has", f"{words.authors} have")
            tasks.append(
                Task(
                    words=f"{drafters} not been told of your marks",
                    address=reverse("reviews:feedback_give", args=[to_tell[0].drawn_letter_id]),
                    hint=f"A marking is finished when the {words.author} knows.",
                )
            )
        return tasks

    @cached_property
    def _drawn(self) -> list[DrawnLetter]:
        rows = reviews.letters_to_mark(self._user).select_related(None)
        # Through whose hands each went is long to ask, and many have none to mark.
        own = DrawnLetter.objects.filter(marker=self._user.pk, state=DrawnLetter.State.TO_MARK)
        return list(rows) if own.exists() else []

    @cached_property
    def _again(self) -> list[SecondMarking]:
        rows = second_marks_to_give(self._user).select_related(None)
        return list(rows.select_related("review__edition"))

    @cached_property
    def _critical(self) -> list[SecondMarking]:
        return list(second_marks_to_act_on(self._user))

    @cached_property
    def _to_tell(self) -> list[Review]:
        rows = reviews.reviews_to_finish(self._user).select_related(None)
        return list(rows.select_related("edition"))


def sample_tasks(user: User) -> list[Task]:
    """Return the letters and the disclosures that were drawn and have nobody to mark them."""
    waiting = samples.letters_without_marker(user).values_list("draw", "disclosure", "duty")
    rows = list(waiting)
    draws = {
        Subject.LETTERS: [draw for draw, disclosure, _ in rows if disclosure is None],
        Subject.DISCLOSURE: [draw for draw, _, duty in rows if duty is None],
    }
    return [_without_marker(subject, found) for subject, found in draws.items() if found]


def _without_marker(subject: Subject, draws: list[int]) -> Task:
    thing = subject.words.thing
    number = count_words(len(draws), f"drawn {thing} has", f"drawn {subject.words.things} have")
    did = {Subject.LETTERS: "drafted, wrote or approved", Subject.DISCLOSURE:
           "endorsed, approved or served"}[subject]  # fmt: skip
    return Task(
        words=f"{number} nobody to mark {'it' if len(draws) == 1 else 'them'}",
        address=reverse("samples:draw", args=[draws[0]]),
        hint=f"Whoever {did} a {thing} cannot mark it. Choose somebody.",
    )
