"""Refuses what was said of a page on which something else stands by now."""

from forthright.disclosure.models import DisclosureDuty
from forthright.web.meanwhile import ChangedMeanwhile, newest_event, who_did

CHANGES = ("item.endorsed", "items.endorsed", "item.set_aside", "request.answered",
           "disclosure.served")  # fmt: skip


def check_shown(
    duty: DisclosureDuty, opened: str | None, stands: str, what_next: str, *,
    is_all_served: bool = False,
) -> None:  # fmt: skip
    """Refuse what was said of another list than stands; nobody answers for what they did not see.

    :param is_all_served: whether nothing is left to serve; so it is of two who record one service
    :raises ChangedMeanwhile: with who changed it, and what to do
    """
    if opened in {None, stands}:
        return
    newest = newest_event(duty, *CHANGES)
    words = f"What is to be disclosed was changed after you opened the page{who_did(newest)}."
    if is_all_served and newest and newest.name == "disclosure.served":
        words = f"A service was recorded after you opened the page{who_did(newest)}."
        what_next = (
            "Nothing more is to be served, and nothing of yours was kept: leave the page. Was "
            "there another service, or was something written down wrong? Correct it on the page "
            "of the duty."
        )
    raise ChangedMeanwhile(f"{words} {what_next}", stands=stands)
