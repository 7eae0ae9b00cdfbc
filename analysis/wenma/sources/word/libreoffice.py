"""LibreOffice turns an old office file into a Word file: apart, in time, and once."""

import os
import shutil
import signal
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

from wenma.errors import SourceError
from wenma.sources.word.conversions import keep_conversion, kept_conversion

_SECONDS = 60
_MEMORY = 1 << 30
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"\
 xmlns:xs="http://www.w3.org/2001/XMLSchema"\
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">\
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office">\
<prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def as_docx(data: bytes, suffix: str) -> bytes:
    """A file as LibreOffice saves it in DOCX.

    suffix  what the file really is (".doc", ".odt", ".rtf"); LibreOffice goes by the name

    A conversion is kept in the user's cache folder and made once. Raises SourceError where there
    is no LibreOffice, where it cannot read the file or where it takes longer than a minute.
    """
    program = soffice()
    if program is None:
        raise _missing(suffix)
    found = kept_conversion(data, suffix, _version(program))
    if found is None:
        found = _converted(program, data, suffix)
        keep_conversion(data, suffix, _version(program), found)
    return found


def soffice() -> str | None:
    """The path of LibreOffice on this machine, None where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).exists()), None)


@lru_cache(maxsize=4)
def _version(program: str) -> str:
    """Tells one LibreOffice from another without starting it."""
    real = Path(program).resolve()
    binary = real.with_name("soffice.bin")
    at = (binary if binary.exists() else real).stat()
    return f"{real}:{at.st_size}:{at.st_mtime_ns}"


def _converted(program: str, data: bytes, suffix: str) -> bytes:
    # A profile of its own: LibreOffice hands a second start over to the first one otherwise.
    with tempfile.TemporaryDirectory(prefix="wenma-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"source{suffix}"
        source.write_bytes(data)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        _run(
            [
                program,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                *"--headless --invisible --norestore --nolockcheck --nodefault".split(),
                *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out")),
                str(source),
            ],
            folder,
        )
        made = folder / "out" / "source.docx"
        if not made.exists():
            raise _refused(suffix)
        return made.read_bytes()


def _run(command: list[str], folder: Path) -> None:
    """Run to the end, or end it with all it started when its time is over."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        _bound(process.pid)
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired as slip:
            raise _slow() from slip
        finally:
            _end(process)


def _bound(pid: int) -> None:
    """Bound the memory of a program just started, where the system can."""
    try:
        from resource import RLIMIT_DATA, prlimit
    except ImportError:
        return
    try:
        prlimit(pid, RLIMIT_DATA, (_MEMORY, _MEMORY))
    except OSError:
        return


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program and all it started; the start script leaves the office running."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except (ProcessLookupError, PermissionError):
        return


def _missing(suffix: str) -> SourceError:
    return SourceError(
        f"{suffix} files are read through LibreOffice, which is not on this machine",
        cure="Install it (libreoffice.org; on Debian and Ubuntu: apt install libreoffice-writer),"
        " or save the file as .docx in Word or WPS",
        zh=f"读取 {suffix} 文件需要 LibreOffice，本机没有安装。"
        "请安装（libreoffice.org；Debian、Ubuntu 可用 apt install libreoffice-writer），"
        "或用 Word、WPS 另存为 .docx。",
    )


def _refused(suffix: str) -> SourceError:
    return SourceError(
        f"cannot be read: LibreOffice finds no {suffix} document in it (broken, locked by a"
        " password, or of another kind)",
        cure="Open it in Word or WPS and save it again as .docx without a password",
        zh=f"无法读取：LibreOffice 认不出其中的 {suffix} 文档（损坏、有密码或格式不符）。"
        "请用 Word 或 WPS 打开，另存为无密码的 .docx。",
    )


def _slow() -> SourceError:
    return SourceError(
        f"LibreOffice did not finish with it in {_SECONDS} seconds",
        cure="Open it in Word or WPS and save it as .docx",
        zh=f"LibreOffice 在 {_SECONDS} 秒内没有转换完。请用 Word 或 WPS 打开，另存为 .docx。",
    )
