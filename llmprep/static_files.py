"""How the files of `static/` are kept for the production server."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile, File
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

OUR_SCRIPTS = "js/"


class MinifiedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Compressed, named by their contents, our own scripts without comments and indentation."""

    def _save(self, name: str, content: File[Any]) -> str:
        if name.replace("\\", "/").startswith(OUR_SCRIPTS):
            content.seek(0)  # it was read for its fingerprint
            script = content.read()
            plain = script.decode() if isinstance(script, bytes) else script
            content = ContentFile(jsmin(plain).encode())
        return str(super()._save(name, content))
