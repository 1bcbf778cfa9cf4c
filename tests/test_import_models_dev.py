"""The model cards of models.dev: models, offers of providers, broken cards."""

import shutil
from pathlib import Path

import pytest

from etl.importing.models_dev import PROPERTIES
from etl.importing.rows import ImportingError
from etl.importing.run import ImportReport, import_snapshot
from tests.conftest import SHARED
from tests.importing import files, imported, run, said, statements

CARD = """name = "Yunfan 3"
family = "yunfan"
release_date = "2025-04"
last_updated = "2025-06-01"
reasoning = true
tool_call = false
open_weights = true
license = "MIT"

[limit]
context = 131_072
output = 8_192

[modalities]
input = ["text", "image", "pdf"]
output = ["text"]

[[benchmarks]]
name = "Bench"
score = 59.6
metric = "percent correct"
source = "https://bench.example"
date = "2025-05-09"

[[benchmarks]]
name = "Bench"
score = 61
metric = "percent correct"
variant = "high"
"""
OFFER = """base_model = "qingmu/yunfan-3"

[cost]
input = 1.25
output = 10.00

[limit]
context = 1000
output = 10
"""
OWN = """name = "Other"
release_date = "2024-01-02"
[cost]
input = 2
[limit]
context = 10
output = 10
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Lay out a checkout with a card, two offers and what is no card."""
    folder = tmp_path / "checkout"
    for name, text in {
        "models/qingmu/yunfan-3.toml": CARD,
        "providers/somecloud/provider.toml": 'name = "Some Cloud"\n',
        "providers/somecloud/models/qingmu/yunfan-3.toml": OFFER,
        "providers/somecloud/models/other.toml": OWN,
        "providers/qingmu/provider.toml": 'name = "Qingmu AI"\n',
        ".github/x/y.toml": "a = 1\n",
        "package.toml": "a = 1\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def take(path: Path, folder: Path, **more: bool) -> ImportReport:
    """Import a folder of cards into `folder/base`."""
    return import_snapshot("models-dev", path, folder / "base", **more)


def test_a_card_gives_what_its_keys_say(checkout: Path, tmp_path: Path) -> None:
    take(checkout, tmp_path)
    own = [s for s in statements(tmp_path / "base", "models-dev") if s.evidence[0].row_label == "qingmu/yunfan-3"]
    values = {(s.property_id, s.low, s.unit, s.boolean, s.date, s.term, s.text, s.object_id) for s in own}
    nothing = (None,) * 8
    for expected in (
        {0: "context_length", 1: 131072.0, 2: "token"},
        {0: "open_weights", 3: True},
        {0: "released", 4: "2025-04"},
        {0: "capability", 5: "reasoning"},
        {0: "input_modality", 5: "text"},
        {0: "input_modality", 5: "image"},
        {0: "output_modality", 5: "text"},
        {0: "licence", 6: "MIT"},
        {0: "version_of", 7: "models-dev.family.yunfan"},
        {0: "developer", 7: "models-dev.org.qingmu-ai"},
        {0: "score", 1: 59.6},
        {0: "score", 1: 61.0},
    ):
        assert tuple(expected.get(n, nothing[n]) for n in range(8)) in values
    assert len(values) == 12


def test_scores_of_one_benchmark_are_told_apart_and_have_no_unit(checkout: Path, tmp_path: Path) -> None:
    take(checkout, tmp_path)
    one, other = said(tmp_path / "base", "Yunfan 3", "score", "models-dev")
    assert (one.scope_note, one.as_of, one.note) == (
        "Bench; metric percent correct",
        "2025-05-09",
        "source https://bench.example",
    )
    assert other.scope_note == "Bench; variant high; metric percent correct"
    assert {one.value_status, other.value_status} == {"unit_not_stated"}


def test_a_providers_price_is_said_of_the_model_and_its_limits_are_not(checkout: Path, tmp_path: Path) -> None:
    take(checkout, tmp_path)
    prices = said(tmp_path / "base", "Yunfan 3", "price", "models-dev")
    assert {(p.low, p.unit, p.per, p.scope_note) for p in prices} == {
        (1.25, "USD", "million_tokens", "input tokens, offered as somecloud/qingmu/yunfan-3"),
        (10, "USD", "million_tokens", "output tokens, offered as somecloud/qingmu/yunfan-3"),
    }
    assert {p.subject_id for p in prices} == {"models-dev.yunfan-3"}
    assert len(said(tmp_path / "base", "Yunfan 3", "context_length", "models-dev")) == 1
    assert [s.low for s in said(tmp_path / "base", "Other", "context_length", "models-dev")] == [10.0]


def test_a_models_folder_and_an_older_layout_are_read_too(checkout: Path, tmp_path: Path) -> None:
    assert [r.key for r in take(checkout / "models", tmp_path / "a").snapshot.rows] == ["qingmu/yunfan-3"]
    keys = [r.key for r in take(checkout / "providers", tmp_path / "b").snapshot.rows]
    assert keys == ["providers/somecloud/other", "providers/somecloud/qingmu/yunfan-3"]
    (checkout / "providers/somecloud/models/legacy.toml").write_text(
        '[extends]\nfrom = "qingmu/yunfan-3"\n[cost]\ninput = 1\ninputCached = 0.5\n', encoding="utf-8"
    )
    take(checkout, tmp_path / "c")
    legacy = [
        s
        for s in statements(tmp_path / "c" / "base", "models-dev")
        if s.evidence[0].row_label == "providers/somecloud/legacy"
    ]
    assert {s.scope_note for s in legacy} == {
        "input tokens, offered as somecloud/legacy",
        "cache read tokens, offered as somecloud/legacy",
    }


def test_the_same_cards_again_change_nothing_and_a_changed_key_changes_its_statement(
    checkout: Path, tmp_path: Path
) -> None:
    report = take(checkout, tmp_path)
    assert report.snapshot.published == "2025-06-01"
    before = files(tmp_path / "base")
    assert not take(checkout, tmp_path).changed
    assert files(tmp_path / "base") == before
    card = checkout / "models/qingmu/yunfan-3.toml"
    card.write_text(CARD.replace("131_072", "262_144"), encoding="utf-8")
    report = take(checkout, tmp_path)
    assert (report.statements["changed"], report.statements["added"], report.statements["removed"]) == (1, 0, 0)


def test_what_is_no_statement_is_told(checkout: Path, tmp_path: Path) -> None:
    report = take(checkout, tmp_path)
    assert any("'pdf'" in message for message in report.snapshot.told)
    assert "limit.output" in report.snapshot.columns_ignored
    assert set(report.snapshot.columns_read) - {"name", "base_model"} <= set(PROPERTIES)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (CARD[:15], "no TOML"),
        ('release_date = "2024"\n', "no key 'name', which the import needs; the card has release_date"),
        ('name = ""\n', "no key 'name'"),
    ],
)
def test_a_broken_card_is_refused_and_named(checkout: Path, tmp_path: Path, text: str, message: str) -> None:
    take(checkout, tmp_path)
    before = files(tmp_path / "base")
    card = checkout / "models/qingmu/yunfan-3.toml"
    card.write_text(text, encoding="utf-8")
    with pytest.raises(ImportingError, match=r"yunfan-3\.toml") as error:
        take(checkout, tmp_path)
    assert message in str(error.value)
    assert files(tmp_path / "base") == before


