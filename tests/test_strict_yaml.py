"""Strict YAML: what looks like one thing and is read as another is refused, with its line."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.seeds import default_seeds, format_files, formed
from etl.strict_yaml import YamlError, dump, load

BOMB = 'a: &a ["x", "x"]\n' + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

REFUSED = [
    ("a duplicate key", 'id: "a"\nkind: "x"\nid: "b"\n', 3, "'id' stands twice (first in line 1)"),
    ("a duplicate key in one line", "{a: 1, a: 2}", 1, "stands twice"),
    ("a duplicate key below", "x:\n- b: 1\n  b: 2\n", 3, "stands twice (first in line 2)"),
    ("an octal", "adcode: 0123\n", 1, 'write "0123"'),
    ("a new octal", "n: 0o17\n", 1, "not quoted"),
    ("a hexadecimal", "n: 0x1F\n", 1, "not quoted"),
    ("a number with underscores", "n: 1_000\n", 1, "not quoted"),
    ("a sexagesimal", "n: 12:30\n", 1, "not quoted"),
    ("Norway", "code: no\n", 1, 'write "no"'),
    ("yes", "a: 1\nopen: yes\n", 2, 'write "yes"'),
    ("On", "open: On\n", 1, "not quoted"),
    ("True in capitals", "open: True\n", 1, "not quoted"),
    ("a date", "published: 2023-08-31\n", 1, 'write "2023-08-31"'),
    ("a plain word", "kind: model\n", 1, 'write "model"'),
    ("a tilde for null", "a: ~\n", 1, "not quoted"),
    ("nothing for null", "a:\nb: 1\n", 1, "not quoted"),
    ("infinity", "n: .inf\n", 1, "not quoted"),
    ("a number beyond floats", "n: 1e999\n", 1, "not quoted"),
    ("a number of a thousand digits", f"n: {'9' * 5000}\n", 1, "not quoted"),
    ("an anchor", 'a: &x "1"\n', 1, "&x"),
    ("an alias of a word", 'a: &x "1"\nb: *x\n', 1, "write it out"),
    ("an alias of a mapping", "a: &x {b: 1}\nc: *x\n", 1, "write it out"),
    ("an alias of itself", "a: &x [*x]\n", 1, "write it out"),
    ("a bomb of aliases", BOMB, 1, "write it out"),
    ("a merge", "base: {a: 1}\nb:\n  <<: {c: 2}\n", 3, "'<<' is no plain word"),
    ("a key that is a list", "? [a]\n: 1\n", 1, "no plain word"),
    ("a Python tag", 'a: !!python/object/apply:os.system ["true"]\n', 1, "tag"),
    ("a tag on a mapping", "a: !!omap {b: 1}\n", 1, "tag"),
    ("a tag on a string", 'a: !!binary "aGk="\n', 1, "tag"),
    ("a tag on a number", 'a: !!float "1"\n', 1, "tag"),
    ("two documents", "a: 1\n---\nb: 2\n", 2, "not YAML"),
    ("a tab for indentation", "a:\n\t- 1\n", 2, "not YAML"),
    ("an open quote", 'a: "x\n', 2, "not YAML"),
    ("a control character", 'a: "\x07"\n', 1, "not YAML"),
    ("a thousand lists in lists", f"a: {'[' * 900}{']' * 900}\n", 1, "nested too deep"),
    ("a hundred thousand lists in lists", f"a: {'[' * 100_000}", 1, "not YAML"),
]


@pytest.mark.parametrize(("text", "line", "told"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_is_not_strict_is_refused_with_its_line(text: str, line: int, told: str) -> None:
    with pytest.raises(YamlError) as caught:
        load(text)
    assert caught.value.line == line
    assert told in caught.value.message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('a: "no"\n', {"a": "no"}),
        ("a: 'it''s'\n", {"a": "it's"}),
        ("a: true\nb: false\nc: null\n", {"a": True, "b": False, "c": None}),
        ("a: 0\nb: -5\nc: 1.50\nd: 1.0e+30\n", {"a": 0, "b": -5, "c": 1.5, "d": 1e30}),
        ("a: |\n  lines\n  stay\n", {"a": "lines\nstay\n"}),
        ('- {a: "x"} # a comment\n', [{"a": "x"}]),
        ('a: "A&B *bold* <<"\n', {"a": "A&B *bold* <<"}),
        ("", None),
        ("# only a comment\n", None),
    ],
)
def test_what_is_strict_is_read_as_it_looks(text: str, value: Any) -> None:
    assert load(text) == value


def test_a_mapping_knows_the_lines_of_its_keys() -> None:
    data = load('a: 1\nlist:\n- b: 2\n  c: "x"\n')
    assert (data.line, data.lines, data["list"][0].lines) == (1, {"a": 1, "list": 2}, {"b": 3, "c": 4})


def test_an_int_stays_an_int_and_a_float_a_float() -> None:
    data = load("a: 7\nb: 7.0\n")
    assert (type(data["a"]), type(data["b"])) == (int, float)


_scalars = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_keys = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
_data = st.recursive(
    _scalars | _texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(_keys, _data, min_size=1, max_size=5))
def test_what_is_printed_reads_back_and_prints_the_same(data: dict[str, Any]) -> None:
    printed = dump(data)
    assert load(printed) == data
    assert dump(load(printed)) == printed


def test_every_seed_of_the_package_is_in_the_one_form() -> None:
    off = [str(path) for path, text, formed in format_files(default_seeds()) if text != formed]
    assert off == [], "run `damoxing format`"


def test_the_formatter_changes_the_form_and_not_the_data(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a:   'x'\nb: [ {c: 1.0, d: \"y\"} ]\n", encoding="utf-8")
    [(_, text, formed)] = format_files(tmp_path)
    assert text != formed
    assert load(text) == load(formed)
    assert formed == 'a: "x"\nb:\n- {c: 1, d: "y"}\n'


def test_comments_before_outermost_keys_stay(tmp_path: Path) -> None:
    text = '# what it is\n# and why\na: "x"\n# of b\nb: ["y"]\n'
    assert formed(text) == text
