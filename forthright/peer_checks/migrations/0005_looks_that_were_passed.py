"""Keeps who passed each letter in a look before it went; a letter named only the last of them."""

from typing import Any

from django.db import migrations


def keep_who_passed(apps: Any, schema_editor: Any) -> None:
    """Keep each look that was passed, once however often this runs."""
    using = schema_editor.connection.alias
    kept = apps.get_model("letters", "LookPassed").objects.using(using)
    checks = apps.get_model("peer_checks", "PeerCheck").objects.using(using)
    known = set(kept.values_list("version", "made_by", "made_at"))
    passed = checks.filter(answer="PASSED", checker__isnull=False).order_by("pk")
    rows = passed.values_list("letter", "version", "checker", "answered_at")
    kept.bulk_create(
        [
            kept.model(letter_id=letter, version_id=version, made_by_id=checker, made_at=at)
            for letter, version, checker, at in rows.iterator()
            if (version, checker, at) not in known
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    """Fills who passed letters before."""

    dependencies = [
        ("letters", "0019_looks_passed"),
        ("peer_checks", "0004_last_days_that_moved"),
    ]

    operations = [migrations.RunPython(keep_who_passed, migrations.RunPython.noop)]
