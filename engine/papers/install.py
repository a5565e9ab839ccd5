"""Installs Pango, which draws PDFs, from the system's packages where it is missing and we may; says so where we may not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from ctypes.util import find_library

LIBRARIES = ("pango-1.0", "pangoft2-1.0")
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "fonts-dejavu-core")


def missing() -> list[str]:
    """What no PDF can be drawn without, and is not here."""
    return [name for name in LIBRARIES if find_library(name) is None]


def main() -> None:
    """Make sure that PDFs can be drawn, or say that they cannot."""
    if not missing():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        commands = (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *PACKAGES])
        if all(subprocess.run(command, stdout=subprocess.DEVNULL, env=quiet, check=False).returncode == 0 for command in commands):
            return
    sys.stderr.write(
        f"No Pango here, so no PDF can be written: a case that should write one waits as a problem. "
        f"Install it (on Debian and Ubuntu: apt-get install {' '.join(PACKAGES)}).\n"
    )


if __name__ == "__main__":
    main()
