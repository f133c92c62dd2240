"""House rules that no reader needs to look for."""

import ast

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import ForeignKey, OneToOneField
from django.urls import URLPattern, URLResolver, get_resolver

from tests.guards.tree import HOUSE, files

ORDER = ["accounts", "audit", "web", "people", "cases", "schemes", "standards",
         "letter_templates", "letters", "disclosure", "hard_media", "extracts", "samples",
         "peer_checks", "reviews", "calibration", "watches", "panels", "morning_lists",
         "reports",
         "home"]  # fmt: skip
OURS = [model for room in ORDER for model in apps.get_app_config(room).get_models()]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_is_personal_or_plain(model):
    fields = {field.name for field in model._meta.get_fields() if field.concrete}

    assert fields == model.PERSONAL | model.PLAIN
    assert not model.PERSONAL & model.PLAIN


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_links_between_rooms_point_down_and_are_hidden(model):
    room = model._meta.app_label
    for field in model._meta.get_fields():
        if not isinstance(field, ForeignKey | OneToOneField):
            continue
        other = field.related_model._meta.app_label
        if other == room:
            continue
        assert ORDER.index(other) < ORDER.index(room), f"{field} points up"
        assert field.remote_field.related_name == "+", f"{field} can be read from below"


def pages(patterns=None, prefix=""):
    """Yield every address of ours with its view."""
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(entry, URLResolver):
            yield from pages(entry.url_patterns, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern) and entry.callback.__module__.startswith("forthright"):
            yield prefix + str(entry.pattern), entry.callback


def test_every_page_declares_its_permission():
    undeclared = [address for address, view in pages() if not hasattr(view, "permission")]

    assert undeclared == []


def test_every_service_says_who_and_when():
    missing = []
    for file in (
        *HOUSE.glob("forthright/*/services.py"),
        *HOUSE.glob("forthright/*/services/*.py"),
    ):
        for node in ast.parse(file.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            writes = any(ast.unparse(d) == "transaction.atomic" for d in node.decorator_list)
            named = {a.arg for a in (*node.args.kwonlyargs, *node.args.args)}
            if writes and not {"by", "at"} <= named:
                missing.append(f"{file.relative_to(HOUSE)}:{node.name}")

    assert missing == []


def test_no_file_outgrows_a_reader():
    long = {
        str(file.relative_to(HOUSE)): lines
        for file in files()
        if file.suffix == ".py"
        and file.parent.name != "migrations"
        and (lines := len(file.read_text().splitlines())) > 400
    }

    assert long == {}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
