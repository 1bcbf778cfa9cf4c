"""Who reviews: the author that git knows."""

import os
import subprocess
from pathlib import Path


class AuthorError(ValueError):
    """Nobody is known to review."""


def git_author(folder: Path) -> str:
    """Return the name of git's author in a folder.

    Raise AuthorError where git knows none.
    """
    name = os.environ.get("GIT_AUTHOR_NAME", "").strip()
    if not name:
        try:
            told = subprocess.run(
                ["git", "config", "user.name"], cwd=folder, capture_output=True, text=True, check=False
            )
            name = told.stdout.strip()
        except OSError:
            name = ""
    if not name:
        raise AuthorError("nobody is named as the reviewer; set `git config --global user.name` or GIT_AUTHOR_NAME")
    return name
