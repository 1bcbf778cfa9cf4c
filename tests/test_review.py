"""Proposals become seeds at a terminal, by a threshold and by a sheet; nothing is lost, nothing unsound is written."""

import csv
import json
import os
import random
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.app import app
from etl.build import build
from etl.reviewing.batches import batches
from etl.reviewing.candidates import NameIndex, obvious
from etl.reviewing.confidence import DOUBTS
from etl.reviewing.desk import Desk
from etl.reviewing.quoting import nearest, place, sentence
from etl.reviewing.review import Review
from etl.reviewing.sheet import guarded, unguarded
from etl.reviewing.slugs import free, slug
from etl.seeds import format_files, write_yaml
from etl.text import sha256_of_text
from etl.verify import verify
from schema.records import AliasRecord, EntityRecord
from tests.terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent
# Of our own invention.
TEXT = """青鸾大模型发布
2024年5月18日，岚石科技发布青鸾大模型。青鸾大模型的参数超过1750亿，训练数据达45TB。
该公司2023年收入为12亿元，员工约3000人。王五表示，青鸾大模型的用户突破100万人。
墨海的白泽大模型有70亿参数，已经开源。2024年6月，云州市印发《云州市促进大模型发展若干措施》。

模型 参数
玄鹿 520亿
四象 9300万
"""


def proposal(kind: str, property_id: str, value: str, subject: str, name: str = "", **fields: Any) -> dict[str, Any]:
    """Return a proposal as `extract` prints it; value and subject are found by their words."""
    start = TEXT.index(value)
    at = max(TEXT.rfind(subject, 0, start), 0) or TEXT.index(subject)
    key = sha256_of_text(f"{property_id} {start} {at}")[:32]
    given = {
        "document": "article.txt", "kind": kind, "key": key, "source_id": f"sha256-{sha256_of_text(TEXT)[:16]}", "subject_id": None,
        "subject_name": name or subject, "subject_type": "model", "subject_as_read": subject, "property_id": property_id,
        "quote": value, "start_char": start, "end_char": start + len(value), "subject_start_char": at, "subject_end_char": at + len(subject),
        "method": "rule:amounts@1", "printed": value, "assertion": "asserted",
    }  # fmt: skip
    return given | fields


def amount(
    property_id: str,
    value: str,
    subject: str,
    low: float | None,
    high: float | None,
    unit: str,
    comparator: str,
    **fields: Any,
) -> dict[str, Any]:
    """Return the proposal of a quantity."""
    bounds = {name: bound for name, bound in (("low", low), ("high", high)) if bound is not None}
    return proposal(
        "quantity",
        property_id,
        value,
        subject,
        value_type="quantity",
        unit=unit,
        comparator=comparator,
        value_status="reported",
        **bounds,
        **fields,
    )


def rows() -> list[dict[str, Any]]:
    """Return what a reader might propose of the invented text, some of it wrong."""
    cell = {"method": "rule:tables@1", "column_label": "参数"}
    return [
        proposal("event", "released", "2024年5月18日", "青鸾大模型", value_type="date", date="2024-05-18", date_basis="printed"),
        amount("parameters", "超过1750亿", "青鸾大模型", 175e9, None, "parameter", "gt"),
        amount("training_data", "45TB", "青鸾大模型", 45e12, 45e12, "byte", "eq"),
        amount("revenue", "12亿元", "该公司", 12e8, 12e8, "CNY", "eq", subject_name="岚石科技", subject_type="organization", period_start="2023"),
        amount("employees", "约3000人", "该公司", 4000, 4000, "person", "approx", subject_name="岚石科技", subject_type="organization"),
        amount("parameters", "70亿参数", "白泽大模型", 7e9, 7e9, "parameter", "eq"),
        proposal("boolean", "open_source", "开源", "白泽大模型", value_type="boolean", boolean=True),
        proposal("relation", "developer", "墨海", "白泽大模型", value_type="entity", object_name="墨海"),
        proposal("policy", "policy", "云州市促进大模型发展若干措施", "云州市促进大模型发展若干措施", subject_type="policy", value_type="text", text="云州市促进大模型发展若干措施", method="rule:policies@1"),
        amount("parameters", "520亿", "玄鹿", 52e9, 52e9, "parameter", "eq", **cell),
        amount("parameters", "9300万", "四象", 93e6, 93e6, "parameter", "eq", **cell),
    ]  # fmt: skip


