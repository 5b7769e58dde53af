"""What a mark is called on a page."""

from closeknit.kit.text import Text
from closeknit.reports.forms.marks import CAMPAIGN, DAY, OF_ROW, OWN, SINCE_START, Holding, Mark

WHAT: dict[str, Text] = {
    "figure": Text("A figure", "数据项"),
    "constant": Text("Always the same words", "固定内容"),
    "date": Text("The date of the report", "报表日期"),
    "unit": Text("The unit's name", "填报单位名称"),
    "reporter": Text("Who fills it in", "填报人"),
    "area": Text("The name of the row's area", "该行地区名称"),
    "number": Text("A running number", "序号"),
    "state": Text("Whether the row's unit has reported", "该行单位报送情况"),
}
SPREADS: dict[str, Text] = {
    "one": Text("This cell alone", "仅此单元格"),
    "rows": Text("This column, in each row that names an area", "本列各行，按该行的地区填写"),
    "list": Text("A list from here downward, a row an area", "由此向下逐行列出各单位"),
}
WINDOWS = {DAY: Text("of the day, to the cut-off", "当日（至截止时间）"), SINCE_START: Text("since reporting began", "自开始报送以来累计")}
PATTERNS = {
    "long": Text("in Chinese, with the year", "2022年3月18日"),
    "iso": Text("as 2022-03-18", "2022-03-18 格式"),
    "short": Text("in Chinese, month and day", "3月18日"),
    "as": Text("as the cell is formatted", "按单元格格式"),
}
AREAS = {OWN: Text("the form's own area", "本报表所属地区"), OF_ROW: Text("the area whose name stands in the row", "该行所写的地区")}


def held(holding: Holding, figures: dict[str, Text], areas: dict[str, str]) -> Text:
    """What is written, in a few words."""
    if holding.what == "constant":
        return Text("always “{words}”", "固定为“{words}”", words=holding.words)
    if holding.what != "figure":
        return WHAT[holding.what]
    area = AREAS.get(holding.area) or areas.get(holding.area, holding.area)
    campaign = holding.window.removeprefix(CAMPAIGN)
    window = WINDOWS.get(holding.window) or Text("of the campaign {code}", "行动 {code}", code=campaign)
    label = figures.get(holding.figure, holding.figure)
    return Text("{label} · {area} · {window}", "{label} · {area} · {window}", label=label, area=area, window=window)


def told(mark: Mark, figures: dict[str, Text], areas: dict[str, str]) -> Text:
    """A mark as one line: where, and what."""
    return Text("{where}: {what}", "{where}：{what}", where=mark.anchor.words, what=held(mark.holding, figures, areas))
