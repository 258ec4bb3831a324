"""What can be offered only where there is a language model."""

from cards.integrations.which import LlmSettings


def has_model() -> bool:
    """Is a language model set up here?"""
    return LlmSettings.read().is_on
