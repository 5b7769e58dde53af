"""The bulletin as a docx in the official layout (GB/T 9704-2012): the same report gives the same bytes."""

import io
import zipfile
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips

from closeknit.reports.content import Report
from closeknit.reports.papers.fonts import BODY, HEADING, LATIN, LEAD, TITLE, font_table
from closeknit.reports.papers.wording import Block, paper

LINE_PITCH, CHARACTER_SPACE = 580, -847  # the grid of 22 lines of 28 characters on 156 × 225 mm, for who goes on writing in the file
# Office programs snap to that grid each in its own way; our own lines stand off it and bring the same measure with them.
LINE, BETWEEN_CHARACTERS = 580, -6  # in twentieths of a point
SECOND, THIRD, FOURTH = 22, 16, 14  # the sizes 二号, 三号, 四号 in points
ORDER = [
    qn(f"w:{name}") for name in ("pStyle", "rFonts", "keepNext", "widowControl", "snapToGrid", "spacing", "ind", "jc", "sz", "szCs", "lang")
]  # those that we set, in the schema's order, paragraphs' and runs' together
EARLIEST = (1980, 1, 1, 0, 0, 0)


def document(report: Report) -> bytes:
    """The docx in the language that is active. The place of the seal stays empty; fonts are named, never embedded."""
    worded, paper_file = paper(report), Document()
    _page(paper_file)
    _line(paper_file, worded.title, TITLE, SECOND, centred=True, indent=0)
    _line(paper_file, worded.period, LEAD, THIRD, centred=True, indent=0)
    _line(paper_file, "", BODY, THIRD)
    if worded.addressee:
        _line(paper_file, worded.addressee, BODY, THIRD, indent=0)
    last = [_block(paper_file, block) for block in worded.blocks][-1:]
    last += [_line(paper_file, "", BODY, THIRD) for _ in range(3)]
    last.append(_signed(_line(paper_file, worded.signed, BODY, THIRD, indent=0)))
    for line in last:
        line.paragraph_format.keep_with_next = True  # the signature never stands on a page of its own
    _signed(_line(paper_file, worded.dated, BODY, THIRD, indent=0))
    _properties(paper_file, report, worded.title)
    return _fixed(paper_file)


def _page(file: Any) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin, section.right_margin = Mm(37), Mm(28), Mm(26)
    section.bottom_margin = Twips(1980)  # 35 mm less a hair, or the 22nd line of 29 points would not fit
    section.footer_distance = Mm(23)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(_element("w:docGrid", type="linesAndChars", linePitch=LINE_PITCH, charSpace=CHARACTER_SPACE))
    file.settings.odd_and_even_pages_header_footer = True
    _number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    normal = file.styles["Normal"]
    _fonts(normal.element.get_or_add_rPr(), BODY)
    normal.font.size = Pt(THIRD)
    _put(normal.element.get_or_add_rPr(), _element("w:lang", val="en-US", eastAsia="zh-CN"))


def _number(line: Any, side: Any) -> None:
    """— 1 — at the outer side, one character in."""
    line.alignment = side
    _put(line._p.get_or_add_pPr(), _element("w:ind", leftChars=100, rightChars=100))
    for piece in ("— ", "begin", " PAGE ", "end", " —"):
        run = line.add_run("" if piece in ("begin", "end") or "PAGE" in piece else piece)
        _fonts(run._r.get_or_add_rPr(), "宋体")
        run.font.size = Pt(FOURTH)
        if piece in ("begin", "end"):
            run._r.append(_element("w:fldChar", fldCharType=piece))
        elif "PAGE" in piece:
            code = _element("w:instrText")
            code.text = piece
            run._r.append(code)


def _line(file: Any, text: str, font: str, size: int, *, centred: bool = False, indent: int = 200) -> Any:
    """One paragraph on the grid; `indent` in hundredths of a character."""
    line = file.add_paragraph()
    layout = line.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing = Pt(LINE / 20) if size == THIRD else Pt(LINE / 20 * 1.25)
    layout.widow_control = False
    _put(line._p.get_or_add_pPr(), _element("w:snapToGrid", val=0))
    if centred:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif indent:
        _put(line._p.get_or_add_pPr(), _element("w:ind", firstLineChars=indent, firstLine=size * indent // 5))
    _run(line, text, font, size)
    return line


def _run(line: Any, text: str, font: str, size: int) -> None:
    if text:
        run = line.add_run(text)
        _fonts(run._r.get_or_add_rPr(), font)
        run.font.size = Pt(size)
        for element in (_element("w:snapToGrid", val=0), _element("w:spacing", val=BETWEEN_CHARACTERS)):
            _put(run._r.get_or_add_rPr(), element)


def _block(file: Any, block: Block) -> Any:
    if block.is_heading:
        return _line(file, block.text, HEADING, THIRD)
    line = _line(file, f"{block.lead}：" if block.lead else "", LEAD, THIRD)
    _run(line, block.text, BODY, THIRD)
    return line


def _signed(line: Any) -> Any:
    """Right-aligned, four characters in, where the seal will be pressed."""
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _put(line._p.get_or_add_pPr(), _element("w:ind", rightChars=400, right=4 * THIRD * 20))
    return line


def _fonts(properties: Any, font: str) -> None:
    """The East-Asian font by name; Latin letters and digits in the office's usual one."""
    _put(properties, _element("w:rFonts", ascii=LATIN, hAnsi=LATIN, cs=LATIN, eastAsia=font, hint="eastAsia"))


def _put(properties: Any, element: Any) -> None:
    """Puts a property in its place: office programs refuse a file whose properties stand in another order than the schema's."""
    for old in properties.findall(element.tag):
        properties.remove(old)
    place = ORDER.index(element.tag)
    later = next((other for other in properties if other.tag in ORDER and ORDER.index(other.tag) > place), None)
    if later is None:
        properties.append(element)
    else:
        later.addprevious(element)


def _element(name: str, **attributes: object) -> Any:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), str(value))
    return element


def _properties(file: Any, report: Report, title: str) -> None:
    properties = file.core_properties
    moment = report.ends_at.replace(tzinfo=None)
    properties.created = properties.modified = properties.last_printed = moment
    properties.author = properties.last_modified_by = report.area_name
    properties.title, properties.comments, properties.keywords, properties.revision = title, "", "", 1


def _fixed(file: Any) -> bytes:
    """The file without anything that a clock or a machine puts into it."""
    raw, fixed = io.BytesIO(), io.BytesIO()
    file.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            held = zipfile.ZipInfo(name, EARLIEST)
            held.compress_type, held.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(held, font_table() if name == "word/fontTable.xml" else source.read(name))
    return fixed.getvalue()
