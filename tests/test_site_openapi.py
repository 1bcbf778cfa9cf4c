"""The addresses for programs: the document that tells them, and a fuzzer that holds the public site against it."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from db.site_openapi import document
from tests.browsing import served

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed; pip install -e '.[test]'")

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "5"))
"""Requests of each kind and address; `make soak` sends more."""
ANSWERS = {200, 302, 400, 404, 405, 413, 414, 429, 503}


@pytest.fixture(scope="module")
def address(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(base, "--public", log=tmp_path_factory.mktemp("openapi") / "log") as found:
        yield found


API = schemathesis.openapi.from_dict(document("http://damoxing.example"))


PARAMETERS = {path: methods["get"]["parameters"] for path, methods in document("")["paths"].items()}
RIGHT, WRONG = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
# Any text is right in a path.
ASKED = [(path, RIGHT) for path, given in PARAMETERS.items() if given]
ASKED += [(path, WRONG) for path, given in PARAMETERS.items() if any(one["in"] == "query" for one in given)]


@pytest.mark.parametrize(("path", "mode"), ASKED)
def test_no_request_is_answered_with_a_fault(address: str, path: str, mode: schemathesis.GenerationMode) -> None:
    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.explicit, Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(case=API[path]["GET"].as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        response = case.call(base_url=address, timeout=120)
        assert response.status_code in ANSWERS, (case.as_curl_command(), response.content[:500])
        assert b"Traceback" not in response.content

    ask()


def test_every_documented_address_answers(address: str) -> None:
    told = httpx.get(f"{address}/openapi.json").json()
    assert told["servers"] == [{"url": address}]
    for path, methods in told["paths"].items():
        filled = path
        for parameter in methods["get"]["parameters"]:
            filled = (
                filled.replace(f"{{{parameter['name']}}}", _example(parameter)) if parameter["in"] == "path" else filled
            )
        query = {"sql": "select 1"} if path.endswith(("damoxing.json", "damoxing.csv")) else {}
        response = httpx.get(address + filled, params=query, follow_redirects=True, timeout=60)
        assert response.status_code == 200, filled


def _example(parameter: dict[str, object]) -> str:
    schema = parameter["schema"]
    assert isinstance(schema, dict)
    wanted = {"table": "models"}.get(str(parameter["name"]))
    return wanted or str(parameter.get("example") or schema["enum"][0])
