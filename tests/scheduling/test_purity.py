"""The core stands alone."""

import subprocess
import sys


def test_the_core_can_be_imported_without_django() -> None:
    code = (
        "import sys, cards.scheduling, cards.markup; "
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
