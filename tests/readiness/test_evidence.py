"""The evidence: its pictures are those of its tables, and what it claims stands in them."""

from tests.benchmarks import pictures


def test_the_pictures_are_drawn_from_the_tables() -> None:
    assert pictures.RECALL.read_text(encoding="utf-8") == pictures.recall_picture()
    assert pictures.READINESS.read_text(encoding="utf-8") == pictures.readiness_picture()


def test_the_plan_leads_in_every_line_of_the_table() -> None:
    rows = list(pictures.rows_of("Recall on the date, equal minutes"))
    assert len(rows) == 36
    for bank, truth, days, *cells in rows:
        *others, plan = [float(cell.split()[0]) for cell in cells[:5]]
        assert plan > max(others), f"{bank} questions, {truth}, {days} days"


def test_readiness_is_close_where_the_model_matches() -> None:
    rows = list(pictures.rows_of("Readiness, said and true"))
    matching = [row for row in rows if row[1] in pictures.MATCHING]
    assert len(matching) == 18
    for bank, truth, days, _, _, error, ece, *_ in matching:
        assert abs(float(error)) <= 0.05, f"{bank} questions, {truth}, {days} days"
        assert float(ece) <= 0.05, f"{bank} questions, {truth}, {days} days"
