"""Fit the weights that choose a figure's subject, on hand-read texts: `python -m tests.train_subjects FOLDER… [-o FILE]`.

Each folder holds gold.json and its texts, in the form of the development set. Documents marked `held_out` are left
out, but for `--held-too`. Needs numpy and scipy, which the product does not. Prints the share of right subjects in leave-out folds of whole
documents, beside the rules alone and beside what the candidates would allow.
"""

import argparse
import dataclasses
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from db.names import fold
from etl.documents import Document, read_document
from etl.evaluate import Fact, _gold_fact, _overlap, _prediction, same_bounds
from etl.reader.candidates import Candidate, Earlier, combined, load_ranker
from etl.reader.proposals import row
from etl.reader.read import Lexicon, load_lexicon, read, reading
from schema.records import squeeze

FOLDS = 8
MOST = 60
PENALTY = 0.005
DAMPING = 0.75


@dataclasses.dataclass(slots=True)
class Example:
    """One figure: its candidates, which of them are right, and whether the rules' choice is."""

    document: str
    candidates: list[Candidate]
    right: list[bool]
    ruled: bool
    folder: str = ""


def documents(folder: Path, *, held_too: bool = False) -> Iterator[tuple[str, str | None, list[Fact]]]:
    """Yield (id, date, hand-read quantities) of a folder: of gold.json, and of labels that name subjects alone."""
    gold = folder / "gold.json"
    for item in json.loads(gold.read_text(encoding="utf-8")) if gold.exists() else []:
        if held_too or item.get("held_out") is not True:
            facts = [_gold_fact(item["id"], fact) for fact in item["facts"] if fact["kind"] == "quantity"]
            yield item["id"], item.get("date"), facts
    for path in sorted(folder.glob("*.labels.json")):
        name = path.name.removesuffix(".labels.json")
        task = json.loads((folder / f"{name}.todo.json").read_text(encoding="utf-8"))
        labels = {label["n"]: label for label in json.loads(path.read_text(encoding="utf-8"))}
        yield (
            name,
            task["date"],
            [_labelled(name, i, labels[i["n"]]) for i in task["items"] if labels.get(i["n"], {}).get("ok")],
        )


def _labelled(name: str, item: dict[str, Any], label: dict[str, Any]) -> Fact:
    names = frozenset(fold(subject) for subject in label["subjects"])
    return Fact(
        name, "quantity", "", names, ((item["start"], item["end"]),), item["low"], item["high"], shown=item["raw"]
    )


def examples(folder: Path, lexicon: Lexicon, *, held_too: bool = False) -> Iterator[Example]:
    """Yield the figures of a folder whose bounds were read right, a few of each document."""
    for name, date, gold in documents(folder, held_too=held_too):
        document = read_document(folder / f"{name}.txt")
        if date:
            document = dataclasses.replace(document, date=date)
        for example in list(_of_document(document, name, gold, lexicon))[:MOST]:
            example.folder = folder.name
            yield example


def _of_document(document: Document, name: str, gold: list[Fact], lexicon: Lexicon) -> Iterator[Example]:
    state = reading(document, lexicon)
    for proposal in read(document, lexicon):
        if proposal.kind != "quantity" or not proposal.method.startswith("rule:amounts"):
            continue
        fact = _prediction(row(proposal, document.text, f"{name}.txt", "x"))
        hits = [g for g in gold if _overlap(fact, g) and same_bounds(fact, g)]
        outright = hits and state.subjects.outright.of(
            proposal.start, proposal.end, proposal.property_id, state.subjects.earlier
        )
        if hits and outright is None:
            wanted = frozenset().union(*(g.subjects for g in hits))
            ruled = state.subjects.by_rule(proposal.start, proposal.end, proposal.property_id)
            offered = state.subjects.offered(proposal.start, proposal.end, proposal.property_id, ruled)
            right = [_named(document.text, state.subjects.outright.whole(c.subject), wanted) for c in offered]
            yield Example(name, offered, right, ruled is not None and _named(document.text, ruled, wanted))
        # What the weights at hand choose is what the next figure follows: fit twice after features have changed.
        state.subjects.earlier = Earlier(proposal.start, proposal.subject)


def _named(text: str, subject: Any, wanted: frozenset[str]) -> bool:
    return bool({fold(subject.name), fold(squeeze(text[subject.start : subject.end]))} & wanted)


