"""The columns of a list of evidence. Of whereabouts there are three: post, decision, time."""

from closeknit.console.evidence.listing import Line
from closeknit.console.lists.columns import Column
from closeknit.kit.text import Text


def _word(line: Line) -> str:
    return str(line.words)


def columns(*, bare: bool, weighed: bool = False) -> list[Column]:
    """The columns; `weighed` where the rows add up to the number rather than count."""
    what = [
        Column("about", Text("Post", "卡点"), lambda line: line.title, phone="title"),
        Column("record", Text("Decision", "处置"), _word),
        Column("at", Text("When", "时间"), lambda line: line.at),
    ]
    if not bare:
        what = [
            Column("about", Text("About", "对象"), lambda line: line.title, link=lambda line: line.url, phone="title"),
            Column("record", Text("Record", "记录"), _word, link=lambda line: line.record if line.words else "", phone="wide"),
            Column("at", Text("When", "时间"), lambda line: line.at, phone="end"),
            Column("area", Text("Where", "地区"), lambda line: line.area),
            Column("by", Text("By", "登记人"), lambda line: line.who),
        ]
    adds = Column("adds", Text("Adds", "计入"), lambda line: line.weight, number=True)
    return [*what, adds] if weighed else what
