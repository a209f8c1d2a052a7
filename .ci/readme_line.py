"""Print the one command line under a heading of the README, so that what CI runs is what a person copies.

Usage: python3 .ci/readme_line.py Test
"""

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"


def readme_line(heading: str, readme: str) -> str:
    """Return the only line of the first fenced block of the section ``## heading``."""
    section = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
    if section is None:
        raise SystemExit(f"README.md has no section '## {heading}'.")
    block = re.search(r"^```\w*\n(.*?)^```$", section[1], re.MULTILINE | re.DOTALL)
    lines = block[1].splitlines() if block else []
    if len(lines) != 1 or not lines[0].strip():
        raise SystemExit(f"The first fenced block of '## {heading}' in README.md must hold exactly one line.")
    return lines[0]


if __name__ == "__main__":
    print(readme_line(sys.argv[1], README.read_text(encoding="utf-8")))
