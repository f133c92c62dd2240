"""What may not stand in any file of ours: hosts of packages, and paths of one machine."""

import re

import pytest

from tests.guards.tree import HOUSE, files

# Written apart, so that this file does not name what it forbids.
HOSTS = re.compile(
    r"\b(?:files\.python" r"hosted|py" r"pi|registry\.npm" r"js|registry\.yarn" r"pkg)\.(?:org|com)"
)
PATHS = re.compile(r"(?<![\w.:/<}])/(?:wo" r"rk|ro" r"ot|mnt)/\w")

OURS = list(files())


@pytest.mark.parametrize("unwanted", [HOSTS, PATHS], ids=["package hosts", "machine paths"])
def test_no_file_names_a_package_host_or_the_path_of_one_machine(unwanted):
    found = [
        f"{file.relative_to(HOUSE)}: {match.group()}"
        for file in OURS
        for match in unwanted.finditer(file.read_bytes().decode(errors="ignore"))
    ]

    assert found == []


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        pytest.param("index = https://py" + "pi.org/simple", HOSTS, id="an index"),
        pytest.param('"resolved": "https://registry.npm' + 'js.org/x"', HOSTS, id="a registry"),
        pytest.param("see /wo" + "rk/shared", PATHS, id="a path"),
    ],
)
def test_the_patterns_find_what_they_are_for(text, pattern):
    assert pattern.search(text)
