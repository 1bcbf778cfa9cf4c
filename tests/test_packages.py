"""What is given away: the wheel and the source archive hold what git holds and nothing else, and come out the same twice."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TARGETS = PROJECT["tool"]["hatch"]["build"]["targets"]
_CODE = "from pathlib import Path; from etl.build import build; import etl; print(etl.__file__); print(build(None, Path('base.db')).statements)"
_TEXT = {".py", ".html", ".yaml", ".md"}


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    """List the files that git holds or would take; skip where this is no checkout."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        pytest.skip("not a checkout of git: nothing tells which files are the project's")
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def packed(source: Path, folder: Path, zone: str) -> dict[str, Path]:
    """Build both packages of a source folder under a time zone; return them by suffix."""
    pytest.importorskip("hatchling", reason="hatchling is not installed: no package can be built here")
    run = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    done = subprocess.run(run, cwd=source, env={**os.environ, "TZ": zone}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {path.suffix: path for path in folder.iterdir()}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return packed(ROOT, tmp_path_factory.mktemp("packages"), "UTC")


def names(package: Path) -> set[str]:
    """Return the names of a package's files; those of a source archive without its folder."""
    if package.suffix == ".whl":
        return set(zipfile.ZipFile(package).namelist())
    with tarfile.open(package) as archive:
        return {member.name.partition("/")[2] for member in archive if member.isfile()}


def test_the_wheel_holds_the_rooms_the_seeds_the_licences_and_nothing_else(
    packages: dict[str, Path], tracked: list[str]
) -> None:
    told = f"damoxing-{PROJECT['project']['version']}.dist-info"
    own = {f"{told}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt")}
    own |= {f"{told}/licenses/{name}" for name in PROJECT["project"]["license-files"]}
    parts = tuple(TARGETS["wheel"]["only-include"])
    assert names(packages[".whl"]) == own | {name for name in tracked if name.partition("/")[0] in parts}


def test_the_source_archive_holds_what_git_holds_but_its_own_settings(
    packages: dict[str, Path], tracked: list[str]
) -> None:
    left = {name for name in tracked if name.startswith(".") and name != ".gitignore"}
    assert names(packages[".gz"]) == (set(tracked) | {"PKG-INFO"}) - left


def test_the_packages_come_out_the_same_wherever_and_whenever_they_are_built(
    tracked: list[str], tmp_path: Path
) -> None:
    made = []
    for number, zone in enumerate(("Asia/Shanghai", "America/New_York")):
        source = tmp_path / f"source{number}"
        for name in tracked:
            copy = source / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy)
            os.utime(copy, (1e9 + number, 1e9 + number))
            copy.chmod(0o600 if number else 0o644)
        made.append(packed(source, tmp_path / f"made{number}", zone))
    for suffix in (".whl", ".gz"):
        first, second = (hashlib.sha256(one[suffix].read_bytes()).hexdigest() for one in made)
        assert first == second, suffix


def test_the_wheel_builds_a_base_from_any_folder(packages: dict[str, Path], tmp_path: Path) -> None:
    unpacked = tmp_path / "site"
    zipfile.ZipFile(packages[".whl"]).extractall(unpacked)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DAMOXING", "PYTHONPATH"))}
    done = subprocess.run(
        [sys.executable, "-c", _CODE],
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    place, statements = done.stdout.split()
    assert Path(place).is_relative_to(unpacked)
    assert int(statements) > 800


def test_the_licence_of_each_asset_is_told(tracked: list[str]) -> None:
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assets = [name for name in tracked if name.startswith(("db/", "etl/")) and Path(name).suffix not in _TEXT]
    assert assets
    assert [name for name in assets if f"`{name}`" not in told] == []


def test_an_audit_without_a_network_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pip_audit", reason="pip-audit is not installed; pip install -e '.[audit]'")
    from tests.auditing import audit

    pins = tmp_path / "constraints.txt"
    pins.write_text("six==1.16.0\n")
    options = ("--vulnerability-service", "osv", "--osv-url", "http://127.0.0.1:9/", "--timeout", "2")
    assert audit(pins, *options, "--cache-dir", str(tmp_path / "cache")) == 2
    assert "nothing was audited" in capsys.readouterr().err


def test_every_requirement_is_pinned_and_no_pin_names_an_index() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = {line.partition("==")[0].lower().replace("_", "-") for line in lines if "==" in line}
    assert [line for line in lines if not line.startswith("#") and "==" not in line] == []
    extras = PROJECT["project"]["optional-dependencies"].values()
    wanted = {_name(one) for group in (PROJECT["project"]["dependencies"], *extras) for one in group}
    assert wanted - pins == set()


def _name(requirement: str) -> str:
    name = requirement
    for mark in "[<>=! ":
        name = name.partition(mark)[0]
    return name.lower().replace("_", "-")
