"""Fractions instead of dice: the same keys always give the same number from 0 to 1.

The mixing is SplitMix64 (Steele, Lea and Flood, 2014).
"""

_STEP, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_ALL = 2**64 - 1


def fraction(*keys: int) -> float:
    """Return a number from 0 to below 1 that depends on nothing but the whole numbers given."""
    mixed = 0
    for key in keys:
        mixed = (mixed + _STEP + key) & _ALL
        mixed = ((mixed ^ (mixed >> 30)) * _FIRST) & _ALL
        mixed = ((mixed ^ (mixed >> 27)) * _SECOND) & _ALL
        mixed ^= mixed >> 31
    return (mixed >> 11) / 2**53


def choice(shares: tuple[float, ...], at: float) -> int:
    """Return the place in `shares`, which sum to 1, that the fraction `at` falls on."""
    for place, share in enumerate(shares):
        at -= share
        if at < 0:
            return place
    return len(shares) - 1
