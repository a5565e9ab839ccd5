"""Administration: what an administrator can do to a running case, each act with a reason that its history keeps.

The case itself: suspend, resume, terminate. What waits in it: move a token, reschedule a timer. Problems are in engine.incidents.
"""

from .authority import find, reason_of, together
from .cases import Destination, Overview, Step, Timer, destinations, overview, step_at, timer_at
from .foresight import Foreseen, foresee
from .lifecycle import pass_deadlines, resume, suspend, terminate
from .timers import reschedule
from .tokens import Path, foresee_move, move, path

__all__ = [
    "Destination", "Foreseen", "Overview", "Path", "Step", "Timer", "destinations", "find", "foresee", "foresee_move", "move", "overview",
    "pass_deadlines", "path", "reason_of", "reschedule", "resume", "step_at", "suspend", "terminate", "timer_at", "together",
]  # fmt: skip
