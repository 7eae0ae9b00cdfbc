"""A project coded from the sample corpus, the app run in Python, the app in a browser."""

import json
import logging
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

import wenma
from wenma.shipped import shipped
from wenma.study.study import Study

MAIN = Path(wenma.__file__).parent / "app" / "entry" / "wenma_app.py"
NOW = "2026-11-22T08:00:00+00:00"
ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>"
MARKDOWN = "[点我](javascript:alert(3)) ![图](http://203.0.113.1/x.png) **粗** $x$ :red[红]"


def coded(folder: Path, file: Path) -> Path:
    """Code a folder with the shipped codebook into a project file."""
    return coded_with("resilience", folder, file)


def coded_with(book: "str | Path", folder: Path, file: Path) -> Path:
    """Code a folder with a shipped codebook, or the codebook of a file, into a project file."""
    path = book if isinstance(book, Path) else shipped("codebooks") / f"{book}.yaml"
    with Study.create(file, codebook=path) as study:
        assert not study.code(folder).failed
    return file


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return coded(shipped("corpus"), tmp_path_factory.mktemp("app") / "sample.db")


@pytest.fixture(scope="session")
def study(sample: Path) -> Iterator[Study]:
    """The sample as whoever holds the file sees it."""
    with Study.open(sample) as study:
        yield study


@pytest.fixture(scope="session")
def attack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents whose names, cities and texts would like to be markup, and a long one."""
    folder = tmp_path_factory.mktemp("attack")
    text = f"一、主要任务{ATTACK}\n\n开展风险普查{ATTACK}。\n\n储备应急物资{MARKDOWN}。\n"
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(text, encoding="utf-8")
    sections = (f"## 第{n}节\n\n{'加强预警。' * (n % 40)}\n" for n in range(1, 401))
    (folder / "long.md").write_text("\n".join(sections), encoding="utf-8")
    (folder / "manifest.csv").write_text(
        "path,title,city,plan,period\n"
        f"a.txt,标题{ATTACK},城{ATTACK},{MARKDOWN},十四五\n"
        f"b.txt,{MARKDOWN},{MARKDOWN},规划{ATTACK},十五五\n"
        "long.md,长文,长市,长规划,十五五\n",
        encoding="utf-8",
    )
    return coded(folder, folder / "attack.db")


@pytest.fixture(scope="session", autouse=True)
def on_this_machine() -> None:
    """The app listens here alone, as .streamlit/config.toml has it.

    Streamlit reads that file once a process, of the folder it is then in: a test of another
    folder that came first would leave an app that listens everywhere, and so is locked.
    """
    config.set_option("server.address", "localhost")


@pytest.fixture
def opened(sample: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Run a page of the app in Python: ``opened("overview", language="en")``."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)

    def run(page: str = "overview", *, project: Path | None = sample, **address: str) -> AppTest:
        if project is None:
            monkeypatch.delenv("WENMA_PROJECT", raising=False)
        else:
            monkeypatch.setenv("WENMA_PROJECT", str(project))
        app = AppTest.from_file(str(MAIN), default_timeout=900)
        app.session_state["step"] = (page, {"language": "zh", **address})
        return app.run()

    return run


def drawn_by_us(app: AppTest, ending: str = "") -> str:
    """All that our own components are given to draw, those whose key ends so."""
    found = (one.proto for one in app.get("bidi_component") if one.proto.id.endswith(ending))
    said = []
    for one in found:
        if one.json:
            said.append(json.dumps(json.loads(one.json), ensure_ascii=False))
        said.append(one.bytes.decode(errors="replace"))
    return "\n".join(said)


def tree_of(app: AppTest) -> dict:
    """What the tree of the codebook is given to draw."""
    found = app.get("bidi_component")
    return next(json.loads(one.proto.json) for one in found if "tree" in one.proto.component_name)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_served(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return when the server answers; what it said when it does not."""
    for _ in range(900):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
        except (URLError, OSError):
            if server.poll() is not None:
                break
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(log.read_text())


@contextmanager
def serving(
    project: Path | str, folder: Path, *, port: int | None = None, secrets: Path | None = None
) -> Iterator[str]:
    """The app as a server of its own; its address."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(MAIN)]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    command += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    command += ["--server.fileWatcherType", "none"]
    if secrets is not None:
        command += ["--secrets.files", str(secrets)]
    command += ["--", str(project)]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ})
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_served(address, server, folder / "server.log")
        yield address
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="session")
def sample_address(
    sample: Path, chromium: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with serving(sample, tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="session")
def attack_address(
    attack: Path, chromium: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with serving(attack, tmp_path_factory.mktemp("attacked")) as address:
        yield address
