"""Epoch AI's table: every shape of it, cell by cell."""

import csv
import io
from pathlib import Path

import pytest

from etl.importing import epoch_columns
from etl.importing.rows import ImportingError
from tests.importing import NEW, OLD, ROWS, XUAN, YUNFAN, YUNFAN_2, epoch_csv, files, imported, said, statements

NAME = "Yunfan 2.1 (13B)"


def test_a_cell_becomes_a_statement_with_the_value_as_printed_beside_the_number(tmp_path: Path) -> None:
    imported(tmp_path)
    (parameters,) = [s for s in said(tmp_path / "base", NAME, "parameters") if s.method == "import:epoch@1"]
    assert (parameters.low, parameters.high, parameters.unit, parameters.comparator) == (
        1.3e10,
        1.3e10,
        "parameter",
        "eq",
    )
    assert parameters.printed == "13000000000.00"
    assert parameters.assertion == "estimated"
    assert parameters.note == "Confidence: Likely; 13B in the report, of which an encoder has 2.5B"
    value, subject = parameters.evidence
    assert (value.row_label, value.column_label, value.quote) == (NAME, "Parameters", "13000000000.00")
    assert (subject.role, subject.column_label, subject.quote) == ("subject", "Model", NAME)


@pytest.mark.parametrize(
    ("property_id", "expected"),
    [
        ("training_compute", [(1.56e23, "FLOP")]),
        ("training_cost", [(1250000.5, "USD")]),
        ("accelerators", [(512.0, "accelerator")]),
        ("duration", [(720.0, "hour")]),
    ],
)
def test_figures_have_the_unit_of_their_column(
    tmp_path: Path, property_id: str, expected: list[tuple[float, str]]
) -> None:
    imported(tmp_path)
    found = [s for s in said(tmp_path / "base", NAME, property_id) if s.method.startswith("import:")]
    assert [(s.low, s.unit) for s in found] == expected


def test_datapoints_are_tokens_only_where_the_notes_name_the_figure_in_tokens(tmp_path: Path) -> None:
    imported(tmp_path)
    (told,) = [s for s in said(tmp_path / "base", NAME, "training_data") if s.method.startswith("import:")]
    (untold,) = said(tmp_path / "base", "Yunfan 2", "training_data")
    assert (told.unit, told.value_status, told.evidence[-1].role) == ("token", "reported", "scope")
    assert (untold.low, untold.unit, untold.value_status) == (4.5e8, None, "unit_not_stated")


@pytest.mark.parametrize("notes", ["13B in the report\0 of 2023", "%PDF-1.7 13B"])
def test_notes_that_no_text_is_like_cost_the_row_nothing(tmp_path: Path, notes: str) -> None:
    rows = [row | {"Parameters notes": notes} if row is YUNFAN else row for row in ROWS]
    imported(tmp_path, epoch_csv(rows))
    told = [s.low for s in said(tmp_path / "base", NAME, "parameters") if s.method.startswith("import:")]
    assert told == [1.3e10]


def test_a_list_is_split_at_the_commas_outside_quotes(tmp_path: Path) -> None:
    imported(tmp_path)
    makers = said(tmp_path / "base", NAME, "developer")
    assert [m.object_id for m in makers] == ["epoch.org.songtao-heming-co", "epoch.org.qingmu-ai"]
    assert [m.printed for m in makers] == ["Songtao, Heming & Co", "Qingmu AI"]
    assert [h.text for h in said(tmp_path / "base", NAME, "training_hardware")] == ["NVIDIA A100", "NVIDIA H100"]


def test_countries_are_said_of_the_organizations_in_their_order(tmp_path: Path) -> None:
    imported(tmp_path)
    base = tmp_path / "base"
    (place,) = said(base, "Songtao, Heming & Co", "located_in")
    assert place.object_id == "epoch.place.china"
    assert [s.object_id for s in said(base, "Qingmu AI", "located_in")] == ["epoch.place.germany"]
    assert '"iso_3166": "CN"' in (base / "entities.jsonl").read_text(encoding="utf-8")


def test_countries_that_do_not_stand_in_the_organizations_order_are_not_guessed(tmp_path: Path) -> None:
    report = imported(tmp_path, epoch_csv([{**YUNFAN, "Country (of organization)": "China,Germany,China"}]))
    assert "located_in" not in {s.property_id for s in statements(tmp_path / "base")}
    assert any("Country (of organization)" in message for message in report.snapshot.told)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Open weights (unrestricted)", {"open_weights": True, "open_to_public": True, "commercial_use": True}),
        ("Open access (non-commercial)", {"open_weights": True, "open_to_public": True, "commercial_use": False}),
        ("API access", {"open_weights": False, "open_to_public": True}),
        ("Unreleased", {"open_weights": False, "open_to_public": False}),
        ("On request", {}),
    ],
)
def test_access_says_what_is_open(tmp_path: Path, cell: str, expected: dict[str, bool]) -> None:
    imported(tmp_path, epoch_csv([{**XUAN, "Model accessibility": cell}]))
    found = {s.property_id: s.boolean for s in statements(tmp_path / "base") if s.value_type == "boolean"}
    assert found == expected


