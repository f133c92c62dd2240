import pytest

from scripts.running import Stage, run
from scripts.tally import Tally

pytestmark = pytest.mark.slow  # starts pytest inside pytest, as nothing else shows it is heard
BARE = ("-p", "no:django", "-p", "no:cacheprovider", "-c", "/dev/null")


@pytest.fixture
def stages(tmp_path):
    """Return a run that passes and one that fails."""
    (tmp_path / "test_good.py").write_text("def test_good(): pass\n")
    (tmp_path / "test_bad.py").write_text("def test_bad(): assert not 'a word of its own'\n")
    return [
        Stage("walks on SQLite", "SQLite", (*BARE, str(tmp_path / "test_bad.py")), is_walk=True),
        Stage("walks elsewhere", "SQLite", (*BARE, str(tmp_path / "test_good.py")), is_walk=True),
    ]


def test_runs_side_by_side_are_each_heard_and_counted(stages, capfd):
    tally = Tally()

    passed = run(stages, {}, {"SQLite": None}, tally)

    assert passed == {"walks on SQLite": False, "walks elsewhere": True}
    assert str(tally) == "1 passed, 1 failed, 0 skipped"
    heard = capfd.readouterr().out
    assert heard.index("walks on SQLite:") < heard.index("a word of its own")
    assert heard.index("a word of its own") < heard.index("walks elsewhere:")


def test_a_run_alone_is_heard_as_it_goes(stages, capfd):
    run(stages[:1], {}, {"SQLite": None}, Tally())

    assert "a word of its own" in capfd.readouterr().out
