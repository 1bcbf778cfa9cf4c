"""Seeds that are wrong are refused: each with file, line, value and cure, all together, and nothing is written."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.build import build
from etl.problems import BuildError, SeedError
from etl.seeds import Reader, Vocabulary, default_seeds, json_lines, read_vocabulary, statement_files
from etl.statements import read_statements
from tests.invented import Seeds


@pytest.fixture
def seeds(tmp_path: Path) -> Seeds:
    """Return seeds of two sound statements; the first begins in line 3 of its file, the second in line 11."""
    found = Seeds(tmp_path / "seeds")
    found.source("report", text_length=500)
    found.parameters("report", "qingluan", 175e9, 175e9)
    found.parameters("report", "baize", 7e9, 65e9)
    return found


def problems_of(seeds: Seeds, tmp_path: Path) -> list[str]:
    """Return the problems that a build of the seeds tells."""
    with pytest.raises(SeedError) as caught:
        build(seeds.folder, tmp_path / "base.db")
    assert not (tmp_path / "base.db").exists()
    assert str(caught.value).endswith("; nothing was written")
    return [str(problem) for problem in caught.value.problems]


def _statement(seeds: Seeds, **changed: Any) -> None:
    seeds.statements["report"][0] |= changed


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("unknown key", {"colour": "red"}, "report.yaml:13: s0000: unknown key 'colour'; correct or remove it"),
    ("unknown property", {"property_id": "paramters"}, "report.yaml:5: s0000: property_id 'paramters' is unknown; see"),
    ("unknown unit", {"unit": "furlong"}, "report.yaml:3: s0000: unit 'furlong' is unknown; see units.yaml"),
    (
        "unit of another property",
        {"unit": "token"},
        "report.yaml:3: s0000: unit 'token' does not go with parameters; use",
    ),
    ("word for a number", {"low": "175"}, "report.yaml:7: s0000: low is '175': input should be a valid number"),
    ("yes for a number", {"low": True}, "report.yaml:7: s0000: low is True: input should be a valid number"),
    ("number for a word", {"note": 5}, "s0000: note is 5: input should be a valid string"),
    (
        "low above high",
        {"low": 2e12},
        "report.yaml:3: s0000: low 2000000000000.0 is above high 175000000000.0; swap them",
    ),
    ("comparator without its bounds", {"comparator": "gt"}, "comparator 'gt' wants low and an open high"),
    (
        "unknown comparator",
        {"comparator": "about"},
        "report.yaml:9: s0000: comparator is 'about': input should be 'eq', 'gt'",
    ),
    ("value of another type", {"boolean": True}, "boolean is True, but a quantity has no boolean; remove it or choose"),
    (
        "value type of another property",
        {"value_type": "text", "text": "x"},
        "but a text has no comparator; remove it or choose",
    ),
    ("a value where none is stated", {"value_status": "not_stated"}, "value_status 'not_stated' leaves no value"),
    ("a unit where none is stated", {"value_status": "unit_not_stated"}, "value_status 'unit_not_stated' leaves none"),
    ("a day that no calendar has", {"as_of": "2023-02-30"}, "'2023-02-30' is no date"),
    ("a date of another form", {"as_of": "2023/02/03"}, "as_of is '2023/02/03': string should match pattern"),
    (
        "subject nobody described",
        {"subject_id": "qinglaun"},
        "subject_id 'qinglaun' is no entity; add it under entities/",
    ),
    ("subject of another kind", {"subject_id": "wangwu"}, "subject 'wangwu' is a person, but parameters is said of"),
    ("place nobody described", {"place_id": "atlantis"}, "place_id 'atlantis' is no entity"),
    ("speaker nobody described", {"attributed_to": ["echo"]}, "attributed_to 'echo' is no entity"),
    (
        "participant nobody described",
        {"participants": [{"role": "maker", "entity_id": "echo"}]},
        "participant 'echo' is no",
    ),
    (
        "category nobody described",
        {"category_id": "astrology"},
        "category_id 'astrology' is no term; see vocabularies.yaml",
    ),
    (
        "whole nobody stated",
        {"part_of": "s9999"},
        "report.yaml:3: s0000: part_of 's9999' is no statement; correct the id",
    ),
    (
        "statement superseded by nobody",
        {"supersedes": "s9999"},
        "report.yaml:3: s0000: supersedes 's9999' is no statement",
    ),
    (
        "no evidence",
        {"evidence": [], "subject_as_read": "甲"},
        "s0000: no evidence of role 'value'; give the span or cell",
    ),
    ("evidence that is no list", {"evidence": "page 5"}, "s0000: evidence is 'page 5': input should be a valid list"),
    ("a malformed id", {"id": "S 1"}, "id is 'S 1': string should match pattern"),
    ("no id", {"id": None}, "id is None: input should be a valid string"),
    ("a method nobody knows", {"method": "guess"}, "method is 'guess': string should match pattern"),
]


@pytest.mark.parametrize(("changed", "told"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_wrong_statement_is_refused(seeds: Seeds, tmp_path: Path, changed: dict[str, Any], told: str) -> None:
    evidence = seeds.statements["report"][0].pop("evidence")
    _statement(seeds, **{"evidence": evidence, **changed})
    seeds.write()
    problems = problems_of(seeds, tmp_path)
    assert any(told in problem and problem.startswith("seeds/statements/report.yaml:") for problem in problems), (
        problems
    )


EVIDENCE: list[tuple[str, dict[str, Any], str]] = [
    (
        "span beyond the text",
        {"start_char": 499, "end_char": 501, "quote": "甲乙"},
        "span 499-501 is beyond the text of 500",
    ),
    ("span of another length", {"end_char": 3}, "quote '甲' has 1 characters, its span has 3"),
    ("span backwards", {"start_char": 5, "end_char": 4}, "end_char 4 must be greater than start_char 5"),
    ("span before the text", {"start_char": -1}, "start_char is -1: input should be greater than or equal to 0"),
    ("span without a quote", {"quote": None}, "evidence needs quote (at most 20 characters) or else sha256"),
    ("quote beyond twenty characters", {"end_char": 21, "quote": "甲" * 21}, "at most 20 characters"),
    (
        "neither span nor cell",
        {"start_char": None, "end_char": None},
        "needs start_char and end_char, or row_label and",
    ),
    ("source nobody described", {"source_id": "rumour"}, "evidence names source 'rumour', which is none; correct it"),
    ("role nobody knows", {"role": "proof"}, "role is 'proof': input should be 'value', 'subject'"),
    ("unknown key", {"page": 5}, "unknown key 'evidence.0.page'; correct or remove it"),
]


@pytest.mark.parametrize(("changed", "told"), [case[1:] for case in EVIDENCE], ids=[case[0] for case in EVIDENCE])
def test_wrong_evidence_is_refused(seeds: Seeds, tmp_path: Path, changed: dict[str, Any], told: str) -> None:
    seeds.statements["report"][0]["evidence"][0] |= changed
    seeds.write()
    problems = problems_of(seeds, tmp_path)
    assert any(told in problem for problem in problems), problems


def _edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert old in text
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def _bytes(name: str, data: bytes) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)

    return edit


MODEL = "entities/model/baize.yaml"
FILES: list[tuple[str, Callable[[Path], None], str]] = [
    ("duplicate YAML key", _edit(MODEL, 'kind: "model"', 'kind: "model"\nkind: "model"'), f"{MODEL}:3: key 'kind' stands twice"),
    ("duplicate entity", _bytes("entities/model/b.yaml", b'id: "baize"\nkind: "model"\nname_en: "B"\n'), "stands twice (first in"),
    ("duplicate source", _bytes("sources/r.yaml", b'id: "report"\ntitle: "R"\n'), "sources/report.yaml:1: report: source id"),
    ("entity without a name", _edit(MODEL, 'name_zh: "白泽"\nname_en: "Baize"\n', ""), "an entity needs name_zh or name_en"),
    ("unknown kind", _edit(MODEL, '"model"', '"robot"'), f"{MODEL}:2: baize: kind is 'robot'"),
    ("unknown type", _edit(MODEL, 'kind: "model"', 'kind: "model"\ntype: "huge"'), "type 'huge' is no term; see vocabularies.yaml"),
    ("parent nobody described", _edit(MODEL, 'kind: "model"', 'kind: "model"\nparent_id: "x"'), "parent_id 'x' is no entity"),
    ("a file that is empty", _bytes(MODEL, b""), f"{MODEL}:1: the file is empty; fill or remove it"),
    ("a file that is a list", _bytes(MODEL, b'- "a"\n'), f"{MODEL}:1: ['a'] is no mapping"),
    ("a file that is not UTF-8", _bytes(MODEL, "name: 白".encode("gb18030")), f"{MODEL}: byte 6 is not UTF-8; save the file"),
    ("a file that is not YAML", _bytes(MODEL, b'a: "\n'), f"{MODEL}:2: not YAML"),
    ("a plain word", _edit(MODEL, '"model"', "model"), f"{MODEL}:2: 'model' is not quoted; write \"model\""),
    ("source of an unknown source", _edit("sources/report.yaml", "title", 'derived_from: "x"\ntitle'), "derived_from 'x' is no source"),
    ("tier out of range", _edit("sources/report.yaml", "title", "tier: 5\ntitle"), "tier is 5: input should be less than or equal to 4"),
    ("statements of another source", _edit("statements/report.yaml", '"report"', '"other"'), "'other' is not the file's name"),
    ("statements that are no list", _bytes("statements/report.yaml", b'source_id: "report"\nstatements: "x"\n'), "statements is 'x'; give a list"),
    ("a statement that is no mapping", _bytes("statements/report.yaml", b'source_id: "report"\nstatements: ["x"]\n'), "input should be a valid"),
    ("another key in the file", _edit("statements/report.yaml", "source_id", 'x: 1\nsource_id'), "must hold source_id and a list"),
    ("redirect to nobody", _edit("redirects.yaml", "", 'redirects:\n- {old_id: "a", new_id: "b", reason: "r"}\n'), "redirects.yaml:2: a: new_id 'b'"),
    ("redirect of what stands", _edit("redirects.yaml", "", 'redirects:\n- {old_id: "baize", new_id: "sixiang", reason: "r"}\n'), "still an entity"),
    ("redirect to itself", _edit("redirects.yaml", "", 'redirects:\n- {old_id: "a", new_id: "a", reason: "r"}\n'), "new_id 'a' is no entity"),
    ("override of nothing", _edit("overrides.yaml", "", 'overrides:\n- {statement_id: "s9", rank: "normal", reason: "r", decided_by: "e", decided_at: "2024-01-01"}\n'), "overrides.yaml:2: s9: statement_id 's9' is no statement"),
    ("check of another name", _edit("checks.yaml", "", 'structures:\n- {id: "moon_phase", reason: "r"}\n'), "id 'moon_phase' is no rule; known are"),
    ("guard of no table", _edit("checks.yaml", "", 'guards:\n- {table_name: "modles", at_least: 1}\n'), "table_name 'modles' is no table or view"),
    ("unknown part of the checks", _edit("checks.yaml", "", "limits: []\n"), "checks.yaml:1: unknown key 'limits'"),
    ("units that are not strict", _edit("units.yaml", "", 'units:\n- id: "parameter"\n  id: "parameter"\n'), "units.yaml:3: key 'id' stands twice"),
    ("a unit without labels", _edit("units.yaml", "", 'units:\n- id: "parameter"\n'), "lacks 'label_zh'"),
    ("terms that are no list", _edit("vocabularies.yaml", "", 'vocabularies: "x"\n'), "'vocabularies' must be a list of mappings"),
    ("property of an unknown type", _edit("properties.yaml", "", 'properties:\n- {id: "x", label_zh: "x", label_en: "x", description: "x", value_type: "colour"}\n'), "properties.yaml:2: x: value_type is 'colour'"),
    ("a cut line", _bytes("statements/part.jsonl", b'{"id": "s7", "sour'), "statements/part.jsonl:1: the line is not JSON"),
    ("a line that is no statement", _bytes("statements/part.jsonl", b"[1]\n"), "statements/part.jsonl:1: [1] is no statement"),
    ("a key twice in a line", _bytes("statements/part.jsonl", b'{"id": "s7", "id": "s8"}\n'), "statements/part.jsonl:1: the key 'id' stands twice in one object; keep one"),
    ("a key twice in an entity", _bytes("entities.jsonl", b'{"id": "x", "kind": "model", "name_en": "B", "name_en": "C"}\n'), "entities.jsonl:1: the key 'name_en' stands twice in one object; keep one"),
    ("a cut entity", _bytes("entities.jsonl", b'{"id": "x"\n'), "entities.jsonl:1: the line is not JSON"),
    ("an entity twice", _bytes("entities.jsonl", b'{"id": "baize", "kind": "model", "name_en": "B"}\n'), "entities.jsonl:1: baize: entity id 'baize' stands twice"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "told"), [case[1:] for case in FILES], ids=[case[0] for case in FILES])
def test_a_wrong_file_is_refused(seeds: Seeds, tmp_path: Path, edit: Callable[[Path], None], told: str) -> None:
    edit(seeds.write())
    problems = problems_of(seeds, tmp_path)
    assert any(told in problem for problem in problems), problems


def test_a_complete_statement_with_a_key_twice_is_refused(seeds: Seeds, tmp_path: Path) -> None:
    folder = seeds.write()
    path = folder / "statements" / "report.yaml"
    reader = Reader(folder)
    records = [record for record, _ in read_statements(reader, read_vocabulary(reader), path)]
    path.unlink()
    first, *others = json_lines(records)
    doubled = first.replace('"unit": ', '"unit": "token", "unit": ', 1)
    assert doubled != first
    (folder / "statements" / "part.jsonl").write_text("".join([*others, doubled]), encoding="utf-8")
    problems = problems_of(seeds, tmp_path)
    assert [p for p in problems if f"part.jsonl:{len(records)}: " in p and "the key 'unit' stands twice" in p], problems


def test_an_id_and_a_key_that_stand_twice_are_told_with_both_places(seeds: Seeds, tmp_path: Path) -> None:
    first = seeds.statements["report"][0]
    seeds.say("later", "baize", "parameters", id="s0000", low=1e9, high=1e9, unit="parameter")
    seeds.statements["report"].append(dict(first, id="s0009"))
    seeds.write()
    problems = problems_of(seeds, tmp_path)
    assert any(
        "id 's0000' stands twice (first in seeds/statements/later.yaml:3); mint another id" in p for p in problems
    )
    assert any("s0009: key '" in p and "merge them or narrow a span" in p for p in problems)


def test_all_problems_are_told_together(seeds: Seeds, tmp_path: Path) -> None:
    _statement(seeds, unit="furlong", part_of="s9999")
    seeds.statements["report"][1] |= {"colour": "red", "low": "7"}
    seeds.say("later", "baize", "parameters", id="s0005", low=1e9, high=1e9, unit="parameter", part_of="s0001")
    seeds.say("later", "echo", "parameters", id="s0006", low=1e9, high=1e9, unit="parameter", part_of="s8888")
    seeds.say("last", "baize", "parameters", id="s0007", low=1e9, high=1e9, unit="parameter", part_of="s7777")
    folder = seeds.write()
    _edit(MODEL, 'kind: "model"', 'kind: "model"\nparent_id: "x"')(folder)
    problems = "\n".join(problems_of(seeds, tmp_path))
    for told in ("'furlong'", "'colour'", "low is '7'", "'echo'", "part_of 's7777'", "parent_id 'x'"):
        assert told in problems
    assert "part_of 's0001'" not in problems, "s0001 is refused, not missing"


def test_duplicates_do_not_hide_other_problems(seeds: Seeds, tmp_path: Path) -> None:
    seeds.say("after", "baize", "parameters", id="s0000", low=1e9, high=1e9, unit="parameter")
    seeds.say("zuletzt", "baize", "parameters", low=1e9, high=1e9, unit="furlong")
    seeds.write()
    problems = "\n".join(problems_of(seeds, tmp_path))
    assert "'s0000' stands twice" in problems
    assert "'furlong'" in problems


def test_refused_seeds_leave_the_old_base_and_nothing_else(seeds: Seeds, tmp_path: Path) -> None:
    db = tmp_path / "out" / "base.db"
    build(seeds.write(), db)
    before = db.read_bytes()
    _statement(seeds, unit="furlong")
    with pytest.raises(SeedError):
        build(seeds.write(), db)
    assert db.read_bytes() == before
    assert sorted(path.name for path in db.parent.iterdir()) == [".base.db.lock", "base.db"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no folder of seeds at"):
        build(tmp_path / "nowhere", tmp_path / "base.db")


def test_more_than_two_hundred_problems_are_counted(seeds: Seeds, tmp_path: Path) -> None:
    for _ in range(250):
        seeds.say("report", "echo", "parameters", low=1, high=1, unit="parameter")
    with pytest.raises(SeedError) as caught:
        build(seeds.write(), tmp_path / "base.db")
    assert "more\n" in str(caught.value)
    assert f"{len(caught.value.problems)} problems; nothing was written" in str(caught.value)


def _all_statements(folder: Path) -> dict[str, Any]:
    reader = Reader(folder)
    vocabulary: Vocabulary = read_vocabulary(reader)
    found = {r.id: r for path in statement_files(folder) for r, _ in read_statements(reader, vocabulary, path)}
    assert reader.problems == []
    return found


def test_json_lines_say_the_same_as_yaml(tmp_path: Path) -> None:
    folder = tmp_path / "lines"
    (folder / "statements").mkdir(parents=True)
    vocabulary = read_vocabulary(Reader(default_seeds()))
    written = {"sources": vocabulary.sources, "entities": vocabulary.entities}
    for name, records in written.items():
        (folder / f"{name}.jsonl").write_text("".join(json_lines(records.values())), encoding="utf-8")
    statements = _all_statements(default_seeds())
    lines = "".join(json_lines(statements.values()))
    (folder / "statements" / "part-0.jsonl").write_text(lines, encoding="utf-8")
    assert _all_statements(folder) == statements


def test_a_line_that_leaves_fields_out_is_completed(seeds: Seeds, tmp_path: Path) -> None:
    line = {
        "id": "s0007",
        "source_id": "report",
        "subject_id": "baize",
        "property_id": "context_length",
        "low": 4096,
        "high": 4096,
        "unit": "token",
        "evidence": [
            {"role": "value", "start_char": 0, "end_char": 4, "quote": "4096"},
            {"role": "subject", "start_char": 5, "end_char": 7, "quote": "白泽"},
        ],
    }
    folder = seeds.write()
    (folder / "statements" / "part.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    build(folder, tmp_path / "base.db")
    connection = sqlite3.connect(tmp_path / "base.db")
    sql = "select value_type, comparator, subject_as_read, printed, length(key) from statements where id = 's0007'"
    assert connection.execute(sql).fetchone() == ("quantity", "eq", "白泽", "4096", 32)


def test_a_byte_order_mark_is_no_part_of_what_seeds_say(tmp_path: Path) -> None:
    seeds = Seeds(tmp_path / "seeds")
    seeds.parameters("a", "baize", 7e9, 7e9)
    folder = seeds.write()
    first = build(folder, tmp_path / "one.db").content_hash
    for path in folder.rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert build(folder, tmp_path / "two.db").content_hash == first
    lines = tmp_path / "lines"
    lines.mkdir()
    (lines / "entities.jsonl").write_bytes(b'\xef\xbb\xbf{"id": "a", "kind": "model", "name_en": "A"}\n')
    reader = Reader(lines)
    assert list(read_vocabulary(reader).entities) == ["a"]
    assert reader.problems == []