def test_a_number_at_the_cut_end_of_a_card_is_left_out(checkout: Path, tmp_path: Path) -> None:
    card = checkout / "models/qingmu/yunfan-3.toml"
    card.write_text(CARD[: CARD.index("131_072") + 4], encoding="utf-8")
    report = take(checkout, tmp_path)
    assert said(tmp_path / "base", "Yunfan 3", "context_length", "models-dev") == []
    assert any("'context = 131_' has no line end" in message for message in report.snapshot.told)


@pytest.mark.parametrize("made", [True, False])
def test_a_folder_without_cards_is_refused(tmp_path: Path, made: bool) -> None:
    folder = tmp_path / "empty"
    if made:
        folder.mkdir()
    with pytest.raises(ImportingError, match="empty"):
        take(folder, tmp_path)


def test_verify_finds_the_folder_by_its_hash(checkout: Path, tmp_path: Path) -> None:
    take(checkout, tmp_path)
    shutil.copytree(checkout, tmp_path / "articles" / "cards")
    told = run("verify", "--seeds", tmp_path / "base", "--articles", tmp_path / "articles")
    count = len(statements(tmp_path / "base", "models-dev"))
    assert told.exit_code == 0
    assert f"{count} of {count} statements verified" in told.stderr


def test_several_families_live_in_one_base(checkout: Path, tmp_path: Path) -> None:
    imported(tmp_path)
    epoch = (tmp_path / "base" / "statements" / "epoch.jsonl").read_bytes()
    take(checkout, tmp_path)
    assert (tmp_path / "base" / "statements" / "epoch.jsonl").read_bytes() == epoch
    assert not imported(tmp_path).changed
    db = tmp_path / "both.db"
    assert run("build", "--seeds", tmp_path / "base", "--db", db).exit_code == 0
    assert "Yunfan 2.1 (13B)" in run("model", "Yunfan 2.1 (13B)", "--db", db).stdout
    assert "Qingmu AI" in run("model", "Yunfan 3", "--db", db).stdout
    told = run("list", "models", "--db", db, "--format", "csv").stdout
    assert "models-dev.yunfan-3" in told
    assert "epoch.yunfan-2" in told


def test_the_real_cards_are_read(tmp_path: Path) -> None:
    path = SHARED / "external" / "models.dev"
    if not path.exists():
        pytest.skip("the cards of models.dev are not on this machine (../shared/external)")
    report = take(path, tmp_path)
    assert len(report.snapshot.rows) == 231
    scores = [s for s in statements(tmp_path / "base", "models-dev") if s.property_id == "score"]
    assert len(scores) == 288