class Place:
    """A folder with an article, its proposals and seeds in the making."""

    def __init__(self, folder: Path, given: list[dict[str, Any]] | None = None) -> None:
        self.folder = folder
        self.seeds = folder / "seeds"
        self.article = folder / "article.txt"
        self.proposals = folder / "proposals.jsonl"
        self.article.write_text(TEXT, encoding="utf-8")
        self.propose(rows() if given is None else given)

    def propose(self, given: list[dict[str, Any]]) -> None:
        """Write proposals."""
        self.proposals.write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in given), encoding="utf-8"
        )

    def review(self) -> Review:
        """Open the review anew, as a new run does."""
        self.seeds.mkdir(exist_ok=True)
        return next(Review(Desk(self.seeds, "李四"), batch) for batch in batches(self.proposals, seeds=self.seeds))

    def run(self, *arguments: str) -> Any:
        """Run `damoxing review` without a terminal."""
        return CliRunner().invoke(
            app,
            ["review", str(self.proposals), "--seeds", str(self.seeds), *arguments],
            env={"GIT_AUTHOR_NAME": "李四"},
        )

    def files(self) -> dict[str, str]:
        """Return every seed file with its text."""
        return {
            str(p.relative_to(self.seeds)): p.read_text(encoding="utf-8")
            for p in sorted(self.seeds.rglob("*"))
            if p.is_file()
        }

    def statements(self) -> list[dict[str, Any]]:
        """Return the statements of the article."""
        return self.review().statements()


@pytest.fixture
def place_of_work(tmp_path: Path) -> Place:
    """Return a fresh place to review in."""
    return Place(tmp_path)


def item_of(review: Review, property_id: str, quote: str = "") -> Any:
    """Return the open proposal of a property."""
    return next(i for i in review.open_items() if i.row["property_id"] == property_id and quote in i.row["quote"])


