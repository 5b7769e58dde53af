"""What every benchmark is asked on its command line, and the line in which it says what it found."""

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any


def command(description: str | None) -> argparse.ArgumentParser:
    """The command line that all have; a benchmark may add options of its own."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="seconds instead of minutes, as a smoke test")
    parser.add_argument("--json", action="store_true", help="a line of JSON a figure")
    return parser


def tell(figure: Mapping[str, Any], *, as_json: bool) -> None:
    """Prints one figure: name, value, peer, ratio, goal, sizes and what else belongs to it."""
    print(
        json.dumps(figure, ensure_ascii=False) if as_json else "\n".join(f"{name:<24} {value}" for name, value in figure.items()),
        flush=True,
    )


def at(values: Sequence[float], share: float) -> float:
    """The value that so large a share of all does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]
