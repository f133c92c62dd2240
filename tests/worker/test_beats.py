"""Signs of life: silence is counted in our own beats."""

import pytest

from forthright.web.models import WorkerBeat
from forthright.worker import beats
from tests import given

pytestmark = pytest.mark.django_db


def a_watch(executor="watcher"):
    beats.show_start(executor, f"{executor} start", at=given.NOON)
    return beats.Watch(executor, f"{executor} start")


def test_a_worker_is_lost_after_ten_of_our_beats_without_one_of_its_own():
    a_watch("silent")
    watcher = a_watch()

    lost = [watcher.beat(at=given.NOON) for _ in range(11)]

    assert lost[:10] == [[]] * 10
    assert [worker.executor for worker in lost[10]] == ["silent"]


def test_a_worker_that_beats_is_not_lost():
    other = a_watch("other")
    watcher = a_watch()

    lost = [(other.beat(at=given.NOON), watcher.beat(at=given.NOON))[1] for _ in range(30)]

    assert lost == [[]] * 30


def test_a_worker_that_stopped_is_relieved_at_once():
    a_watch("stopped")
    beats.show_stop("stopped", "stopped start", at=given.NOON)

    assert [worker.executor for worker in a_watch().beat(at=given.NOON)] == ["stopped"]


def test_a_worker_that_was_replaced_must_stop():
    watcher = a_watch()
    beats.mark_taken_over(WorkerBeat.objects.get(), at=given.NOON)

    with pytest.raises(beats.TakenOver, match="taken over the work of watcher"):
        watcher.beat(at=given.NOON)