@pytest.fixture
def terminals() -> Iterator[Callable[[Place], Terminal]]:
    """Start reviews in terminals; stop those that are left."""
    started: list[Terminal] = []

    def start(where: Place) -> Terminal:
        started.append(Terminal(["review", str(where.proposals), "--seeds", str(where.seeds)]))
        return started[-1]

    yield start
    for terminal in started:
        try:
            os.kill(terminal.pid, signal.SIGKILL)
            os.waitpid(terminal.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            continue


# At the terminal.


def test_a_review_in_a_terminal_ends_in_a_base_that_verifies(
    place_of_work: Place, terminals: Callable[[Place], Terminal]
) -> None:
    terminal = terminals(place_of_work)
    shown = terminal.expect("? help")
    assert "[2024年5月18日]" in shown
    assert "new model qing-luan-da-mo-xing" in shown
    terminal.send("a")
    shown = terminal.expect("? help")
    assert "青鸾大模型 · parameters · more than" in shown
    assert "exact alias" in shown
    terminal.send("a")
    terminal.expect("? help")
    terminal.send("i")
    terminal.expect("field=value")
    terminal.send("title=青鸾发布了\n")
    terminal.expect("title is 青鸾发布了 now")
    terminal.send("tier=9\n")
    terminal.expect("! tier is")
    terminal.send("\n")
    terminal.expect("45TB")
    terminal.expect("? help")
    terminal.send("r")
    terminal.expect("reason: ")
    terminal.send("2\n")
    terminal.expect("rejected: wrong subject")
    terminal.expect("? help")
    terminal.send("u")
    terminal.expect("undone: rejected 45TB")
    terminal.expect("? help")
    terminal.send("a")  # 45TB after all
    shown = terminal.expect("? help")
    assert "12亿元" in shown
    assert "the alias '该公司' (in context only)" in shown or "new organization lan-shi-ke-ji" in shown
    terminal.send("a")
    terminal.expect("! '约3000人' reads approx 3000..3000")  # unsound: shown as it comes up
    terminal.expect("? help")
    terminal.send("a")
    terminal.expect("! '约3000人' reads approx 3000..3000")  # and it stays open
    terminal.expect("? help")
    terminal.send("e")
    terminal.expect("field=value")
    terminal.send("low=3000\n")
    terminal.expect("low is 3000 now")
    terminal.expect("field=value")  # keys typed before the prompt stands may be lost
    terminal.send("\x03")  # Ctrl-C in the middle of an edit
    terminal.expect("stopped; the same command goes on from here")
    assert terminal.end() == 0

    terminal = terminals(place_of_work)
    shown = terminal.expect("? help")
    assert "4 accepted" in shown
    assert "from 3,000 to 4,000" in shown or "3,000" in shown  # the half-made edit is still there
    terminal.send("e")
    terminal.expect("field=value")
    terminal.send("high=3000\n\n")
    terminal.expect("about 3,000 people")
    terminal.expect("? help")
    for _ in range(2):
        terminal.send("a")
        terminal.expect("accepted")
        terminal.expect("? help")
    terminal.send("q")
    terminal.expect("stopped")
    assert terminal.end() == 0

    said = place_of_work.statements()
    assert [s["property_id"] for s in said] == [
        "released",
        "parameters",
        "training_data",
        "revenue",
        "employees",
        "developer",
    ]
    assert {s["reviewed_by"] for s in said} == {"李四"}
    assert {s["method"] for s in said} == {"rule:amounts@1"}
    assert 'title: "青鸾发布了"' in "".join(place_of_work.files().values())
    report = build(place_of_work.seeds, place_of_work.folder / "base.db")
    assert report.statements == 6
    assert verify(place_of_work.seeds, place_of_work.folder).problems == []


def test_a_killed_review_loses_nothing(place_of_work: Place, terminals: Callable[[Place], Terminal]) -> None:
    terminal = terminals(place_of_work)
    terminal.expect("? help")
    terminal.send("a")
    terminal.expect("accepted")
    terminal.expect("? help")
    terminal.send("e")
    terminal.expect("field=value")
    terminal.send("scope_note=全部\n")
    terminal.expect("scope_note is 全部 now")
    os.kill(terminal.pid, signal.SIGKILL)
    terminal.end()
    review = place_of_work.review()
    assert review.counts() == {"accepted": 1, "rejected": 0, "merged": 0, "open": 10}
    assert item_of(review, "parameters").edits == {"scope_note": "全部"}


def test_what_stands_is_not_proposed_again_where_a_kill_lost_its_decision(place_of_work: Place) -> None:
    place_of_work.run("--accept-above", "0.5")
    before = [item.key for item in place_of_work.review().open_items()]
    assert len(before) < len(rows())
    shutil.rmtree(place_of_work.seeds / "decisions")
    assert [item.key for item in place_of_work.review().open_items()] == before


def test_a_terminal_that_closes_stops_the_review(place_of_work: Place, terminals: Callable[[Place], Terminal]) -> None:
    terminal = terminals(place_of_work)
    terminal.expect("? help")
    terminal.send("a")
    terminal.expect("? help")
    os.close(terminal.fd)
    _, status = os.waitpid(terminal.pid, 0)
    assert os.waitstatus_to_exitcode(status) in {0, 1}
    assert place_of_work.review().counts()["accepted"] == 1


def test_a_whole_table_is_accepted_and_an_entity_made_by_hand(
    tmp_path: Path, terminals: Callable[[Place], Terminal]
) -> None:
    where = Place(tmp_path, rows()[-3:])
    terminal = terminals(where)
    terminal.expect("? help")
    terminal.send("s")  # the policy, later
    terminal.expect("520亿")
    terminal.expect("? help")
    terminal.send("n")
    for answer in ("", "", "xuan-lu-model"):
        terminal.expect("]: ")
        terminal.send(f"{answer}\n")
    assert "new model xuan-lu-model" in terminal.expect("? help")
    terminal.send("t")
    terminal.expect("accept 2 cells of this table? [y/N] ")
    terminal.send("y\n")
    terminal.expect("2 accepted, 0 still open")
    terminal.expect("? help")
    terminal.send("a")
    terminal.expect("everything is decided")
    terminal.send("u")
    terminal.expect("undone: accepted")
    terminal.expect("? help")
    terminal.send("a")
    terminal.expect("everything is decided")
    terminal.send("x")
    assert terminal.end() == 0
    assert {s["subject_id"] for s in where.statements()} == {
        "xuan-lu-model",
        "si-xiang",
        "yun-zhou-shi-cu-jin-da-mo-xing",
    }


def test_an_article_cannot_steer_the_terminal(tmp_path: Path, terminals: Callable[[Place], Terminal]) -> None:
    where = Place(tmp_path, [])
    text = TEXT.replace("超过1750亿", "超过\x1b]0;x\x07\x1b[2J1750亿")
    where.article.write_text(text, encoding="utf-8")
    at = text.index("1750亿")
    where.propose(
        [
            rows()[1]
            | {"source_id": "", "start_char": at, "end_char": at + 5, "quote": "1750亿", "subject_name": "青\x1b[2J鸾"}
        ]
    )
    shown = terminals(where).expect("? help")
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_without_a_terminal_a_review_says_what_to_give(place_of_work: Place) -> None:
    result = place_of_work.run()
    assert result.exit_code == 2
    assert "--accept-above" in result.stderr


# Decisions.


def test_undoing_every_decision_leaves_every_file_as_it_was(place_of_work: Place) -> None:
    known = {
        "id": "qing-luan",
        "kind": "model",
        "name_zh": "青鸾",
        "aliases": [{"alias": "青鸾大模型", "language": "zh"}],
    }
    write_yaml(place_of_work.seeds / "entities" / "model" / "qing-luan.yaml", known)
    before = place_of_work.files()
    review = place_of_work.review()
    review.reject(item_of(review, "training_data"), "wrong", by="李四")
    accepted = [item for item in review.open_items() if not review.accept(item, by="李四")]
    assert len(accepted) == 9
    assert review.merge_entities("si-xiang", "qing-luan", by="李四") == []
    assert build(place_of_work.seeds, place_of_work.folder / "base.db").statements == 9
    again = place_of_work.review()  # undo works in a later run too
    for _ in range(11):
        assert again.undo().startswith("undone")
    assert again.undo() == "nothing to undo"
    assert place_of_work.files() == before


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_decided_the_seeds_stay_sound_and_undo_leads_back(place_of_work: Place, seed: int) -> None:
    chance = random.Random(seed)
    review = place_of_work.review()
    states = [place_of_work.files()]
    for _ in range(25):
        decided = len(review.ledger.kept.decisions)
        items = review.open_items()
        action = chance.choice("aaarus") if items else "u"
        item = chance.choice(items) if items else None
        if action == "u" or item is None:
            review.undo()
        elif action == "a":
            review.accept(item, by="李四")
        elif action == "r":
            review.reject(item, "wrong", by="李四")
        else:
            review.skip(item)
        if len(review.ledger.kept.decisions) > decided:
            states.append(place_of_work.files())
        elif len(review.ledger.kept.decisions) < decided:
            states.pop()
            assert place_of_work.files() == states[-1]
        review = place_of_work.review() if chance.random() < 0.2 else review
    build(place_of_work.seeds, place_of_work.folder / "base.db")
    assert verify(place_of_work.seeds, place_of_work.folder).problems == []


def test_an_entity_of_a_bulk_file_is_used_and_never_changed(place_of_work: Place) -> None:
    place_of_work.seeds.mkdir()
    names = (
        {"id": "lanshi", "kind": "organization", "name_zh": "岚石科技"},
        {"id": "ql", "kind": "model", "name_zh": "青鸾大模型"},
    )
    lines = "".join(json.dumps(name, ensure_ascii=False) + "\n" for name in names)
    (place_of_work.seeds / "entities.jsonl").write_text(lines, encoding="utf-8")
    review = place_of_work.review()
    assert "stands in a bulk file" in review.accept(item_of(review, "revenue"), by="李四")[0]
    assert review.accept(item_of(review, "released"), by="李四") == []
    assert "stands in a bulk file" in review.merge_entities("ql", "lanshi", by="李四")[0]
    assert build(place_of_work.seeds, place_of_work.folder / "base.db").entities == 2


def test_rejected_proposals_come_back_only_where_a_newer_rule_reads_them_differently(place_of_work: Place) -> None:
    review = place_of_work.review()
    review.reject(item_of(review, "training_data"), "wrong subject", by="李四")
    place_of_work.propose([row | {"method": row["method"].replace("@1", "@2")} for row in rows()])
    assert "training_data" not in [i.row["property_id"] for i in place_of_work.review().open_items()]
    place_of_work.propose([row | ({"low": 44e12} if row["property_id"] == "training_data" else {}) for row in rows()])
    item = item_of(place_of_work.review(), "training_data")
    assert item.changed is not None
    assert item.changed.reason == "wrong subject"


def test_an_accepted_proposal_that_is_read_differently_replaces_its_statement_and_keeps_its_id(
    place_of_work: Place,
) -> None:
    review = place_of_work.review()
    assert review.accept(item_of(review, "revenue"), by="李四") == []
    old = review.statements()[0]
    place_of_work.propose(
        [row | ({"period_start": "2023-01"} if row["property_id"] == "revenue" else {}) for row in rows()]
    )
    again = place_of_work.review()
    assert again.accept(item_of(again, "revenue"), by="李四") == []
    assert [(s["id"], s["period_start"]) for s in again.statements()] == [(old["id"], "2023-01")]
    again.undo()
    assert again.statements() == [old]


def test_a_newer_rule_that_finds_another_subject_changes_the_statement_and_does_not_add_one(
    place_of_work: Place,
) -> None:
    review = place_of_work.review()
    assert review.accept(item_of(review, "revenue"), by="李四") == []
    old = review.statements()[0]
    at = TEXT.index("岚石科技")
    moved = {"key": "e" * 32, "subject_start_char": at, "subject_end_char": at + 4, "subject_as_read": "岚石科技"}
    place_of_work.propose([row | (moved if row["property_id"] == "revenue" else {}) for row in rows()])
    again = place_of_work.review()
    item = item_of(again, "revenue")
    assert item.changed is not None
    assert again.accept(item, by="李四") == []
    assert [s["id"] for s in again.statements()] == [old["id"]]
    assert again.statements()[0]["evidence"][1]["start_char"] == at


def test_what_the_seeds_say_already_is_not_proposed(place_of_work: Place) -> None:
    review = place_of_work.review()
    review.accept(item_of(review, "training_data"), by="李四")
    next((place_of_work.seeds / "decisions").glob("*.yaml")).unlink()
    assert "training_data" not in [i.row["property_id"] for i in place_of_work.review().open_items()]


def test_a_proposal_is_merged_into_a_statement_that_says_the_same(tmp_path: Path) -> None:
    twice = amount("parameters", "1750亿", "青鸾大模型", 175e9, None, "parameter", "gt")
    where = Place(
        tmp_path,
        [
            rows()[1],
            twice
            | {
                "quote": "超过1750亿",
                "start_char": twice["start_char"] - 2,
                "subject_start_char": 0,
                "subject_end_char": 5,
                "key": "f" * 32,
            },
        ],
    )
    review = where.review()
    assert review.accept(item_of(review, "parameters"), by="李四") == []
    statement = review.statements()[0]
    item = review.open_items()[0]
    assert any("overlaps" in note for note in review.plan(item)[1].notes)
    assert review.merge(item, "nothing", by="李四") != []
    assert review.merge(item, statement["id"], by="李四") == []
    assert len(review.statements()[0]["evidence"]) == 3
    assert where.review().open_items() == []
    assert verify(where.seeds, where.folder).problems == []
    review.undo()
    assert review.statements() == [statement]


def test_two_entities_are_merged_by_a_redirect(place_of_work: Place) -> None:
    review = place_of_work.review()
    for property_id in ("released", "open_source"):
        assert review.accept(item_of(review, property_id), by="李四") == []
    assert review.merge_entities("bai-ze-da-mo-xing", "qing-luan-da-mo-xing", by="李四") == []
    assert review.merge_entities("bai-ze-da-mo-xing", "qing-luan-da-mo-xing", by="李四") == [
        "'bai-ze-da-mo-xing' is no entity"
    ]
    build(place_of_work.seeds, place_of_work.folder / "base.db")
    assert verify(place_of_work.seeds, place_of_work.folder).problems == []
    assert "redirects.yaml" in place_of_work.files()


def test_a_policy_proposal_makes_a_policy_that_its_source_names(place_of_work: Place) -> None:
    review = place_of_work.review()
    assert review.accept(item_of(review, "policy"), by="李四") == []
    statement = review.statements()[0]
    assert statement["property_id"] == "mentioned_as"
    assert review.desk.vocabulary.entities[statement["subject_id"]].kind == "policy"


def test_a_similar_name_is_never_taken_without_a_choice(place_of_work: Place) -> None:
    path = place_of_work.seeds / "entities" / "model" / "baize-2.yaml"
    write_yaml(path, {"id": "baize-2", "kind": "model", "name_zh": "白泽大模型2"})
    review = place_of_work.review()
    item = item_of(review, "parameters", "70亿")
    assert "may be 'baize-2' (similar to" in review.accept(item, by="李四")[0]
    assert review.statements() == []
    assert review.edit(item, "subject_id", "baize-2") == []
    assert review.plan(item)[1].problems == []
    review.edit(item, "subject_id", "baize-3")
    assert "write new:baize-3" in review.accept(item, by="李四")[0]
    review.edit(item, "subject_id", "new:baize-3")
    assert review.accept(item, by="李四") == []
    assert "entities/model/baize-3.yaml" in place_of_work.files()


def test_an_entity_chosen_under_another_name_gets_that_name_as_an_alias(place_of_work: Place) -> None:
    write_yaml(
        place_of_work.seeds / "entities" / "organization" / "lanshi.yaml",
        {"id": "lanshi", "kind": "organization", "name_zh": "岚石"},
    )
    review = place_of_work.review()
    item = item_of(review, "revenue")
    review.edit(item, "subject_id", "lanshi")
    assert review.accept(item, by="李四") == []
    aliases = review.desk.vocabulary.entities["lanshi"].aliases
    assert [(alias.alias, alias.context_only) for alias in aliases] == [("该公司", True)]


@pytest.mark.parametrize(
    ("property_id", "name", "value", "told"),
    [
        ("parameters", "quote", "1750亿参", "does not stand in the text"),
        ("parameters", "low", "viel", "no number"),
        ("parameters", "colour", "red", "no field that can be changed"),
        ("open_source", "boolean", "maybe", "write true or false"),
    ],
)
def test_an_edit_that_cannot_be_understood_changes_nothing(
    place_of_work: Place, property_id: str, name: str, value: str, told: str
) -> None:
    review = place_of_work.review()
    item = item_of(review, property_id)
    assert told in review.edit(item, name, value)[0]
    assert item.edits == {}


@pytest.mark.parametrize(
    ("property_id", "name", "value", "told"),
    [
        ("training_data", "unit", "fathom", "unit 'fathom' is unknown"),
        ("training_data", "low", "44e12", "wants equal bounds"),
        ("training_data", "property_id", "colour", "property_id 'colour' is unknown"),
        ("training_data", "attributed_to", "nobody", ""),
        ("open_source", "boolean", "false", "affirms it"),
        ("released", "date", "2024-13", "date is '2024-13'"),
        ("released", "subject_quote", "岚石科技", ""),
        ("developer", "object_quote", "x", "no field"),
    ],
)
def test_only_what_validates_is_written(
    place_of_work: Place, property_id: str, name: str, value: str, told: str
) -> None:
    review = place_of_work.review()
    item = item_of(review, property_id)
    wrong = review.edit(item, name, value) or review.accept(item, by="李四")
    assert any(told in message for message in wrong) if told else wrong == []
    assert bool(review.statements()) is (told == "")


def test_moving_a_quote_reads_the_figure_there(place_of_work: Place) -> None:
    review = place_of_work.review()
    item = item_of(review, "parameters")
    assert review.edit(item, "quote", "70亿参数") == []
    draft = review.draft(item)
    assert (draft.fields["low"], draft.fields["high"], draft.fields["comparator"]) == (7e9, 7e9, "eq")


def test_a_property_of_another_type_takes_the_value_that_goes_with_it(place_of_work: Place) -> None:
    review = place_of_work.review()
    item = item_of(review, "training_data")
    for name, value in (("property_id", "claim"), ("text", "训练数据为45TB")):
        assert review.edit(item, name, value) == []
    assert review.accept(item, by="李四") == []
    assert "low" not in review.statements()[0]


def test_every_written_file_is_in_the_one_form(place_of_work: Place) -> None:
    review = place_of_work.review()
    for item in review.open_items():
        review.accept(item, by="李四")
    review.reject(review.open_items()[0], "=x", by="李四")
    assert [path for path, text, formed in format_files(place_of_work.seeds) if text != formed] == []


def test_the_source_says_what_the_file_is(place_of_work: Place) -> None:
    record, wrong = place_of_work.review().source()
    assert wrong == []
    assert record is not None
    assert (record.sha256, record.text_length, record.file_name) == (sha256_of_text(TEXT), len(TEXT), "article.txt")
    review = place_of_work.review()
    assert review.edit_source("id", "lan-shi-2024") == []
    assert review.edit_source("published", "2024-05-18") == []
    assert "is no field" in review.edit_source("sha256", "0")[0]
    assert "is no source" in review.edit_source("derived_from", "elsewhere")[0]
    assert place_of_work.review().accept(item_of(place_of_work.review(), "released"), by="李四") == []
    assert "sources/lan-shi-2024.yaml" in place_of_work.files()
    assert "stays" in place_of_work.review().edit_source("id", "other")[0]


# By a threshold.


def test_what_is_sure_enough_is_accepted_and_read_by_nobody(place_of_work: Place) -> None:
    result = place_of_work.run("--accept-above", "0.8")
    assert result.exit_code == 0, result.stderr
    said = place_of_work.statements()
    assert len(said) == 10
    assert not any("reviewed_by" in s for s in said)
    assert "read by nobody yet" in result.stderr
    left = {i.row["property_id"] for i in place_of_work.review().open_items()}
    assert left == {"employees"}  # its bounds are not what is printed


def test_a_threshold_takes_the_surer_and_leaves_the_rest(place_of_work: Place) -> None:
    review = place_of_work.review()
    sure = {item.key: review.plan(item)[2].value for item in review.open_items()}
    assert 0 <= min(sure.values()) < max(sure.values()) <= 1
    place_of_work.run("--accept-above", "1")
    assert place_of_work.statements() == []


def test_the_doubts_are_documented_as_they_count() -> None:
    text = (ROOT / "docs" / "reviewing.md").read_text(encoding="utf-8")
    told = {found[1]: float(found[2]) for found in re.finditer(r"^\| ([a-z -]+) \| (0\.\d\d) \|", text, re.M)}
    assert told == DOUBTS


# By a sheet.


def test_a_sheet_goes_out_and_its_decisions_come_back(place_of_work: Place) -> None:
    sheet = place_of_work.folder / "sheet.csv"
    assert place_of_work.run("--csv", str(sheet)).exit_code == 0
    assert place_of_work.files() == {}
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert [float(row["confidence"]) for row in found] == sorted(
        (float(row["confidence"]) for row in found), reverse=True
    )
    for row in found:
        row["decision"] = {"training_data": "reject", "employees": "accept", "released": "skip"}.get(
            row["property_id"], "accept"
        )
        row["reason"] = "=cmd()" if row["property_id"] == "training_data" else ""
        if row["property_id"] == "employees":
            row["low"], row["high"] = "3000", "3E+3"
        if row["property_id"] == "developer":
            row["object_type"] = "organization"
    with sheet.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.DictWriter(stream, found[0], delimiter=";")
        writer.writeheader()
        writer.writerows(found)
    result = place_of_work.run("--decisions", str(sheet))
    assert result.exit_code == 0, result.stderr
    review = place_of_work.review()
    assert review.counts() == {"accepted": 9, "rejected": 1, "merged": 0, "open": 1}
    assert {s["reviewed_by"] for s in review.statements()} == {"李四"}
    assert place_of_work.run("--decisions", str(sheet)).exit_code == 0  # again: nothing is done twice
    assert len(review.statements()) == 9
    build(place_of_work.seeds, place_of_work.folder / "base.db")
    assert verify(place_of_work.seeds, place_of_work.folder).problems == []


def test_a_decision_that_cannot_be_carried_out_is_told_and_the_others_are_carried_out(place_of_work: Place) -> None:
    sheet = place_of_work.folder / "sheet.csv"
    keys = {row["property_id"]: row["key"] for row in rows()}
    lines = [
        f"{keys['employees']},accept",
        f"{keys['revenue']},accept",
        "0000,accept",
        f"{keys['open_source']},perhaps",
    ]
    sheet.write_text("\n".join(["key,decision", *lines]) + "\n", encoding="utf-8")
    result = place_of_work.run("--decisions", str(sheet))
    assert result.exit_code == 1
    assert "reads approx 3000..3000" in result.stderr
    assert "0000: no such proposal" in result.stderr
    assert "'perhaps' is none of" in result.stderr
    assert [s["property_id"] for s in place_of_work.statements()] == ["revenue"]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+86",
        "-x",
        "@a",
        "\tx",
        "'=x",
        "'x",
        "plain",
        "",
        "-0.3",
        "-3e5",
        "--08-31",
        "＝1+1",
        "＠a",
        "\n=1",
        "'＋1",
    ],
)
def test_a_guarded_cell_is_no_formula_and_reads_back(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    assert not re.match(r"[=+@\t\r\n＝＋－＠]|-(?!\d+(\.\d+)?([eE]\d+)?$)", cell)


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "key\n1\n"])
def test_a_file_that_is_no_sheet_is_refused(place_of_work: Place, content: str) -> None:
    sheet = place_of_work.folder / "sheet.csv"
    sheet.write_text(content, encoding="utf-8")
    result = place_of_work.run("--decisions", str(sheet))
    assert result.exit_code == 1
    assert "give the sheet that --csv wrote" in result.stderr


