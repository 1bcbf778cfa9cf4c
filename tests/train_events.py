"""Fit the weights that tell likely events, on hand-read texts: `python -m tests.train_events FOLDER… [-o FILE]`.

Each folder holds gold.json and its texts, in the form of the development set. Needs numpy and scipy, which the product does
not. Prints, in leave-out folds of whole documents, how many events more are found by how many proposals.
"""

import argparse
import dataclasses
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from db.names import fold
from etl.documents import Document, read_document
from etl.evaluate import Fact, _event_matches, _gold_fact, _prediction
from etl.reader.likely import Likely, LikelyReader, Weights
from etl.reader.main_policy import is_own_text
from etl.reader.proposals import row
from etl.reader.read import Lexicon, load_lexicon, read, reading, without
from etl.tables import find_tables
from schema.records import squeeze

FOLDS, FEWEST, PENALTY, NEAR = 6, 3, 0.1, 60
THRESHOLDS = (0.08, 0.1, 0.11, 0.12, 0.15, 0.2)


@dataclasses.dataclass(slots=True)
class Example:
    """One candidate of a document: its features, where it stands, and which of the events not yet found it would find."""

    place: tuple[int, str | None]
    name: str
    features: list[str]
    right: bool
    finds: set[int]


@dataclasses.dataclass(slots=True)
class Read:
    """One document: its candidates, how many events it has, and how many of them the rules find."""

    examples: list[Example]
    events: int
    found: int


def documents(folder: Path, lexicon: Lexicon) -> Iterator[Read]:
    """Yield what each hand-read document of a folder offers, own texts of law left out."""
    for item in json.loads((folder / "gold.json").read_text(encoding="utf-8")):
        document = read_document(folder / f"{item['id']}.txt")
        if item.get("date"):
            document = dataclasses.replace(document, date=item["date"])
        facts = [_gold_fact(item["id"], fact) for fact in item["facts"] if fact["kind"] == "event"]
        yield _read(document, item["id"], facts, lexicon)


def _read(document: Document, name: str, facts: list[Fact], lexicon: Lexicon) -> Read:
    state = reading(document, lexicon)
    told = [p for p in read(document, dataclasses.replace(lexicon, likely=None)) if p.kind == "event"]
    predicted = [_prediction(row(p, document.text, f"{name}.txt", "x")) for p in told]
    left = [fact for fact in facts if not any(_event_matches(p, fact) for p in predicted)]
    if is_own_text(state.text):
        return Read([], len(facts), len(facts) - len(left))
    tables = [(table.start, table.end) for table in find_tables(document.text, document.body)]
    reader = LikelyReader(state.parties, state.scope)
    found = [_example(document.text, c, left) for c in reader.candidates(without(document.body, tables), told)]
    return Read(found, len(facts), len(facts) - len(left))


def _example(text: str, candidate: Likely, left: list[Fact]) -> Example:
    mention = candidate.mention
    names = {fold(mention.name), fold(squeeze(text[mention.start : mention.end]))}
    finds = {i for i, fact in enumerate(left) if fact.value == candidate.day and names & fact.subjects}
    near = any(a - NEAR < mention.end and mention.start < b + NEAR for i in finds for a, b in left[i].spans)
    return Example((candidate.sentence, candidate.day), mention.name, candidate.features, near, finds)


def fit(items: list[Read], threshold: float) -> Weights:
    """Fit a logistic regression with a ridge to the features that several candidates share."""
    every = [example for item in items for example in item.examples]
    counts = Counter(feature for example in every for feature in set(example.features))
    index = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= FEWEST))}
    rows = [n for n, example in enumerate(every) for f in set(example.features) if f in index]
    columns = [index[f] for example in every for f in set(example.features) if f in index]
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(every), len(index)))
    right = np.array([example.right for example in every], dtype=float)
    found = minimize(_loss, np.zeros(len(index) + 1), args=(matrix, right), jac=True, method="L-BFGS-B")
    return Weights(dict(zip(index, map(float, found.x[1:]), strict=True)), float(found.x[0]), threshold)


def _loss(values: np.ndarray, matrix: csr_matrix, right: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the loss of a bias and weights on the candidates, and its slope; the bias is not drawn to nothing."""
    total = matrix @ values[1:] + values[0]
    share = 1 / (1 + np.exp(-total))
    loss = np.logaddexp(0, total).sum() - right @ total + (values[1:] @ values[1:]) / (2 * PENALTY)
    slope = np.concatenate([[(share - right).sum()], matrix.T @ (share - right) + values[1:] / PENALTY])
    return float(loss), slope


def proposed(item: Read, weights: Weights) -> tuple[int, int]:
    """Return how many events weights propose in a document, and how many of its events they find."""
    best: dict[tuple[int, str | None], tuple[float, Example]] = {}
    for example in item.examples:
        share = weights.share(example)  # type: ignore[arg-type]
        if share >= weights.threshold and share > best.get(example.place, (0.0, None))[0]:
            best[example.place] = share, example
    chosen = {(example.name, example.place[1]): example for _, example in best.values()}
    return len(chosen), len({fact for example in chosen.values() for fact in example.finds})


def main() -> None:
    """Fit, print what folds say, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("-o", "--out", type=Path)
    parser.add_argument("--threshold", type=float, default=0.08)
    parser.add_argument("--held", nargs="*", type=Path, default=[], help="folders to measure on, and not to fit on")
    given = parser.parse_args()
    lexicon = load_lexicon()
    items = [item for folder in given.folders for item in documents(folder, lexicon)]
    held = [item for folder in given.held for item in documents(folder, lexicon)]
    order = list(range(len(items)))
    random.Random(1).shuffle(order)
    folds = [fit([items[i] for n, i in enumerate(order) if n % FOLDS != fold_], 0.0) for fold_ in range(FOLDS)]
    whole = fit(items, given.threshold)
    for threshold in THRESHOLDS:
        told = [proposed(items[i], folds[n % FOLDS]._replace(threshold=threshold)) for n, i in enumerate(order)]
        _print("folds", items, told, threshold)
        if held:
            _print("held", held, [proposed(item, whole._replace(threshold=threshold)) for item in held], threshold)
    if given.out:
        given.out.write_text(written(whole), encoding="utf-8")


def _print(name: str, items: list[Read], told: list[tuple[int, int]], threshold: float) -> None:
    events, found = sum(item.events for item in items), sum(item.found for item in items)
    proposals, more = sum(a for a, _ in told), sum(b for _, b in told)
    print(
        f"{name} {threshold}: {found} of {events} by rules, {more} more by {proposals} proposals of {len(items)} documents; recall {(found + more) / events:.3f}"
    )


def written(weights: Weights) -> str:
    """Return weights as the product reads them, those that round to nothing left out."""
    kept = sorted((f, round(w, 3)) for f, w in weights.features.items() if abs(w) >= 0.01)
    lines = [f"- {{feature: {json.dumps(f, ensure_ascii=False)}, weight: {w}}}" for f, w in kept]
    return f"bias: {round(weights.bias, 3)}\nthreshold: {weights.threshold}\nweights:\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
