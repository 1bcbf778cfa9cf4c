"""Figures of the reader: speed beside a plain scan for figures, memory by number of texts, time by length of hostile text."""

import gc
import hashlib
import json
import random
import re
import resource
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import etl.reader.read
from etl.documents import read_document
from etl.extract import json_lines
from etl.reader.read import load_lexicon, rows
from schema.figures import DIGIT, NUMERALS

# What any reader of figures must at least look for, and do nothing with.
_FIGURES = re.compile(rf"[{DIGIT[1:-1]}{NUMERALS}]")
ROOT = Path(__file__).resolve().parent.parent
# The environment's own packages come before this folder's.
_ALONE = (
    "import json, sys; from pathlib import Path; root, *folder = map(Path, sys.argv[1:]); sys.path.append(str(root)); "
    "from tests.bench_reader import speed, texts_of; print(json.dumps(speed(texts_of(*folder or [None]))))"
)
TEXTS = 120
GROWTH = 4
CLAUSES = (
    "{firm}于{year}年{month}月发布{model}，参数规模达到{n}亿，训练数据超过{m}万亿token。",
    "据{person}介绍，{firm}去年营收约{n}.{m}亿元，同比增长{m}%，其中海外占{n}%。",
    "{firm}完成新一轮{n}亿美元融资，由{other}领投，估值超{n}0亿美元。",
    "截至{month}月底，{model}的月活跃用户突破{n}00万，日均调用{m}0亿次。",
    "与{other}的同类产品相比，{model}在MMLU上得分为{n}.{m}分，价格降低{m}%。",
    "{other}计划到{year}年建成{m}座智算中心，总投资不低于{n}亿元。",
    "{firm}创始人{person}表示，团队已有近{n}00人，并与{m}0余家企业达成合作。",
    "{model}采用开源许可，允许免费商用，上下文长度为{n}K。",
)
PROSE = (
    "业内人士认为，行业的竞争会转向场景和生态，而不只是规模的大小。",
    "{firm}的工程师说，团队把精力放在推理效率上，用户的反馈比榜单更重要。",
    "{model}可以理解图像和语音，也能替使用者整理会议的要点。",
    "{other}的合伙人提醒，硬件供应仍不稳定，小企业的日子并不好过。",
    "在制造、教育和医疗等领域，{model}正在与原有的系统结合起来。",
    "{person}说，开放的社区让更多的人参与进来，问题也更早被发现。",
    "不过，数据的质量、版权和隐私仍是{firm}要回答的难题。",
    "监管部门表示，会在鼓励创新的同时守住安全的底线。",
    "{firm}与高校一起培养人才，课程从算法延伸到伦理和法律。",
    "从实验室走到生产线并不容易，{person}对此有切身的体会。",
)
_SYLLABLES = "云帆青禾岚石墨海观澜玄鹿星槎松涛鹤鸣溪桥"
# Pieces that a careless rule reads again and again.
HOSTILE = {
    "figures": "1",
    "numerals": "一百",
    "commas": "1,",
    "bounds": "超过",
    "makers": "由",
    "titles": "《",
    "quotes": "发布了“",
    "founders": "其创始人",
    "investors": "微软投资",
    "events": "2025年3月5日百度推出Yunfan-7B、",
    "names": "Aa-1 ",
    "brackets": "（",
    "authorities": "委局部署院x\n关于支持发展的意见\n",
    "offices": "首席创始人兼",
    "foreign": "阿·阿",
    "rules": "管制的规定将于",
    "pipes": "|a|\n",
    "list": "- 1%\n",
    "blanks": " ",
    "tags": "<td>",
    "sites": "a.",
}


def _name(rng: random.Random, size: int) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(size))


def invented_texts(count: int, seed: int = 5) -> Iterator[str]:
    """Yield distinct texts of about 2,000 characters, as dense as real ones: a statement in some 80 characters."""
    rng = random.Random(seed)
    for number in range(count):
        names = {
            "firm": _name(rng, 2) + "科技", "other": _name(rng, 3) + "资本", "model": f"{_name(rng, 2)}大模型",
            "person": "王" + _name(rng, 2),
        }  # fmt: skip
        lines = [f"{names['firm']}第{number}期简报", ""]
        while sum(map(len, lines)) < 2_000:
            chosen = [*rng.sample(CLAUSES, rng.randint(1, 2)), *rng.sample(PROSE, 7)]
            rng.shuffle(chosen)
            lines.append("".join(filled(clause, names, rng) for clause in chosen))
        yield "\n\n".join(lines)


def filled(clause: str, names: dict[str, str], rng: random.Random) -> str:
    return clause.format(
        **names, year=rng.randint(2021, 2026), month=rng.randint(1, 12), n=rng.randint(2, 99), m=rng.randint(2, 40)
    )


class Speed(NamedTuple):
    """MB/s of the whole reader and of a bare scan, statements a kB, and MB of memory after a part of the texts and after all.

    `compiled` tells whether the reader is, `digest` is of the lines that it wrote.
    """

    ours: float
    scan: float
    density: float
    early: float
    late: float
    compiled: bool
    digest: str


def speed(texts: list[str]) -> Speed:
    """Read distinct texts from bytes to JSON Lines on one core, and scan the same texts for digits and numerals."""
    lexicon = load_lexicon()
    data = [text.encode() for text in texts]
    size = sum(map(len, data)) / 1e6
    written, digest = 0, hashlib.sha256()
    # Dictionaries load at the first text.
    list(rows(read_document("甲公司今年发布乙模型。".encode(), name="first.txt"), lexicon))
    # As a reading process does.
    gc.freeze()
    start = time.process_time()
    early = 0.0
    for number, text in enumerate(data):
        lines, count = json_lines(rows(read_document(text, name=f"{number}.txt"), lexicon))
        written += count
        digest.update(lines.encode())
        if number == len(data) // GROWTH:
            early = _peak()
    ours = size / (time.process_time() - start)
    late = _peak()
    scan = size / min(_scanned(texts) for _ in range(3))
    return Speed(ours, scan, written / size / 1000, early, late, is_compiled(), digest.hexdigest())


def is_compiled() -> bool:
    """Tell whether the reader of this environment is compiled."""
    return not str(etl.reader.read.__file__).endswith(".py")


def speed_of(python: str | Path, folder: Path | None) -> Speed:
    """Return the speed of another environment's reader, measured in a process of its own."""
    run = [str(python), "-P", "-c", _ALONE, str(ROOT), *([str(folder)] if folder else [])]
    return Speed(*json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout))


def _scanned(texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        for _ in _FIGURES.finditer(text):
            pass
    return time.process_time() - start


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def texts_of(folder: Path | None) -> list[str]:
    """Return the texts of a folder, or invented ones."""
    if folder is None:
        return list(invented_texts(TEXTS))
    return [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
