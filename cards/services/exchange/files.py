"""Question files as they arrive: texts with a name, never paths; limits come before unpacking."""

import io
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from cards.services.bank.reader import LONGEST_FILE

MOST_FILES = 500
LARGEST_UPLOAD = 5_000_000  # bytes, all files of one import together
# Others can be unpacked only whole: a few kilobytes of them may hold gigabytes.
BOUNDED_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1  # a bit of an entry's flags
# What the standard library raises for an archive that is damaged or of a kind it does not know.
_UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,  # raised by zipfile for a newer version of the format, or patched data
    zlib.error,
    EOFError,  # cut off
    OSError,  # points outside itself
    ValueError,  # a field that makes no sense, or a name that is no text
)


class ImportRefusedError(Exception):
    """Why nothing was imported, in one sentence for the person who tried."""


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """One file: its name as given, for what is said, and the folder it stood in, if any."""

    name: str
    folder: str
    content: bytes


def unpack(uploads: Iterable[tuple[str, bytes]]) -> list[QuestionFile]:
    """Return the question files among some uploads, each a `.md` file or a zip of them.

    Raises ImportRefusedError when there are none, too many, or one cannot be read.
    """
    found: list[QuestionFile] = []
    for name, content in uploads:
        if zipfile.is_zipfile(io.BytesIO(content)):
            found += _from_zip(name, content)
        elif _is_question(name):
            found.append(_file(name, content))
        else:
            raise ImportRefusedError(f"“{name}” is neither a .md file nor a zip of them.")
    if not found:
        raise ImportRefusedError("There is no question file (.md) in this.")
    if len(found) > MOST_FILES:
        raise ImportRefusedError(f"These are more than {MOST_FILES} questions: bring fewer.")
    return found


def _from_zip(name: str, content: bytes) -> list[QuestionFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if _is_question(entry.filename)]
            if len(entries) > MOST_FILES:
                raise ImportRefusedError(f"“{name}” holds more than {MOST_FILES} questions.")
            return [_file(entry.filename, _content(archive, entry)) for entry in entries]
    except _UNREADABLE:
        raise ImportRefusedError(f"“{name}” cannot be read as a zip file.") from None


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Read no more than a question may have, whatever the archive says about itself."""
    if entry.compress_type not in BOUNDED_COMPRESSIONS or entry.flag_bits & ENCRYPTED:
        raise ImportRefusedError(f"“{entry.filename[:200]}” is encrypted or packed in a rare way.")
    with archive.open(entry) as file:
        return file.read(LONGEST_FILE + 1)


def _file(name: str, content: bytes) -> QuestionFile:
    path = PurePosixPath(name.replace("\\", "/"))
    return QuestionFile(name[:200], path.parent.name, content)


def _is_question(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith((".", "__")) for part in path.parts if part not in {".", ".."})
    return path.suffix == ".md" and path.stem.lower() != "readme" and not hidden
