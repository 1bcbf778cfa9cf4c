"""The soak and the crowd in short: no request fails while builds go on and strangers ask what is costly."""

import shutil
from pathlib import Path

from tests.crowding import BOUND_BYTES, COSTLY, crowd
from tests.soaking import KINDS, faults, soak


def test_mixed_load_with_builds_under_it_drops_nothing(first: Path, tmp_path: Path) -> None:
    found = soak(tmp_path, first, 20, rate=12, every=6)
    assert faults({**found, "memory_mb": {}}) == []
    assert found["builds"] > 0
    assert {*KINDS, "MCP"} <= set(found["p95_ms"])


def test_costly_queries_fail_no_visitor_and_take_bounded_memory(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "damoxing.db"
    shutil.copy(base, path)
    found = crowd(path, 6)
    assert found["failures"] == []
    assert found["pages"] > 0
    assert {kind.rpartition(" ")[0] for kind in found["attacks"]} & set(COSTLY)
    assert {kind.rpartition(" ")[2] for kind in found["attacks"]} <= {"200", "400", "429"}
    assert found["memory_mb"]["grown_by_at_most"] < BOUND_BYTES / 1e6
