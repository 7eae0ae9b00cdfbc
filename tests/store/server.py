"""A PostgreSQL of our own, to be stopped and started at will."""

import os
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
"""Where Debian has them: they are on nobody's path."""


@dataclass(frozen=True)
class Server:
    """A server in a folder; PostgreSQL refuses to run as root."""

    folder: Path
    port: int

    @property
    def address(self) -> str:
        return f"postgresql://wenma@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        self.folder.mkdir()
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        where = str(self.folder / "data")
        self._run("initdb", "-D", where, "-U", "wenma", "--auth=trust", "-E", "UTF8", "--no-sync")

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._control("-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        self._control("-w", "-m", "fast", "stop")

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), *words)

    def _run(self, program: str, *words: str) -> None:
        user = "postgres" if os.getuid() == 0 else None
        subprocess.run(
            [str(PROGRAMS[-1] / program), *words],
            check=True, user=user, stdout=subprocess.DEVNULL, cwd="/",
        )  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
