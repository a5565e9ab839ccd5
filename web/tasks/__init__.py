"""My tasks, and everything one does with a task."""

from .views import bp

__all__ = ["bp"]
