"""Every scheduler by its name."""

from collections.abc import Callable

from cards.scheduling.anki import Anki
from cards.scheduling.fsrs import DEFAULT_RETENTION, Fsrs
from cards.scheduling.memory import DEFAULT_MEMORY, MemoryModel
from cards.scheduling.sm2 import Sm2
from cards.scheduling.types import Scheduler

SCHEDULERS: dict[str, Scheduler] = {one.name: one for one in (Sm2(), Fsrs(), Anki())}
DEFAULT_SCHEDULER = "sm2"
_MADE: dict[str, Callable[[MemoryModel, float], Scheduler]] = {
    "sm2": lambda memory, _: Sm2(memory=memory),
    "fsrs": lambda memory, retention: Fsrs(desired_retention=retention, memory=memory),
    "anki": lambda memory, _: Anki(memory=memory),
}


def scheduler_named(
    name: str,
    *,
    memory: MemoryModel = DEFAULT_MEMORY,
    desired_retention: float = DEFAULT_RETENTION,
) -> Scheduler:
    """Return the scheduler; only FSRS plans by the desired retention (0.70 to 0.97).

    Raises LookupError, naming the known ones, if there is none; ValueError for the retention.
    """
    try:
        made = _MADE[name]
    except KeyError:
        known = ", ".join(SCHEDULERS)
        raise LookupError(f"There is no scheduler “{name}”. Known: {known}.") from None
    return made(memory, desired_retention)
