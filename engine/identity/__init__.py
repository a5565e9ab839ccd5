"""Who people are: accounts, what they may act as, and their sign-ins."""

from . import password_links
from .actors import SYSTEM, Actor, actor_for, in_force
from .limits import limit
from .people import EMAIL, acting, add_person, by_email, end_with, invite, join, leave, people_in, set_password
from .sign_ins import actor_of, sign_in, sign_out

__all__ = [
    "EMAIL", "SYSTEM", "Actor", "acting", "actor_for", "actor_of", "add_person", "by_email", "end_with", "in_force", "invite", "join",
    "leave", "limit", "password_links", "people_in", "set_password", "sign_in", "sign_out",
]  # fmt: skip
