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
            f"sign in as. {_where_else()}"
        )


def _where_else() -> str:
    """Say what to do where made-up people stand in a database that is not for them."""
    real = (
        "Give the real product an empty data folder, or a database of its own (DATABASE_URL): "
        "FORTHRIGHT_HOME=/some/folder ./run --empty"
    )
    if settings.IS_FOR_REAL:
        return (
            f"But the data folder {settings.HOME} was prepared for real people and cases, so the "
            "demonstration does not start here either; for that name another folder: "
            f"FORTHRIGHT_HOME=/another/folder ./run. {real}"
        )
    return f"If the demonstration is what you want, start it with ./run. {real}"
