"""Each setting that is read from the environment is explained."""

import re

from tests.guards.tree import HOUSE

ONLY_FOR_TESTS = {"FORTHRIGHT_TESTING"}
NAME = re.compile(r"\b(?:FORTHRIGHT_[A-Z_]+|DATABASE_URL)\b")


def names_in(*patterns):
    files = [file for pattern in patterns for file in HOUSE.glob(pattern)]
    return {name for file in files for name in NAME.findall(file.read_text())}


def test_the_page_of_settings_names_each_setting_and_no_other():
    explained = names_in("docs/how-to/settings.md")

    read = names_in("config/*.py") | {
        "DATABASE_URL",
        "FORTHRIGHT_CHROMIUM",
        "FORTHRIGHT_DICTIONARY",
    }
    assert explained == read - ONLY_FOR_TESTS
