"""./run: set everything up, then serve Forthright with its background worker."""

import argparse
import contextlib
import os
import socket
import sys
import time

from scripts import data_folder, places, prepare
from scripts.supervisor import Part, Supervisor
from scripts.words import Refused, say

PORT = 8000
EXPLANATION = """\
FORTHRIGHT_HOME names the folder for the database, uploads, secret key and logs; without it
that is var in this checkout. DATABASE_URL names a PostgreSQL database to use instead of the
SQLite one in that folder. Ctrl-C stops everything."""


def arguments() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="./run",
        description="Set everything up, then serve Forthright with its background worker.",
        epilog=EXPLANATION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--prepare", action="store_true", help="set everything up, then stop")
    parser.add_argument(
        "--port", type=_port, metavar="N", help=f"serve at this port; {PORT} if not told"
    )
    parser.add_argument(
        "--empty", action="store_true", help="start with no demo Area; for real people and cases"
    )
    return parser.parse_args()


def _port(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port; use a number from 1 to 65535")
    return number


def main() -> int:
    """Do what was asked; return the exit status."""
    asked = arguments()
    began = time.monotonic()
    try:
        home = data_folder.make()
        with data_folder.held_alone():
            if not asked.prepare:
                check_port(asked.port or PORT)
            if asked.empty and data_folder.kind() == "demo":
                raise Refused(
                    f"{home} holds the demo Area. For real people and cases name another folder:\n"
                    "  FORTHRIGHT_HOME=/some/folder ./run --empty"
                )
            say("Setting Forthright up")
            advice = prepare.tools("base")
            prepare.served_files()
            state = prepare.database(wants_demo=not asked.empty)
            say(f"  All is set up ({time.monotonic() - began:.0f} s). The data is in {home}")
            if advice:
                say(f"\n  Not everything will work yet. {advice}")
            keep_address(asked.port)
            if not asked.prepare:
                serve(asked.port or PORT, state)
    except Refused as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Type the same again to go on.", file=sys.stderr)
        return 130
    return 0


def site_address(port: int) -> str:
    """Return the address that links in messages begin with."""
    return os.environ.get("FORTHRIGHT_SITE") or f"http://127.0.0.1:{port}"


def keep_address(port: int | None) -> None:
    """Keep the address for commands typed before we serve, where anything is told of it."""
    if port or os.environ.get("FORTHRIGHT_SITE"):
        data_folder.keep_site_address(site_address(port or PORT))


def check_port(port: int) -> None:
    """Make sure that we can serve at this port.

    :raises Refused: if something else does, or it needs more rights
    """
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as fault:
            raise Refused(f"Port {port} needs more rights. Use one above 1023.") from fault
        except OSError as fault:
            raise Refused(
                f"Something else on this machine already uses port {port}.\n"
                f"  Serve at another one: ./run --port {port % 65535 + 1}"
            ) from fault


def web_server(port: int) -> list[str]:
    """Return the command that serves the pages."""
    gunicorn = [str(places.VENV / "bin" / "gunicorn"), "config.wsgi:application"]
    gunicorn += ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    # A file that is being sent holds a thread, so that fifty of them must leave some for pages.
    gunicorn += ["--workers", "2", "--threads", "64", "--graceful-timeout", "10"]
    if os.access("/dev/shm", os.W_OK):
        # gunicorn's heartbeat files must not wait for a slow disk.
        gunicorn += ["--worker-tmp-dir", "/dev/shm"]
    return gunicorn


def serve(port: int, state: dict[str, object]) -> None:
    """Serve until told to stop.

    :raises Refused: if the web server does not start
    """
    address = f"http://127.0.0.1:{port}"
    site = site_address(port)
    data_folder.keep_site_address(site)
    env = {"FORTHRIGHT_SITE": site}
    env |= data_folder.environment()
    worker = [str(places.VENV / "bin" / "forthright"), "worker"]
    supervisor = Supervisor([Part("web", web_server(port), env), Part("worker", worker, env)])

    def when_ready() -> None:
        data_folder.tell(address)
        say(f"\nForthright is ready at {address}\n")
        prepare.tell_who_can_sign_in(state)
        say("  Ctrl-C stops it.")

    supervisor.run(port, when_ready)
    say("\nStopped.")


if __name__ == "__main__":
    sys.exit(main())
