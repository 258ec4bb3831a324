"""Every scheduler by its name."""

from cards.scheduling.sm2 import Sm2
from cards.scheduling.types import Scheduler

SCHEDULERS: dict[str, Scheduler] = {scheduler.name: scheduler for scheduler in (Sm2(),)}
DEFAULT_SCHEDULER = "sm2"


def scheduler_named(name: str) -> Scheduler:
    """Return the scheduler; raise LookupError, naming the known ones, if there is none."""
    try:
        return SCHEDULERS[name]
    except KeyError:
        known = ", ".join(SCHEDULERS)
        raise LookupError(f"There is no scheduler “{name}”. Known: {known}.") from None
