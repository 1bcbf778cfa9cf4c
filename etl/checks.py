"""Plausibility: what makes a statement doubtful, by checks that are data."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from db.create import create_indexes
from etl.load import insert_rows
from etl.seeds import Reader
from etl.strict_yaml import Located
from etl.structure_checks import STRUCTURES
from schema.records import BoundCheck, GuardRecord, StructureCheck
from schema.tables import DESCRIPTIONS

C = TypeVar("C", BoundCheck, StructureCheck)


@dataclass(slots=True)
class Checks:
    """The checks of a seeds folder."""

    bounds: list[BoundCheck] = field(default_factory=list)
    structures: list[StructureCheck] = field(default_factory=list)
    guards: list[GuardRecord] = field(default_factory=list)


def read_checks(reader: Reader, default: Path) -> Checks:
    """Read checks.yaml of each folder of seeds, else of the default folder, whose volume guards are not meant for others.

    Of several folders the first one's check of an id wins, and the later ones add theirs. A guard is of its own
    folder: together with other folders only its lower bound can hold.
    """
    found = Checks()
    for path in reader.words("checks.yaml"):
        read = _read_file(reader, path)
        if path.parent == default and default.resolve() not in {folder.resolve() for folder in reader.folders}:
            read.guards.clear()
        found.bounds += _added(found.bounds, read.bounds)
        found.structures += _added(found.structures, read.structures)
        found.guards += read.guards
    if len(reader.folders) > 1:
        found.guards = [guard.model_copy(update={"at_most": None}) for guard in found.guards]
    return found


def _added(kept: list[C], read: list[C]) -> list[C]:
    known = {check.id for check in kept}
    return [check for check in read if check.id not in known]


def _read_file(reader: Reader, path: Path) -> Checks:
    data = reader.yaml(path)
    found = Checks()
    if not isinstance(data, Located):
        if data is not None:
            reader.problem(path, 1, None, "the file must hold bounds, structures and guards")
        return found
    kinds: dict[str, tuple[list[Any], Any]] = {
        "bounds": (found.bounds, BoundCheck),
        "structures": (found.structures, StructureCheck),
        "guards": (found.guards, GuardRecord),
    }
    for name, items in data.items():
        if name not in kinds:
            reader.problem(path, data.lines[name], None, f"unknown key {name!r}; use bounds, structures or guards")
            continue
        kept, kind = kinds[name]
        if not isinstance(items, list):
            reader.problem(path, data.lines[name], None, f"{name} is {items!r}; give a list")
            continue
        kept += [record for item in items if (record := reader.record(path, item, kind)) is not None]
    _hold_names(reader, path, found)
    return found


def _hold_names(reader: Reader, path: Path, found: Checks) -> None:
    for check in found.structures:
        if check.id not in STRUCTURES:
            reader.problem(
                path, None, check.id, f"id {check.id!r} is no rule; known are {', '.join(sorted(STRUCTURES))}"
            )
    for guard in found.guards:
        if guard.table_name not in DESCRIPTIONS:
            reader.problem(path, None, None, f"table_name {guard.table_name!r} is no table or view; correct the guard")


def find_issues(connection: sqlite3.Connection, checks: Checks) -> int:
    """Fill `quality_issues` and the statements' `issues`; return how many issues there are."""
    issues = list(_bound_issues(connection, checks))
    doubted = frozenset(issue["statement_id"] for issue in issues if issue["severity"] == "error")
    issues += _structure_issues(connection, checks, doubted)
    issues.sort(key=lambda issue: (issue["statement_id"], issue["check_id"]))
    insert_rows(connection, "quality_issues", ({"id": number, **issue} for number, issue in enumerate(issues, 1)))
    # Every later stage asks of each statement whether it is doubted.
    create_indexes(connection, "quality_issues")
    connection.execute(
        "update statements set issues = (select json_group_array(check_id) from quality_issues q where q.statement_id = statements.id) "
        "where id in (select statement_id from quality_issues)"
    )
    return len(issues)


_DOUBTED = "select s.id, s.subject_id, s.property_id, s.printed, s.low, s.high from statements s join sources o on o.id = s.source_id "


def _bound_issues(connection: sqlite3.Connection, checks: Checks) -> Iterator[dict[str, Any]]:
    for check in checks.bounds:
        covered = [
            c.until for c in checks.bounds if c.until and c.property_id == check.property_id and c.unit == check.unit
        ]
        where, values = "where s.property_id = ?", [check.property_id]
        if check.unit is not None:
            where, values = where + " and s.unit = ?", [*values, check.unit]
        if check.until is not None:
            where, values = where + " and substr(o.published, 1, 4) <= ?", [*values, check.until[:4]]
        elif covered:
            # A dated bound speaks for the years it names; the undated one for the rest.
            where, values = where + " and coalesce(substr(o.published, 1, 4), '9999') > ?", [*values, max(covered)[:4]]
        beyond = []
        if check.high is not None:
            beyond.append(f"coalesce(s.low, s.high) > {check.high!r}")
        if check.low is not None:
            beyond.append(f"coalesce(s.high, s.low) < {check.low!r}")
        for row in connection.execute(f"{_DOUBTED} {where} and ({' or '.join(beyond) or '0'})", values):
            yield _issue(row, check.id, check.severity, bound_message(row[4], row[5], check))


def bound_message(low: float | None, high: float | None, check: BoundCheck) -> str:
    """Tell which bound a value breaks, and why the bound stands where it does."""
    value = low if low is not None else high
    if value is None:
        return f"no value: {check.reason}"
    if check.high is not None and value > check.high:
        return f"{value:g} is above the plausible bound {check.high:g}: {check.reason}"
    return f"{value:g} is below the plausible bound {check.low:g}: {check.reason}"


def _issue(row: Any, check_id: str, severity: str, message: str) -> dict[str, Any]:
    names = ("statement_id", "subject_id", "property_id", "printed")
    return dict(zip(names, row[:4], strict=True)) | {"check_id": check_id, "severity": severity, "message": message}


def _structure_issues(
    connection: sqlite3.Connection, checks: Checks, doubted: frozenset[str]
) -> Iterator[dict[str, Any]]:
    for check in checks.structures:
        told = set()
        for row, message in STRUCTURES[check.id](connection, doubted):
            if (row[0], message) not in told:
                told.add((row[0], message))
                yield _issue(row, check.id, check.severity, f"{message}: {check.reason}")


def guard_problems(connection: sqlite3.Connection, checks: Checks) -> list[str]:
    """List the tables that have too few or too many rows."""
    found = []
    for guard in checks.guards:
        count = connection.execute(f'select count(*) from "{guard.table_name}"').fetchone()[0]
        if guard.at_least is not None and count < guard.at_least:
            found.append(f"{guard.table_name} has {count} rows, fewer than {guard.at_least}; is something lost?")
        if guard.at_most is not None and count > guard.at_most:
            found.append(
                f"{guard.table_name} has {count} rows, more than {guard.at_most}; raise the guard if that is right"
            )
    return found
