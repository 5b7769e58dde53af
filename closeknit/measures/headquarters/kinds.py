"""What can be said of headquarters, task forces and posts, and what other measures may ask of them."""

from closeknit.measures.headquarters.said import Appointed, BodyType, Ended, Formed, Relieved, named
from closeknit.measures.headquarters.standing import Body, bodies

__all__ = ["Appointed", "Body", "BodyType", "Ended", "Formed", "Relieved", "bodies", "named"]
