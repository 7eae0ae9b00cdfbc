"""The map in ``analysis/wenma/__init__.py`` is the architecture: imports run one way."""

import ast
import re
from pathlib import Path

import wenma
import wenma.sources

HOUSE = Path(wenma.__file__).parent
ROOMS = re.findall(r"^(\w+)  +\S", wenma.__doc__.split("=\n", 1)[1], flags=re.M)


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports(path: Path, *, types: bool = True) -> set[str]:
    """Modules of this house that a file imports, wherever in the file.

    Without `types` those are left out that are read by the type checker alone.
    """
    found: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not types:
        tree.body = [one for one in tree.body if not ast.unparse(one).startswith("if TYPE_CHECK")]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names if name.name.startswith("wenma")}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; name the room instead"
            if node.module == "wenma":
                found |= {f"wenma.{name.name}" for name in node.names}
            elif (node.module or "").startswith("wenma."):
                found.add(node.module)
    return found


def files() -> list[Path]:
    return [p for p in sorted(HOUSE.rglob("*.py")) if p != HOUSE / "__init__.py"]


def test_every_room_is_on_the_map_and_every_line_of_the_map_is_a_room():
    there = {p.stem if p.parent == HOUSE else p.relative_to(HOUSE).parts[0] for p in files()}
    assert there == set(ROOMS)


def test_the_rooms_of_sources_are_those_it_names():
    there = {one.name for one in (HOUSE / "sources").iterdir() if (one / "__init__.py").exists()}
    assert there == set(re.findall(r"^(\w+)  +\S", wenma.sources.__doc__, flags=re.M))


def test_no_import_runs_uphill():
    uphill = []
    for path in files():
        here = path.relative_to(HOUSE).parts[0].removesuffix(".py")
        for module in imports(path):
            there = room_of(module)
            if there in ROOMS and ROOMS.index(there) > ROOMS.index(here):
                uphill.append(f"{path.relative_to(HOUSE)} imports {module}")
    assert not uphill


def test_each_room_says_in_one_sentence_what_it_makes():
    for room in (one.parent for one in HOUSE.rglob("__init__.py")):
        if room != HOUSE:
            tree = ast.parse((room / "__init__.py").read_text(encoding="utf-8"))
            assert ast.get_docstring(tree), f"{room.name}/__init__.py has no sentence"
            assert len(tree.body) == 1, f"{room.name}/__init__.py holds more than its sentence"


FRONT = ("cli", "app")
"""The rooms in which people ask; everything they ask goes through `study`."""


def test_the_fronts_ask_study_and_nothing_that_keeps_codes_or_counts():
    """Printing (`publish`), the registries of questions and codebooks as files are no work."""
    below = []
    for path in files():
        here = path.relative_to(HOUSE).parts[0]
        if here not in FRONT:
            continue
        name = path.relative_to(HOUSE).as_posix()
        closed = {"store", "coding", "engine", "statistics", "reliability", "interchange"}
        used = imports(path, types=False)
        below += [f"{name} imports {one}" for one in used if room_of(one) in closed]
    assert not below


def test_sql_stands_in_the_store_alone():
    elsewhere = [
        str(path.relative_to(HOUSE))
        for path in files()
        if path.relative_to(HOUSE).parts[0] != "store"
        and re.search(
            r"^\s*(?:from|import) (?:sqlalchemy|sqlite3)\b", path.read_text(encoding="utf-8"), re.M
        )
    ]
    assert not elsewhere


def test_statistics_know_no_frame_and_no_code():
    framed = [
        str(path.relative_to(HOUSE))
        for path in (HOUSE / "statistics").rglob("*.py")
        if "pandas" in path.read_text(encoding="utf-8")
    ]
    assert not framed


def test_nothing_travels_in_the_attributes_of_a_frame():
    carrying = [
        str(path.relative_to(HOUSE))
        for path in files()
        if re.search(r"\w\.attrs\b", path.read_text(encoding="utf-8"))
        and "spacy" not in path.read_text(encoding="utf-8")  # whose spans have some of their own
    ]
    assert not carrying


def test_a_public_name_is_defined_in_one_module_alone():
    defined: dict[str, list[str]] = {}
    for path in files():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
                defined.setdefault(node.name, []).append(str(path.relative_to(HOUSE)))
    # A command has `arguments` and `run`, a page `draw`, a reader `extract`: one name, one part.
    roles = {"arguments", "run", "draw", "extract"}
    twice = {name: where for name, where in defined.items() if len(where) > 1}
    assert {name: where for name, where in twice.items() if name not in roles} == {}
