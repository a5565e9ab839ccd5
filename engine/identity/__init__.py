"""Who people are: accounts, what they may act as, and their sign-ins."""

from .actors import SYSTEM, Actor, actor_for
from .limits import limit
from .people import EMAIL, add_person, by_email, join, leave, people_in, set_password
from .sign_ins import actor_of, sign_in, sign_out

__all__ = [
    "EMAIL", "SYSTEM", "Actor", "actor_for", "actor_of", "add_person", "by_email", "join", "leave", "limit", "people_in", "set_password",
    "sign_in", "sign_out",
]  # fmt: skip