# What cannot be reviewed.


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "holds no proposals"),
        ("{", "not JSON"),
        ("[]\n", "no kind"),
        (json.dumps(rows()[0] | {"document": "gone.txt"}), "not at hand"),
        (json.dumps(rows()[0] | {"source_id": "sha256-0000"}), "not the one that was read"),
    ],
)
def test_proposals_that_cannot_be_reviewed_are_told(place_of_work: Place, content: str, told: str) -> None:
    place_of_work.proposals.write_text(content, encoding="utf-8")
    result = place_of_work.run("--accept-above", "0.5")
    assert result.exit_code == 1
    assert told in result.stderr


def test_the_text_is_found_in_the_folder_of_articles(place_of_work: Place) -> None:
    shelf = place_of_work.folder / "shelf" / "2024"
    shelf.mkdir(parents=True)
    place_of_work.article.rename(shelf / "other-name.txt")
    result = place_of_work.run("--accept-above", "0.8", "--articles", str(shelf.parent))
    assert result.exit_code == 0, result.stderr


def test_a_proposal_whose_span_is_outside_the_text_stays_open(place_of_work: Place) -> None:
    place_of_work.propose([rows()[1] | {"start_char": 5000, "end_char": 5005}])
    review = place_of_work.review()
    assert "no span of the value" in review.accept(review.open_items()[0], by="李四")[0]


