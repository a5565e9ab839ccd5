"""Ports of this machine that nobody serves on."""

from __future__ import annotations

import socket


def unused_port() -> int:
    """One that is free now."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return unused.getsockname()[1]
