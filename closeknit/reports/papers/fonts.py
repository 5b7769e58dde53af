"""The fonts that the official layout names, what stands in for them, and whether this machine can draw every character."""

import shutil
import subprocess
from collections.abc import Iterable

TITLE, BODY, HEADING, LEAD = "方正小标宋简体", "仿宋", "黑体", "楷体"
LATIN = "Times New Roman"
# The standard names no foundry; where an office has other fonts, these are the next best. Names ending in _GB2312 lack rare characters.
INSTEAD = {TITLE: "FZXiaoBiaoSong-B05S,STZhongsong", BODY: "FangSong,STFangsong", HEADING: "SimHei,Noto Sans CJK SC", LEAD: "KaiTi,STKaiti"}
LAST_RESORT = ("Noto Serif CJK SC", "Noto Sans CJK SC")
RARE = "䶮㛃𬱖翀喆"  # characters of names that old fonts lack


def font_table() -> bytes:
    """The docx's table of fonts: by name, with what may stand in for each; nothing is embedded."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, instead in INSTEAD.items()
    )
    latin = f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:fonts xmlns:w="{namespace}">{fonts}{latin}</w:fonts>'.encode()


def uncovered(text: str, families: Iterable[str] = LAST_RESORT) -> set[str]:
    """The characters of a text that none of the families on this machine holds; all of them where fontconfig is missing."""
    wanted = {character for character in text if not character.isspace()}
    program = shutil.which("fc-list")
    if program is None:
        return wanted
    return {character for character in wanted if not any(_holds(program, family, character) for family in families)}


def _holds(program: str, family: str, character: str) -> bool:
    pattern = f"{family}:charset={ord(character):x}"
    answer = subprocess.run([program, pattern, "family"], capture_output=True, text=True, timeout=20, check=False)
    return bool(answer.stdout.strip())
