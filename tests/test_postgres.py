"""A base in PostgreSQL, on a real server: the same rows, look-ups and hits as in the file; the old base until commit."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import damoxing
from cli.app import app
from db.address import is_address, shown
from db.opening import open_base
from db.search import search
from schema.tables import metadata
from schema.wide import VIEWS

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
ROOT = Path(__file__).resolve().parent.parent
ARTICLE = "OpenAI 的 GPT-3 有 1750 亿参数。LLaMA 有 10 万亿参数。2023年，文心一言由腾讯开发。"


def asked(address: str, sql: str) -> list[Any]:
    with psycopg.connect(address) as connection:
        return connection.execute(sql).fetchall()


def run(*words: str, **environment: str) -> Any:
    plain = {"LANG": "en_GB.UTF-8", "LC_ALL": "", "COLUMNS": "80", "DAMOXING_DB": "", **environment}
    return CliRunner().invoke(app, list(words), env={name: value or None for name, value in plain.items()})


@pytest.fixture(scope="module")
def whole(postgres: Callable[[], str]) -> str:
    """Build the package's seeds into a database, twice."""
    address = postgres()
    for _ in range(2):
        done = run("build", "--db", address)
        assert done.exit_code == 0, done.output
        assert f"built {address}: " in done.stderr
    return address


@pytest.fixture
def built(postgres: Callable[[], str], first: Path) -> str:
    """Build a small base into a database of the test's own."""
    address = postgres()
    damoxing.build(first, address)
    return address


def counts(connection: Any, names: list[str]) -> dict[str, int]:
    return {name: connection.execute(f'select count(*) from "{name}"').fetchone()[0] for name in names}


def test_built_twice_every_table_and_view_holds_the_rows_of_the_file(whole: str, package_base: Path) -> None:
    for name in [*metadata.tables, *VIEWS]:
        with closing(open_base(whole)) as there, closing(open_base(package_base)) as here:
            columns = ", ".join(f'"{column.name}"' for column in metadata.tables[VIEWS[name][0] if name in VIEWS else name].columns)  # fmt: skip
            order = "order by id" if name in VIEWS else "order by rowid"
            query = f'select {columns} from "{name}" {order}'
            assert there.execute(query).fetchall() == here.execute(query).fetchall(), name


LOOK_UPS = [
    ("model", "LLaMA"),
    ("model", "通义千问", "--as-of", "2024"),
    ("model", "gpt4", "--format", "json"),
    ("model", "无此"),
    ("company", "百度", "--format", "csv"),
    ("company", "openai", "--lang", "zh"),
    ("policy", "上海"),
    ("policy", "北京", "--as-of", "2024-06", "--format", "json"),
    ("policy", "欧盟", "--format", "jsonl"),
    ("source", "001"),
    ("source", "hans-sd-2024-143081", "--format", "json"),
    ("source", "大模型"),
    ("search", "千问", "--limit", "50"),
    ("search", "上海 算力", "--as-of", "2025"),
    ("list", "models", "--limit", "0"),
    ("list", "models", "--where", "parameters>=100B", "--where", "open_source=yes", "--sort", "-parameters"),
    ("list", "models", "--where", "developer=openai", "--format", "csv"),
    ("list", "models", "--where", "label~GPT", "--where", "parameters=", "--format", "json"),
    ("list", "companies", "--where", "label!=", "--format", "jsonl"),
    ("list", "policies", "--where", "level=province", "--sort", "issued", "--as-of", "2024"),
    ("list", "statements", "--where", "boolean=true", "--format", "csv"),
    ("list", "statements", "--where", "list_complete=no", "--columns", "id,list_complete", "--format", "json"),
    ("list", "user_metrics", "--where", "subject~豆包", "--format", "csv"),
    ("list", "metrics", "--where", "low>1亿", "--as-of", "2025-03", "--format", "json"),
    ("list", "places", "--where", "level=Province"),
    ("list", "models", "--where", "paramters>3"),
    ("list", "nothing"),
    ("list", "units", "--format", "md"),
    ("compare", "LLaMA", "GPT-4"),
    ("compare", "上海", "北京", "--format", "json"),
    ("compare", "百度", "OpenAI", "--as-of", "2024"),
    ("why", "squswtgar6"),
    ("why", "squswtgar6", "--as-of", "2020"),
    ("why", "s2"),
    ("conflicts",),
    ("conflicts", "--format", "json", "--where", "property_id=parameters"),
]  # fmt: skip


