"""A wheel with the reader compiled by mypyc: `make wheel`; exit 2 where this machine cannot compile."""

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class CompilingError(Exception):
    """The wheel was not built."""


def lacking() -> str | None:
    """Return what this machine lacks to compile, with the cure; None where it lacks nothing."""
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")[0]
    if shutil.which(compiler) is None:
        return f"no C compiler: {compiler} is not on this machine; install one (Debian: gcc), or name it in CC"
    header = Path(sysconfig.get_path("include"), "Python.h")
    if not header.exists():
        return f"no headers of Python: {header} is not there; install them (Debian: python3-dev)"
    if find_spec("hatch_mypyc") is None:
        return "hatch-mypyc is not installed; pip install -c constraints.txt -e '.[wheel]'"
    return None


def compiled_wheel(folder: Path) -> Path:
    """Build a wheel with the reader compiled into a folder, from a copy of the sources, beside which nothing is left.

    Raise CompilingError where the build fails.
    """
    with tempfile.TemporaryDirectory() as scratch:
        archive = _built("sdist", ROOT, Path(scratch) / "sdist")
        shutil.unpack_archive(archive, scratch)
        source = Path(scratch) / archive.name.removesuffix(".tar.gz")
        made = _built("wheel", source, Path(scratch) / "wheel", HATCH_BUILD_HOOK_ENABLE_MYPYC="1")
        folder.mkdir(parents=True, exist_ok=True)
        return Path(shutil.move(made, folder / made.name))


def _built(target: str, source: Path, folder: Path, **environment: str) -> Path:
    """Build a package of a folder of sources by hatchling; return its file."""
    run = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    done = subprocess.run(run, cwd=source, env=os.environ | environment, capture_output=True, text=True)
    if done.returncode:
        raise CompilingError(f"the build of the {target} ended with {done.returncode}:\n{done.stderr[-4000:]}")
    return next(folder.iterdir())


def installed(wheel: Path, folder: Path) -> Path:
    """Install a wheel into a fresh environment, which finds other packages in this one; return its Python."""
    venv.create(folder)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    base = {"base": str(folder), "platbase": str(folder)}
    Path(sysconfig.get_path("purelib", "venv", base), "beside.pth").write_text(sysconfig.get_path("purelib"))
    return python


def main() -> int:
    """Build the wheel and tell where it is."""
    parser = argparse.ArgumentParser(prog="python -m tests.compiling", description=__doc__)
    parser.add_argument("-o", "--out", type=Path, default=ROOT / "dist", help="folder for the wheel")
    given = parser.parse_args()
    wanting = lacking()
    if wanting is not None:
        print(f"no wheel: {wanting}", file=sys.stderr)
        return 2
    print("compiling; some minutes", file=sys.stderr)
    try:
        print(compiled_wheel(given.out))
    except CompilingError as error:
        print(f"no wheel: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
