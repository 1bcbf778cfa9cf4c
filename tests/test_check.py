"""Checking an article: a table of cases for each verdict, the exit codes, the records, the page, the planted figures."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.app import app
from etl.checking.article import Checker, load_checker
from etl.checking.values import related, rounded_alike, slip
from etl.checking.verdicts import VERDICTS, Checked
from etl.checking.words import REASONS
from etl.documents import read_document
from etl.rank import Claim
from tests.invented import Seeds
from tests.planted import FOLDER, UNSEEN, outcomes, score, unmarked


def _seeds(folder: Path) -> Seeds:
    seeds = Seeds(folder)
    seeds.source("early", published="2023-05")
    seeds.source("copy", published="2023-06", derived_from="early")
    seeds.source("late", published="2024-11")
    for one in ("yunzhou-1", "yunzhou-2"):
        seeds.entity(one, "model", name_zh="云舟大模型")
    seeds.parameters("early", "qingluan", 175e9, 175e9, id="s-first")
    seeds.parameters("copy", "qingluan", 175e9, 175e9, id="s-copy")
    seeds.parameters("early", "baize", 7e9, 65e9, comparator="sizes")
    seeds.parameters("early", "chihu", 1e14, 1e14)
    seeds.parameters("early", "canglong", 93e6, 93e6)
    seeds.parameters("late", "canglong", 120e6, 120e6)
    seeds.parameters("early", "yunzhou-1", 1e9, 1e9)
    seeds.parameters("early", "yunzhou-2", 2e9, 2e9)
    data = {"low": 45e12, "high": 45e12, "unit": "byte", "comparator": "eq"}
    seeds.say("early", "qingluan", "training_data", **data)
    seeds.say("early", "sixiang", "training_data", value_status="not_stated")
    seeds.say("early", "qingluan", "open_source", boolean=False)
    seeds.say("early", "sixiang", "released", date="2023-08-15", date_basis="printed")
    seeds.say("early", "sixiang", "developer", object_id="guanyun")
    _say_series(seeds)
    return seeds


def _say_series(seeds: Seeds) -> None:
    people = {"unit": "person", "comparator": "eq"}
    seeds.say("early", "xuanlu", "users", low=1e6, high=1e6, as_of="2023-04", **people)
    seeds.say("late", "xuanlu", "users", low=3e7, high=3e7, as_of="2024-10", **people)
    money = {"unit": "CNY", "comparator": "eq", "low": 12e8, "high": 12e8}
    seeds.say("late", "lanshi", "revenue", period_start="2024", period_end="2024", **money)
    share = {"unit": "fraction", "comparator": "eq", "low": 0.3, "high": 0.3}
    seeds.say("late", "lanshi", "share", as_of="2024", **share)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check")
    path = folder / "base.db"
    _seeds(folder / "seeds").build(path).close()
    return path


@pytest.fixture(scope="module")
def checker(db: Path) -> Iterator[Checker]:
    from db.opening import open_base

    connection = open_base(db)
    yield load_checker(connection)
    connection.close()


def checked(checker: Checker, text: str, property_id: str) -> Checked:
    """Return the one statement of a property that a text of November 2024 makes."""
    document = read_document(f"观察\n\n2024年11月20日\n\n{text}\n".encode(), name="article.txt")
    found = [item for item in checker.check(document).items if item.row["property_id"] == property_id]
    assert len(found) == 1, [(item.row["property_id"], item.row["quote"]) for item in found]
    return found[0]


CASES = [
    ("青鸾的参数规模为1750亿。", "parameters", "agrees", "agree"),
    ("青鸾的参数规模约为1800亿。", "parameters", "agrees", "agree"),
    ("青鸾的参数规模超过千亿。", "parameters", "agrees", "agree"),
    ("青鸾是千亿级参数的模型。", "parameters", "agrees", "agree"),
    ("白泽的参数规模为130亿。", "parameters", "agrees", "agree"),
    ("四象于2023年8月发布。", "released", "agrees", "agree"),
    ("四象由观云研究院研发。", "developer", "agrees", "agree"),
    ("2024年，岚石科技营收为12亿元。", "revenue", "agrees", "agree"),
    ("青鸾的参数规模为3500亿。", "parameters", "conflicts", "factor"),
    ("青鸾的参数规模不到千亿。", "parameters", "conflicts", "factor"),
    ("青鸾的参数规模为175亿。", "parameters", "conflicts", "slip"),
    ("白泽的参数规模为1750亿。", "parameters", "conflicts", "factor"),
    ("青鸾已经全面开源。", "open_source", "conflicts", "yes_against_no"),
    ("四象于2023年9月15日发布。", "released", "conflicts", "days"),
    ("四象由墨海智能研发。", "developer", "conflicts", "another"),
    ("2024年，岚石科技营收为30亿元。", "revenue", "conflicts", "factor"),
    ("截至2024年10月，玄鹿的用户达到500万。", "users", "conflicts", "factor"),
    ("玄鹿的用户达到100万。", "users", "outdated", "later_known"),
    ("截至2023年4月，玄鹿的用户为100万。", "users", "outdated", "later_known"),
    ("苍龙的参数规模为9300万。", "parameters", "outdated", "later_known"),
    ("Yunfan-7B的参数规模为70亿。", "parameters", "new", "subject_unknown"),
    ("白泽的训练数据为2TB。", "training_data", "new", "nothing_known"),
    ("四象的训练数据为2TB。", "training_data", "new", "not_stated"),
    ("2022年，岚石科技营收为5亿元。", "revenue", "new", "other_time"),
    ("云舟大模型的参数规模为10亿。", "parameters", "unclear", "subject_ambiguous"),
    ("青鸾的训练数据为3000亿token。", "training_data", "unclear", "other_unit"),
    ("预计2024年岚石科技营收将达30亿元。", "revenue", "unclear", "other_firmness"),
    ("青鸾的参数规模超过10亿。", "parameters", "unclear", "bounds_far"),
    ("赤狐的参数规模为720亿。", "parameters", "unclear", "base_doubted"),
    ("岚石科技营收为30亿元。", "revenue", "unclear", "article_undated"),
    ("2024年，岚石科技占市场的70%。", "share", "unclear", "scope_untold"),
]


@pytest.mark.parametrize(("text", "property_id", "verdict", "reason"), CASES, ids=[case[0] for case in CASES])
def test_a_statement_gets_its_verdict_and_the_reason(
    checker: Checker, text: str, property_id: str, verdict: str, reason: str
) -> None:
    found = checked(checker, text, property_id)
    assert (found.verdict, reason in [one.code for one in found.held.reasons]) == (verdict, True), found.held


def test_the_cases_show_every_verdict() -> None:
    assert {verdict for _, _, verdict, _ in CASES} == set(VERDICTS)


def test_a_source_that_repeats_another_is_no_second_witness(checker: Checker) -> None:
    found = checked(checker, "青鸾的参数规模为1750亿。", "parameters")
    assert {one.claim.id for one in found.held.against} == {"s-first", "s-copy"}
    assert found.held.reasons[0].values == {"count": 1}


def test_a_conflict_tells_how_far_and_what_is_preferred_and_why(checker: Checker) -> None:
    found = checked(checker, "青鸾的参数规模为3500亿。", "parameters")
    first = found.held.against[0]
    assert (first.apart, first.claim.rank) == (pytest.approx(2.0), "preferred")
    assert first.claim.rank_reason


def test_a_figure_beyond_a_bound_is_doubted_beside_its_verdict(checker: Checker) -> None:
    found = checked(checker, "赤狐的参数规模为100万亿。", "parameters")
    assert found.verdict == "agrees"
    assert "base_doubts" in [reason.code for reason in found.held.reasons]
    assert "above the plausible bound" in found.doubts[0]


def test_candidates_are_named_where_a_subject_is_ambiguous(checker: Checker) -> None:
    found = checked(checker, "云舟大模型的参数规模为10亿。", "parameters")
    assert {entity.id for entity in found.candidates} == {"yunzhou-1", "yunzhou-2"}


def test_a_dateline_is_not_the_day_of_what_happened(checker: Checker) -> None:
    document = read_document("观察\n\n2024年11月20日\n\n四象发布后，反响热烈。\n".encode(), name="article.txt")
    assert not [item for item in checker.check(document).items if item.verdict == "conflicts"]


def quantity(low: float | None, high: float | None, comparator: str = "eq") -> Claim:
    return Claim({"value_type": "quantity", "low": low, "high": high, "comparator": comparator})


@pytest.mark.parametrize(
    ("one", "other", "how", "distance"),
    [
        ((1.8e12, 1.8e12), (1.76e12, 1.76e12), "alike", None),
        ((1e11, 1e11), (1.4e11, 1.4e11), "apart", 1.4),
        ((26, 26), (27, 27), "apart", 27 / 26),
        ((1e6, None, "gt"), (5e6, 5e6), "wide", 5.0),
        ((1e6, None, "gt"), (2e6, 2e6), "alike", None),
        ((1e6, None, "gt"), (8e6, None, "gt"), "wide", 8.0),
        ((None, 1e6, "lt"), (2e6, None, "gt"), "apart", 2.0),
        ((1e10, 1e11, "order_of_magnitude"), (5.2e10, 5.2e10), "alike", None),
        ((-5.0, -5.0), (5.0, 5.0), "apart", 10.0),
    ],
)
def test_two_figures_stand_to_each_other(
    one: tuple[Any, ...], other: tuple[Any, ...], how: str, distance: float | None
) -> None:
    ours, theirs = quantity(*one), quantity(*other)
    for found in (related(ours, theirs), related(theirs, ours)):
        assert found.how == how
        assert found.distance == (None if distance is None else pytest.approx(distance))


def test_digits_that_slipped_into_another_unit_are_told() -> None:
    assert slip(quantity(1e14, 1e14), quantity(1e10, 1e10)) == 4
    assert slip(quantity(3e14, 3e14), quantity(1e10, 1e10)) == 0
    assert not rounded_alike(quantity(1.0, 1.0), quantity(1.2, 1.2))


# The command

HOSTILE = '<script>alert(1)</script>\n\n<img src=http://evil.example/x onerror=alert(1)> & \u202e\x07青鸾的参数规模为3500亿，"白泽"的参数规模为130亿。\n'


def run(db: Path, *words: str, stdin: str | None = None) -> Any:
    return CliRunner().invoke(app, ["check", *words, "--db", str(db), "--lang", "en"], input=stdin)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("青鸾的参数规模为3500亿。", (), 0),
        ("青鸾的参数规模为3500亿。", ("--fail-on", "conflicts"), 1),
        ("青鸾的参数规模为1750亿。", ("--fail-on", "conflicts"), 0),
        ("玄鹿的用户达到100万。", ("--fail-on", "conflicts"), 0),
        ("玄鹿的用户达到100万。", ("--fail-on", "outdated"), 1),
        ("青鸾的参数规模为3500亿。", ("--fail-on", "outdated"), 1),
        ("", (), 0),
        ("青鸾", ("--fail-on", "doubts"), 2),
        ("青鸾", ("--format", "csv"), 2),
        ("青鸾", ("--date", "tomorrow"), 2),
        ("青鸾", ("--site", "javascript:alert(1)"), 2),
    ],
)
def test_the_exit_code_tells_what_was_asked(db: Path, text: str, words: tuple[str, ...], code: int) -> None:
    assert run(db, "-", *words, stdin=f"观察记录，供内部参考。{text}").exit_code == code


def test_what_cannot_be_read_is_told_with_a_cure(db: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "absent.txt", tmp_path):
        done = run(db, str(path))
        assert done.exit_code == 1
        assert str(path) in done.stderr
        assert done.stdout == ""


def test_the_table_has_its_summary_first_and_ids_for_why(db: Path, article: Path) -> None:
    lines = run(db, str(article)).stdout.splitlines()
    assert lines[0] == "2 statements: 1 agrees, 1 conflicts, 0 outdated, 0 new, 0 unclear"
    assert any(re.search(r"≠ .*s-first.*preferred: ", line) for line in lines)


def test_a_record_is_an_extract_with_its_verdict(db: Path, article: Path) -> None:
    done = run(db, str(article), "--format", "jsonl")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    first = records[0]
    assert [record["verdict"] for record in records] == ["conflicts", "agrees"]
    assert HOSTILE[first["start_char"] : first["end_char"]] == first["quote"] == "3500亿"
    assert (first["line"], first["entity_id"], first["reason"]) == (3, "qingluan", "a factor of 2 apart")
    against = first["against"][0]
    assert {"statement_id", "source_id", "printed", "low", "high", "unit", "apart"} <= set(against)
    assert (against["statement_id"], against["low"], against["apart"]) == ("s-copy", 175e9, pytest.approx(2.0))
    assert "2 statements" in done.stderr


class Page(HTMLParser):
    """A page as a browser reads it: tags, ids, links, and the article's text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text, self._inside, self._sup = "", 0, 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag == "div" and (self._inside or given.get("class") == "text"):
            self._inside += 1
        self._sup += tag == "sup"
        if tag == "br" and self._inside:
            self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag == "div" and self._inside > 0
        self._sup -= tag == "sup"

    def handle_data(self, data: str) -> None:
        if self._inside and not self._sup:
            self.text += data.replace("\n", "").replace("\u2060", "")

    def values(self, name: str) -> list[str]:
        return [str(given[name]) for _, given in self.tags if name in given]


