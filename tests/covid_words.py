"""The words of one disease that may stand on no screen where another one's pack is in force."""

import re
from html.parser import HTMLParser

WORDS = (
    "新冠", "covid", "核酸", "抗原", "健康码", "加强针", "booster", "行程", "场所码", "隔离点", "采样", "红码", "黄码", "绿码",
    "health code", "venue code", "travel card", "nucleic", "静默", "封控", "方舱", "密接", "亮码", "扫码", "pcr",
)  # fmt: skip
LATIN = re.compile(r"^[a-z ]+$")


class _Reading(HTMLParser):
    """What a page says to whoever sees or hears it: its text, and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self.said += [
            value for name, value in attrs if value and name in ("title", "alt", "aria-label", "placeholder", "data-confirm", "value")
        ]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def covid_words(page: str) -> list[str]:
    """Those of the words that a page says, sorted; words in Latin letters count only whole."""
    reading = _Reading()
    reading.feed(page)
    said = " ".join(reading.said).lower()
    return sorted(word for word in WORDS if (re.search(rf"\b{word}\b", said) if LATIN.match(word) else word in said))
