"""Passwords: what is asked of one, and how it is kept (argon2)."""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 12
MAX_BYTES = 4096  # longer ones only cost time

hasher = PasswordHasher()


def problem_with(password: str) -> str | None:
    """Why this cannot be a password, as a sentence; None where it can."""
    if len(password) < MIN_LENGTH:
        return f"Enter a password of at least {MIN_LENGTH} characters"
    if len(_bytes(password)) > MAX_BYTES:
        return f"Enter a password of at most {MAX_BYTES // 4} characters"
    return None


def hash_of(password: str) -> str:
    """The password as it is stored."""
    return hasher.hash(_bytes(password))


def matches(stored: str | None, password: str) -> bool:
    """True if this is the password. Takes as long where there is none, so that the time does not tell whether there is an account."""
    try:
        hasher.verify(stored or _nobodys(hasher), _bytes(password)[:MAX_BYTES])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """True if the stored form was made with weaker settings than today's."""
    return hasher.check_needs_rehash(stored)


@cache
def _nobodys(made_by: PasswordHasher) -> str:
    return made_by.hash(b"nobody has this password")


def _bytes(password: str) -> bytes:
    # Two keyboards may send one letter in two ways; people cannot see the difference.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
