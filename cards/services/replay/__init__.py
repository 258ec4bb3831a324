"""Rebuilding cards from their log: to prove them, to mend them, to plan them another way."""

from cards.services.replay.check import Drift, replay_cards
from cards.services.replay.rebuild import rebuild_cards
from cards.services.replay.truth import states_of

__all__ = ["Drift", "rebuild_cards", "replay_cards", "states_of"]
