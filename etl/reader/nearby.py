"""What stands just before a place: the sentence before, blank lines passed over."""

from etl.reader.clauses import Outline


def sentence_before(outline: Outline, at: int) -> tuple[int, int] | None:
    """Return the bounds of the sentence before the one around a position; None at the text's beginning."""
    begin, _ = outline.sentence(at)
    while begin > 0:
        begin, end = outline.sentence(begin - 1)
        if not outline.text[begin:end].isspace():
            return begin, end
    return None
