"""Installs Chromium from the system's packages where there is none and we may; the browser tests are left out where we may not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The browser's program, if the machine has one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> None:
    """Make sure that there is a browser, or say that there is none."""
    if find():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        commands = (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"])
        if all(subprocess.run(command, stdout=subprocess.DEVNULL, env=quiet, check=False).returncode == 0 for command in commands):
            return
    sys.stderr.write("No Chromium here, so the browser tests will be skipped. Install Chromium to run them.\n")


if __name__ == "__main__":
    main()