@pytest.mark.parametrize("words", LOOK_UPS, ids=" ".join)
def test_look_ups_print_the_same_as_of_the_file(whole: str, package_base: Path, words: tuple[str, ...]) -> None:
    here, there = run(*words, "--db", str(package_base)), run(*words, DAMOXING_DB=whole)
    assert (there.stdout, there.stderr, there.exit_code) == (here.stdout, here.stderr, here.exit_code)
    assert here.stdout or here.exit_code


@pytest.mark.parametrize("form", ["table", "jsonl"])
def test_an_article_is_checked_against_it_as_against_the_file(
    whole: str, package_base: Path, tmp_path: Path, form: str
) -> None:
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    here, there = (run("check", str(article), "--db", str(db), "--format", form) for db in (package_base, whole))
    assert here.stdout.count("\n") >= 2
    assert (there.stdout, there.stderr, there.exit_code) == (here.stdout, here.stderr, here.exit_code)


QUERIES = ["大", "千问", "通义千问", "算力基础设施", "人工智能+", "GPT-4", "gpt4", "llama 参数", "openai", "tongyi qianwen", "qianwen",
    "wenxin", "上海 语料", "Mistral", "百度 文心", "2023", "DeepSeek-V3", "Hélène", "no such thing 千问", "'; drop table", "100% \"quoted\" :x ?1"]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_search_finds_what_the_file_finds_in_its_order(whole: str, package_base: Path, query: str) -> None:
    with closing(open_base(whole)) as there, closing(open_base(package_base)) as here:
        for as_of in (None, "2024-12-31"):
            assert search(there, query, 30, as_of) == search(here, query, 30, as_of)


def test_accents_are_dropped_as_the_file_drops_them(postgres: Callable[[], str], first: Path, tmp_path: Path) -> None:
    seeds = shutil.copytree(first, tmp_path / "seeds")
    entity = next((seeds / "entities" / "organization").glob("*.yaml"))
    lines = [line for line in entity.read_text(encoding="utf-8").splitlines() if not line.startswith("description:")]
    entity.write_text("\n".join([*lines, 'description: "Élan Vital 한국 ガイド"', ""]), encoding="utf-8")
    address, path = postgres(), tmp_path / "damoxing.db"
    for place in (address, path):
        damoxing.build(seeds, place)
    with closing(open_base(address)) as there, closing(open_base(path)) as here:
        for query in ("elan", "Élan", "vital", "한국", "한", "ガイド", "カイト"):
            found = search(here, query)
            assert search(there, query) == found
            assert bool(found) == (query != "カイト"), query


def test_exports_are_those_of_the_file(whole: str, package_base: Path, tmp_path: Path) -> None:
    folders = [tmp_path / "here", tmp_path / "there"]
    for db, folder in zip((str(package_base), whole), folders, strict=True):
        done = run("export", str(folder), "--db", db, "--format", "csv,jsonl")
        assert done.exit_code == 0, done.stderr
    here, there = ({path.name: path for path in folder.iterdir()} for folder in folders)
    assert here.keys() == there.keys()
    tables = [name for name in here if name.endswith((".csv", ".jsonl"))]
    assert len(tables) > 50
    assert [name for name in tables if here[name].read_bytes() != there[name].read_bytes()] == []
    with closing(open_base(there["damoxing.db"])) as copy, closing(open_base(package_base)) as base:
        assert search(copy, "千问") == search(base, "千问")
    done = run("export", str(tmp_path / "one"), "--db", whole, "--tables", "models", "--format", "csv")
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "one" / "models.csv").read_bytes() == here["models.csv"].read_bytes()


