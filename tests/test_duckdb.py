"""Parquet files of an export, asked in DuckDB with the queries of the documents."""

import re
from pathlib import Path
from typing import Any

import pytest

from db.exporting import export

duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed: no Parquet can be written")
PAGE = (Path(__file__).resolve().parent.parent / "docs" / "data.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE.split("## Parquet in DuckDB")[1].split("\n## ")[0], re.DOTALL)
TABLES = ("entities", "evidence", "models", "policies", "sources", "statements", "user_metrics")


@pytest.fixture(scope="module")
def folder(package_base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("parquet") / "files"
    export(package_base, made, TABLES, ("parquet",))
    return made


def ask(folder: Path, query: str) -> list[Any]:
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as connection:
        connection.execute(f"set file_search_path = '{folder}'")
        rows: list[Any] = connection.execute(query).fetchall()
        return rows


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_document_finds_something(folder: Path, query: str) -> None:
    assert len(ask(folder, query)) >= 3


def test_the_document_has_queries() -> None:
    assert len(QUERIES) == 5


def test_types_are_those_of_the_base(folder: Path) -> None:
    query = "select typeof(boolean), typeof(low), typeof(printed) from 'statements.parquet' limit 1"
    assert ask(folder, query) == [("BOOLEAN", "DOUBLE", "VARCHAR")]
    assert ask(folder, "select parameters_low, parameters_high from 'models.parquet' where id = 'llama'") == [
        (7e9, 65e9)
    ]
