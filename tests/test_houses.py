"""The house: rooms, the one direction of imports, and a line for every module."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("schema", "db", "etl", "cli")
"""From the innermost: each may import itself and those before it."""
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the room"
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_from_cli_to_etl_to_db_to_schema(path: Path) -> None:
    room = ROOMS.index(path.relative_to(ROOT).parts[0])
    assert _imported(path) & {*ROOMS[room + 1 :], "damoxing", "tests"} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_tells_in_its_first_line_what_it_is(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    first = (docstring or "").splitlines()[0] if docstring else ""
    assert first.endswith((".", "?")), f"{path} begins without a sentence"


@pytest.mark.parametrize("room", [*ROOMS, "seeds"])
def test_the_rooms_imported_are_ours(room: str) -> None:
    module = importlib.import_module(room)
    assert Path(module.__file__ or "").parent == ROOT / room, "another distribution of this name is imported"


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.mark.parametrize("module", ["db.look_up", "db.search", "db.names", "db.opening", "db.listing"])
def test_look_ups_load_neither_sqlmodel_nor_datasette_nor_pydantic(module: str) -> None:
    code = f"import sys, {module}; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], env=_environment(), capture_output=True, text=True, check=True)
    assert {"sqlmodel", "datasette", "pydantic", "sqlalchemy", "yaml"} & set(done.stdout.split()) == set()


def test_the_schema_imports_nothing_that_needs_a_database_or_a_network() -> None:
    used = set().union(*(_imported(path) for path in (ROOT / "schema").rglob("*.py")))
    assert used & {"sqlite3", "sqlite_utils", "datasette", "httpx", "requests", "typer"} == set()
