"""Readies the database and the settings for a command that needs them."""

import django
from django.core.exceptions import ImproperlyConfigured

from forthright.cli.refusals import stop


def set_up() -> None:
    """Set up Django; where its settings are refused, say why and end."""
    try:
        django.setup()
    except ImproperlyConfigured as refusal:
        stop(str(refusal))