def test_what_the_table_does_not_say_is_no_statement_and_what_it_keeps_back_is_one(tmp_path: Path) -> None:
    imported(tmp_path)
    base = tmp_path / "base"
    assert said(base, "Xuan", "parameters") == []
    (kept_back,) = said(base, "Yunfan 2", "training_compute")
    assert (kept_back.value_status, kept_back.low) == ("not_disclosed", None)


def test_confidence_is_said_of_size_compute_and_data_alone(tmp_path: Path) -> None:
    imported(tmp_path)
    estimated = {s.property_id for s in statements(tmp_path / "base") if s.assertion == "estimated"}
    assert estimated == {"parameters", "training_compute", "training_data"}


def test_base_models_lead_to_their_own_rows(tmp_path: Path) -> None:
    imported(tmp_path)
    (base_model,) = said(tmp_path / "base", NAME, "based_on")
    (own,) = said(tmp_path / "base", "Yunfan 2", "released")
    assert base_model.object_id == own.subject_id == "epoch.yunfan-2"


def test_figures_in_notes_are_statements_of_their_own(tmp_path: Path) -> None:
    imported(tmp_path)
    found = [s for s in statements(tmp_path / "base") if s.method.startswith("rule:")]
    by_property = {(s.property_id, s.low) for s in found}
    assert {("parameters", 1.3e10), ("accelerators", 512.0), ("training_data", 2e12)} <= by_property
    for statement in found:
        place = statement.evidence[0]
        cell = YUNFAN[place.column_label or ""]
        assert cell[place.start_char : place.end_char] == place.quote
        assert statement.scope_note
        assert statement.subject_as_read == NAME


def test_a_figure_of_another_model_in_the_notes_is_not_the_rows(tmp_path: Path) -> None:
    note = {**XUAN, "Parameters notes": "GPT-4 is said to have 1.8 trillion parameters"}
    imported(tmp_path, epoch_csv([note]))
    assert said(tmp_path / "base", "Xuan", "parameters") == []


@pytest.mark.parametrize(
    "data",
    [
        epoch_csv(names=OLD),
        epoch_csv(mark=True),
        epoch_csv(newline="\r\n"),
        epoch_csv(columns=list(reversed(NEW))),
        epoch_csv(tuple(reversed(ROWS))),
    ],
    ids=["older names", "byte-order mark", "CRLF", "another order of columns", "another order of rows"],
)
def test_every_shape_gives_the_same_statements(tmp_path: Path, data: bytes) -> None:
    imported(tmp_path / "one")
    imported(tmp_path / "other", data)

    def shape(folder: Path) -> set[tuple[object, ...]]:
        found = statements(folder / "base")
        return {(s.id, s.key, s.subject_id, s.low, s.unit, s.object_id, s.term, s.date, s.printed) for s in found}

    assert shape(tmp_path / "one") == shape(tmp_path / "other")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["2/6/2023", "11/30/2022"], ["2023-02-06", "2022-11-30"]),
        (["2/6/2023", "30/11/2022"], ["2023-06-02", "2022-11-30"]),
        (["2/6/2023", "3/4/2022"], ["2023", "2022"]),
        (["2023", "2022-11"], ["2023", "2022-11"]),
        (["2023-05-04 00:00:00", "2023-02-30"], ["2023-05-04"]),
    ],
)
def test_dates_are_as_precise_as_the_column_allows(tmp_path: Path, cells: list[str], expected: list[str]) -> None:
    rows = [{**XUAN, "Model": f"Xuan {n}", "Publication date": cell} for n, cell in enumerate(cells)]
    imported(tmp_path, epoch_csv(rows))
    assert [s.date for s in statements(tmp_path / "base") if s.property_id == "released"] == expected


def test_namesakes_are_told_apart_whatever_the_order_of_rows(tmp_path: Path) -> None:
    twins = [
        {**XUAN, "Parameters": "1000"},
        {**XUAN, "Organization": "Qingmu AI", "Publication date": "2022", "Parameters": "2000"},
        {**XUAN, "Organization": "Qingmu AI", "Publication date": "2022", "Parameters": "3000"},
    ]
    imported(tmp_path / "one", epoch_csv(twins))
    imported(tmp_path / "other", epoch_csv(twins[::-1]))

    def shape(folder: Path) -> dict[float | None, str | None]:
        found = statements(folder / "base")
        return {s.low: s.evidence[0].row_label for s in found if s.property_id == "parameters"}

    assert shape(tmp_path / "one") == shape(tmp_path / "other")
    assert shape(tmp_path / "one") == {
        1000.0: "Xuan",
        2000.0: "Xuan · Qingmu AI · 2022",
        3000.0: "Xuan · Qingmu AI · 2022 · 2",
    }


