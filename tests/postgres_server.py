"""A PostgreSQL server of the tests' own: a new cluster in a temporary folder, on a socket there."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BINARIES = "/usr/lib/postgresql"


def programs() -> Path | None:
    """Return the folder of the newest initdb of this machine."""
    found = sorted(Path(_BINARIES).glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return found[-1].parent if found else None


def run(*words: str | Path) -> None:
    """Run a program, as the user postgres where we are root: PostgreSQL refuses to run as root."""
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*user, *map(str, words)], cwd="/", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def server(binaries: Path) -> Iterator[str]:
    """Start a server and give the address of its databases, with `{}` for a database's name."""
    folder = Path(tempfile.mkdtemp(prefix="damoxing-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        # Sorted as a language does, so that nothing hangs on the server's own order.
        icu = ["--locale-provider=icu", "--icu-locale=en"] if float(binaries.parts[-2]) >= 15 else []
        run(
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
            *icu,
        )
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        run(binaries / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql://postgres@/{{}}?host={folder}"
        finally:
            run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
