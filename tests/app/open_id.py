"""A small OpenID provider on this machine: it signs in at once whoever it is told to."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "wenma", "a secret between the two"


@dataclass
class Provider:
    """Where it is, and who comes next: the claims of the account that will be signed in."""

    address: str
    key: RSAKey
    account: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Code → the claims of the token it is good for, once."""
    signed_out: int = 0

    @property
    def settings(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "end_session_endpoint": f"{self.address}/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def signed(self, claims: dict[str, Any]) -> str:
        """An id_token of these claims."""
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)


@contextmanager
def providing() -> Iterator[Provider]:
    """A provider that answers as long as the block runs."""
    key = RSAKey.generate_key(2048, {"use": "sig", "kid": "one"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    provider = Provider(f"http://127.0.0.1:{server.server_port}", key)
    server.provider = provider  # type: ignore[attr-defined]  # for its handlers
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Answers(BaseHTTPRequestHandler):
    @property
    def provider(self) -> Provider:
        return self.server.provider  # type: ignore[attr-defined, no-any-return]

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(where.query).items()}
        if where.path == "/.well-known/openid-configuration":
            self._say(self.provider.settings)
        elif where.path == "/keys":
            self._say({"keys": [self.provider.key.as_dict(private=False)]})
        elif where.path == "/authorize":
            code = f"code-{len(self.provider.codes)}"
            self.provider.codes[code] = {**self.provider.account, "nonce": asked.get("nonce")}
            back = urlencode({"code": code, "state": asked["state"]})
            self._send_to(f"{asked['redirect_uri']}?{back}")
        elif where.path == "/end":
            self.provider.signed_out += 1
            self._send_to(asked["post_logout_redirect_uri"])
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        asked = parse_qs(self.rfile.read(length).decode())
        claims = self.provider.codes.pop(asked["code"][0], None)
        if claims is None or "code_verifier" not in asked:
            self.send_error(400)
            return
        now = int(time.time())
        token = self.provider.signed(
            {"iss": self.provider.address, "aud": CLIENT, "iat": now, "exp": now + 600, **claims}
        )
        self._say({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def _say(self, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send_to(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
