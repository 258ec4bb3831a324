"""Which model is asked, what it costs and how long it is waited for."""

from dataclasses import dataclass, field
from typing import Self

from django.conf import settings


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """A model and its address; neither that nor the key shows when it is printed."""

    base_url: str = field(repr=False)
    key: str = field(repr=False)
    model: str
    connect: float = 5.0  # seconds
    silence: float = 15.0  # until the first byte, and between two
    total: float = 30.0

    @classmethod
    def read(cls) -> Self:
        """Return what the settings say now."""
        waits = settings.LLM_TIMEOUTS
        return cls(settings.LLM_BASE_URL, settings.LLM_API_KEY, settings.LLM_MODEL, *waits)

    @property
    def is_on(self) -> bool:
        """Is there a model to ask?"""
        return bool(self.base_url and self.model)
