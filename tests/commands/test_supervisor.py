import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import places

# A web server and a worker that each write down the process they run in.
PROGRAM = """
import sys
from scripts.supervisor import Part, Supervisor

note = "import os; open({!r}, 'a').write(str(os.getpid()) + chr(10)); "
web = note.format(sys.argv[2]) + "import http.server, functools as f; " \\
    "http.server.test(http.server.SimpleHTTPRequestHandler, port=" + sys.argv[1] + ")"
worker = note.format(sys.argv[3]) + "import time; time.sleep(600)"
parts = [Part("web", [sys.executable, "-c", web], {}),
         Part("worker", [sys.executable, "-c", worker], {})]
Supervisor(parts).run(int(sys.argv[1]), lambda: print("ready", flush=True))
"""
# Seconds to wait for what must happen: a busy machine is slow, not wrong.
PATIENCE = 300
pytestmark = pytest.mark.slow  # processes are started, killed and waited for


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(is_so):
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def processes(note: Path) -> list[int]:
    return [int(line) for line in note.read_text().split()] if note.exists() else []


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False


@pytest.fixture
def served(tmp_path):
    web, worker = tmp_path / "web", tmp_path / "worker"
    command = [sys.executable, "-c", PROGRAM, str(free_port()), str(web), str(worker)]
    env = {**os.environ, "FORTHRIGHT_HOME": str(tmp_path / "data")}
    running = subprocess.Popen(command, cwd=places.ROOT, env=env, stdout=subprocess.PIPE, text=True)
    assert running.stdout.readline() == "ready\n"
    wait_until(lambda: processes(worker))
    yield running, web, worker
    running.kill()
    running.stdout.close()
    running.wait()


def test_a_killed_worker_is_started_again_and_the_web_server_goes_on(served):
    _, web, worker = served
    first = processes(worker)[0]

    os.kill(first, signal.SIGKILL)

    wait_until(lambda: len(processes(worker)) == 2)
    assert is_alive(processes(worker)[1])
    assert len(processes(web)) == 1


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_being_told_to_stop_stops_both(served, sign):
    running, web, worker = served

    running.send_signal(sign)

    assert running.wait(timeout=PATIENCE) == 0
    assert not any(is_alive(process) for process in processes(web) + processes(worker))


def test_nothing_is_left_over_when_the_supervisor_itself_is_killed(served):
    running, web, worker = served

    running.kill()

    wait_until(lambda: not any(is_alive(one) for one in processes(web) + processes(worker)))
