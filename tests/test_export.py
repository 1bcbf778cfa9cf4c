"""An export: every file read back by the field's own readers, the same bytes twice, nothing of others overwritten."""

import csv
import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from make_docs import ROOT
from typer.testing import CliRunner

from cli.app import app
from db.edition import edition_of
from db.errors import BaseError, ExportError, RequestError
from db.export_notes import citation_file
from db.exporting import Export, export
from db.sheet import sheet, sheet_names
from db.sheet_text import csv_text, excel_text, json_text, jsonl_text
from schema.tables import COLUMNS
from schema.wide import VIEWS

HOSTILE = "=cmd|' /C calc'!A0,\"引号\"\r\n第二行\t<script>&\x00\ud7ff𠮷"


def opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)


def csv_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def csv_of(path: Path) -> list[dict[str, str]]:
    return csv_rows(path.read_bytes().decode("utf-8"))


@pytest.fixture(scope="module")
def whole(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Export:
    return export(base, tmp_path_factory.mktemp("export") / "whole", formats=["csv", "json", "jsonl"])


@pytest.fixture(scope="module")
def hostile(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the base, with names that try to break a file."""
    path = tmp_path_factory.mktemp("hostile") / "base.db"
    shutil.copyfile(base, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update models set name_en = ? where id = 'llama'", (HOSTILE,))
        connection.execute("update sources set title = ?", (HOSTILE,))
    return path


def test_every_table_and_view_is_a_file_with_all_its_rows_and_columns(base: Path, whole: Export) -> None:
    with closing(opened(base)) as connection:
        for name in sheet_names():
            rows = csv_of(whole.folder / f"{name}.csv")
            held = connection.execute(f'select * from "{name}" order by id').fetchall()
            assert len(rows) == len(held), name
            for row, values in zip(rows, held, strict=True):
                assert list(row) == [c.column_name for c in COLUMNS[VIEWS[name][0] if name in VIEWS else name]]
                for read, value in zip(row.values(), values, strict=True):
                    _same(read, value)


def _same(read: str, value: Any) -> None:
    if value is None:
        assert read == ""
    elif isinstance(value, int | float):
        assert {"true": 1.0, "false": 0.0}.get(read) == value or float(read) == value
    elif value.startswith(("[", "{")):
        assert json.loads(read) == json.loads(value)
    else:
        assert read == value


def test_json_and_json_lines_say_the_same_as_the_csv_with_types(whole: Export) -> None:
    for name in sheet_names():
        listed = json.loads((whole.folder / f"{name}.json").read_text(encoding="utf-8"))
        lines = (whole.folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line) for line in lines] == listed
        rows = csv_of(whole.folder / f"{name}.csv")
        assert [row["id"] for row in rows] == [str(row["id"]) for row in listed]
    models = {row["id"]: row for row in json.loads((whole.folder / "models.json").read_text(encoding="utf-8"))}
    assert models["llama"]["open_source"] == 0
    statements = json.loads((whole.folder / "statements.json").read_text(encoding="utf-8"))
    assert {type(row["boolean"]) for row in statements} == {bool, type(None)}
    assert {type(row["attributed_to"]) for row in statements} == {list, type(None)}


def test_the_columns_that_hold_lists_are_those_that_say_so(base: Path) -> None:
    with closing(opened(base)) as connection:
        for name in sheet_names():
            fields = sheet(name).fields
            for row in connection.execute(f'select * from "{name}"'):
                for field, value in zip(fields, row, strict=True):
                    listed = isinstance(value, str) and value[:1] == "[" and value[-1:] == "]"
                    assert listed <= (field.kind == "array"), (name, field.name)


def test_the_sqlite_file_is_the_base(base: Path, whole: Export) -> None:
    assert (whole.folder / "damoxing.db").read_bytes() == base.read_bytes()


def test_every_file_is_listed_with_its_hash(whole: Export) -> None:
    lines = (whole.folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {line[66:]: line[:64] for line in lines}
    names = {path.name for path in whole.folder.iterdir()}
    assert set(sums) == names - {"SHA256SUMS"} == {file.name for file in whole.files}
    for name, told in sums.items():
        assert hashlib.sha256((whole.folder / name).read_bytes()).hexdigest() == told
    assert [lines.index(line) for line in sorted(lines, key=lambda line: line[66:])] == list(range(len(lines)))


def test_the_archive_is_a_data_package_of_its_own(whole: Export) -> None:
    with zipfile.ZipFile(whole.folder / "damoxing-csv.zip") as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        package = json.loads(archive.read("datapackage.json"))
        assert {one["path"] for one in package["resources"]} == {name for name in names if name.endswith(".csv")}
        assert names >= {"README.txt", "CITATION.cff", *(f"{name}.csv" for name in sheet_names())}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for one in package["resources"]:
            assert archive.read(one["path"]) == (whole.folder / one["path"]).read_bytes()


def test_the_same_base_gives_the_same_bytes(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("xlsxwriter")
    forms = ["csv", "json", "jsonl"] + (["parquet"] if _has("pyarrow") else [])
    made = []
    for name, zone, mask in (("a", "Asia/Shanghai", 0o022), ("b", "America/New_York", 0o077)):
        monkeypatch.setenv("TZ", zone)
        before = os.umask(mask)
        try:
            made.append(export(base, tmp_path / name, formats=forms, excel=True))
        finally:
            os.umask(before)
    a, b = ({path.name: path.read_bytes() for path in one.folder.iterdir()} for one in made)
    assert a.keys() == b.keys()
    assert [name for name in a if a[name] != b[name]] == []


def _has(module: str) -> bool:
    from importlib.util import find_spec

    return find_spec(module) is not None


def test_a_part_of_the_tables_refers_to_no_other(base: Path, tmp_path: Path) -> None:
    made = export(base, tmp_path / "part", tables=["statements", "companies"])
    assert {path.name for path in made.folder.glob("*.csv")} == {"statements.csv", "companies.csv"}
    assert not (made.folder / "damoxing.db").exists()
    package = json.loads((made.folder / "datapackage.json").read_text(encoding="utf-8"))
    keys = {
        key["reference"]["resource"] for one in package["resources"] for key in one["schema"].get("foreignKeys", [])
    }
    assert keys == {"", "statements"}


def test_every_column_of_the_data_package_is_typed_labelled_and_described(whole: Export) -> None:
    package = json.loads((whole.folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    by_name = {one["name"]: one for one in package["resources"]}
    for name in sheet_names():
        resource = by_name[name.replace("_", "-")]
        columns = COLUMNS[VIEWS[name][0] if name in VIEWS else name]
        for field, column in zip(resource["schema"]["fields"], columns, strict=True):
            assert field["name"] == column.column_name
            assert field["title"] == f"{column.label_zh} · {column.label_en}"
            assert field["description"] == column.description
            assert field.get("unit") == column.unit
            assert field["type"] in {"string", "number", "integer", "boolean", "array"}
        references = {c.column_name for c in columns if c.reference and c.column_name != "id"}
        assert {key["fields"][0] for key in resource["schema"].get("foreignKeys", [])} == references


@pytest.mark.parametrize("excel", [False, True])
def test_frictionless_finds_the_data_package_valid(base: Path, tmp_path: Path, excel: bool) -> None:
    frictionless = pytest.importorskip("frictionless")
    if excel:
        pytest.importorskip("xlsxwriter")
    made = export(base, tmp_path / "package", excel=excel)
    report = frictionless.Package(str(made.folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])[:5]
    assert report.stats["tasks"] == len(sheet_names())


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_mlcroissant_finds_the_croissant_valid_and_reads_by_it(base: Path, tmp_path: Path, form: str) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    if form == "parquet":
        pytest.importorskip("pyarrow")
    made = export(base, tmp_path / "export", formats=[form])
    dataset = mlcroissant.Dataset(jsonld=str(made.folder / "croissant.json"))
    assert not dataset.metadata.ctx.issues.errors
    assert not dataset.metadata.ctx.issues.warnings
    for name in ("models", "statements", "evidence"):
        file = next(f for f in made.files if f.sheet and f.sheet.name == name)
        assert sum(1 for _ in dataset.records(name)) == file.rows
    llama = next(r for r in dataset.records("models") if r["models/id"] == b"llama")
    assert llama["models/parameters_low"] == 7e9


def test_parquet_keeps_types_and_descriptions(base: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    from pyarrow import parquet

    made = export(base, tmp_path / "parquet", formats=["parquet"])
    with closing(opened(base)) as connection:
        for name in sheet_names():
            table = parquet.read_table(made.folder / f"{name}.parquet")
            columns = ", ".join(f'"{c}"' for c in table.column_names)
            held = connection.execute(f'select {columns} from "{name}" order by id').fetchall()
            assert [tuple(row.values()) for row in table.to_pylist()] == [
                tuple(
                    json.dumps(json.loads(v), ensure_ascii=False) if f.kind == "array" and v else v
                    for v, f in zip(row, sheet(name).fields, strict=True)
                )
                for row in held
            ]
    field = parquet.read_schema(made.folder / "models.parquet").field("parameters")
    assert str(field.type) == "double"
    assert field.metadata[b"title"].decode() == "参数规模 · Parameters"


def test_the_schema_org_description_names_every_file(whole: Export) -> None:
    told = json.loads((whole.folder / "dataset.jsonld").read_text(encoding="utf-8"))
    assert (told["@context"], told["@type"]) == ("https://schema.org/", "Dataset")
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert 50 <= len(told["description"]) <= 5000
    files = {one["contentUrl"]: one["sha256"] for one in told["distribution"]}
    for name, digest in files.items():
        assert hashlib.sha256((whole.folder / name).read_bytes()).hexdigest() == digest


def test_the_citation_file_is_the_repositorys_too(base: Path, package_base: Path, whole: Export) -> None:
    import yaml

    with closing(opened(base)) as connection:
        text = citation_file(edition_of(connection))
    assert (whole.folder / "CITATION.cff").read_text(encoding="utf-8") == text
    with closing(opened(package_base)) as connection:
        edition = edition_of(connection)
    text = citation_file(edition)
    assert (ROOT / "CITATION.cff").read_text(encoding="utf-8") == text, "run `make docs`"
    told = yaml.safe_load(text)
    assert told["cff-version"] == "1.2.0"
    assert told["type"] == "dataset"
    assert told["license"] == "CC-BY-4.0"
    assert (told["version"], told["date-released"]) == (edition.release, edition.released_on)
    assert told["authors"]


def test_the_read_me_tells_licence_citation_and_every_file(whole: Export) -> None:
    text = (whole.folder / "README.txt").read_text(encoding="utf-8")
    for word in ("CC BY 4.0", "How to cite", "SHA256SUMS", "hans-sd-2024-143081"):
        assert word in text
    assert [f.name for f in whole.files if f.name != "README.txt" and f"  {f.name}" not in text] == []


def test_excel_gets_a_byte_order_mark_and_no_formula(hostile: Path, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    made = export(hostile, tmp_path / "excel", tables=["models"], excel=True)
    raw = (made.folder / "models.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = csv_rows(raw.decode("utf-8-sig"))
    assert next(row for row in rows if row["id"] == "llama")["name_en"] == f"'{HOSTILE}"
    assert not [cell for row in rows for cell in row.values() if cell[:1] in {"=", "+", "-", "@"}]
    with zipfile.ZipFile(made.folder / "models.xlsx") as book:
        assert book.testzip() is None
        page = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in page
        assert "&lt;script&gt;" in page
        assert page.count("<row ") == len(rows) + 1


def test_hostile_names_come_back_as_they_are(hostile: Path, tmp_path: Path) -> None:
    made = export(hostile, tmp_path / "hostile", formats=["csv", "json", "jsonl"])
    rows = csv_of(made.folder / "models.csv")
    assert next(row for row in rows if row["id"] == "llama")["name_en"] == HOSTILE
    lines = (made.folder / "sources.jsonl").read_text(encoding="utf-8").split("\n")
    assert {json.loads(line)["title"] for line in lines if line} == {HOSTILE}
    for name in ("datapackage.json", "croissant.json", "dataset.jsonld"):
        json.loads((made.folder / name).read_text(encoding="utf-8"))
    sources = (made.folder / "README.txt").read_text(encoding="utf-8").split("来源 Sources\n")[1]
    assert len(sources.strip("\n").split("\n")) == 5


def test_a_table_without_rows_is_still_a_file_of_its_kind() -> None:
    names = ["id", "label"]
    assert "".join(csv_text(names, [])) == "id,label\r\n"
    assert "".join(excel_text(names, [])) == "\ufeffid,label\r\n"
    assert json.loads("".join(json_text(names, []))) == []
    assert "".join(jsonl_text(names, [])) == ""


# The folder


def test_an_earlier_export_is_replaced_and_nothing_is_left_beside(base: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    export(base, target)
    made = export(base, target, tables=["models"])
    assert {path.name for path in target.glob("*.csv")} == {"models.csv"}
    assert made.folder == target
    assert {path.name for path in tmp_path.iterdir()} == {"out", ".out.lock"}


def test_an_empty_folder_is_filled(base: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert export(base, tmp_path / "out", tables=["models"]).files


@pytest.mark.parametrize("stranger", ["notes.txt", "models.csv", ".git"])
def test_a_folder_with_anything_else_stays_as_it_is(base: Path, tmp_path: Path, stranger: str) -> None:
    target = tmp_path / "mine"
    target.mkdir()
    (target / stranger).write_text("mine")
    with pytest.raises(ExportError, match="which no export wrote"):
        export(base, target)
    assert [path.name for path in target.iterdir()] == [stranger]
    assert (target / stranger).read_text() == "mine"


def test_an_export_to_which_a_file_was_added_stays_as_it_is(base: Path, tmp_path: Path) -> None:
    made = export(base, tmp_path / "out", tables=["models"])
    (made.folder / "notes.txt").write_text("mine")
    with pytest.raises(ExportError, match=r"notes\.txt"):
        export(base, made.folder)


def test_the_folder_one_is_in_is_refused(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ExportError, match="the folder you are in"):
        export(base, Path())


def test_a_failed_export_leaves_the_earlier_one(base: Path, tmp_path: Path) -> None:
    made = export(base, tmp_path / "out", tables=["models"])
    broken = tmp_path / "broken.db"
    shutil.copyfile(base, broken)
    with closing(sqlite3.connect(broken)) as connection, connection:
        connection.execute("drop table evidence")
    with pytest.raises(sqlite3.OperationalError):
        export(broken, made.folder)
    assert (made.folder / "models.csv").exists()
    assert not list(tmp_path.glob(".out.*.part"))


def test_what_a_killed_export_left_is_swept(base: Path, tmp_path: Path) -> None:
    (tmp_path / ".out.1.part").mkdir()
    old = tmp_path / ".out.1.old"
    old.mkdir()
    (old / "SHA256SUMS").write_text("")
    made = export(base, tmp_path / "out", tables=["models"])
    assert {path.name for path in tmp_path.iterdir()} == {"out", ".out.lock"}
    assert (made.folder / "models.csv").exists()


def test_another_name_for_a_format_or_table_is_told(base: Path, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no table 'modles'"):
        export(base, tmp_path / "out", tables=["modles"])
    with pytest.raises(RequestError, match="'xml' is no format"):
        export(base, tmp_path / "out", formats=["xml"])
    with pytest.raises(BaseError):
        export(tmp_path / "none.db", tmp_path / "out")
    assert not list(tmp_path.iterdir())


# The command


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["export", *words])


def test_the_command_writes_and_tells_what_it_wrote(base: Path, tmp_path: Path) -> None:
    done = run(str(tmp_path / "out"), "--db", str(base), "--tables", "models, companies", "--format", "csv,jsonl")
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert "exported 12 files" in done.stderr
    assert (tmp_path / "out" / "companies.jsonl").exists()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--tables", "modles"), 2, "no table 'modles'"),
        (("--format", "xml"), 2, "no format of an export"),
        (("--db", "none.db"), 1, "no database at"),
    ],
)
def test_the_command_refuses_what_it_does_not_know(
    base: Path, tmp_path: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    done = run(str(tmp_path / "out"), *(() if "--db" in words else ("--db", str(base))), *words)
    assert done.exit_code == code
    assert told in " ".join(done.stderr.replace("│", " ").split())
    assert not (tmp_path / "out").exists()


def test_the_command_leaves_a_strangers_folder(base: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    done = run(str(tmp_path), "--db", str(base))
    assert (done.exit_code, (tmp_path / "notes.txt").read_text()) == (1, "mine")


_PEAK = (
    "import resource, sys; from pathlib import Path; from db.exporting import export; "
    "export(Path(sys.argv[1]), Path(sys.argv[2]), formats=['csv', 'json', 'jsonl']); "
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
)


def test_a_table_forty_times_as_long_takes_no_more_memory(base: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.db"
    shutil.copyfile(base, large)
    with closing(sqlite3.connect(large)) as connection, connection:
        names = ", ".join(f'"{f.name}"' for f in sheet("evidence").fields if f.name != "id")
        for _ in range(5):
            connection.execute(f"insert into evidence ({names}) select {names} from evidence")
    peaks = []
    for path in (base, large):
        run = [sys.executable, "-c", _PEAK, str(path), str(tmp_path / path.stem)]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        peaks.append(int(subprocess.run(run, capture_output=True, text=True, check=True, env=env).stdout))
    assert peaks[1] < peaks[0] + 15


@pytest.mark.parametrize("text", ["=1+1", "+86", "-x", "@a", "\tx", "\rx", "\n=1", "＝1+1", "＋1", "－1", "＠a"])
def test_no_spreadsheet_takes_a_text_for_a_formula(text: str) -> None:
    assert "".join(excel_text(["name", "low"], [[text, -1.5]])).splitlines()[-1].endswith(",-1.5")
    (row,) = csv_rows("".join(excel_text(["name", "low"], [[text, -1.5]])).removeprefix("\ufeff"))
    assert row["name"] == f"'{text}"
