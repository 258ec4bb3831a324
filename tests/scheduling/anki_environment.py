"""`python -m tests.scheduling.anki_environment`: Anki in an environment of its own.

Anki is AGPL: the tests ask it as an oracle, in a process of its own, and nothing here depends on
it. Where the environment is missing those tests are skipped and say so.
"""

import subprocess
import sys
import venv
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / ".venv-anki"
PYTHON = FOLDER / "bin" / "python"
PACKAGE = "anki==26.9.3"
MISSING = f"Anki is not installed beside the project ({FOLDER.name}): `make oracle` does it"


def has_anki() -> bool:
    """Is the package there? It is not loaded here."""
    return any(FOLDER.glob("lib/python*/site-packages/anki/collection.py"))


def make() -> None:
    """Make the environment; one that is whole is left as it is."""
    if has_anki():
        return
    venv.create(FOLDER, with_pip=True, symlinks=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", PACKAGE]
    subprocess.run(pip, check=True)


if __name__ == "__main__":
    make()
    sys.exit(not has_anki())