def test_the_page_holds_the_whole_text_and_nothing_that_runs_or_is_fetched(db: Path, article: Path) -> None:
    out = article.with_suffix(".html")
    done = run(db, str(article), "--format", "html", "-o", str(out))
    assert (done.exit_code, done.stdout) == (0, "")
    html = out.read_text(encoding="utf-8")
    page = Page(html)
    assert page.text == re.sub("[\u202e\x07]", "\ufffd", HOSTILE)
    assert not {"script", "img", "link", "iframe", "object", "form"} & {tag for tag, _ in page.tags}
    assert not [name for _, given in page.tags for name in given if name.startswith("on") or name == "src"]
    assert not re.search(r"https?://(?!evil\.example)|@import|url\(", html)
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert set(page.values("href")) <= {f"#{one}" for one in ids}


def test_the_page_marks_each_figure_by_colour_and_sign_and_leads_to_its_evidence(db: Path, article: Path) -> None:
    html = run(db, str(article), "--format", "html", "--site", "https://base.example/d/").stdout
    assert re.search(
        r'<mark id="m1" class="conflicts" style="[^"]+">3500亿</mark>&#8288;<sup><a href="#n1">✗1</a></sup>', html
    )
    assert 'href="https://base.example/d/-/evidence/s-first"' in html
    assert "your own copy" in html
    assert 'lang="en"' in html