def test_a_row_that_stands_twice_is_read_once_and_told(tmp_path: Path) -> None:
    report = imported(tmp_path, epoch_csv([XUAN, XUAN, YUNFAN_2]))
    assert len(report.snapshot.rows) == 2
    assert any("stands twice" in message for message in report.snapshot.told)


def test_what_is_read_and_what_is_ignored_is_told(tmp_path: Path) -> None:
    report = imported(tmp_path, epoch_csv(names=OLD))
    assert report.snapshot.columns_read["Model"] == "System"
    assert report.snapshot.columns_ignored == ["Abstract"]
    assert any("'Domain'" in message and "'Games'" in message for message in report.snapshot.told)


@pytest.mark.parametrize("column", [c.name for c in epoch_columns.COLUMNS if c.needed])
def test_a_needed_column_that_is_gone_is_named_with_all_its_names(tmp_path: Path, column: str) -> None:
    data = epoch_csv(columns=[name for name in NEW if name != column])
    with pytest.raises(ImportingError) as error:
        imported(tmp_path, data)
    message = str(error.value)
    names = next(c.names for c in epoch_columns.COLUMNS if c.name == column)
    assert message.startswith(f"{tmp_path / 'epoch.csv'}:1: no column {names[0]!r}")
    assert all(repr(name) in message for name in names)
    assert "'Confidence'" in message
    assert not (tmp_path / "base").exists()


def test_every_other_column_may_be_missing(tmp_path: Path) -> None:
    needed = [c.name for c in epoch_columns.COLUMNS if c.needed]
    report = imported(tmp_path, epoch_csv(columns=needed))
    assert len(report.snapshot.rows) == len(ROWS)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (epoch_csv() + b"Ragged,2,3\n", "epoch.csv:7: the record 'Ragged' has 3 cells, the header 22"),
        (epoch_csv([YUNFAN])[:-12], "is the file cut off?"),
        (epoch_csv()[:-40], "is the file cut off"),
        (b"", "the file is empty"),
        (epoch_csv([]), "the file has no rows"),
        (b"\xff\xfe" + epoch_csv(), "byte 0 is not UTF-8"),
        (epoch_csv(columns=[*NEW, "Parameters"]), "column 'Parameters' stands twice"),
    ],
)
def test_a_bad_file_is_refused_and_nothing_is_written(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(ImportingError, match=r"epoch\.csv") as error:
        imported(tmp_path, data)
    assert message in str(error.value)
    assert not (tmp_path / "base").exists()


def test_a_last_cell_without_a_line_end_is_left_out_and_told(tmp_path: Path) -> None:
    columns = [*(name for name in NEW if name != "Parameters"), "Parameters"]
    data = epoch_csv([YUNFAN, YUNFAN_2], columns=columns).rstrip(b"\n0.")
    report = imported(tmp_path, data)
    assert said(tmp_path / "base", "Yunfan 2", "parameters") == []
    assert len(report.snapshot.rows) == 2
    assert any("no line end" in message for message in report.snapshot.told)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    from etl.importing.run import import_snapshot

    with pytest.raises(ImportingError, match="no such file"):
        import_snapshot("epoch", tmp_path / "none.csv", tmp_path / "base")


def test_the_real_table_of_november_2024_is_read_row_by_row(tmp_path: Path) -> None:
    from tests.conftest import SHARED

    path = SHARED / "external" / "epoch_all_ml_systems.csv"
    if not path.exists():
        pytest.skip("Epoch's table is not on this machine (../shared/external)")
    report = imported(tmp_path, path.read_bytes())
    table = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    assert len(report.snapshot.rows) == len(table) == 1755
    by_row = {
        s.evidence[0].row_label: s
        for s in statements(tmp_path / "base")
        if s.property_id == "parameters" and s.method.startswith("import:")
    }
    filled = {" ".join(row["System"].split()): row["Parameters"] for row in table if row["Parameters"]}
    assert {key: s.printed for key, s in by_row.items()} == filled
    assert all(s.low == float(filled[key or ""]) for key, s in by_row.items())
    before = files(tmp_path / "base")
    assert not imported(tmp_path, path.read_bytes()).changed
    assert files(tmp_path / "base") == before
