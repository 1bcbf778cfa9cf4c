"""A sketch of a text: what is needed to tell that two texts are nearly the same, without either.

Bottom-k MinHash (Broder 1997): of the hashes of all runs of five characters, the k smallest. datasketch does the
same with permutations and brings numpy and scipy, 170 MB; an inbox of some thousand texts needs neither.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

K = 256
RUN = 5
_DROPPED = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of a text's runs, and how many different runs it has."""

    hashes: tuple[int, ...]
    size: int

    def likeness(self, other: "Sketch") -> float:
        """Return the estimated Jaccard index of two texts' runs."""
        union = sorted({*self.hashes, *other.hashes})[:K]
        if not union:
            return 0.0
        return len(set(union) & set(self.hashes) & set(other.hashes)) / len(union)

    def containment(self, other: "Sketch") -> float:
        """Return the estimated part of the shorter text that the longer one has too."""
        likeness = self.likeness(other)
        shorter = min(self.size, other.size)
        shared = likeness / (1 + likeness) * (self.size + other.size)
        return min(1.0, shared / shorter) if shorter else 0.0


def sketch(text: str) -> Sketch:
    """Return the sketch of a text; blanks, punctuation, case and width do not count."""
    plain = _DROPPED.sub("", unicodedata.normalize("NFKC", text).casefold())
    runs = {plain[at : at + RUN] for at in range(max(1, len(plain) - RUN + 1))} if plain else set()
    hashes = sorted(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs)
    return Sketch(tuple(hashes[:K]), len(runs))
