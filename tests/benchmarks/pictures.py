"""`python -m tests.benchmarks.pictures`: the pictures of docs/evidence.md, from its tables."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EVIDENCE = ROOT / "docs" / "evidence.md"
RECALL, READINESS = ROOT / "docs" / "evidence-recall.svg", ROOT / "docs" / "evidence-readiness.svg"
CONTESTANTS = ("SM-2", "Anki", "FSRS 0.90", "FSRS 0.95", "plan")
COLOURS = ("#b9b09c", "#8f8774", "#8fb7b2", "#5b938d", "#1a5d58")
MATCHING = ("fsrs", "drawn")  # truths that the model matches
BANK = "36"
NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
AXIS = 'stroke="#8b8271" fill="none"'
TEXT = 'font-family="sans-serif" font-size="13" fill="#22201b"'
PANEL, BARS, TOP, GAP = 270, 150, 50, 26  # width of a panel, height of its bars, room around


def rows_of(heading: str) -> Iterator[list[str]]:
    """Yield the cells of each row of the first table below a heading."""
    text = EVIDENCE.read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1]
    lines = (line for line in text.splitlines() if line.startswith("|"))
    for number, line in enumerate(lines):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if number > 1 and not cells[0].isdigit():
            return
        if cells[0].isdigit():
            yield cells


def recall_picture() -> str:
    """Bars of mean recall on the date: a panel for each truth, a group for each date."""
    found: dict[str, dict[str, list[float]]] = {}
    for bank, truth, days, *cells in rows_of("Recall on the date, equal minutes"):
        if bank == BANK:
            shares = [float(cell.split()[0]) for cell in cells[: len(CONTESTANTS)]]
            found.setdefault(truth, {})[days] = shares
    parts = [_legend()]
    for place, (truth, dates) in enumerate(found.items()):
        x, y = GAP + (place % 2) * (PANEL + GAP), TOP + (place // 2) * (BARS + 2 * TOP)
        parts.append(f'<text x="{x}" y="{y - 10}" {TEXT} font-weight="600">{truth}</text>')
        parts.append(_panel(x, y, dates))
    height = TOP + ((len(found) + 1) // 2) * (BARS + 2 * TOP)
    words = "Mean recall on the date of the interview, 36 questions, by truth, date and contestant"
    return _svg(2 * (PANEL + GAP) + GAP, height, words, parts)


def _panel(x: int, y: int, dates: dict[str, list[float]]) -> str:
    parts = [f'<path d="M{x} {y + BARS}h{PANEL}M{x} {y}h{PANEL}" stroke="#ddd4c2" fill="none"/>']
    group = PANEL / len(dates)
    width = (group - 14) / len(CONTESTANTS)
    for place, (days, shares) in enumerate(dates.items()):
        left = x + place * group + 7
        for number, share in enumerate(shares):
            high = round(BARS * share, 1)
            at, above = round(left + number * width, 1), round(y + BARS - high, 1)
            parts.append(
                f'<rect x="{at}" y="{above}" width="{width - 1:.1f}" height="{high}"'
                f' fill="{COLOURS[number]}"/>'
            )
        middle = round(left + (group - 14) / 2, 1)
        best = f"{shares[-1]:.2f}"
        parts.append(
            f'<text x="{middle}" y="{y + BARS + 17}" {TEXT} text-anchor="middle">{days}:'
            f" {best}</text>"
        )
    return "\n".join(parts)


def _legend() -> str:
    parts = []
    for place, (name, colour) in enumerate(zip(CONTESTANTS, COLOURS, strict=True)):
        x = GAP + place * 104
        parts.append(f'<rect x="{x}" y="9" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{x + 17}" y="20" {TEXT}>{name}</text>')
    return "\n".join(parts)


def readiness_picture() -> str:
    """What was said on the evening before against what was true: a dot for each line."""
    side, margin = 360, 46
    parts = [
        f'<path d="M{margin} {margin / 2}V{side - margin}H{side - margin / 2}" {AXIS}/>',
        f'<path d="M{margin} {side - margin}L{side - margin / 2} {margin / 2}" stroke="#ddd4c2"/>',
        f'<text x="{side / 2}" y="{side - 10}" {TEXT} text-anchor="middle">said</text>',
        f'<text x="12" y="{side / 2}" {TEXT}>true</text>',
    ]
    scale = side - 1.5 * margin
    for _, truth, _, true, said, *_ in rows_of("Readiness, said and true"):
        x = round(margin + scale * float(said), 1)
        y = round(side - margin - scale * float(true), 1)
        colour = COLOURS[-1] if truth in MATCHING else "#b3541e"
        parts.append(f'<circle cx="{x}" cy="{y}" r="4.5" fill="{colour}" fill-opacity="0.8"/>')
    names = ((COLOURS[-1], "the model matches"), ("#b3541e", "it does not"))
    for place, (colour, name) in enumerate(names):
        y = 40 + 22 * place
        parts.append(f'<circle cx="{margin + 18}" cy="{y - 4}" r="4.5" fill="{colour}"/>')
        parts.append(f'<text x="{margin + 30}" y="{y}" {TEXT}>{name}</text>')
    words = "Readiness as said on the evening before against true recall, a dot for each line"
    return _svg(side, side, words, parts)


def _svg(width: int, height: int, words: str, parts: list[str]) -> str:
    return "\n".join(
        [
            f'<svg {NAMESPACE} width="{width}" height="{height}" role="img">',
            f"<title>{words}</title>",
            f'<rect width="{width}" height="{height}" fill="#fffdf8"/>',
            *parts,
            "</svg>\n",
        ]
    )


if __name__ == "__main__":
    RECALL.write_text(recall_picture(), encoding="utf-8")
    READINESS.write_text(readiness_picture(), encoding="utf-8")
