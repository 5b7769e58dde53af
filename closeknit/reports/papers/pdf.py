"""The bulletin as a pdf in the official layout, drawn by typst: the same report on the same machine gives the same bytes."""

import json
import unicodedata
from dataclasses import asdict
from pathlib import Path

from closeknit.kit.text import Text
from closeknit.reports.content import Report
from closeknit.reports.papers.fonts import BODY, HEADING, INSTEAD, LAST_RESORT, LATIN, LATIN_INSTEAD, LEAD, TITLE, installed, uncovered
from closeknit.reports.papers.wording import Paper, chinese, paper

LAYOUT = Path(__file__).with_name("bulletin.typ")
LACKING = "〓"  # what printers set where a sign is lacking
MOST_NAMED = 10

NO_FONT = Text(
    "No font on this machine holds: {characters}. A pdf would show empty boxes, so none is made. Type: apt-get install fonts-noto-cjk "
    "fontconfig, or copy a Chinese font (ttf, otf) to /usr/local/share/fonts. The Word document needs no font here.",
    "本机缺少可显示以下文字的字体：{characters}。为免出现空白方框，未生成 PDF。请安装字体：apt-get install fonts-noto-cjk fontconfig，"
    "或将中文字体文件（ttf、otf）复制到 /usr/local/share/fonts。Word 文档不受影响。",
)


class NoFont(Exception):
    """A pdf that cannot be drawn here: which characters no font holds, and the remedy."""

    def __init__(self, characters: set[str]) -> None:
        named = "".join(sorted(characters)[:MOST_NAMED]) + ("…" if len(characters) > MOST_NAMED else "")
        self.text = NO_FONT.format(characters=named)
        super().__init__(self.text.of("en"))


def pdf(report: Report) -> bytes:
    """The pdf in the language that is active. Raises `NoFont` where a letter or numeral of it cannot be drawn."""
    import typst  # slow to load: a large library, for those who ask for a pdf

    worded, fonts = paper(report), installed()
    lacking = uncovered(_text(worded), fonts=fonts)
    letters = {each for each in lacking if unicodedata.category(each)[0] in "LN"}
    if letters:
        raise NoFont(letters)
    told = _without(worded, lacking) | {
        "chinese": chinese(), "keywords": report.day.isoformat(), "latin": [LATIN, *LATIN_INSTEAD],
        "fonts": {name: _chain(font, fonts) for name, font in (("title", TITLE), ("body", BODY), ("heading", HEADING), ("lead", LEAD))},
    }  # fmt: skip
    made = typst.compile(str(LAYOUT), sys_inputs={"paper": json.dumps(told)}, timestamp=report.ends_at, format="pdf")
    assert isinstance(made, bytes)
    return made


def _text(worded: Paper) -> str:
    return json.dumps(asdict(worded), ensure_ascii=False)


def _without(worded: Paper, lacking: set[str]) -> dict[str, object]:
    """The paper in plain values; signs that cannot be drawn (a smile in a note) are marked as lacking."""
    text = _text(worded)
    for each in lacking:
        text = text.replace(each, LACKING if unicodedata.category(each).startswith("S") else "")
    told: dict[str, object] = json.loads(text)
    return told


def _chain(font: str, fonts: dict[str, list[range]]) -> list[str]:
    """The font that the layout names, and what stands in for it here."""
    return [each for each in (font, *INSTEAD[font].split(","), *LAST_RESORT) if each in fonts]
