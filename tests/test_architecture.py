"""What nothing fails on decays: sizes, names and texts of the project."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES, MOST_FUNCTION, MOST_TEMPLATE = 300, 50, 150


def _files(*endings: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.splitlines()  # fmt: skip
    paths = [ROOT / name for name in listed] or list(ROOT.glob("[!.]*/**/*"))
    return [p for p in paths if p.suffix in endings and p.is_file() and "vendor" not in p.parts]


def test_no_file_is_longer_than_300_lines_and_no_template_than_150() -> None:
    long = [
        path
        for path in _files(".py", ".html", ".css", ".js")
        if "migrations" not in path.parts
        and len(path.read_text().splitlines())
        > (MOST_TEMPLATE if path.suffix == ".html" else MOST_LINES)
    ]
    assert long == []


def test_no_function_is_longer_than_50_lines_and_no_view_than_20() -> None:
    long = []
    for path in _files(".py"):
        most = (
            20
            if path.parent.name == "views" and path.parent.parent.name == "cards"
            else MOST_FUNCTION
        )
        functions = [
            n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef)
        ]
        long += [
            f"{path.name}:{node.name}"
            for node in functions
            if (node.end_lineno or 0) - node.lineno >= most
        ]
    assert long == []


def test_the_clock_is_read_in_the_doors_only() -> None:
    inner = [p for p in _files(".py") if {"services", "models", "scheduling"} & set(p.parts)]
    asked = [
        p.name
        for p in inner
        if re.search(r"(timezone|datetime)\.now\(|time\.time\(", p.read_text())
    ]
    assert [name for name in asked if not name.startswith("test_")] == []


def test_only_one_filter_marks_html_as_safe() -> None:
    assert [
        p.name for p in _files(".html") if re.search(r"\|\s*safe\b|autoescape off", p.read_text())
    ] == []


def test_pages_hold_no_inline_script_or_style_and_load_nothing_from_outside() -> None:
    found = [
        path.name
        for path in _files(".html")
        if re.search(
            r"<script>|<style|\sstyle=|\son\w+=|hx-on|(src|href)=\"https?://", path.read_text()
        )
    ]
    assert found == []


@pytest.mark.parametrize("feature", ["today", "review", "library", "progress", "assistant"])
def test_a_feature_is_found_by_one_word(feature: str) -> None:
    for path in (f"cards/views/{feature}.py", f"templates/{feature}", f"static/css/{feature}.css"):
        assert (ROOT / path).exists()
    service = ROOT / "cards/services" / feature
    assert service.exists() or service.with_suffix(".py").exists()


def test_every_setting_read_from_the_environment_is_listed_in_the_example() -> None:
    text = (ROOT / "llmprep/settings.py").read_text() + (ROOT / "llmprep/env.py").read_text()
    names = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", text))
    example = (ROOT / ".env.example").read_text()
    assert {name for name in names if name not in example} == set()
    assert "PORT" in names
