"""Steps that the walks of letters share: approving one, sending it by e-mail, handing it over."""

from forthright.letters.models import Dispatch
from forthright.worker import steps
from forthright.worker.kinds import Work


def the_manager_approves(her, *, opens, reads):
    """Have a manager read and approve the one letter that waits."""
    her.follow("1 letter waits for your approval").follow(opens)
    her.follow("Read and approve the letter").see(reads)
    her.tick("Approve it").press("Record your decision").see("The letter is approved")


def the_officer_sends(him):
    """Have an officer send the one approved letter by e-mail."""
    him.go_to("Overview").follow("1 approved letter is to be sent").follow("Amira Osei")
    him.follow("Send the letter").see("amira.osei@example.test")
    him.tick("By e-mail").press("Send it").see("The letter goes by e-mail")


def the_worker_hands_over(post_office):
    """Have the worker hand the letter over; return the dispatch and the message that arrived."""
    dispatch = Dispatch.objects.get()
    steps.send_letter(Work(1, "letters.send", "a", {"dispatch": dispatch.pk}, None))
    return dispatch, post_office.kept.messages[0]
