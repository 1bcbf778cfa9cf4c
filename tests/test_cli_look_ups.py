"""Look-up commands as people and scripts run them."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tiny import TEXT, build_tiny
from typer.testing import CliRunner

from cli.app import app
from cli.output import print_rows
from db.render import width_of

HEAVY = ("pydantic", "sqlmodel", "sqlalchemy", "datasette", "rich", "yaml", "rapidfuzz", "etl")
Run = Callable[..., Any]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny(tmp_path_factory.mktemp("tiny") / "tiny.db")


@pytest.fixture
def run(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in [name for name in os.environ if name.startswith(("DAMOXING_", "LC_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("DAMOXING_DB", str(tiny))
    return lambda *args: CliRunner().invoke(app, list(args))


@pytest.mark.parametrize("name", ["gpt3", "LLaMA", "通义千问", "alphafold2", "gpt 3"])
def test_the_package_base_knows_the_models_of_the_field(run: Run, base: Path, name: str) -> None:
    result = run("model", name, "--db", str(base), "--format", "json")
    assert result.exit_code == 0
    record = json.loads(result.stdout)
    assert record["kind"] == "model"
    assert any(statement["property_id"] == "parameters" for statement in record["statements"])


COMMANDS = [
    ("model", "foo3"),
    ("company", "acme"),
    ("policy", "云州"),
    ("source", "001"),
    ("search", "大模型"),
    ("list", "models"),
    ("list", "statements"),
    ("compare", "foo3", "星河"),
    ("why", "s1aaa"),
    ("conflicts",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_look_up_speaks_every_format(run: Run, command: tuple[str, ...]) -> None:
    outputs = {form: run(*command, "--format", form) for form in ("table", "json", "jsonl", "csv", "md")}
    assert {form: result.exit_code for form, result in outputs.items()} == dict.fromkeys(outputs, 0)
    assert json.loads(outputs["json"].stdout)
    lines = [json.loads(line) for line in outputs["jsonl"].stdout.splitlines()]
    rows = list(csv.DictReader(io.StringIO(outputs["csv"].stdout)))
    assert len(lines) == len(rows) > 0
    assert all(None not in row and None not in row.values() for row in rows)
    assert "| --- |" in outputs["md"].stdout


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_table_fits_eighty_columns(run: Run, command: tuple[str, ...], language: str) -> None:
    lines = run(*command, "--lang", language).stdout.splitlines()
    assert max(map(width_of, lines)) <= 80


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_look_up_loads_nothing_heavy(tiny: Path, command: tuple[str, ...]) -> None:
    code = (
        "import sys\nfrom cli.app import main\n"
        f"sys.argv = {['damoxing', *command, '--db', str(tiny)]!r}\n"
        "try: main()\nexcept SystemExit as done: assert not done.code, done.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parent.parent
    )
    assert result.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("model", "星何"), 1, "did you mean '星河'"),
        (("model", "no such model"), 1, "no model 'no such model'"),
        (("source", "nothing like it"), 1, "no source"),
        (("source", "大模型"), 1, "fits 2 sources"),
        (("why", "zzz"), 1, "no statement 'zzz'"),
        (("why", "s1"), 1, "begins several"),
        (("search", "不存在的词"), 1, "nothing found"),
        (("search", "、"), 1, "nothing found"),
        (("list", "models", "--where", "parameters>1e20"), 1, "no models where parameters>1e20"),
        (("list", "fundings"), 1, "no fundings"),
        (("model", "foo3", "--as-of", "2020"), 1, "no source published by 2020-12-31"),
        (("model", "foo3", "--db", "/nowhere/base.db"), 1, "damoxing build"),
        (("list", "modles"), 2, "did you mean 'models'"),
        (("list", "models", "--where", "paramters>1"), 2, "did you mean 'parameters'"),
        (("list", "models", "--sort", "nothing"), 2, "no column"),
        (("list", "models", "--limit", "many"), 2, "no whole number"),
        (("list", "models", "--limit", "-1"), 2, "-1 is not from 0"),
        (("list", "models", "--format", "xml"), 2, "'xml' is no format"),
        (("list", "models", "--lang", "fr"), 2, "'fr' is no language"),
        (("list", "models", "--as-of", "May"), 2, "'May' is no date"),
        (("compare", "foo3"), 2, "cannot be compared"),
        (("model",), 2, "Missing argument"),
        (("nonsense",), 2, "No such command"),
        (("serve", "--port", "many"), 2, "no whole number"),
    ],
)
def test_what_fails_exits_as_agreed_and_tells_why_on_stderr(
    run: Run, args: tuple[str, ...], code: int, told: str
) -> None:
    result = run(*args)
    assert (result.exit_code, told in result.stderr) == (code, True), result.stderr
    assert result.stdout == "" or args[:2] == ("model", "foo3")


def test_a_list_of_nothing_is_still_json(run: Run) -> None:
    result = run("list", "fundings", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, [])


def test_a_name_of_another_kind_is_shown_and_told(run: Run) -> None:
    result = run("model", "acme")
    assert result.exit_code == 0
    assert "'acme' is not a model; it names an organization: jiayi" in result.stderr
    assert "甲乙科技" in result.stdout


def test_a_name_of_several_tells_the_others(run: Run) -> None:
    assert "'星河' also names '星河' (product xinghe-app)" in run("model", "星河").stderr


def test_csv_gives_every_column_and_the_table_those_that_fit(run: Run) -> None:
    (row,) = csv.DictReader(
        io.StringIO(run("list", "models", "--where", "open_source=false", "--format", "csv").stdout)
    )
    assert (row["id"], row["parameters"], row["open_source"], row["parameters_text"]) == (
        "foo-3",
        "175000000000",
        "false",
        "175B",
    )
    assert "training_compute_statement_id" in row


def test_columns_sort_and_limit_shape_a_list(run: Run) -> None:
    result = run(
        "list", "models", "--columns", "label,参数规模", "--sort", "-parameters", "--limit", "1", "--format", "jsonl"
    )
    assert [json.loads(line) for line in result.stdout.splitlines()] == [{"label": "Foo-3", "parameters": 175000000000}]


def test_a_doubted_figure_is_marked_in_the_list(run: Run) -> None:
    assert "100万亿 ⚠" in run("list", "models").stdout


def test_a_table_says_when_it_stops(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.look_ups.TABLE_ROWS", 2)
    result = run("list", "models")
    assert "the first 2 are shown" in result.stderr
    assert len(run("list", "models", "--limit", "0").stdout.splitlines()) > len(result.stdout.splitlines())


def test_the_language_follows_the_locale_and_the_option(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Developer" in run("list", "models").stdout
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "研发主体" in run("list", "models").stdout
    assert "Developer" in run("list", "models", "--lang", "en").stdout
    monkeypatch.setenv("LC_ALL", "C")
    assert "Developer" in run("list", "models").stdout


def test_options_come_from_the_environment_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAMOXING_FORMAT", "json")
    monkeypatch.setenv("DAMOXING_AS_OF", "2023")
    assert {s["id"] for s in json.loads(run("model", "foo3").stdout)["statements"]} == {
        "s1aaa",
        "s3ccc",
        "s4ddd",
        "s5eee",
    }


def test_a_list_as_of_a_date_leaves_out_what_came_later(run: Run) -> None:
    def ids(kind: str, *options: str) -> set[str]:
        result = run("list", kind, "--format", "jsonl", "--as-of", "2023", *options)
        return {json.loads(line)["id"] for line in result.stdout.splitlines()}

    assert ids("metrics") == set()
    assert "s2bbb" not in ids("statements")
    assert ids("sources") == {"early"}
    assert ids("models") == {"foo-3", "foo-3.5", "xinghe"}
    assert run("conflicts", "--as-of", "2023").exit_code == 1


def test_why_shows_the_sentence_where_the_articles_are_at_hand(run: Run, tmp_path: Path) -> None:
    assert "【" not in run("why", "s1aaa").stdout
    (tmp_path / "001_aaaa.txt").write_text(TEXT, encoding="utf-8")
    assert "✓      福三有 【175B】 参数，不开源。" in run("why", "s1aaa", "--articles", str(tmp_path)).stdout
    (tmp_path / "001_aaaa.txt").rename(tmp_path / "renamed.txt")
    assert "【175B】" in run("why", "s1aaa", "--articles", str(tmp_path)).stdout


def test_why_tells_when_the_file_is_another(run: Run, tmp_path: Path) -> None:
    (tmp_path / "001_aaaa.txt").write_text("另一篇", encoding="utf-8")
    result = run("why", "s1aaa", "--articles", str(tmp_path))
    assert result.exit_code == 0
    assert "does not hold the file of 'early'" in result.stderr


def test_why_of_real_statements_reads_the_real_sentence(run: Run, base: Path, articles: Path) -> None:
    listed = run(
        "list", "statements", "--db", str(base), "--where", "printed=7B-65B", "--columns", "id", "--format", "csv"
    ).stdout
    result = run("why", listed.splitlines()[1], "--db", str(base), "--articles", str(articles))
    assert "【7B-65B】" in result.stdout
    assert "✗" not in result.stdout


def test_the_default_base_is_built_where_there_is_none(
    run: Run, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DAMOXING_DB")
    place = tmp_path / "data" / "damoxing.db"
    monkeypatch.setattr("cli.base.default_db", lambda: place)
    result = run("list", "models", "--format", "json")
    assert result.exit_code == 0
    assert f"building {place}" in result.stderr
    assert place.exists()
    assert "building" not in run("list", "models").stderr


def test_without_a_command_the_help_is_printed(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    assert "compare" in result.stdout


def test_every_option_has_an_environment_variable_of_its_name() -> None:
    from typer.main import get_command

    group: Any = get_command(app)
    for name, command in group.commands.items():
        for param in command.params:
            if param.param_type_name == "option":
                longest = max(param.opts, key=len).removeprefix("--")
                assert param.envvar == f"DAMOXING_{longest.replace('-', '_').upper()}", f"{name} {longest}"


def test_the_readers_of_words_give_what_typer_gives() -> None:
    """Hold the fast readers against typer's own, which they stand in for."""
    import typer

    from cli.quick import Quick

    def command(
        words: list[str], number: int = typer.Option(1, min=0, max=9), flag: bool = False, path: Path = Path("a")
    ) -> None:
        print(repr((words, number, flag, path)))

    outputs = []
    for cls in (Quick, None):
        one = typer.Typer()
        one.command(cls=cls)(command)
        results = [
            CliRunner().invoke(one, args)
            for args in (["a", "b"], ["a", "--number", "3", "--flag", "--path", "x/y"], ["a", "--number", "12"], [])
        ]
        outputs.append([(result.exit_code, result.stdout) for result in results])
    assert outputs[0] == outputs[1]


@pytest.mark.parametrize(
    ("form", "printed"), [("csv", "a,b\n1,\n"), ("jsonl", '{"a": 1, "b": null}\n'), ("table", "A  B\n-  -\n1\n")]
)
def test_rows_are_printed_in_any_format(capsys: pytest.CaptureFixture[str], form: str, printed: str) -> None:
    print_rows([{"a": 1.0 if form != "table" else 1, "b": None}], form, {"a": "A", "b": "B"})
    assert capsys.readouterr().out == printed


def test_a_closed_pipe_ends_quietly(tiny: Path) -> None:
    code = f"import sys; from cli.app import main; sys.argv = ['damoxing', 'list', 'terms', '--db', {str(tiny)!r}, '--format', 'csv']; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parent.parent
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
