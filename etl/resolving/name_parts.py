"""The parts of a model's name: brand, versions, sizes and variants, so that Llama 2-70B is neither Llama 2 nor Llama 3-70B."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# Words that say what the thing is, not which; an alias that points at the newest is the release that it points at.
_GENERIC = re.compile(
    r"[(（]latest[)）]|认知大模型|多模态大模型|大语言模型|语言大模型|大模型|模型|系列|\b(?:large language models?|foundation models?|language models?|large models?|models?|series|family)\b"
)
_TOKEN = re.compile(r"[\u3400-\u9fff]+|[a-zα-ω]+|\d+(?:\.\d+)*")
_SIZE = re.compile(r"(?P<active>a)?(?P<number>\d+(?:\.\d+)?)(?P<mark>b|m|t|bn)(?![a-z\d])")
_EXPERTS = re.compile(r"\d+x\d+(?:\.\d+)?b(?![a-z\d])")
_CONTEXT = re.compile(r"\d+k(?![a-z\d])")
_LETTERED = re.compile(r"(?P<version>\d+(?:\.\d+)*)(?P<letter>[a-z])(?![a-z])")
_MARKED = re.compile(r"v(?:er(?:sion)?)?\.?[ ]?(?=\d)")
_STAMP = re.compile(r"\d{4}|\d{6}|\d{8}|\d{3}")
_DAY = re.compile(r"(?<!\d)20\d\d-\d\d-\d\d(?!\d)")
_PLUS = re.compile(r"(?<=[a-z\d])\s?\+(?!\d)")
_APOSTROPHES = re.compile(r"['’‘`´]")
# What tells variants of one release apart.
_VARIANT_WORDS = (
    "base chat instruct it sft rlhf dpo pro max turbo ultra mini plus large small medium flash lite nano "
    "micro air tiny big huge xl xxl sonnet opus haiku coder code codex math vl vision image audio video "
    "voice omni next thinking reasoner reasoning preview exp experimental long fast high low express "
    "standard advanced distill embedding reranker guard moe dense zero alpha beta rc draft research deep "
    "realtime transcribe tts search computer use app api online android ios"
)
VARIANTS = frozenset(_VARIANT_WORDS.split())


class Parts(NamedTuple):
    """A name taken apart; brand words in order, the rest as sets."""

    brand: tuple[str, ...]
    versions: tuple[str, ...]
    sizes: frozenset[str]
    variants: frozenset[str]

    @property
    def words(self) -> str:
        """Return the brand as one folded word."""
        return "".join(self.brand)

    @property
    def specific(self) -> bool:
        """Tell whether the name says which release or size it is, so that it hardly has namesakes."""
        return bool(self.versions or self.sizes)

    def release(self) -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
        """Return what must agree for two names of one brand to be one model."""
        return self.versions, self.sizes, self.variants


def plain(name: str) -> str:
    """Return a name without case, width and accents on Latin letters."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return _APOSTROPHES.sub("", "".join(char for char in folded if not unicodedata.combining(char)))


@lru_cache(maxsize=50_000)
def parts_of(name: str) -> Parts:
    """Take a model's or product's name apart."""
    text = _PLUS.sub(" plus ", _GENERIC.sub(" ", plain(name)))
    brand: list[str] = []
    versions: list[str] = []
    sizes: set[str] = set()
    variants: set[str] = set(_DAY.findall(text))
    text = _DAY.sub(" ", text)
    at = 0
    while at < len(text):
        special = _special(text, at)
        if special is not None:
            kind, value, end = special
            (sizes.add if kind == "size" else variants.add if kind == "variant" else versions.append)(value)
            at = end
            continue
        token = _TOKEN.match(text, at)
        if token is None:
            at += 1
            continue
        at = token.end()
        word = token[0]
        if word in VARIANTS and brand:
            variants.add(word)
        elif word[0].isdigit():
            stamp = brand and (versions or sizes) and _STAMP.fullmatch(word)
            (variants.add if stamp else versions.append)(_number(word))
        else:
            brand.append(word)
    return Parts(tuple(brand), tuple(versions), frozenset(sizes), frozenset(variants))


def _special(text: str, at: int) -> tuple[str, str, int] | None:
    """Read a size, a context length, a version with its letter or a marked version that begins here."""
    if at and text[at - 1].isascii() and text[at - 1].isalnum() and text[at - 1].isdigit() == text[at].isdigit():
        return None
    for pattern, kind in ((_EXPERTS, "size"), (_SIZE, "size"), (_CONTEXT, "variant")):
        found = pattern.match(text, at)
        if found and not (text[at] == "a" and at and text[at - 1].isalpha()):
            return kind, _sized(found[0]), found.end()
    lettered = _LETTERED.match(text, at)
    if lettered:
        return "version", _number(lettered["version"]) + lettered["letter"], lettered.end()
    marked = _MARKED.match(text, at)
    if marked and not (at and text[at - 1].isalpha()):
        number = _TOKEN.match(text, marked.end())
        if number:
            return "version", _number(number[0]), number.end()
    return None


def _number(word: str) -> str:
    """Return a version without empty places: 2.0 is 2."""
    while word.endswith(".0"):
        word = word[:-2]
    return word


def _sized(word: str) -> str:
    return re.sub(r"bn$", "b", re.sub(r"\.0+(?=[a-z])", "", word))
