import os
import socket
import subprocess
import sys

import pytest

from scripts import environment, places, run, test
from scripts.words import Refused


def type_in(*words, home):
    env = {**os.environ, "FORTHRIGHT_HOME": str(home)}
    return subprocess.run(
        [places.ROOT / words[0], *words[1:]], env=env, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", ["run", "test", "check", "bench"])
def test_each_command_explains_itself(command, tmp_path):
    told = type_in(command, "--help", home=tmp_path)

    assert told.returncode == 0
    assert f"usage: ./{command}" in told.stdout


@pytest.mark.parametrize(
    ("words", "explanation"),
    [
        pytest.param(["run", "--port", "http"], "not a port", id="a port that is no number"),
        pytest.param(["run", "--port", "70000"], "not a port", id="a port that is too high"),
        pytest.param(["test", "nowhere"], "no tests of nowhere", id="a room that is not there"),
    ],
)
def test_wrong_use_is_told_with_status_2(words, explanation, tmp_path):
    told = type_in(*words, home=tmp_path)

    assert told.returncode == 2
    assert explanation in told.stderr


def test_a_port_that_is_in_use_is_refused_with_another_to_try():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(Refused, match=f"already uses port {port}(.|\n)*--port {port + 1}"):
            run.check_port(port)


@pytest.mark.parametrize(
    ("words", "planned"),
    [
        pytest.param(
            [],
            ["tests on SQLite", "tests on PostgreSQL"],
            id="everything on both databases",
        ),
        pytest.param(["--sqlite"], ["tests on SQLite"], id="one database"),
        pytest.param(["--fast"], ["tests on SQLite"], id="fast"),
        pytest.param(["rules"], ["tests on SQLite"], id="a room"),
        pytest.param(["rules", "--postgres"], ["tests on PostgreSQL"], id="a room on PostgreSQL"),
    ],
)
def test_what_is_planned(words, planned, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "argv", ["./test", "--no-browser", *words])

    stages = test.stages(test.arguments(), tmp_path)

    assert [stage.name for stage in stages] == planned


def test_what_is_the_same_on_every_database_runs_on_the_first_alone(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "argv", ["./test", "--no-browser"])

    first, second = test.stages(test.arguments(), tmp_path)

    assert not [each for each in first.options if each.startswith(("--ignore", "--deselect"))]
    assert {option for option in second.options if option.startswith("--ignore")} == {
        f"--ignore={path}" for path in test.ONCE
    }
    assert first.options[-1:] == (f"--note-statements={tmp_path}",)
    assert second.options[-1:] == (f"--ask-once-more={tmp_path}",)
    assert all((places.ROOT / path).exists() for path in test.ONCE)


def test_the_rules_alone_are_tested_without_django(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "argv", ["./test", "rules", "--fast"])

    (stage,) = test.stages(test.arguments(), tmp_path)

    assert stage.options[:2] == ("-p", "no:django")


def test_our_programs_keep_compiled_code_whatever_the_shell_says(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    assert "PYTHONDONTWRITEBYTECODE" not in places.environment()


def test_what_follows_two_dashes_goes_to_pytest(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "argv", ["./test", "rules", "--", "-k", "easter"])

    (stage,) = test.stages(test.arguments(), tmp_path)

    assert stage.options[-3:] == ("tests/rules", "-k", "easter")


def test_the_package_index_that_pip_is_set_to_is_the_one_used(tmp_path, monkeypatch):
    pytest.importorskip("pip")
    config = tmp_path / "pip.conf"
    config.write_text("[global]\nindex-url = https://mirror.example/simple\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(config))
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)

    assert environment.index_settings()["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"


def test_links_begin_with_the_address_of_the_port_that_was_asked_for(monkeypatch):
    monkeypatch.delenv("FORTHRIGHT_SITE", raising=False)
    assert run.site_address(8123) == "http://127.0.0.1:8123"
    monkeypatch.setenv("FORTHRIGHT_SITE", "https://forthright.example")
    assert run.site_address(8123) == "https://forthright.example"
