"""Readiness knows no Django, no clock, no dice and no other part of the core."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "cards" / "readiness").rglob("*.py"))
MODULES = "cards.readiness.plan, cards.readiness.forecast, cards.readiness.simulate"
CLOCK_OR_DICE = re.compile(
    r"datetime\.now|datetime\.utcnow|date\.today|\btime\.time|monotonic|perf_counter"
    r"|\brandom\b|\bsecrets\b|\buuid4?\b|urandom"
)
READ_OR_WRITE = re.compile(r"\bopen\(|\bprint\(|\bPath\(|\bsocket\b|\bsubprocess\b")


def test_it_imports_nothing_of_the_app_but_itself() -> None:
    program = f"import sys, {MODULES}; print('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = done.stdout.split()
    assert "cards.readiness.simulate.life" in loaded
    own = ("cards", "cards.readiness")
    assert [
        name
        for name in loaded
        if name.split(".")[0] in {"django", "llmprep", "fsrs", "cards"}
        and name not in own
        and not name.startswith("cards.readiness.")
    ] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_reads_a_clock_throws_dice_or_touches_the_world(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert CLOCK_OR_DICE.findall(text) == []
    assert READ_OR_WRITE.findall(text) == []


def test_every_file_is_looked_at() -> None:
    assert {"plan.py", "forecast.py", "recall.py", "life.py"} <= {path.name for path in FILES}
