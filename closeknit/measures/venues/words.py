"""What findings are called."""

from collections.abc import Mapping
from typing import Any

from closeknit.kit.text import Text

NOT_POSTED = Text("registration notice not posted", "未张贴进入登记标识")
NOT_SCANNING = Text("entries not registered", "未落实进入登记")
NO_TEMPERATURE = Text("temperature not taken", "入口未测温")
NO_MASKS = Text("no masks", "未戴口罩")


def found_there(data: Mapping[str, Any]) -> str:
    """What a visit found, in words; empty where all was in order."""
    said = [
        *([str(NOT_POSTED)] if not data.get("code_posted") else []),
        *([str(NOT_SCANNING)] if not data.get("scanning") else []),
        *([str(NO_MASKS)] if data.get("masks") is False else []),
        *([str(NO_TEMPERATURE)] if data.get("temperature_taken") is False else []),
        *data.get("problems", ()),
    ]
    return "；".join(said)
