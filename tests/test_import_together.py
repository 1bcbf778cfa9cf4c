"""Import bases and ours: built alone and together, looked up, verified."""

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from etl.build import build
from etl.problems import SeedError
from tests.importing import imported, run, statements, written


@pytest.fixture(scope="module")
def imports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import the invented table of Epoch's shape, once."""
    folder = tmp_path_factory.mktemp("imports")
    imported(folder)
    return folder / "base"


@pytest.fixture(scope="module")
def together(imports: Path, first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the first articles' seeds and the imports into one base, once."""
    db = tmp_path_factory.mktemp("together") / "both.db"
    assert run("build", "--seeds", first, "--seeds", imports, "--db", db).exit_code == 0
    return db


def _count(db: Path, table: str) -> int:
    connection = sqlite3.connect(db)
    try:
        return int(connection.execute(f"select count(*) from {table}").fetchone()[0])
    finally:
        connection.close()


def test_a_base_of_imports_builds_alone(imports: Path, tmp_path: Path) -> None:
    report = build(imports, tmp_path / "alone.db")
    assert report.statements == len(statements(imports))
    assert report.conflicts == 0


def test_built_together_nothing_is_lost(imports: Path, together: Path, base: Path) -> None:
    assert _count(together, "statements") == _count(base, "statements") + len(statements(imports))
    assert _count(together, "sources") == _count(base, "sources") + 1
    assert _count(together, "releases") == _count(base, "releases")


def test_what_was_imported_is_looked_up_beside_ours(together: Path) -> None:
    found = run("model", "Yunfan 2.1 (13B)", "--db", together)
    assert found.exit_code == 0
    assert "13 billion" in found.stdout
    assert "Songtao, Heming & Co" in found.stdout
    assert run("model", "GPT-3", "--db", together).exit_code == 0
    assert "epoch.yunfan-2" in run("search", "Yunfan", "--db", together, "--format", "json").stdout
    assert "Qingmu AI" in run("company", "Qingmu AI", "--db", together).stdout


def test_why_tells_the_cell(imports: Path, together: Path, tmp_path: Path) -> None:
    statement = next(s for s in statements(imports) if s.property_id == "training_cost")
    told = run("why", statement.id, "--db", together, "--articles", tmp_path).stdout
    assert "$1250000.50" in told
    assert "Training compute cost (2023 USD)" in " ".join(told.split())
    assert "import:epoch@1" in told
    assert "CC BY 4.0" in told


def test_why_shows_no_sentence_of_a_data_set(imports: Path, together: Path, tmp_path: Path) -> None:
    written(tmp_path / "epoch.csv")
    statement = next(s for s in statements(imports) if s.method.startswith("rule:"))
    told = json.loads(run("why", statement.id, "--db", together, "--articles", tmp_path, "--format", "json").stdout)
    assert all("sentence" not in place for place in told["evidence"])


def test_the_wide_table_holds_cells_and_no_figure_of_notes(together: Path) -> None:
    connection = sqlite3.connect(together)
    found = dict(connection.execute("select id, parameters from models where id like 'epoch.%'"))
    connection.close()
    assert found == {"epoch.yunfan-2.1-13b": 1.3e10, "epoch.yunfan-2": 7e9, "epoch.xuan": None}


def test_folders_are_named_by_the_environment_too(
    imports: Path, first: Path, together: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAMOXING_SEEDS", os.pathsep.join([str(first), str(imports)]))
    db = tmp_path / "both.db"
    assert run("build", "--db", db).exit_code == 0
    assert _count(db, "statements") == _count(together, "statements")
    assert run("verify", "--articles", imports).exit_code == 1
    assert run("format", "--check").exit_code == 0


def test_the_first_folders_words_win_and_later_ones_add(tmp_path: Path) -> None:
    words = {
        "one": ('"Age of it"', "ratings"),
        "two": ('"Years"', "stars"),
    }
    for name, (label, other) in words.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "properties.yaml").write_text(
            f'properties:\n- {{id: "age", label_zh: "龄", label_en: {label}, description: "Age", value_type: "quantity"}}\n'
            f'- {{id: "{other}", label_zh: "评", label_en: "Said", description: "Said", value_type: "quantity"}}\n',
            encoding="utf-8",
        )
    db = tmp_path / "x.db"
    build([tmp_path / "one", tmp_path / "two"], db)
    connection = sqlite3.connect(db)
    assert dict(connection.execute("select id, label_en from properties")) == {
        "age": "Age of it",
        "ratings": "Said",
        "stars": "Said",
    }
    connection.close()


def test_guards_of_a_folder_hold_at_least_together_and_in_full_alone(
    imports: Path, first: Path, tmp_path: Path
) -> None:
    guarded = tmp_path / "guarded"
    shutil.copytree(imports, guarded)
    (guarded / "checks.yaml").write_text(
        'bounds: []\nstructures: []\nguards:\n- {table_name: "sources", at_least: 1, at_most: 1}\n', encoding="utf-8"
    )
    build(guarded, tmp_path / "alone.db")
    build([guarded, first], tmp_path / "both.db")
    (guarded / "checks.yaml").write_text(
        'bounds: []\nstructures: []\nguards:\n- {table_name: "sources", at_least: 100}\n', encoding="utf-8"
    )
    assert "fewer than 100" in run("build", "--seeds", guarded, "--seeds", first, "--db", tmp_path / "x.db").stderr


def test_a_problem_names_the_folder(imports: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copied"
    shutil.copytree(imports, copy)
    with pytest.raises(SeedError) as error:
        build([imports, copy], tmp_path / "x.db")
    assert "copied/sources.jsonl:1: epoch: source id 'epoch' stands twice (first in base/sources.jsonl:1)" in str(
        error.value
    )
    same = tmp_path / "other" / imports.name
    shutil.copytree(imports, same)
    with pytest.raises(SeedError, match=f"{same}/sources.jsonl:1"):
        build([imports, same], tmp_path / "x.db")


def test_the_same_folder_twice_counts_once(imports: Path, tmp_path: Path) -> None:
    assert build([imports, imports], tmp_path / "x.db").statements == len(statements(imports))


def test_verify_reads_the_cells_again_where_the_file_is_there(imports: Path, tmp_path: Path) -> None:
    shutil.copy(imports.parent / "epoch.csv", tmp_path / "any name.csv")
    told = run("verify", "--seeds", imports, "--articles", tmp_path)
    count = len(statements(imports))
    assert told.exit_code == 0
    assert f"{count} of {count} statements verified" in told.stderr


def test_verify_passes_over_imports_without_their_file_and_counts_them(imports: Path, tmp_path: Path) -> None:
    told = run("verify", "--seeds", imports, "--articles", tmp_path)
    assert f"passed over: {len(statements(imports))} statements imported from epoch" in told.stderr


def test_verify_finds_what_was_changed_by_hand(imports: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(imports, changed)
    shutil.copy(imports.parent / "epoch.csv", tmp_path)
    path = changed / "statements" / "epoch.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    number = next(n for n, line in enumerate(lines) if '"13000000000.00"' in line and '"parameters"' in line)
    lines[number] = lines[number].replace("13000000000.0,", "14000000000.0,")
    path.write_text("".join(lines), encoding="utf-8")
    told = run("verify", "--seeds", changed, "--articles", tmp_path)
    assert told.exit_code == 1
    assert f"changed/statements/epoch.jsonl:{number + 1}" in told.stdout
    assert (
        "row 'Yunfan 2.1 (13B)', column 'Parameters': high is 14000000000.0, but the cell gives 13000000000.0"
        in told.stdout
    )
