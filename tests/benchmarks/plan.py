"""How long planning takes, and the tables of docs/evidence.md from what `simulate --json` said.

`python -m tests.benchmarks.plan` measures; with files it prints their tables.
"""

import json
import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from cards.readiness.forecast import forecast
from cards.readiness.plan import Studied, plan

TODAY = date(2026, 3, 2)
RUNS = 7
SIZES = (
    (36, 28, 15),
    (200, 56, 30),
    (1000, 90, 15),
    (1000, 90, 60),
    (1000, 90, 110),
    (1000, 90, 300),
)
PLAIN = ("sm2", "anki", "fsrs 0.90", "fsrs 0.95", "plan")
Row = dict[str, Any]


def main(files: list[str]) -> None:
    """Measure, or print the tables of the files."""
    if not files:
        _measure()
        return
    rows = [row for name in files for row in json.loads(Path(name).read_text())]
    for table in (_recalls, _fairer, _forecasts):
        print(table(rows), end="\n\n")


def _measure() -> None:
    print("| questions | days | minutes a day | plan, ms | forecast with it, ms | fits |")
    print("|---:|---:|---:|---:|---:|---|")
    for count, days, minutes in SIZES:
        questions = [_question(number) for number in range(count)]
        on = TODAY + timedelta(days=days)
        made = plan(questions, TODAY, on, minutes)
        planning = _milliseconds(lambda q=questions, o=on, m=minutes: plan(q, TODAY, o, m))
        saying = _milliseconds(
            lambda q=questions, o=on, p=made: forecast(q, o, asked_on=p.asked_on)
        )
        fits = "yes" if made.shortage is None else "no"
        print(f"| {count} | {days} | {minutes} | {planning:.0f} | {saying:.0f} | {fits} |")


def _question(number: int) -> Studied:
    answers = [(4 - number % 4, TODAY - timedelta(days=ago)) for ago in (40, 25, 9)]
    return Studied(number, 3.0, tuple(answers) if number % 3 == 0 else (), category=number % 6)


def _milliseconds(work: Any) -> float:
    taken = []
    for _ in range(RUNS):
        start = process_time()
        work()
        taken.append(process_time() - start)
    return 1000 * median(taken)


def _by_match(rows: list[Row]) -> dict[tuple[int, str, int], dict[str, Row]]:
    matches: dict[tuple[int, str, int], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        matches[row["questions"], row["truth"], row["days"]][row["scheduler"]] = row
    return dict(sorted(matches.items(), key=lambda one: one[0][0]))


def _recalls(rows: list[Row]) -> str:
    lines = [
        "| bank | truth | days | " + " | ".join(PLAIN) + " | plan leads by |",
        "|---:|---|---:|" + "---:|" * (len(PLAIN) + 1),
    ]
    for (bank, truth, days), by in _by_match(rows).items():
        cells = [f"{by[name]['recall']:.3f} ± {by[name]['spread']:.3f}" for name in PLAIN]
        best = max(by[name]["recall"] for name in PLAIN[:-1])
        lead = by["plan"]["recall"] - best
        lines.append(f"| {bank} | {truth} | {days} | {' | '.join(cells)} | {lead:+.3f} |")
    return "\n".join(lines)


def _fairer(rows: list[Row]) -> str:
    lines = [
        "| bank | truth | days | plan | best, ahead | best, new first | plan leads by |",
        "|---:|---|---:|---:|---:|---:|---:|",
    ]
    for (bank, truth, days), by in _by_match(rows).items():
        own, cells, best = by["plan"]["recall"], [], 0.0
        for ending in (" ahead", " new first"):
            name = max((n for n in by if n.endswith(ending)), key=lambda n: by[n]["recall"])
            best = max(best, by[name]["recall"])
            cells.append(f"{by[name]['recall']:.3f} ({name.removesuffix(ending)})")
        lead = own - best
        lines.append(
            f"| {bank} | {truth} | {days} | {own:.3f} | {' | '.join(cells)} | {lead:+.3f} |"
        )
    return "\n".join(lines)


def _forecasts(rows: list[Row]) -> str:
    lines = [
        "| bank | truth | days | recall | on the eve | error | ECE | Brier | in band | width | "
        + " | ".join(("at half time", "error", "ECE", "in band |")),
        "|---:|---|---:|" + "---:|" * 11,
    ]
    for (bank, truth, days), by in _by_match(rows).items():
        row = by["plan"]
        eve, mid = row["eve"], row["midway"]
        lines.append(
            f"| {bank} | {truth} | {days} | {row['recall']:.3f} | {eve['forecast']:.3f} "
            f"| {eve['error']:+.3f} | {eve['calibration_error']:.3f} | {eve['brier']:.3f} "
            f"| {eve['in_band']:.0%} | {eve['band_width']:.2f} | {mid['forecast']:.3f} "
            f"| {mid['error']:+.3f} | {mid['calibration_error']:.3f} | {mid['in_band']:.0%} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
