"""The start page: what is due, how things stand, and what may be changed for today."""

from cards.services.today.backlog import SPREAD_DAYS, spread_backlog, stop_spreading
from cards.services.today.limits import change_limits
from cards.services.today.overview import Overview, Welcome, overview, welcome

__all__ = [
    "SPREAD_DAYS",
    "Overview",
    "Welcome",
    "change_limits",
    "overview",
    "spread_backlog",
    "stop_spreading",
    "welcome",
]
