"""An address is asked for, politely and with care where it leads.

The server is told who asks; what robots.txt forbids is not asked; redirections lead to no file
and to no private address, whatever a name resolves to.
"""

import http.client
import ipaddress
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from wenma.errors import SourceError
from wenma.version import __version__

AGENT = f"wenma/{__version__} (research; reads public policy documents, one at a time)"
SILENCE = 30.0
"""Seconds without a byte after which a server is given up."""
_LARGEST_RULES = 500_000


class Web:
    """The web as this program may see it.

    trusted  hosts that may be private, because somebody named them
    """

    def __init__(self, trusted: Collection[str] = (), *, silence: float = SILENCE) -> None:
        self._silence = silence
        self._rules: dict[str, RobotFileParser] = {}
        proxies = {urlsplit(one).hostname or one for one in urllib.request.getproxies().values()}
        safe = frozenset({*trusted, *proxies})
        self._opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
            _Plain(safe),
            _Secure(safe),
            _Redirected(),
        ):
            self._opener.add_handler(handler)

    def ask(self, address: str, headers: Mapping[str, str] | None = None) -> Any:
        """The open answer of a server.

        Raises SourceError for an address that must not be asked, and what `urllib` raises
        (OSError, HTTPException) when nothing sound comes back.
        """
        if urlsplit(address).scheme not in ("http", "https"):
            raise _not_of_the_web(address)
        sent = {"User-Agent": AGENT, "Accept-Encoding": "identity", **(headers or {})}
        request = urllib.request.Request(address, headers=sent)
        return self._opener.open(request, timeout=self._silence)

    def refuse_forbidden(self, address: str) -> None:
        """Raise SourceError where the host's robots.txt asks programs to stay away."""
        if not self._rules_of(address).can_fetch(AGENT, address):
            raise SourceError(
                "robots.txt asks programs not to fetch this",
                cure="Fetch it by hand in a browser",
                zh="该网站的 robots.txt 不允许程序下载。请用浏览器手动下载。",
            )

    def pause_asked(self, address: str) -> float:
        """Seconds the host asks to be left alone between two requests."""
        return float(self._rules_of(address).crawl_delay(AGENT) or 0)

    def _rules_of(self, address: str) -> RobotFileParser:
        parts = urlsplit(address)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            self._rules[host] = self._asked_rules(host)
        return self._rules[host]

    def _asked_rules(self, host: str) -> RobotFileParser:
        rules = RobotFileParser()
        text = ""
        try:
            with self.ask(f"{host}/robots.txt") as answer:
                text = answer.read(_LARGEST_RULES).decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            if error.code in (401, 403):  # all is closed
                text = "User-agent: *\nDisallow: /"
            error.close()
        except (OSError, http.client.HTTPException, SourceError):
            pass  # the document itself will tell what is wrong
        rules.parse([] if text.lstrip().startswith("<") else text.splitlines())
        return rules


class _Redirected(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any,
                         newurl: str) -> Any:  # fmt: skip
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise _not_of_the_web(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, safe: Collection[str]) -> None:
        super().__init__()
        self._made = partial(_PlainConnection, safe)

    def http_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(self._made, req)


class _Secure(urllib.request.HTTPSHandler):
    def __init__(self, safe: Collection[str]) -> None:
        super().__init__()
        self._made = partial(_SecureConnection, safe)

    def https_open(self, req: urllib.request.Request) -> Any:
        context = ssl.create_default_context()
        return self.do_open(self._made, req, context=context)


class _PlainConnection(http.client.HTTPConnection):
    def __init__(self, safe: Collection[str], *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._safe = safe

    def connect(self) -> None:
        _refuse_private(self.host, _resolved(self.host, self.port), self._safe)
        super().connect()
        _refuse_private(self.host, [self.sock.getpeername()[0]], self._safe)


class _SecureConnection(_PlainConnection, http.client.HTTPSConnection):
    """The same, encrypted."""


def own_machine(addresses: Iterable[str]) -> frozenset[str]:
    """The hosts among these that are this machine by their very names: so they are meant.

    >>> sorted(own_machine(["http://localhost:8000/a", "http://127.0.0.1/", "http://10.0.0.1/"]))
    ['127.0.0.1', 'localhost']
    """
    hosts = {urlsplit(one).hostname or "" for one in addresses}
    return frozenset(one for one in hosts if one == "localhost" or _is_loopback(one))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _resolved(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


def _refuse_private(host: str, addresses: Iterable[str], safe: Collection[str]) -> None:
    """Asked before a connection is made, and of where it led: a name may change in between."""
    for one in addresses:
        if host not in safe and not ipaddress.ip_address(one.partition("%")[0]).is_global:
            raise SourceError(
                f"leads to a private address ({host}, {one})",
                cure="Check the address in the catalogue",
                zh=f"指向内部网络地址（{host}，{one}）。请核对目录中的网址。",
            )


def _not_of_the_web(address: str) -> SourceError:
    return SourceError(
        f"leads to something that is no page of the web ({address[:200]})",
        cure="Check the address in the catalogue",
        zh=f"指向的不是网页（{address[:200]}）。请核对目录中的网址。",
    )
