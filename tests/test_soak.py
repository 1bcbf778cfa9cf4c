"""What takes long: five hundred kills, a larger base; run by `make soak`."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from etl.build import build
from etl.simulate import simulate
from tests.faults import JOBS, kill_command

pytestmark = pytest.mark.soak

_MEMORY = (
    "import resource, sys; from pathlib import Path; from etl.simulate import simulate; "
    "simulate(int(sys.argv[1]), Path(sys.argv[2])); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
)


@pytest.mark.parametrize("name", JOBS)
def test_a_command_killed_a_hundred_times_leaves_what_stood_and_ends_well(name: str, tmp_path: Path) -> None:
    assert kill_command(name, 100, tmp_path).killed > 33, "the command ended before it was killed"


def test_a_simulation_ten_times_as_large_takes_no_more_memory(tmp_path: Path) -> None:
    peaks = []
    for count in (20_000, 200_000):
        run = [sys.executable, "-c", _MEMORY, str(count), str(tmp_path / str(count))]
        peaks.append(int(subprocess.run(run, capture_output=True, text=True, check=True).stdout))
    assert peaks[1] < peaks[0] + 20


def test_a_base_of_two_hundred_thousand_statements_is_whole(tmp_path: Path) -> None:
    simulate(200_000, tmp_path / "seeds")
    report = build(tmp_path / "seeds", tmp_path / "base.db")
    connection = sqlite3.connect(report.path)
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert connection.execute("select count(*), count(distinct key) from statements").fetchone() == (200_000, 200_000)
