"""Texts as vectors, by a static embedding model in a local folder (the extra `embed`).

Nothing is ever fetched: the folder is given by EMBEDDING_MODEL_DIR, and without it there is none.
"""

import hashlib
import logging
import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)
WEIGHTS = "model.safetensors"


class Embedder:
    """A model that is loaded; vectors are normalised 16-bit floats, as bytes."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from model2vec import StaticModel

        self._model: Any = StaticModel.from_pretrained(folder, normalize=True)
        self.fingerprint = hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()

    def embed(self, texts: Sequence[str]) -> list[bytes]:
        """Return a vector for each text."""
        vectors = self._model.encode(list(texts), use_multiprocessing=False)
        return [vector.astype("float16").tobytes() for vector in vectors]


def embedder() -> Embedder | None:
    """Return the model that is configured; None, and a line in the log, where it cannot be used."""
    return load(str(settings.EMBEDDING_MODEL_DIR)) if settings.EMBEDDING_MODEL_DIR else None


@lru_cache(maxsize=1)
def load(folder: str) -> Embedder | None:
    if not (Path(folder) / WEIGHTS).is_file():
        logger.warning("EMBEDDING_MODEL_DIR holds no %s, so the assistant goes without.", WEIGHTS)
        return None
    try:
        return Embedder(Path(folder))
    except ImportError:
        logger.warning("The extra “embed” is not installed, so the assistant goes without.")
    except Exception:  # whatever lies in that folder, answers go on
        logger.exception("The model in EMBEDDING_MODEL_DIR cannot be read.")
    return None


def closest(
    asked: bytes, vectors: Iterable[tuple[int, bytes]], limit: int
) -> list[tuple[int, float]]:
    """Return keys and cosine (-1 to 1) of the vectors closest to one, the closest first."""
    import numpy as np

    rows = [pair for pair in vectors if len(pair[1]) == len(asked)]
    if not rows:
        return []
    matrix = np.frombuffer(b"".join(vector for _, vector in rows), dtype="float16")
    cosines = matrix.reshape(len(rows), -1).astype("float32") @ np.frombuffer(
        asked, dtype="float16"
    ).astype("float32")
    order = sorted(range(len(rows)), key=lambda place: (-cosines[place], rows[place][0]))
    return [(rows[place][0], float(cosines[place])) for place in order[:limit]]
