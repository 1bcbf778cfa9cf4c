"""Fixtures: the built base, and the texts that only some machines have."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("DAMOXING_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the base of the package's own seeds, once."""
    from etl.build import build

    path = tmp_path_factory.mktemp("base") / "damoxing.db"
    build(None, path)
    return path


@pytest.fixture(scope="session")
def articles() -> Path:
    """Return the folder of the first articles; skip where it is absent, for they are not part of the project."""
    folder = SHARED / "articles"
    if not folder.is_dir():
        pytest.skip("the articles are not on this machine (../shared/articles)")
    return folder


@pytest.fixture(scope="session")
def dev_texts() -> Path:
    """Return the folder of the development texts; skip where it is absent."""
    folder = SHARED / "dev"
    if not folder.is_dir():
        pytest.skip("the development texts are not on this machine (../shared/dev)")
    return folder
