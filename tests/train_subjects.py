"""Fit the weights that choose a figure's subject, on hand-read texts: `python -m tests.train_subjects FOLDER… [-o FILE]`.

Each folder holds gold.json and its texts, in the form of the development set. Documents marked `held_out` are left
out, but for `--held-too`. Needs numpy and scipy, which the product does not. Prints the share of right subjects in
leave-out folds of whole documents, beside the rules alone and beside what the candidates would allow. The weights are a
conditional logit over the candidates of each figure, in which what weights fitted before say of a candidate is a feature
too. Texts are read with those weights, which must not have been fitted on them: what the shipped ones choose for a figure
speaks for the next one.
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
from scipy.sparse import csr_matrix

from db.names import fold
from etl.documents import Document, read_document
from etl.evaluate import Fact, _gold_fact, _overlap, _prediction, same_bounds
from etl.reader.candidates import Candidate, Earlier, combined, load_ranker
from etl.reader.proposals import row
from etl.reader.read import Lexicon, load_lexicon, read, reading
from schema.records import squeeze

FOLDS = 6
MOST = 60
PENALTY = 5.0
FEWEST = 10
LEAST = 0.02
KNOWN = "what the prior says"


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


def rows_of(items: list[Example], index: dict[str, int], known: dict[str, float]) -> csr_matrix:
    """Return each candidate's features as a row, the last what the known weights say of it beside its rivals."""
    rows, columns, values = [], [], []
    number = 0
    for item in items:
        told = [combined(candidate) for candidate in item.candidates]
        said = [sum(known.get(name, 0.0) * value for name, value in features.items()) for features in told]
        mean = sum(said) / len(said) if said else 0.0
        for features, total in zip(told, said, strict=True):
            for name, value in [*features.items(), (KNOWN, total - mean)]:
                if name in index:
                    rows.append(number)
                    columns.append(index[name])
                    values.append(value)
            number += 1
    return csr_matrix((values, (rows, columns)), shape=(number, len(index)))


def fit(matrix: csr_matrix, right: np.ndarray, figure: np.ndarray, penalty: float) -> np.ndarray:
    """Return the weights of a conditional logit with a ridge: how likely each figure's right candidates are among all."""
    count = int(figure.max()) + 1

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total = matrix @ weights
        highest = np.full(count, -np.inf)
        np.maximum.at(highest, figure, total)
        share = np.exp(total - highest[figure])
        every, good = np.bincount(figure, share, count), np.bincount(figure, share * right, count)
        off = share / every[figure] - share * right / good[figure]
        summed = (np.log(every) - np.log(good)).sum() + penalty * weights @ weights / 2
        return float(summed), matrix.T @ off + penalty * weights

    return minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x


def chosen(items: list[Example], scores: np.ndarray) -> list[bool]:
    """Return of each example whether its likeliest candidate is right."""
    found, at = [], 0
    for item in items:
        own = scores[at : at + len(item.candidates)]
        found.append(bool(len(own)) and item.right[int(np.argmax(own))])
        at += len(item.candidates)
    return found


def trained(items: list[Example], known: dict[str, float], penalty: float) -> dict[str, float]:
    """Return the weights of the features that are common enough, with the known ones as far as they still count."""
    usable = [item for item in items if any(item.right) and not all(item.right)]
    counts = Counter(name for item in usable for c in item.candidates for name in combined(c))
    index = {name: n for n, name in enumerate(sorted(name for name, count in counts.items() if count >= FEWEST))}
    index[KNOWN] = len(index)
    right = np.array([float(one) for item in usable for one in item.right])
    figure = np.repeat(np.arange(len(usable)), [len(item.candidates) for item in usable])
    fitted = fit(rows_of(usable, index, known), right, figure, penalty)
    weights = dict(zip(index, map(float, fitted), strict=True))
    share = weights.pop(KNOWN)
    names = weights.keys() | known.keys()
    return {name: weights.get(name, 0.0) + share * known.get(name, 0.0) for name in names}


def scored(items: list[Example], weights: dict[str, float]) -> np.ndarray:
    """Return what weights say of each candidate in turn."""
    told = (combined(candidate) for item in items for candidate in item.candidates)
    return np.array([sum(weights.get(name, 0.0) * value for name, value in features.items()) for features in told])


def main() -> None:
    """Fit, measure in folds, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--held", nargs="*", type=Path, default=[], help="folders to measure on, and not to fit on")
    parser.add_argument("--held-too", action="store_true", help="also the documents marked held_out")
    parser.add_argument("--prior", type=Path, help="weights fitted before, which say one thing of each candidate")
    parser.add_argument("--penalty", type=float, default=PENALTY, help="how hard weights are drawn to nothing")
    parser.add_argument("-o", "--out", type=Path)
    options = parser.parse_args()
    lexicon = load_lexicon()
    if options.prior:
        # What is read of the figure before must not come from weights that know these texts.
        lexicon = dataclasses.replace(lexicon, ranker=load_ranker(options.prior))
    items = [e for folder in options.folders for e in examples(folder, lexicon, held_too=options.held_too)]
    held = [example for folder in options.held for example in examples(folder, lexicon, held_too=True)]
    known = load_ranker(options.prior).weights if options.prior else {}
    fold_of = {d: int(hashlib.sha256(d.encode()).hexdigest(), 16) % FOLDS for d in {item.document for item in items}}
    by_folder: Counter[tuple[str, str]] = Counter()
    for number in range(FOLDS):
        test = [item for item in items if fold_of[item.document] == number]
        weights = trained([item for item in items if fold_of[item.document] != number], known, options.penalty)
        for item, right in zip(test, chosen(test, scored(test, weights)), strict=True):
            for folder in (item.folder, ""):
                by_folder[folder, "all"] += 1
                by_folder[folder, "ruled"] += item.ruled
                by_folder[folder, "right"] += right
                by_folder[folder, "offered"] += any(item.right)
    print(f"{len(items)} figures of {len(fold_of)} documents")
    if known:
        print(f"by the prior alone {sum(chosen(items, scored(items, known))) / len(items):.3f}")
    for folder in sorted({folder for folder, _ in by_folder}):
        figures = by_folder[folder, "all"]
        shares = {what: by_folder[folder, what] / figures for what in ("ruled", "right", "offered")}
        told = ", ".join(f"{what} {share:.3f}" for what, share in shares.items())
        print(f"  {folder or 'together'}: {figures} figures, in folds: {told}")
    weights = trained(items, known, options.penalty)
    if held:
        before = sum(chosen(held, scored(held, known))) if known else 0
        print(f"held: {sum(chosen(held, scored(held, weights)))} of {len(held)} right, by the prior {before}")
    if options.out:
        from etl.seeds import write_yaml

        kept = {name: round(weight, 2) for name, weight in weights.items() if abs(weight) >= LEAST}
        write_yaml(options.out, {"weights": [{"feature": name, "weight": kept[name]} for name in sorted(kept)]})


if __name__ == "__main__":
    main()
