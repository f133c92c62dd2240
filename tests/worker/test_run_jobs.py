"""Real workers and the jobs they are given: once each, tried again, failed in words."""

import pytest

from tests.worker.workplace import PATIENCE

# Each test starts real processes, which takes seconds.
pytestmark = pytest.mark.slow


def test_jobs_run_once_are_tried_again_and_fail_in_words(workplace):
    workplace.let_go()
    workplace.ask("example.three", "undone", "--roll-back")
    workplace.ask("example.three", "twice", "example.three", "twice")
    workplace.ask("example.mends", "mends", "example.fails", "fails", "example.refused", "refused")
    workplace.ask("example.each", "each", "example.unknown", "unknown", "example.some", "some")

    workplace.start_worker("one")
    for key in ("twice", "mends", "each"):
        workplace.wait_for(key, "FINISHED")
    for key in ("fails", "refused", "unknown", "some"):
        workplace.wait_for(key, "FAILED")

    lines = workplace.lines()
    assert workplace.state_of("undone") is None
    assert lines.count("first") == lines.count("third was told 7") == 1
    assert lines.count("tried") == 3
    assert lines.count("tried in vain") == 3
    assert lines.count("refused") == 1
    assert [line for line in lines if line.startswith("wrote to")] == [
        "wrote to Ann",
        "wrote to Bob",
        "wrote to Cat",
    ]
    assert [line for line in lines if line.startswith("half")] == [
        "half wrote to Ann",
        "half wrote to Cat",
    ]
    assert dict(workplace.rows("SELECT key, last_error FROM web_job WHERE state = 'FAILED'")) == {
        "fails": "“Post” failed after 3 tries: The post office is shut.",
        "refused": "“Freeze” failed at the first try: The week has not ended yet.",
        "some": "“Write, 2 of 3” failed at the first try: Bob has left.",
        "unknown": "This version of Forthright does not know the job “example.unknown”.",
    }
    assert workplace.rows("SELECT count(*) FROM audit_event WHERE name = 'job.failed'") == [(4,)]


def test_a_second_worker_of_the_same_name_is_refused(workplace):
    workplace.start_worker("one")
    workplace.wait_until(lambda: workplace.rows("SELECT 1 FROM web_workerbeat") != [])

    second = workplace.start_worker("one")

    assert second.wait(timeout=PATIENCE) == 1
    assert "A worker called one already runs here" in (workplace.home / "worker.log").read_text()
