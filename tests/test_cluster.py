"""`extract --cluster`: a real scheduler and workers, on hosts of their own, that are killed, cut off, lost or strangers."""

import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.scale.worker import Lost
from schema.reading_limits import Limits
from tests import pool_tasks
from tests.bench_reader import invented_texts
from tests.pool_tasks import Task

pytest.importorskip("distributed")
from etl.scale.cluster import Cluster, ClusterError, cluster_answers, job_of
from tests.dask_hosts import (
    EXTRACT,
    PATIENCE,
    ROOT,
    Begun,
    Hosts,
    Namespaces,
    certificates,
    hosts,
    may_make_namespaces,
    scheduler,
    worker,
    worker_process,
)

TEXTS, SIZE = 240, 12
PARTS = TEXTS // SIZE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cluster")


@pytest.fixture(scope="module")
def texts(folder: Path) -> Path:
    for number, text in enumerate(invented_texts(TEXTS)):
        path = folder / "in" / f"{number:03d}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "in"


@pytest.fixture(scope="module")
def whole(folder: Path, texts: Path) -> dict[str, bytes]:
    """Read the texts by one process."""
    with hosts(1, folder) as here:
        process = here.begin(1, *EXTRACT, texts, "-o", folder / "whole", "--part-size", SIZE)
        assert process.end() == 0, process.said()
    return parts(folder / "whole")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Hosts]:
    with hosts(2, tmp_path) as made:
        yield made


def parts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("part-*.jsonl"))}


def done(out: Path) -> int:
    return len(list(out.glob("done/*.json")))


def wait_for(what: Callable[[], Any], begun: Begun) -> None:
    until = time.monotonic() + PATIENCE
    while not what():
        assert begun.process.poll() is None, begun.said()
        assert time.monotonic() < until, begun.said()
        time.sleep(0.01)


def extracting(on: Hosts, host: int, address: str, texts: Path, out: Path, settings: Any = None) -> Begun:
    return on.begin(
        host, *EXTRACT, texts, "-o", out, "--part-size", SIZE, "--cluster", address, settings=settings
    )  # fmt: skip


# --- hosts of their own