def test_the_page_speaks_chinese_too(db: Path, article: Path) -> None:
    html = CliRunner().invoke(app, ["check", str(article), "--db", str(db), "--lang", "zh", "-f", "html"]).stdout
    assert "你自己的副本" in html
    assert "相差 2 倍" in html


def test_reasons_are_told_in_both_languages_with_the_same_blanks() -> None:
    plural = {"sources", "statements"}
    for zh, en in REASONS.values():
        blanks = [set(re.findall(r"{(\w+)}", text)) - plural for text in (zh, en)]
        assert blanks[0] == blanks[1], (zh, en)


# Planted figures


def test_marks_are_taken_out_of_a_planted_article() -> None:
    text, planted = unmarked("甲有{+1亿+}，乙有{-2亿-}。", "a.md")
    assert text == "甲有1亿，乙有2亿。"
    assert [(text[one.start : one.end], one.right) for one in planted] == [("1亿", True), ("2亿", False)]


@pytest.mark.parametrize(("folder", "right"), [(FOLDER, 40), (UNSEEN, 35)])
def test_most_planted_figures_are_found_and_hardly_a_right_one_is_blamed(base: Path, folder: Path, right: int) -> None:
    from db.opening import open_base

    connection = open_base(base)
    counted = score(list(outcomes(load_checker(connection), folder)))
    connection.close()
    assert (counted.wrong, counted.right >= right) == (20, True)
    assert counted.found >= 17
    assert counted.blamed <= 1
