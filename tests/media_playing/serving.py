"""A small web server that serves one page with a recording, by ranges as the product does."""

import contextlib
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from forthright.media_playing.ranges import answer_range
from tests.guards.tree import HOUSE

PAGE = Path(__file__).with_name("player_page.html")
BUILT = HOUSE / "static" / "built"
ASSETS = {
    "playing.js": HOUSE / "static" / "playing.js",
    "playing.css": BUILT / "playing.css",
    "forthright.css": BUILT / "forthright.css",
}
TYPES = {".mp4": "video/mp4", ".webm": "video/webm", ".wav": "audio/wav", ".mp3": "audio/mpeg",
         ".m4a": "audio/mp4", ".js": "text/javascript", ".css": "text/css"}  # fmt: skip
SOUNDS = {".wav", ".mp3", ".m4a"}


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers for the page of a recording, the recording by ranges, and what the page needs."""

    protocol_version = "HTTP/1.1"
    media: dict[str, Path]
    asked: list[str]

    def log_message(self, *words):
        """Say nothing."""

    def handle(self):
        """Answer until the player hangs up, which it does when it has enough."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            super().handle()

    def do_GET(self):
        name = unquote(urlsplit(self.path).path).removeprefix("/")
        if name.startswith("play/"):
            self.whole(page_of(name.removeprefix("play/")), "text/html; charset=utf-8")
        elif name in self.media:
            self.part(self.media[name])
        elif name in ASSETS:
            self.whole(ASSETS[name].read_bytes(), TYPES[Path(name).suffix])
        else:
            self.whole(b"Kept", "text/plain")

    def whole(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def part(self, path):
        self.asked.append(self.headers.get("Range", ""))
        answer = answer_range(path.stat().st_size, self.headers.get("Range"))
        self.send_response(answer.status)
        for name, words in answer.headers(
            TYPES.get(path.suffix, "application/octet-stream")
        ).items():
            self.send_header(name, words)
        self.end_headers()
        with path.open("rb") as file:
            for each in answer.slices:
                file.seek(each.start)
                self.wfile.write(file.read(each.end - each.start))


def page_of(name: str) -> bytes:
    """Return the page of a recording."""
    tag = "audio" if Path(name).suffix in SOUNDS else "video"
    shown = f'<{tag} controls preload="auto" tabindex="0" src="/{name}"></{tag}>'
    return PAGE.read_text().replace("<!-- MEDIA -->", shown).encode()


@contextmanager
def serving(media: dict[str, Path]) -> Iterator[tuple[str, list[str]]]:
    """Serve recordings by name; yield the address and the ranges that are asked for."""
    asked: list[str] = []
    ours = type("Serving", (Handler,), {"media": media, "asked": asked})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), ours) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()