def test_it_differs_in_nothing_from_the_file(whole: str, package_base: Path) -> None:
    done = run("diff", str(package_base), whole)
    assert (done.exit_code, done.stderr.strip()) == (0, "0 added, 0 removed, 0 changed")


BROKEN = [
    "insert into entities select * from entities limit 1",
    "insert into evidence (id, statement_id, source_id, role) select 0, 'nobody', id, 'value' from sources limit 1",
    "update statements set subject_id = 'nobody'",
    "update statements set source_id = null",
    "delete from sources",
    "update statements set key = (select min(key) from statements)",
    "delete from entities",
    "update metrics set source_id = 'nobody'",
]


@pytest.mark.parametrize("sql", BROKEN)
def test_no_row_can_break_a_key(whole: str, sql: str) -> None:
    with psycopg.connect(whole, options="-c search_path=damoxing") as connection:
        with pytest.raises(psycopg.IntegrityError):
            connection.execute(sql)
        connection.rollback()


def test_every_key_and_index_of_the_file_is_there(whole: str, package_base: Path) -> None:
    with sqlite3.connect(package_base) as connection:
        indexes = {
            n for (n,) in connection.execute("select name from sqlite_master where type = 'index' and sql != ''")
        }
    names = {name for (name,) in asked(whole, "select indexname from pg_indexes where schemaname = 'damoxing'")}
    assert indexes <= names
    sql = "select contype, count(*) from pg_constraint where connamespace = 'damoxing'::regnamespace and contype in ('p', 'f') group by 1"
    kinds = dict(asked(whole, sql))
    search_tables = 3
    assert kinds["p"] == len(metadata.tables) + search_tables
    assert kinds["f"] == sum(len(t.foreign_key_constraints) for t in metadata.tables.values()) + search_tables


def content(address: str) -> tuple[Any, ...]:
    sql = "select (select content from damoxing.base_info where id = 'content_hash'), (select count(*) from damoxing.statements)"
    schemas = "select array_agg(nspname::text) from pg_namespace where nspname like 'damoxing%'"
    return (*asked(address, sql)[0], *asked(address, schemas)[0])


def build_process(address: str, seeds: Path) -> "subprocess.Popen[str]":
    words = [sys.executable, "-c", "from cli.app import main; main()", "build", "--db", address, "--seeds", str(seeds)]
    return subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def wait_for(address: str, condition: str) -> None:
    for _ in range(600):
        if asked(address, f"select 1 from pg_stat_activity where datname = current_database() and {condition}"):
            return
        time.sleep(0.1)
    raise AssertionError(f"nothing came to {condition}")


_AT_THE_SWAP = "wait_event_type = 'Lock' and query like '%lock table%exclusive%'"


def test_a_killed_build_leaves_the_old_base(built: str) -> None:
    before = content(built)
    with closing(open_base(built)) as reader:
        process = build_process(built, ROOT / "seeds")
        wait_for(built, _AT_THE_SWAP)
        assert "another build" in run("build", "--db", built).stderr
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        # The reader goes on in the base that it opened.
        assert reader.execute("select count(*) from statements").fetchone()[0] == before[1]
    for _ in range(100):
        if not asked(
            built,
            "select 1 from pg_stat_activity where datname = current_database() and application_name = 'damoxing'",
        ):
            break
        time.sleep(0.1)
    assert content(built) == before
    assert run("build", "--db", built).exit_code == 0
    assert content(built)[1] > before[1]


