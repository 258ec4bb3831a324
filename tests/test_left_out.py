"""No test may be left out in CI, whatever it lacks; elsewhere it says why."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.process import ROOT

SKIPS = """
import pytest

def test_left_out(): pytest.skip("no browser here")

@pytest.mark.skipif(True, reason="no oracle here")
def test_left_out_by_a_mark(): ...

def test_runs(): ...
"""


@pytest.mark.parametrize(
    ("ci", "outcome"), [("true", "1 failed, 1 passed, 1 error"), ("", "2 skipped")]
)
def test_a_test_that_is_left_out_fails_in_ci_alone(tmp_path: Path, ci: str, outcome: str) -> None:
    (tmp_path / "test_skips.py").write_text(SKIPS)
    run = [sys.executable, "-m", "pytest", "-p", "tests.left_out", "-p", "no:django"]
    run += ["-p", "no:cacheprovider", "-q", "-rfs", "-c", "/dev/null", str(tmp_path)]
    environment = {"CI": ci, "PYTHONPATH": str(ROOT), "PATH": ""}
    done = subprocess.run(run, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert outcome in done.stdout, done.stdout
    assert "no browser here" in done.stdout
    assert "no oracle here" in done.stdout
