"""Real workers, killed without warning: work goes on where it was cut off, and only once."""

import signal

import pytest

from forthright.worker.beats import BEATS_UNTIL_LOST, SECONDS_BETWEEN_BEATS
from tests.worker.workplace import PATIENCE

# Each test starts real processes, which takes seconds.
pytestmark = pytest.mark.slow

CUT_OFF_IN_SECOND = ["first", "second begun"]
GONE_ON = [*CUT_OFF_IN_SECOND, "second begun", "second done", "third was told 7"]


def test_a_killed_worker_goes_on_at_the_step_it_was_in(workplace):
    worker = workplace.start_worker("one")
    workplace.ask("example.three", "a")
    workplace.wait_until(lambda: workplace.lines() == CUT_OFF_IN_SECOND)
    workplace.kill(worker)
    workplace.let_go()

    workplace.start_worker("one")
    workplace.wait_for("a", "FINISHED")

    assert workplace.lines() == GONE_ON
    assert workplace.rows("SELECT steps_done, steps_total FROM web_job WHERE key = 'a'") == [(3, 3)]


def test_another_worker_takes_over_from_the_dead_and_the_sleeping_within_a_minute(workplace):
    dead = workplace.start_worker("one")
    workplace.ask("example.three", "a")
    workplace.wait_until(lambda: workplace.lines() == CUT_OFF_IN_SECOND)
    workplace.kill(dead)
    sleeper = workplace.start_worker("two")
    workplace.ask("example.three", "b")
    workplace.wait_until(lambda: workplace.lines() == CUT_OFF_IN_SECOND * 2)
    sleeper.send_signal(signal.SIGSTOP)

    workplace.start_worker("three")
    workplace.wait_until(lambda: workplace.beats_of("three") > 0)
    workplace.wait_until(lambda: workplace.lines().count("second begun") == 4)
    beats = workplace.beats_of("three")
    sleeper.send_signal(signal.SIGCONT)

    # Told by its own beats, a minute is a minute on a machine that is too busy to keep time.
    assert BEATS_UNTIL_LOST <= beats < 60 / SECONDS_BETWEEN_BEATS
    assert sleeper.wait(timeout=PATIENCE) == 3
    workplace.let_go()
    workplace.wait_for("a", "FINISHED")
    workplace.wait_for("b", "FINISHED")
    assert sorted(workplace.lines()) == sorted(GONE_ON * 2)


def test_a_worker_told_to_stop_ends_in_good_order_and_goes_on_later(workplace):
    worker = workplace.start_worker("one")
    workplace.ask("example.three", "a")
    workplace.wait_until(lambda: workplace.lines() == CUT_OFF_IN_SECOND)

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=PATIENCE) == 0
    assert workplace.rows("SELECT 1 FROM web_workerbeat WHERE stopped_at IS NULL") == []
    assert workplace.state_of("a") == "STARTED"
    workplace.let_go()
    workplace.start_worker("one")
    workplace.wait_for("a", "FINISHED")
    assert workplace.lines() == GONE_ON
