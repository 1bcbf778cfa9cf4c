"""A Dask cluster of real processes: on hosts of their own, which are network namespaces on one switch, or on this one."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, TypeAlias

from distributed import Security

ROOT = Path(__file__).resolve().parent.parent
DASK = [sys.executable, "-m", "dask"]
EXTRACT = [sys.executable, "-c", "from cli.app import main; main()", "extract"]
# Dask's own configuration: a scheduler that is lost is given up in seconds.
SETTINGS = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s", "PYTHONPATH": str(ROOT)}
PATIENCE = 180
Settings: TypeAlias = dict[str, str] | None


class Begun(NamedTuple):
    """A process on a host, and the file that takes what it says."""

    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        """Return what it said by now."""
        return self.log.read_text(encoding="utf-8")

    def await_line(self, wanted: str) -> None:
        """Wait until it says what is wanted."""
        until = time.monotonic() + PATIENCE
        while wanted not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.02)

    def end(self) -> int:
        """Wait for its end, and return its exit code."""
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """Kill it and what it began."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Hosts:
    """Hosts by number from 1, all on this machine's loopback; a host that is cut off is stopped."""

    def __init__(self, count: int, folder: Path) -> None:
        self.count, self.folder = count, folder
        self.begun: list[tuple[int, Begun]] = []

    def address(self, host: int) -> str:
        """Return a host's IP address."""
        return f"127.0.18.{host}"

    def begin(self, host: int, *words: object, settings: Settings = None) -> Begun:
        """Begin a command on a host."""
        log = self.folder / f"{len(self.begun)}.log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                [*self.way(host), *map(str, words)],
                env={**os.environ, **SETTINGS, **(settings or {})},
                cwd=self.folder,
                stdout=subprocess.DEVNULL,
                stderr=file,
                start_new_session=True,
            )
        self.begun.append((host, Begun(process, log)))
        return self.begun[-1][1]

    def way(self, host: int) -> list[str]:
        """Return the words before a command that bring it to a host."""
        return []

    def cut(self, host: int) -> None:
        """Cut a host off: nothing comes from it any more."""
        for at, one in self.begun:
            if at == host:
                os.killpg(one.process.pid, signal.SIGSTOP)

    def end(self) -> None:
        """Kill what was begun."""
        for _, one in self.begun:
            one.kill()


class Namespaces(Hosts):
    """Hosts that are network namespaces, with a cable each to a switch in one more."""

    def __init__(self, count: int, folder: Path) -> None:
        super().__init__(count, folder)
        self.names = {host: f"damoxing-{os.getpid()}-{host}" for host in range(count + 1)}
        for name in self.names.values():
            ip("netns", "add", name)
        switch = self.names[0]
        ip("-n", switch, "link", "add", "switch", "type", "bridge")
        ip("-n", switch, "link", "set", "switch", "up")
        for host in range(1, count + 1):
            self._plug(host, self.names[host], switch)

    def _plug(self, host: int, name: str, switch: str) -> None:
        ip("-n", name, "link", "add", "cable", "type", "veth", "peer", "name", f"port{host}", "netns", switch)
        ip("-n", switch, "link", "set", f"port{host}", "master", "switch", "up")
        ip("-n", name, "address", "add", f"{self.address(host)}/24", "dev", "cable")
        ip("-n", name, "link", "set", "cable", "up")
        ip("-n", name, "link", "set", "lo", "up")

    def address(self, host: int) -> str:
        return f"10.18.0.{host}"

    def way(self, host: int) -> list[str]:
        return ["ip", "netns", "exec", self.names[host]]

    def cut(self, host: int) -> None:
        ip("-n", self.names[0], "link", "set", f"port{host}", "down")

    def end(self) -> None:
        super().end()
        for name in self.names.values():
            subprocess.run(["ip", "netns", "delete", name], capture_output=True)


def ip(*words: str) -> None:
    """Call ip; raise RuntimeError with what it says where it fails."""
    try:
        done = subprocess.run(["ip", *words], capture_output=True, text=True)
    except FileNotFoundError as error:
        raise RuntimeError("no ip here: install iproute2") from error
    if done.returncode:
        raise RuntimeError(f"ip {' '.join(words)}: {done.stderr.strip()}")


@contextmanager
def hosts(count: int, folder: Path, kind: type[Hosts] = Hosts) -> Iterator[Hosts]:
    """Give hosts that write their logs to a folder, and end what was begun on them."""
    made = kind(count, folder)
    try:
        yield made
    finally:
        made.end()


def may_make_namespaces() -> str | None:
    """Return why this machine makes no network namespaces, or None."""
    name = f"damoxing-{os.getpid()}-try"
    try:
        ip("netns", "add", name)
        ip("-n", name, "link", "add", "try", "type", "bridge")
    except RuntimeError as error:
        return str(error)
    finally:
        with suppress(OSError):
            subprocess.run(["ip", "netns", "delete", name], capture_output=True)
    return None


def scheduler(on: Hosts, host: int = 1, *, scheme: str = "tcp", settings: Settings = None) -> tuple[str, Begun]:
    """Begin a scheduler, wait until it listens, and return its address with it."""
    at = f"{scheme}://{on.address(host)}"
    own = ("--host", at, "--port", "0", "--no-dashboard", "--dashboard-address", ":0")
    begun = on.begin(host, *DASK, "scheduler", *own, settings=settings)
    begun.await_line("Scheduler at:")
    found = re.search(r"Scheduler at: +(\S+)\n", begun.said())
    assert found
    return found[1], begun


def worker(on: Hosts, host: int, address: str, *words: str, settings: Settings = None) -> Begun:
    """Begin a worker of one thread, and wait until its scheduler knows it."""
    at = f"{address.partition(':')[0]}://{on.address(host)}"
    own = ("--host", at, "--nthreads", "1", "--no-dashboard", "--local-directory", on.folder / f"worker-{host}")
    begun = on.begin(host, *DASK, "worker", address, *own, *words, settings=settings)
    begun.await_line("Registered to:")
    return begun


def worker_process(begun: Begun) -> int:
    """Return the id of the process in which a nanny's worker works."""
    return next(pid for pid in _below(begun.process.pid) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes())


def _below(pid: int) -> Iterator[int]:
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text().split():
            yield int(child)
            yield from _below(int(child))


def certificates(folder: Path) -> dict[str, str]:
    """Write a certificate and its key, and return Dask's configuration that asks for them everywhere."""
    made = Security.temporary()
    both = folder / "both.pem"
    both.write_text(f"{made.tls_client_key}{made.tls_ca_file}")
    own = {f"DASK_DISTRIBUTED__COMM__TLS__{role}__{what}": str(both) for role in ("SCHEDULER", "WORKER", "CLIENT") for what in ("CERT", "KEY")}  # fmt: skip
    return own | {
        "DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(both),
        "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "True",
    }
