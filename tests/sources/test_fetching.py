"""Documents are fetched from a server of the tests that misbehaves; nobody else is asked."""

import gzip
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from wenma.cli.main import main
from wenma.errors import SourceError
from wenma.sources.listings.listing import entries
from wenma.sources.reading import read_entry
from wenma.sources.web.catalogue import wanted
from wenma.sources.web.fetched_files import FetchedFiles
from wenma.sources.web.fetching import LONGEST_PAUSE, Fetcher
from wenma.sources.web.web_request import Web, own_machine

PAGE = "<html><body><h1>甲市规划</h1><p>一、总体要求</p><p>建成韧性城市。</p></body></html>" * 40


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.server.seen.append((self.path, dict(self.headers)))
        name = self.path.strip("/").partition("?")[0].replace(".", "_") or "page"
        getattr(self, name, self.missing)()

    def give(self, data, status=200, **headers):
        self.send_response(status)
        stated = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data))}
        for header, value in (
            stated | {k.replace("_", "-"): v for k, v in headers.items()}
        ).items():
            if value is not None:
                self.send_header(header, value)
        self.end_headers()
        self.wfile.write(data)

    def robots_txt(self):
        self.give(self.server.rules.encode(), Content_Type="text/plain")

    def missing(self):
        self.give(b"gone", 404)

    def page(self):
        self.give(PAGE.encode())

    other = closed = page

    def wrong_charset(self):
        self.give(PAGE.encode("gb18030"), Content_Type="text/html; charset=iso-8859-1")

    def pdf(self):
        self.give(b"%PDF-1.4\n%%EOF", Content_Type="text/html")

    def packed(self):
        self.give(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def bomb(self):
        self.give(gzip.compress(bytes(3_000_000)), Content_Encoding="gzip")

    def packed_broken(self):
        self.give(gzip.compress(PAGE.encode())[:-20], Content_Encoding="gzip")

    def huge(self):
        self.give(b"", Content_Length="9000000000", Connection="close")

    def endless(self):
        self.give(b"", Content_Length=None, Connection="close")
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            pass
        self.close_connection = True

    def slow(self):
        self.give(b"", Content_Length="10")
        self.server.over.wait(5)
        self.close_connection = True

    def empty(self):
        self.give(b"")

    def loop(self):
        self.give(b"", 302, Location="/loop")

    def ring(self):
        self.give(b"", 302, Location="/ring?" + "x" * self.path.count("x") + "x")

    def moved(self):
        self.give(b"", 301, Location="/page")

    def to_file(self):
        self.give(b"", 302, Location="file:///etc/passwd")

    def to_ftp(self):
        self.give(b"", 302, Location="ftp://example.org/a.pdf")

    def to_private(self):
        self.give(b"", 302, Location=f"http://127.0.0.2:{self.server.server_port}/page")

    def reset(self):
        self.connection.close()

    def busy(self):
        first = sum(path == "/busy" for path, _ in self.server.seen) == 1
        self.give(b"", 503, Retry_After="7") if first else self.page()

    def closed_for_a_day(self):
        self.give(b"", 429, Retry_After="86400")

    def broken(self, mark='"one"'):
        """Half of it at first, the rest to whoever asks for the rest of the same file."""
        data, asked = PAGE.encode(), self.headers.get("Range", "")
        if asked and self.headers.get("If-Range") == mark:
            at = int(asked.removeprefix("bytes=").rstrip("-"))
            span = f"bytes {at}-{len(data) - 1}/{len(data)}"
            self.give(data[at:], 206, Content_Range=span, ETag=mark)
        else:
            half = sum(path == self.path for path, _ in self.server.seen) == 1
            sent = data[: len(data) // 2] if half else data
            self.give(sent, Content_Length=str(len(data)), ETag=mark)
            self.close_connection = True

    def broken_unmarked(self):
        self.broken(mark="")


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as made:
        made.seen, made.rules, made.over = [], "", threading.Event()
        made.daemon_threads = True
        threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
        yield made
        made.over.set()
        made.shutdown()


class Clock:
    """A clock that goes only while somebody waits."""

    def __init__(self):
        self.now, self.waited = 0.0, []

    def seconds(self):
        self.now += 0.001
        return self.now

    def wait(self, seconds):
        self.waited.append(seconds)
        self.now += seconds


def catalogue(folder, server, *names, host="127.0.0.1"):
    rows = [f"甲市,{name} 规划,甲发〔2021〕1号,http://{host}:{server.server_port}/{name}"
            for name in names]  # fmt: skip
    file = folder / "catalogue.csv"
    file.write_text("\n".join(["city,title,doc_number,source_url", *rows]), encoding="utf-8")
    return file


def fetched(folder, server, *names, clock=None, silence=5.0, **limits):
    every = wanted(catalogue(folder, server, *names))
    clock = clock or Clock()
    web = Web(own_machine(one.address for one in every), silence=silence)
    fetcher = Fetcher(
        FetchedFiles(folder / "to"), web, seconds=clock.seconds, wait=clock.wait,
        today=lambda: "2026-01-31", **limits,
    )  # fmt: skip
    return list(fetcher.fetch(every))


def asked(server):
    return Counter(path for path, _ in server.seen if path != "/robots.txt")


def test_what_is_fetched_is_kept_as_received_and_read_by_its_manifest(tmp_path, server):
    done = fetched(tmp_path, server, "page", "wrong_charset", "moved", "packed")
    assert [outcome.error for outcome in done] == [None] * 4
    data = [outcome.file.read_bytes() for outcome in done]
    assert data == [PAGE.encode(), PAGE.encode("gb18030"), PAGE.encode(), PAGE.encode()]
    listing = entries([tmp_path / "to"])
    assert not listing.skipped and not listing.unlisted
    assert all("建成韧性城市" in read_entry(entry).text for entry in listing.entries)
    moved = dict(listing.entries[2].attributes)
    assert listing.entries[2].source.endswith("/page") and moved["address"].endswith("/moved")
    assert (moved["fetched"], moved["content_type"]) == ("2026-01-31", "text/html; charset=utf-8")
    assert listing.entries[0].number == "甲发〔2021〕1号"
    assert moved["sha256_in_manifest"] == read_entry(listing.entries[2]).sha256


def test_the_server_is_told_who_asks(tmp_path, server):
    fetched(tmp_path, server, "page")
    assert all(headers["User-Agent"].startswith("wenma/") for _, headers in server.seen)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing", "the server says 404"),
        ("loop", "the server says 302"),
        ("ring", "the server says 302"),
        ("to_file", "is not allowed"),
        ("to_ftp", "no page of the web"),
        ("to_private", "leads to a private address"),
        ("reset", "nothing whole came in 3 tries"),
        ("huge", "is larger than 1 MB"),
        ("endless", "is larger than 1 MB"),
        ("bomb", "is larger than 1 MB"),
        ("packed_broken", "nothing whole came in 3 tries"),
        ("empty", "gave nothing"),
        ("closed_for_a_day", "come back in 86400 seconds"),
    ],
)
def test_a_failure_is_one_line_and_the_others_go_on(tmp_path, server, name, said):
    bad, good = fetched(tmp_path, server, name, "page", largest=1_000_000)
    assert said in str(bad.error) and bad.error.zh and f"/{name}" in bad.error.file
    assert "\n" not in str(bad.error)
    assert good.file is not None
    assert [entry.path for entry in entries([tmp_path / "to"]).entries] == [good.file]


