"""Holds the pins against the known vulnerabilities: `make audit`; exit 1 where some are known, 2 where none could be asked for."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

PINS = Path(__file__).resolve().parent.parent / "constraints.txt"


def audit(pins: Path, *options: str) -> int:
    """Print which pins have known vulnerabilities and what mends them; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "found.json"
        run = [
            sys.executable,
            "-m",
            "pip_audit",
            "--disable-pip",
            "--no-deps",
            "-r",
            str(pins),
            "--progress-spinner=off",
        ]
        done = subprocess.run([*run, "-f", "json", "-o", str(out), *options], capture_output=True, text=True)
        if not out.exists():
            reason = done.stderr.strip().rpartition("\n")[2] or f"pip-audit ended with {done.returncode}"
            print(f"nothing was audited: {reason}", file=sys.stderr)
            print(
                "pip-audit asks the package index; run `make audit` where the network allows it",
                file=sys.stderr,
            )
            return 2
        packages = json.loads(out.read_text(encoding="utf-8"))["dependencies"]
    found = [(one, known) for one in packages for known in one.get("vulns", ())]
    for one, known in found:
        mended = ", ".join(known["fix_versions"]) or "no version yet"
        print(f"{one['name']} {one['version']}: {known['id']}, mended in {mended}")
    passed = [one["name"] for one in packages if "skip_reason" in one]
    print(f"{len(packages) - len(passed)} pins audited, {len(found)} known vulnerabilities", file=sys.stderr)
    if passed:
        print(f"not audited: {', '.join(passed)}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(audit(PINS))