def test_a_worker_killed_and_another_cut_off_cost_no_statement_and_double_none(
    texts: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    """Read with TLS on four hosts: scheduler, two workers, client."""
    problem = may_make_namespaces()
    if problem:
        print(f"no network namespaces here ({problem}): the hosts are addresses of the loopback")
    out = tmp_path / "out"
    tls = certificates(tmp_path)
    with hosts(4, tmp_path, Hosts if problem else Namespaces) as four:
        address, leader = scheduler(
            four, 1, scheme="tls", settings=tls | {"DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "5s"}
        )
        killed, cut = (worker(four, host, address, settings=tls) for host in (2, 3))
        client = extracting(four, 4, address, texts, out, tls)
        wait_for(lambda: done(out) >= 2, client)
        os.kill(worker_process(killed), signal.SIGKILL)
        wait_for(lambda: done(out) >= 5, client)
        four.cut(3)
        assert done(out) < PARTS - 5
        assert client.end() == 0, client.said()
        assert "Restarting worker" in killed.said()
        assert four.address(3) in leader.said().rpartition("Remove worker")[2], leader.said()
        assert cut.process.poll() is None
    assert parts(out) == whole
    assert (out / "failures.jsonl").read_text() == ""


# --- tasks that do not end well


def answers(tasks: list[Task], cluster: Cluster, limits: Limits = Limits()) -> list[Any]:
    found = list(
        cluster_answers(tasks, cluster, job_of(pool_tasks.ready_on_host, None, limits), weigh=lambda _: 10_000)
    )
    assert [task for task, _ in found] == tasks
    return [answer for _, answer in found]


def test_a_task_that_workers_die_with_is_lost_and_the_others_are_answered(here: Hosts) -> None:
    address, _ = scheduler(here, settings={"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"})
    for host in (1, 2):
        worker(here, host, address)
    tasks = [Task(number) for number in range(60)]
    tasks[7], tasks[9] = Task(7, "sleep"), Task(9, "eat")
    tasks[21], tasks[40] = Task(21, "fail"), Task(40, "kill the worker")
    found = answers(tasks, Cluster(address), Limits(timeout=2, memory=200))
    assert found.pop(40) == Lost("died", "2 workers that read it died")
    assert found.pop(21) == Lost("error", "KeyError: 'unit'")
    assert found.pop(9) == Lost("memory", "took more than 200 MB")
    assert found.pop(7) == Lost("timeout", "took more than 2 s")
    assert found == [number for number in range(60) if number not in {7, 9, 21, 40}]


def test_a_cluster_without_workers_is_told_at_the_start_and_in_mid_run(here: Hosts) -> None:
    address, _ = scheduler(here)
    with pytest.raises(ClusterError, match=r"^the scheduler at \S+ has no worker; begin some: dask worker tcp://"):
        answers([Task(0)], Cluster(address, first=0.5))
    lone = worker(here, 2, address, "--no-nanny")
    found = cluster_answers(
        (Task(number, "slow") for number in range(10_000)),
        Cluster(address, patience=1),
        job_of(pool_tasks.ready_on_host, None, Limits()),
        weigh=lambda _: 40_000,
    )
    assert next(found)[1] == 0
    lone.kill()
    with pytest.raises(ClusterError, match=r"no worker is left at tcp://.* since 1 s; what is done stays done"):
        list(found)


# --- schedulers and workers that are not as they should be


def test_a_scheduler_that_does_not_answer_is_told(here: Hosts, texts: Path, tmp_path: Path) -> None:
    for address in ("tcp://127.0.18.9:18787", "nowhere"):
        client = extracting(
            here, 1, address, texts, tmp_path / "out", {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
        )
        assert client.end() == 1
        assert client.said().startswith(f"no Dask scheduler answers at '{address}' (")
        assert "Traceback" not in client.said()
    client = here.begin(1, *EXTRACT, texts, "--cluster", "tcp://x:1", "--jobs", 2)
    assert client.end() == 2
    assert "--jobs is of this machine" in client.said()


def test_a_run_whose_scheduler_is_lost_goes_on_with_another(
    here: Hosts, texts: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    address, leader = scheduler(here)
    worker(here, 1, address, "--no-nanny")
    client = extracting(here, 1, address, texts, out)
    wait_for(lambda: done(out) >= 2, client)
    leader.kill()
    assert client.end() == 1
    assert f"the scheduler at {address} was lost" in client.said()
    assert "Traceback" not in client.said()
    before = done(out)
    assert 2 <= before < PARTS
    address, _ = scheduler(here)
    worker(here, 2, address, "--no-nanny")
    client = extracting(here, 1, address, texts, out)
    assert client.end() == 0, client.said()
    assert f"in {PARTS} parts, {before} of them done before" in client.said()
    assert parts(out) == whole


def test_a_worker_that_reads_by_other_rules_is_named_with_them(here: Hosts, texts: Path, tmp_path: Path) -> None:
    other, out = tmp_path / "other", tmp_path / "out"
    for room in ("cli", "db", "etl", "schema"):
        shutil.copytree(ROOT / room, other / room, ignore=shutil.ignore_patterns("__pycache__"))
    (other / "seeds").symlink_to(ROOT / "seeds")
    with (other / "etl" / "reader" / "read.py").open("a") as file:
        file.write("# of tomorrow\n")
    address, _ = scheduler(here)
    worker(here, 1, address, "--no-nanny")
    client = extracting(here, 1, address, texts, out)
    wait_for(lambda: done(out) >= 1, client)
    late = worker(here, 2, address, "--no-nanny", settings={"PYTHONPATH": str(other)})
    assert client.end() == 1
    said = f"worker tcp://{here.address(2)}"
    assert said in client.said()
    assert "reads by other rules (etl/reader/read.py); install there" in client.said()
    again = extracting(here, 1, address, texts, out)
    assert again.end() == 1
    assert said in again.said()
    late.kill()


def test_a_cluster_reads_by_the_words_of_the_seeds_that_are_given(here: Hosts, tmp_path: Path) -> None:
    seeds, text = tmp_path / "seeds", tmp_path / "in.txt"
    seeds.mkdir()
    gazetteer = 'names:\n  - name: "甲乙丙丁"\n    kind: "organization"\n'
    (seeds / "gazetteer.yaml").write_text(gazetteer, encoding="utf-8")
    text.write_text("甲乙丙丁去年营收20亿元。", encoding="utf-8")
    address, _ = scheduler(here)
    worker(here, 1, address)
    words = (text, "--seeds", seeds, "--date", "2025-06-30")
    client = here.begin(1, *EXTRACT, *words, "-o", tmp_path / "cluster.jsonl", "--cluster", address)
    assert client.end() == 0, client.said()
    assert here.begin(1, *EXTRACT, *words, "-o", tmp_path / "one.jsonl").end() == 0
    assert (tmp_path / "cluster.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()
    row = json.loads((tmp_path / "one.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert row["subject_name"] == "甲乙丙丁"