def test_a_server_that_says_nothing_is_given_up(tmp_path, server):
    (bad,) = fetched(tmp_path, server, "slow", silence=0.2)
    assert "nothing whole came" in str(bad.error)


def test_a_document_has_only_so_much_time(tmp_path, server):
    (bad,) = fetched(tmp_path, server, "endless", longest=0.01)
    assert "takes longer than" in str(bad.error)


def test_what_is_there_is_not_asked_for_again_unless_it_changed(tmp_path, server):
    (first,) = fetched(tmp_path, server, "page")
    (again,) = fetched(tmp_path, server, "page")
    assert again.kept and asked(server) == {"/page": 1}
    first.file.write_bytes(b"cut")
    (anew,) = fetched(tmp_path, server, "page")
    assert not anew.kept and anew.file == first.file and anew.file.read_bytes() == PAGE.encode()


@pytest.mark.parametrize(("name", "goes_on"), [("broken", True), ("broken_unmarked", False)])
def test_a_download_that_broke_goes_on_where_the_file_is_known_to_be_the_same(
    tmp_path, server, name, goes_on
):
    (done,) = fetched(tmp_path, server, name)
    assert done.file.read_bytes() == PAGE.encode()
    ranges = [headers.get("Range") for path, headers in server.seen if path == f"/{name}"]
    assert [one is not None for one in ranges] == [False, goes_on]
    assert not (tmp_path / "to" / ".partial").exists()


