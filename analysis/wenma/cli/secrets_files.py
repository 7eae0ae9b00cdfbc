"""What lies where Streamlit looks for secrets, read anew each time it is asked for."""

from collections.abc import Iterable
from pathlib import Path

from wenma.study.access import SecretsFile

REQUIRED = "WENMA_SIGN_IN"
"""Set by `wenma app` for its server when it has seen sign-in set up, so that it stays so."""


def read_secrets(paths: Iterable[str]) -> list[SecretsFile]:
    """Each file or folder as it is now; nothing is parsed and nothing raised.

    As with Streamlit, what ends with ``.toml`` is a file, and anything else a folder with
    a folder for each secret.
    """
    return [_file(path) if path.endswith(".toml") else _folder(path) for path in paths]


def _file(path: str) -> SecretsFile:
    try:
        return SecretsFile(path, Path(path).read_bytes())
    except FileNotFoundError:
        return SecretsFile(path, None)
    except (OSError, ValueError) as error:
        return SecretsFile(path, None, _problem(error))


def _folder(path: str) -> SecretsFile:
    tables: dict[str, object] = {}
    try:
        for folder in sorted(Path(path).iterdir()):
            found = {
                one.name: one.read_text(encoding="utf-8").strip()
                for one in sorted(folder.iterdir())
                if not one.is_dir()
            }
            # One file alone in its folder is the secret itself.
            tables[folder.name] = found if len(found) != 1 else next(iter(found.values()))
    except (OSError, ValueError) as error:  # a folder that was asked for and is not there, too
        return SecretsFile(path, None, _problem(error))
    return SecretsFile(path, tables)


def _problem(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
