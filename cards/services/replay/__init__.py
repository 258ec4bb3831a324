"""Rebuilding cards from their log: to prove them, to mend them, to plan them another way."""

from cards.services.replay.check import Drift, count_cards, replay_cards
from cards.services.replay.rebuild import rebuild_cards
from cards.services.replay.truth import states_of

__all__ = ["Drift", "count_cards", "rebuild_cards", "replay_cards", "states_of"]
