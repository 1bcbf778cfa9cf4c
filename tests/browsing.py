"""A browser and a served base, for the browser tests and for the screenshots of the READMEs."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("zh", "en")
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_BASE = "/damoxing"
_SQL = f"{_BASE}?sql=select+label%2C+parameters_text+from+models+order+by+parameters+desc+limit+5"

Page = Any
"""A page of Playwright's, which the machines that only read the tests may lack."""

LISTS = {
    f"list of {name}": f"{_BASE}/{name}"
    for name in (
        *("models", "organizations", "companies", "places", "policies", "policy_profiles", "provincial_policies"),
        *("metrics", "user_metrics", "events", "relations", "benchmarks", "fundings", "subsidies", "targets"),
        *("statements", "evidence", "parties", "sources", "entities", "conflicts", "quality_issues"),
        *("aliases", "properties", "units", "terms", "releases", "changes", "redirects", "columns", "base_info"),
    )
}
ENTITIES = {
    "model": f"{_BASE}/models/gpt-3",
    "company": f"{_BASE}/organizations/openai",
    "policy": f"{_BASE}/policies/interim-measures-for-generative-ai-services",
    "place": f"{_BASE}/entities/shanghai",
    "person": f"{_BASE}/entities/zhu-jiaming",
    "product": f"{_BASE}/entities/chatgpt",
    "topic": f"{_BASE}/entities/large-models",
    "source": f"{_BASE}/sources/hans-sd-2024-143081",
    "statement": "/-/evidence/squswtgar6",
}
ANSWERS = {
    f"question {name}": f"{_BASE}/{name}"
    for name in (
        *("models_by_size", "what_sources_say", "users_over_time", "policies_of_a_place", "policy_instruments"),
        *("who_develops_what", "what_a_person_said", "said_by", "events_between", "economic_figures"),
        *("counts_and_shares", "doubted_figures", "conflicts_and_choices", "largest_training_data"),
        *("people_of_an_organization", "evidence_of_a_statement", "coverage", "industries_applied"),
        "search_statements",
    )
}
PICTURES = {
    f"picture {name}": f"/-/pictures/{name}"
    for name in ("parameters", "openness", "policies-china", "policies-world", "users", "events", "conflicts")
}
PAGES = {
    "home": "/",
    **LISTS,
    "list filtered": f"{_BASE}/models?open_source=1&_sort_desc=parameters",
    "list without rows": f"{_BASE}/models?open_source=7",
    **ENTITIES,
    "questions": _BASE,
    **ANSWERS,
    "compare": "/-/compare?id=gpt-3&id=llama&id=hunyuan",
    "compare nothing": "/-/compare",
    "pictures": "/-/pictures",
    **PICTURES,
    "search": "/-/search?q=GPT-4",
    "search without hits": "/-/search?q=zzzzzzzz",
    "data": "/-/data",
    "method": "/-/method",
    "row": f"{_BASE}/models/gpt-3?plain=1",
    "SQL": _SQL,
    "SQL wrong": f"{_BASE}?sql=select+nothing",
    "error 404": "/nowhere",
}
"""Every kind of page, by name."""

_ALIKE = {
    f"list of {name}"
    for name in (
        *("companies", "policy_profiles", "provincial_policies", "user_metrics", "relations", "benchmarks", "fundings"),
        *("subsidies", "targets", "evidence", "aliases", "properties", "units", "terms", "releases", "changes"),
        *("redirects", "columns", "base_info"),
    )
}
KINDS = [(name, language) for name in PAGES for language in LANGUAGES if name not in _ALIKE or language == "zh"]
"""Each page in each language; of the lists that share a template with a greater one, in one."""


def executable() -> str | None:
    """Return where this machine has a browser, or None."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


@contextmanager
def browser() -> Iterator[Any]:
    """Open this machine's browser, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"], headless=True)
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def served(base: Path, *options: str, seconds: float = 60, log: Path | None = None) -> Iterator[str]:
    """Serve a base by `damoxing serve` on a free port, and yield its address."""
    code = "from cli.app import main; main()"
    command = [sys.executable, "-c", code, "serve", "--db", str(base), "--port", "0", *options]
    env = {name: value for name, value in os.environ.items() if not name.startswith("DAMOXING_")}
    log = log or base.parent / "serve.log"
    with log.open("w", encoding="utf-8") as told:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=told)
    try:
        yield _address(process, log, time.monotonic() + seconds)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _address(process: "subprocess.Popen[bytes]", log: Path, until: float) -> str:
    while time.monotonic() < until and process.poll() is None:
        told = log.read_text(encoding="utf-8")
        if "(stop with" in told:
            return told.split("served at ")[1].split("/ (stop")[0]
        time.sleep(0.1)
    raise RuntimeError(f"damoxing serve did not start: {log.read_text(encoding='utf-8')}")


def wanting() -> str:
    """Return why no browser can be opened here; nothing where one can."""
    if find_spec("playwright") is None:
        return "playwright is not installed; pip install -e '.[test]'"
    if executable() is None:
        return f"no browser on this machine; install one of {', '.join(_BROWSERS)}"
    return ""
