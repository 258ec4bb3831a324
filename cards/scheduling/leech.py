"""Leeches: cards that are forgotten again and again and cost more than they give."""

LEECH_LAPSES = 8
LEECH_STEP = 4  # and then again after so many more


def is_leech(lapses: int) -> bool:
    """Has the card lapsed so often that it should be split or rewritten?"""
    return lapses >= LEECH_LAPSES


def turns_leech(before: int, after: int) -> bool:
    """Did this lapse reach the 8th, the 12th, the 16th …: the moment to say so."""
    return after > before and is_leech(after) and (after - LEECH_LAPSES) % LEECH_STEP == 0