def test_a_reader_sees_one_base_from_its_first_row_to_its_last(built: str, first: Path) -> None:
    old = content(built)[1]
    with closing(open_base(built)) as reader:
        process = build_process(built, ROOT / "seeds")
        wait_for(built, _AT_THE_SWAP)
        late = subprocess.Popen(
            [sys.executable, "-c", "from cli.app import main; main()", "list", "statements", "-n", "0", "-f", "jsonl"],
            cwd=ROOT, env={**os.environ, "DAMOXING_DB": built}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        wait_for(built, "wait_event_type = 'Lock' and query like '%access share mode%'")
        assert reader.execute("select count(*) from statements").fetchone()[0] == old
    process.communicate()
    assert process.returncode == 0
    lines = late.communicate()[0].splitlines()
    assert len(lines) == content(built)[1] > old


def test_a_build_that_fails_its_guards_leaves_the_old_base(built: str, first: Path, tmp_path: Path) -> None:
    before = content(built)
    seeds = shutil.copytree(first, tmp_path / "seeds")
    (seeds / "checks.yaml").write_text((ROOT / "seeds" / "checks.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    done = run("build", "--db", built, "--seeds", str(seeds))
    assert done.exit_code == 1
    assert "volume guards" in done.stderr
    assert content(built) == before


def test_what_others_made_on_the_base_is_not_dropped(built: str, first: Path) -> None:
    before = content(built)
    with psycopg.connect(built) as connection:
        connection.execute("create view mine as select label from damoxing.models")
    done = run("build", "--db", built, "--seeds", str(first))
    assert done.exit_code == 1
    assert "the old one stands" in done.stderr
    assert "view public.mine depends on" in done.stderr
    assert content(built) == before
    with psycopg.connect(built) as connection:
        connection.execute("drop view mine")
        connection.execute("create table damoxing.notes (id text)")
    assert "damoxing.notes" in run("build", "--db", built, "--seeds", str(first)).stderr
    assert content(built) == before


def test_a_role_that_may_only_read_reads_on_after_the_next_build(built: str, first: Path) -> None:
    with psycopg.connect(built) as connection:
        connection.execute("create role reader login")
        connection.execute("alter default privileges grant usage on schemas to reader")
        connection.execute("alter default privileges grant select on tables to reader")
    damoxing.build(first, built)
    reader = built.replace("postgres@", "reader@")
    assert run("model", "LLaMA", "--db", reader).exit_code == 0
    done = run("build", "--db", reader, "--seeds", str(first))
    assert done.exit_code == 1
    assert "needs CREATE on the database" in done.stderr


def test_a_base_as_of_a_day_is_built_there(postgres: Callable[[], str], first: Path) -> None:
    address = postgres()
    assert run("build", "--db", address, "--seeds", str(first), "--as-of", "2023").exit_code == 0
    assert asked(address, "select content from damoxing.base_info where id = 'as_of'") == [("2023",)]


def test_what_cannot_be_read_is_told_with_its_cure(postgres: Callable[[], str]) -> None:
    address = postgres()
    done = run("model", "LLaMA", "--db", address)
    assert (done.exit_code, "make it with `damoxing build --db URL`" in done.stderr) == (1, True)
    done = run("model", "LLaMA", "--db", "postgresql://me:secret@/none?host=/nowhere&password=secret")
    assert done.exit_code == 1
    assert "postgresql://me@/none?host=/nowhere cannot be reached" in done.stderr
    assert "secret" not in done.stderr
    done = run("serve", "--db", address)
    assert (done.exit_code, "damoxing export DIR --db URL" in done.stderr) == (2, True)


def test_a_base_of_another_schema_version_is_refused(built: str) -> None:
    with psycopg.connect(built) as connection:
        connection.execute("update damoxing.base_info set content = '99' where id = 'schema_version'")
    done = run("list", "models", "--db", built)
    assert (done.exit_code, "install a newer damoxing" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("place", "is_one", "told"),
    [
        ("postgresql://u:p@h:5432/d", True, "postgresql://u@h:5432/d"),
        ("POSTGRES://h/d?password=x&sslmode=require", True, "postgres://h/d?sslmode=require"),
        ("damoxing.db", False, "damoxing.db"),
        ("postgresql.db", False, "postgresql.db"),
    ],
)
def test_addresses_are_told_from_files_and_shown_without_their_password(place: str, is_one: bool, told: str) -> None:
    assert is_address(place) == is_one
    assert shown(place) == told


def test_queries_of_the_document_find_something(whole: str) -> None:
    page = (ROOT / "docs" / "postgres.md").read_text(encoding="utf-8")
    queries = [query for query in re.findall(r"```sql\n(.*?)```", page, re.DOTALL) if query.startswith("select")]
    assert len(queries) == 2
    for query in queries:
        assert len(asked(whole, query)) >= 3, query
