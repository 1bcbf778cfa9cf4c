"""Take the six pictures of the site that the READMEs show: `python -m tests.make_screenshots [DB]`.

It serves a base by `damoxing serve`, opens this machine's browser, and writes docs/screenshots.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.browsing import ENTITIES, ROOT, SIZES, browser, served, wanting

FOLDER = ROOT / "docs" / "screenshots"
SHOTS = {
    "home-zh": ("/", "zh-CN", "desktop"),
    "models-en": ("/damoxing/models", "en-US", "desktop"),
    "conflicts-en": ("/damoxing/conflicts", "en-US", "desktop"),
    "provinces-zh": ("/-/pictures/policies-china", "zh-CN", "desktop"),
    "place-zh-phone": (ENTITIES["place"], "zh-CN", "phone"),
    "statement-en-phone": (ENTITIES["statement"], "en-US", "phone"),
}


def main() -> int:
    """Take every picture anew; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "db", nargs="?", type=Path, help="a built base; without it, that of the package's seeds is built"
    )
    given = parser.parse_args()
    if reason := wanting():
        print(reason, file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        db = given.db or Path(scratch) / "damoxing.db"
        if not given.db:
            from etl.build import build

            build(None, db)
        with served(db) as address, browser() as opened:
            for name, (path, locale, size) in SHOTS.items():
                width, height = SIZES[size]
                context = opened.new_context(locale=locale, viewport={"width": width, "height": height})
                page = context.new_page()
                # Drawn once before, pictures stand at once.
                for _ in range(2):
                    page.goto(address + path, wait_until="networkidle")
                page.mouse.wheel(0, 400)
                page.wait_for_timeout(600)
                page.mouse.wheel(0, -400)
                page.wait_for_timeout(300)
                page.screenshot(path=str(FOLDER / f"{name}.png"))
                context.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
