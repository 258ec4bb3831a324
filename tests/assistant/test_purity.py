"""The assistant's thinking knows no Django, no clock, no network and no other part of the core."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = ("fence", "prompt", "cite", "opinion", "probe")


def test_it_imports_nothing_of_the_app_but_itself() -> None:
    named = ", ".join(f"cards.assistant.{one}" for one in MODULES)
    program = f"import sys, {named}; print('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = done.stdout.split()
    assert "cards.assistant.probe" in loaded
    outside = {"django", "llmprep", "openai", "socket"}
    assert [one for one in loaded if one.split(".")[0] in outside] == []
    own = [one for one in loaded if one.startswith("cards.")]
    assert [one for one in own if not one.startswith("cards.assistant")] == []
