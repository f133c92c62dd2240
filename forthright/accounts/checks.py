"""Tells Django's own checks what would stop the product from starting."""

from typing import Any

from django.core.checks import Error, Tags, register

from forthright.accounts import startup


@register(Tags.security)
def settings_are_safe(**_: Any) -> list[Error]:
    """Return an error for each setting that would let strangers in."""
    return [Error(reason, id="forthright.E001") for reason in startup.unsafe_settings()]


@register(Tags.database)
def accounts_are_safe(*, databases: Any = None, **_: Any) -> list[Error]:
    """Return an error if the database holds accounts that anybody may enter."""
    if not databases:
        return []
    return [Error(reason, id="forthright.E002") for reason in startup.unsafe_accounts()]
