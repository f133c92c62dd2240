"""The steps of our jobs: each reads what was asked and calls one service."""

from django.contrib.sessions.models import Session

from forthright.web import clock
from forthright.worker.kinds import Work


def clear_sessions(work: Work) -> int:
    """Delete the sign-ins that have run out; return how many."""
    return Session.objects.filter(expire_date__lt=clock.now()).delete()[0]
