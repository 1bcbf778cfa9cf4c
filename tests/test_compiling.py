"""The compiled reader: mypyc takes its modules, its wheel reads what the plain package reads, and nothing of it is left in the sources."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.bench_reader import invented_texts, speed_of
from tests.compiling import ROOT, compiled_wheel, installed, lacking

_HOOK = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HOOK = _HOOK["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["mypyc"]
_READ = (
    "import sys; from etl.extract import one_document; from etl.scale.rule_version import rule_version; "
    "print(one_document(sys.argv[1]), rule_version())"
)
_TRANSLATE = "import sys; from mypyc.build import mypycify; mypycify(sys.argv[2:], target_dir=sys.argv[1])"


def compiled_modules() -> list[str]:
    """List the files that are compiled."""
    found = {path for pattern in HOOK["include"] for path in ROOT.glob(pattern.lstrip("/"))}
    return sorted(str(path.relative_to(ROOT)) for path in found)


def test_the_sources_hold_no_compiled_module() -> None:
    rooms = ("schema", "etl", "db", "cli")
    left = [path for room in rooms for path in (ROOT / room).rglob("*") if path.suffix in {".so", ".pyd"}]
    assert left == [], "remove these: they are imported where the modules beside them should be"


def test_mypyc_translates_every_module_of_the_reader(tmp_path: Path) -> None:
    pytest.importorskip("mypyc", reason="mypy is not installed")
    pytest.importorskip("setuptools", reason="setuptools is not installed; mypyc needs it")
    run = [sys.executable, "-c", _TRANSLATE, str(tmp_path), *HOOK["mypy-args"], *compiled_modules()]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert list(tmp_path.glob("*.c"))


def test_where_there_is_no_compiler_the_cure_is_told() -> None:
    environment = os.environ | {"CC": "no-such-compiler"}
    run = [sys.executable, "-m", "tests.compiling"]
    done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 2
    assert "no C compiler: no-such-compiler is not on this machine; install one" in done.stderr


def said(python: str | Path, code: str, *words: str | Path) -> str:
    """Return what an environment's Python prints of some code, run outside the sources."""
    run = [str(python), "-P", "-c", code, *map(str, words)]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the compiled wheel, once; skip where this machine cannot compile."""
    wanting = lacking()
    if wanting is not None:
        pytest.skip(wanting)
    return compiled_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.mark.soak
def test_the_wheel_holds_every_module_of_the_reader_compiled_and_plain(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    libraries = {name.partition(".")[0] for name in names if name.endswith((".so", ".pyd"))}
    assert libraries == {*(name.removesuffix(".py") for name in compiled_modules()), "damoxing__mypyc"}
    assert set(compiled_modules()) <= set(names)


@pytest.mark.soak
def test_the_compiled_wheel_reads_what_the_plain_package_reads(wheel: Path, tmp_path: Path) -> None:
    python = installed(wheel, tmp_path / "fresh")
    ours, theirs = speed_of(sys.executable, None), speed_of(python, None)
    assert (ours.compiled, theirs.compiled) == (False, True)
    assert theirs.digest == ours.digest
    # A long text is read by a process of its own, which hands it back with what was cut.
    text = tmp_path / "long.txt"
    text.write_text("\n\n".join(invented_texts(200)) + "\n\n相关阅读\n- 又一篇\n- 再一篇\n", encoding="utf-8")
    read = [said(python, _READ, text) for python in (sys.executable, python)]
    assert "related links" in read[0]
    assert read[0] == read[1]
