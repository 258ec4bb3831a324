"""What the environment may say about a model."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = "LLM_TOKENS_PER_DAY, s.LLM_COST_PER_DAY, s.LLM_PRICE_IN, s.LLM_PRICE_OUT"


def _read(tmp_path: Path, **given: str) -> subprocess.CompletedProcess[str]:
    program = (
        "import django; django.setup()\n"
        "from django.conf import settings as s\n"
        "from cards.integrations.which import LlmSettings\n"
        f"print(LlmSettings.read().is_on, s.{NAMES}, repr(s.LLM_API_KEY))"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LLM_")}
    environment = kept | {
        "DJANGO_SETTINGS_MODULE": "llmprep.settings", "DATA_DIR": str(tmp_path), **given,
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_without_a_word_there_is_no_model_and_the_defaults_hold(tmp_path: Path) -> None:
    given = {"LLM_BASE_URL": "", "LLM_MODEL": "", "LLM_API_KEY": ""}
    assert _read(tmp_path, **given).stdout.split() == ["False", "200000", "0", "0", "0", "''"]


def test_an_address_and_a_name_are_enough(tmp_path: Path) -> None:
    given = {"LLM_BASE_URL": "http://127.0.0.1:9/v1", "LLM_MODEL": "small", "LLM_PRICE_IN": "0.5"}
    given["LLM_API_KEY"] = ""
    assert _read(tmp_path, **given).stdout.split() == ["True", "200000", "0", "0.5", "0", "''"]


@pytest.mark.parametrize("name", ["LLM_TOKENS_PER_DAY", "LLM_COST_PER_DAY", "LLM_PRICE_OUT"])
def test_a_limit_that_makes_no_sense_is_refused_aloud(name: str, tmp_path: Path) -> None:
    done = _read(tmp_path, **{name: "-1"})
    assert done.returncode
    assert name in done.stderr


def test_the_end_of_a_line_after_the_key_is_no_part_of_it(tmp_path: Path) -> None:
    done = _read(tmp_path, LLM_API_KEY="sk-1\n")
    assert done.stdout.split()[-1] == "'sk-1'"


def test_a_key_of_two_lines_is_refused_and_not_shown(tmp_path: Path) -> None:
    done = _read(tmp_path, LLM_API_KEY="sk-first\nsk-second")
    assert done.returncode
    assert "LLM_API_KEY" in done.stderr
    assert "sk-" not in done.stderr + done.stdout
