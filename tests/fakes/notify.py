"""A small server that speaks as much of GOV.UK Notify's API as a letter needs."""

import base64
import json
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

import jwt

SERVICE, SECRET = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))
KEY = f"forthright-{SERVICE}-{SECRET}"
TEMPLATE = str(uuid.UUID(int=3))


class FakeNotify(ThreadingHTTPServer):
    """Keeps what it is given; it can be made to refuse, or to break off after it has kept it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.kept: list[dict] = []
        self.refuses = False
        self.breaks_after_keeping = False
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Return where it is reached."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def stop(self) -> None:
        """Stop serving."""
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    """Answers as Notify's documentation says that it does."""

    server: FakeNotify

    def log_message(self, *words: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if not self.is_signed():
            return
        asked = urlparse(self.path)
        name = asked.path.removeprefix("/v2/notifications").strip("/")
        reference = parse_qs(asked.query).get("reference", [""])[0]
        if name:
            found = [each for each in self.server.kept if each["id"] == name]
            self.answer(200, found[0]) if found else self.answer(404, {"errors": []})
            return
        known = [each for each in self.server.kept if each["reference"] == reference]
        self.answer(200, {"notifications": known, "links": {}})

    def do_POST(self) -> None:
        if not self.is_signed():
            return
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.refuses:
            error = [{"error": "BadRequestError", "message": "Can’t send to this recipient"}]
            self.answer(400, {"status_code": 400, "errors": error})
            return
        kept = {"id": str(uuid.uuid4()), "status": "sending", **given}
        if "content" in given:
            kept["content"] = base64.b64decode(given["content"])
        self.server.kept.append(kept)
        if self.server.breaks_after_keeping:
            self.answer(503, {"errors": []})
            return
        self.answer(201, {"id": kept["id"], "reference": kept["reference"]})

    def is_signed(self) -> bool:
        """Refuse what does not carry the key of the service."""
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            claims = jwt.decode(token, SECRET, ["HS256"])
        except jwt.InvalidTokenError:
            self.answer(403, {"errors": [{"error": "AuthError"}]})
            return False
        return claims["iss"] == SERVICE

    def answer(self, status: int, said: dict) -> None:
        """Send an answer."""
        plain = {k: v for k, v in said.items() if not isinstance(v, bytes)}
        content = json.dumps(plain).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
