"""Drawing by lot, for measures that draw of several groups at once: the only file that they read."""

from closeknit.measures.draws.drawing import Wish, draw, last_day

__all__ = ["Wish", "draw", "last_day"]
