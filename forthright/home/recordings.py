"""What the recordings of cases need of this person today, and what the police are asked for."""

from datetime import date

from django.urls import reverse

from forthright.accounts.models import User
from forthright.hard_media.selectors import police
from forthright.hard_media.selectors import waiting as recordings
from forthright.home.task import Task
from forthright.rules.words import count_words
from forthright.web import clock


def recording_tasks(user: User, today: date) -> list[Task]:
    """Return what the hearing ladder asks of this person, the most pressing first."""
    found = recordings.waiting_for(user, today)
    lines = (
        (found.missed, "case", "not ready by its hearing", "not ready by their hearings",
         "show=missed"),
        (found.red, "case", "red before its hearing", "red before their hearings", "show=red"),
        (found.amber, "case", "amber before its hearing", "amber before their hearings",
         "show=amber"),
        (found.gone, "case", "with a recording that is not here any more",
         "with recordings that are not here any more", "show=gone"),
        (found.unsent, "case", "with a link whose e-mail has not gone",
         "with links whose e-mails have not gone", "show=unsent"),
        (found.to_disclose, "case", "with an unused recording that the next firm does not have",
         "with unused recordings that the next firm does not have", "show=disclose"),
        (found.links_guessed, "case", "with a link that wrong codes closed",
         "with links that wrong codes closed", "show=guessed"),
        (found.links_ending, "case", "with a link that ends before the hearing is over",
         "with links that end before the hearing is over", "show=links"),
        (found.came_after, "recording", "that came for a closed case",
         "that came for closed cases", "task=came"),
        (found.link_ends, "recording", "to view before its link ends",
         "to view before their links end", "task=ends"),
        (found.to_view, "recording", "to view", "to view", "task=view"),
        (found.to_classify, "recording", "to classify", "to classify", "task=classify"),
        (found.to_ask_for, "recording", "named and not asked for", "named and not asked for",
         "task=ask"),
        (found.to_chase, "recording", "asked for a week ago or longer, and not come",
         "asked for a week ago or longer, and not come", "task=chase"),
    )  # fmt: skip
    tasks = [
        Task(
            words=f"{count_words(number, noun)} {one if number == 1 else many}",
            address=f"{reverse('hard_media:cases')}?{shown}",
        )
        for number, noun, one, many, shown in lines
        if number
    ]
    if found.misplaced:
        words = count_words(found.misplaced, "disc or stick is", "discs or sticks are")
        address = f"{reverse('hard_media:discs')}?misplaced=yes"
        words = f"{words} with somebody who must not have it, or may be"
        tasks.insert(0, Task(words=words, address=address))
    if found.passed_on:
        words = count_words(found.passed_on, "disc or stick that", "discs or sticks that")
        task = Task(
            words=f"{words} another unit handed over to yours",
            address=f"{reverse('hard_media:discs')}?passed_on=yes",
            hint="Look whether it is here, and open its page.",
        )
        tasks.append(task)
    tasks = [*_missing_tasks(found), *tasks]
    for item in found.shut_copies:
        task = Task(
            words=f"A copy of {item} in {item.case} that was shared is shut",
            address=reverse("hard_media:item", args=[item.pk]),
            hint="It holds captions, or another moment than was asked for. Take it back.",
        )
        tasks.insert(0, task)
    for item in found.to_ask_back:
        task = Task(
            words=f"What was taken back of {item} in {item.case} may still be with whoever had it",
            address=reverse("hard_media:item", args=[item.pk]),
            hint="Ask them to delete or return it. It may be a personal data breach.",
        )
        tasks.insert(0, task)
    for item in found.in_bags:
        task = Task(
            words=f"{item} in {item.case} is in a bag that left, and is to be asked for",
            address=reverse("hard_media:item", args=[item.pk]),
            hint="Ask whoever has it to delete it. It may be a personal data breach.",
        )
        tasks.insert(0, task)
    for item in found.damaged:
        task = Task(
            words=f"What is kept of {item} in {item.case} is damaged",
            address=reverse("hard_media:item", args=[item.pk]),
            hint="Nobody is given it. Take the same file in again, or ask the police for it again.",
        )
        tasks.insert(0, task)
    return tasks


def _missing_tasks(found: recordings.Waiting) -> list[Task]:
    """Return what to do about discs and sticks that are missing or lost, the gravest first."""
    address = f"{reverse('hard_media:discs')}?missing=yes"
    lines = (
        (found.missing_secret, "with something sensitive ",
         "This may be a personal data breach: report it within your office at once."),
        (found.missing, "",
         "Look for it, and ask again for what is here no more. It may be a personal data breach."),
    )  # fmt: skip
    return [
        Task(
            words=f"{count_words(number, f'disc or stick {on}is', f'discs or sticks {on}are')} "
            "missing",
            address=address,
            hint=hint,
        )
        for number, on, hint in lines
        if number
    ]


def police_tasks(user: User) -> list[Task]:
    """Return what a police partner's force is asked for and was told."""
    asked, told = police.number_asked(user), police.number_told(user, clock.now())
    lines = (
        (asked, f"{count_words(asked, 'recording')} that your force is asked for"),
        (told, f"{count_words(told, 'reason')} about recordings that you may dispute"),
    )
    return [Task(words=words, address=reverse("hard_media:owed")) for number, words in lines
            if number]  # fmt: skip
