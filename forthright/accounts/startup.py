"""Refuses to start where strangers could walk in."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection

from forthright.accounts.models import Area, User

SHORTEST_KEY = 32


class UnsafeStart(Exception):
    """The product may not start like this; the message says why and how to mend it."""


def refuse_unsafe_start() -> None:
    """Refuse demo accounts, debug mode or a weak secret key, except in the demonstration.

    :raises UnsafeStart: with every reason at once
    """
    if reasons := [*unsafe_settings(), *unsafe_accounts()]:
        raise UnsafeStart("Forthright will not start.\n" + "\n".join(f"- {r}" for r in reasons))


def unsafe_settings() -> Iterator[str]:
    """Yield each setting that would let strangers in."""
    if settings.IS_DEMO:
        return
    if settings.DEBUG:
        yield (
            "Debug mode shows secrets to whoever meets a fault. Take FORTHRIGHT_DEBUG away, "
            "or use it in the demonstration only."
        )
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield (
            f"The secret key has {len(settings.SECRET_KEY)} characters and can be guessed. "
            f"Set FORTHRIGHT_SECRET_KEY to at least {SHORTEST_KEY} random characters."
        )


def unsafe_accounts() -> Iterator[str]:
    """Yield a reason if the database holds accounts that anybody may enter."""
    if settings.IS_DEMO or User._meta.db_table not in connection.introspection.table_names():
        return
    people = User.objects.filter(is_demo=True).count()
    if people or Area.objects.filter(is_demo=True).exists():
        yield (
            f"The database holds a demonstration with {people} made-up people, whom anybody may "
            "sign in as. Give the real product a database or data folder of its own "
            "(DATABASE_URL or FORTHRIGHT_HOME), or start the demonstration with ./run."
        )
