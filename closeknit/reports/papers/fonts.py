"""The fonts that the official layout names, what stands in for them, and whether this machine can draw every character."""

import shutil
import subprocess
from collections.abc import Iterable, Mapping

TITLE, BODY, HEADING, LEAD = "方正小标宋简体", "仿宋", "黑体", "楷体"
LATIN = "Times New Roman"
# The standard names no foundry; where an office has other fonts, these are the next best. Names ending in _GB2312 lack rare characters.
INSTEAD = {TITLE: "FZXiaoBiaoSong-B05S,STZhongsong", BODY: "FangSong,STFangsong", HEADING: "SimHei,Noto Sans CJK SC", LEAD: "KaiTi,STKaiti"}
LAST_RESORT = ("Noto Serif CJK SC", "Noto Sans CJK SC")
LATIN_INSTEAD = ("Liberation Serif", "Libertinus Serif")  # the second comes with typst
RARE = "䶮㛃𬱖翀喆"  # characters of names that old fonts lack
OUTLINES = ("TrueType", "CFF")  # what a page can be drawn with; old bitmap fonts cannot


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


def installed() -> dict[str, list[range]]:
    """What the fonts of this machine hold, by family; nothing where fontconfig is missing."""
    program = shutil.which("fc-list")
    if program is None:
        return {}
    wanted = ["--format", "%{fontformat}|%{family}|%{charset}\n"]
    lines = subprocess.run([program, *wanted], capture_output=True, text=True, timeout=60, check=False).stdout.splitlines()
    held: dict[str, list[range]] = {}
    for outline, families, charset in (line.split("|") for line in lines if line.count("|") == 2):
        for family in families.split(",") if outline in OUTLINES else ():
            held.setdefault(family, []).extend(_range(part) for part in charset.split())
    return held


def _range(part: str) -> range:
    """`4e00-9fa5` or `4e00`, as fontconfig writes them."""
    first, _, last = part.partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


def uncovered(text: str, families: Iterable[str] = (), fonts: Mapping[str, list[range]] | None = None) -> set[str]:
    """The characters of a text that none of these families (none named: no font at all) of this machine holds."""
    fonts = installed() if fonts is None else fonts
    held = [part for family in (families or fonts) for part in fonts.get(family, ())]
    return {each for each in set(text) if not each.isspace() and not any(ord(each) in part for part in held)}
