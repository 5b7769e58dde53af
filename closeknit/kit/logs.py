"""Log lines: one JSON object an event, and of an error where it happened but never what was in it."""

import traceback
from typing import Any

import structlog

Event = dict[str, Any]


def without_contents(logger: Any, name: str, event: Event) -> Event:
    """Of an exception only its type and the places that it passed: its words may hold a person's."""
    exception = event.pop("exc_info", None)
    if isinstance(exception, tuple) and exception[1] is not None:
        frames = traceback.extract_tb(exception[2])
        event["error"] = exception[0].__name__
        event["at"] = [f"{frame.filename.rsplit('closeknit/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
    return event


def without_addresses(logger: Any, name: str, event: Event) -> Event:
    """Addresses of pages name areas and households: of the framework's lines only the first word stays, our own are filled in."""
    arguments = event.pop("positional_args", ()) or ()
    template = str(event["event"])
    if str(event.get("logger", "")).startswith("closeknit"):
        event["event"] = template % arguments if arguments else template
    elif template.startswith("%s") and arguments:
        event["event"] = str(arguments[0])
    return event


SHARED = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    without_addresses,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_contents,
)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": SHARED,
            "use_get_message": False,
            "pass_foreign_args": True,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "closeknit": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