def test_hosts_are_left_alone_between_two_requests(tmp_path, server):
    clock = Clock()
    fetched(tmp_path, server, "page", "other", clock=clock)
    assert len(clock.waited) == 1 and 1.9 < clock.waited[0] <= 2
    server.rules = "User-agent: *\nCrawl-delay: 9\n"
    clock = Clock()
    (tmp_path / "again").mkdir()
    fetched(tmp_path / "again", server, "page", "other", clock=clock)
    assert len(clock.waited) == 1 and 8.9 < clock.waited[0] <= 9


def test_a_busy_server_is_asked_again_when_it_says(tmp_path, server):
    clock = Clock()
    (done,) = fetched(tmp_path, server, "busy", clock=clock)
    assert done.file and clock.waited[0] == 7 and asked(server) == {"/busy": 2}
    assert LONGEST_PAUSE < 86400


def test_what_robots_are_asked_not_to_fetch_is_not_fetched(tmp_path, server):
    server.rules = "User-agent: *\nDisallow: /closed\n"
    bad, good = fetched(tmp_path, server, "closed", "page")
    assert "robots.txt" in str(bad.error) and good.file
    assert asked(server) == {"/page": 1}


def test_a_public_name_of_a_private_address_is_refused(tmp_path, server, monkeypatch):
    import socket

    here = socket.getaddrinfo("127.0.0.1", server.server_port, type=socket.SOCK_STREAM)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: here)
    file = catalogue(tmp_path, server, "page", host="plans.example.org")
    every = wanted(file)
    clock = Clock()
    web = Web(own_machine(one.address for one in every))
    files = FetchedFiles(tmp_path / "to")
    fetcher = Fetcher(files, web, seconds=clock.seconds, wait=clock.wait, today=str)
    (bad,) = fetcher.fetch(every)
    assert "private address" in str(bad.error) and server.seen == []


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org/a", "a.html", ""])
def test_what_is_no_address_of_the_web_is_not_asked(tmp_path, server, address):
    file = tmp_path / "catalogue.csv"
    file.write_text(f"city,title,source_url\n甲市,规划,{address}\n", encoding="utf-8")
    clock = Clock()
    fetcher = Fetcher(FetchedFiles(tmp_path / "to"), Web(), clock.seconds, clock.wait, str)
    (bad,) = fetcher.fetch(wanted(file))
    assert bad.error.zh and bad.file is None


def test_two_documents_of_one_name_are_two_files(tmp_path, server):
    file = catalogue(tmp_path, server, "page", "other")
    text = file.read_text(encoding="utf-8").replace("other 规划", "page 规划")
    file.write_text(text, encoding="utf-8")
    assert main(["fetch", str(file), "--to", str(tmp_path / "to"), "--pause", "0"]) == 0
    assert len(entries([tmp_path / "to"]).entries) == 2


def test_a_folder_with_a_manifest_of_ones_own_is_left_alone(tmp_path, server):
    (tmp_path / "to").mkdir()
    own = tmp_path / "to" / "manifest.csv"
    own.write_text("path,title,city\n甲.txt,甲,甲市\n", encoding="utf-8")
    with pytest.raises(SourceError, match="not written by fetching"):
        fetched(tmp_path, server, "page")
    assert own.read_text(encoding="utf-8").startswith("path,title,city\n")


def test_the_command_fetches_what_is_chosen_and_tells_each(tmp_path, server, capsys):
    file = catalogue(tmp_path, server, "page", "missing", "other")
    to = ["--to", str(tmp_path / "to"), "--pause", "0"]
    assert main(["fetch", str(file), *to]) == 1
    told = capsys.readouterr().out.splitlines()
    assert [line.partition(" ")[0] for line in told] == ["fetched", "failed", "fetched", "2"]
    assert main(["fetch", str(file), "--only", "page", *to]) == 0
    assert capsys.readouterr().out.startswith("kept ")
    assert main(["fetch", str(file), "--only", "乙市", *to]) == 1
    assert "lists no document of 乙市" in capsys.readouterr().err
    assert main(["fetch", str(file), "--only", "甲", *to, "--language", "zh"]) == 1
    assert "未下载" in capsys.readouterr().out


def test_the_shipped_catalogue_is_read():
    from wenma.shipped import shipped

    found = wanted(shipped("corpus") / "catalogue.csv")
    assert len(found) > 5 and all(one.name for one in found)
    assert all(one.address.startswith("http") for one in found if one.address)