# Small parts.


def test_candidates_come_with_their_reason() -> None:
    entities = [
        EntityRecord(id="foo", kind="model", name_en="Foo-3", aliases=[AliasRecord(alias="福三")]),
        EntityRecord(id="foo-app", kind="product", name_en="Foo-3"),
        EntityRecord(id="fog", kind="model", name_en="Foo-30"),
        EntityRecord(
            id="lanshi",
            kind="organization",
            name_zh="岚石科技",
            aliases=[AliasRecord(alias="该公司", context_only=True)],
        ),
    ]
    index = NameIndex(entities)
    assert [(c.entity_id, c.why) for c in index.find("Foo-3", "model")] == [
        ("foo", "exact alias"),
        ("foo-app", "exact alias, another kind"),
        ("fog", "similar to 'Foo-30', 89"),
    ]
    assert next((c.entity_id, c.why) for c in index.find("FOO 3", "product")) == ("foo-app", "folded alias")
    assert obvious(index.find("福三", "product")).entity_id == "foo"  # type: ignore[union-attr]
    assert obvious(index.find("Foo-3")) is None
    assert obvious(index.find("该公司")) is None
    index.remove("foo")
    assert obvious(index.find("Foo-3", "model")).entity_id == "foo-app"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("GPT-4 Turbo", "gpt-4-turbo"), ("Llama 3.1", "llama-3.1"), ("文心一言", "wen-xin-yi-yan"), ("ＡＢＣ", "abc")],
)
def test_a_name_gives_a_readable_id(name: str, expected: str) -> None:
    if not name.isascii():
        pytest.importorskip("pypinyin")
    assert slug(name) == expected