def matrices(items: list[Example], index: dict[str, int]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return each example's features as a matrix, and which rows are right."""
    found = []
    for item in items:
        matrix = np.zeros((len(item.candidates), len(index)))
        for number, candidate in enumerate(item.candidates):
            for name, value in combined(candidate).items():
                if name in index:
                    matrix[number, index[name]] = value
        found.append((matrix, np.array(item.right)))
    return found


def document_weights(items: list[Example]) -> list[float]:
    """Weigh each figure by its document's count of figures: a list of many alike says little more than a few of it."""
    counts = Counter((item.folder, item.document) for item in items)
    return [counts[item.folder, item.document] ** -DAMPING for item in items]


def fit(
    data: list[tuple[np.ndarray, np.ndarray]], weighed: list[float], prior: np.ndarray, penalty: float = PENALTY
) -> np.ndarray:
    """Return the weights that make the right candidates likeliest (softmax over candidates, L2 penalty from a prior)."""
    usable = [(m, r, w) for (m, r), w in zip(data, weighed, strict=True) if r.any() and len(r) > 1]
    count = sum(weight for _, _, weight in usable)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = 0.0, np.zeros(len(prior))
        for matrix, right, weight in usable:
            scores = matrix @ weights
            scores -= scores.max()
            odds = np.exp(scores)
            odds /= odds.sum()
            mass = odds[right].sum()
            total -= weight * np.log(mass + 1e-12)
            slope += weight * (matrix.T @ odds - matrix[right].T @ (odds[right] / (mass + 1e-12)))
        moved = weights - prior
        return total / count + penalty * moved @ moved, slope / count + 2 * penalty * moved

    return minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 400}).x


def chosen(data: list[tuple[np.ndarray, np.ndarray]], weights: np.ndarray) -> int:
    """Count the examples whose likeliest candidate is right."""
    return sum(bool(right[int(np.argmax(matrix @ weights))]) for matrix, right in data if len(right))


def main() -> None:
    """Fit, measure in folds, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--seeds", nargs="+", type=Path, help="read with these seeds' names, each in turn")
    parser.add_argument("--held-too", action="store_true", help="also the documents marked held_out")
    parser.add_argument("--prior", type=Path, help="weights fitted before, to start and be drawn from")
    parser.add_argument("--penalty", type=float, default=PENALTY, help="how hard they are drawn to the prior")
    parser.add_argument("-o", "--out", type=Path)
    options = parser.parse_args()
    lexicons = [load_lexicon(seeds) for seeds in options.seeds or (None,)]
    items = [
        example
        for folder in options.folders
        for lexicon in lexicons
        for example in examples(folder, lexicon, held_too=options.held_too)
    ]
    counts = Counter(name for item in items for c in item.candidates for name in combined(c))
    known = load_ranker(options.prior).weights if options.prior else {}
    names = sorted({name for name, count in counts.items() if count >= 5} | set(known))
    index = {name: number for number, name in enumerate(names)}
    prior = np.array([known.get(name, 0.0) for name in names])
    fold_of = {d: int(hashlib.sha256(d.encode()).hexdigest(), 16) % FOLDS for d in {item.document for item in items}}
    data, weighed = matrices(items, index), document_weights(items)
    right = 0
    by_document: Counter[tuple[str, str]] = Counter()
    for number in range(FOLDS):
        kept = [n for n, item in enumerate(items) if fold_of[item.document] != number]
        test = [d for d, item in zip(data, items, strict=True) if fold_of[item.document] == number]
        weights = fit([data[n] for n in kept], [weighed[n] for n in kept], prior, options.penalty)
        right += chosen(test, weights)
        for pair, item in zip(data, items, strict=True):
            if fold_of[item.document] == number:
                by_document[item.folder, "all"] += 1
                by_document[item.folder, "ruled"] += item.ruled
                by_document[item.folder, "right"] += chosen([pair], weights)
    total = len(items)
    print(f"{total} figures of {len(fold_of)} documents, {len(index)} features")
    print(
        f"rules alone {sum(i.ruled for i in items) / total:.3f}, in folds {right / total:.3f}, at best {sum(any(i.right) for i in items) / total:.3f}"
    )
    if options.prior:
        print(f"by the prior alone {chosen(data, prior) / total:.3f}")
    for folder in sorted({item.folder for item in items}):
        figures = by_document[folder, "all"]
        print(
            f"  {folder}: {figures} figures, rules {by_document[folder, 'ruled'] / figures:.3f}, in folds {by_document[folder, 'right'] / figures:.3f}"
        )
    weights = fit(data, weighed, prior, options.penalty)
    print(f"on what it was fitted to {chosen(data, weights) / total:.3f}")
    if options.out:
        from etl.seeds import write_yaml

        rows = [
            {"feature": name, "weight": round(float(weights[n]), 3)}
            for name, n in index.items()
            if abs(weights[n]) >= 0.005
        ]
        write_yaml(options.out, {"weights": rows})


if __name__ == "__main__":
    main()
