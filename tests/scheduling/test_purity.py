"""The core knows no Django, no clock and no dice."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORE_FILES = sorted((ROOT / "cards" / "scheduling").rglob("*.py"))
CLOCK_OR_DICE = re.compile(
    r"datetime\.now|datetime\.utcnow|date\.today|\btime\.time|monotonic|perf_counter"
    r"|\brandom\b|\bsecrets\b|\buuid4?\b|urandom"
)
NOT_CORE = ("django", "llmprep", "cards.models", "cards.services", "cards.views")
REPORT = "import sys, {modules}; print('\\n'.join(sys.modules))"


@pytest.mark.parametrize("modules", ["cards.scheduling", "cards.markup"])
def test_core_imports_without_django(modules: str) -> None:
    loaded = _loaded_by(modules)
    assert modules in loaded
    outside = [name for name in loaded if f"{name}.".startswith(tuple(f"{n}." for n in NOT_CORE))]
    assert outside == []


def test_the_two_halves_of_the_core_do_not_import_each_other() -> None:
    assert "cards.markup" not in _loaded_by("cards.scheduling")
    assert "cards.scheduling" not in _loaded_by("cards.markup")


@pytest.mark.parametrize("path", CORE_FILES, ids=lambda path: path.name)
def test_scheduling_reads_no_clock_and_throws_no_dice(path: Path) -> None:
    assert CLOCK_OR_DICE.findall(path.read_text(encoding="utf-8")) == []


def test_every_file_of_the_core_is_looked_at() -> None:
    assert {"grading.py", "sm2.py", "study_day.py"} <= {path.name for path in CORE_FILES}


def _loaded_by(modules: str) -> list[str]:
    program = REPORT.format(modules=modules)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.split()