def test_an_id_that_is_taken_is_told_apart() -> None:
    assert free("a", {"a"}, otherwise="model") == "a-model"
    assert free("a", {"a", "a-model", "a-2"}, otherwise="model") == "a-3"
    assert re.fullmatch(r"x[0-9a-f]{10}", slug("☃"))


def test_spans_lose_their_blanks_and_long_quotes_become_hashes() -> None:
    text = "甲。 乙 丙。\n\n丁" + "长" * 30
    assert place("value", text, (2, 5)) == {"role": "value", "start_char": 3, "end_char": 4, "quote": "乙"}
    assert "sha256" in place("value", text, (10, 40))
    assert text[slice(*sentence(text, [(3, 4)]))] == "乙 丙。"
    assert nearest("aXbXc", "X", 3) == (3, 4)
    assert nearest("abc", "X", 0) is None


def test_a_walk_from_an_article_to_a_verified_base(dev_texts: Path, tmp_path: Path) -> None:
    seeds, inbox, db = tmp_path / "seeds", tmp_path / "inbox", tmp_path / "base.db"
    runner, env = CliRunner(), {"GIT_AUTHOR_NAME": "李四", "DAMOXING_SEEDS": str(seeds), "DAMOXING_INBOX": str(inbox)}
    seeds.mkdir()
    article = dev_texts / "p03_llama3.txt"
    assert runner.invoke(app, ["inbox", "add", str(article)], env=env).exit_code == 0
    path = runner.invoke(app, ["inbox", "next"], env=env).stdout.strip()
    terminal = Terminal(["review", path, "--seeds", str(seeds)])
    for _ in range(200):
        shown = terminal.expect("? help") if "everything is decided" not in terminal.seen else ""
        terminal.send("r" if "\n! " in shown.replace("\r", "") else "a")
        if "\n! " in shown.replace("\r", ""):
            terminal.expect("reason: ")
            terminal.send("4\n")
        while not ("? help" in terminal.seen or "everything is decided" in terminal.seen):
            terminal.seen += os.read(terminal.fd, 65536).decode("utf-8", "replace")
        if "everything is decided" in terminal.seen:
            break
    terminal.send("q")
    assert terminal.end() == 0
    assert "done" in runner.invoke(app, ["inbox", "list"], env=env).stdout
    assert runner.invoke(app, ["build", "--db", str(db)], env=env).exit_code == 0
    result = runner.invoke(app, ["verify", "--articles", str(inbox / "files")], env=env)
    assert result.exit_code == 0, result.output
