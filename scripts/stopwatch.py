"""Prints the protocol sheet for timing trials with people, as a page in both languages; or the medians of a trial that was typed in.

scripts/stopwatch.py > protocol.html          the sheet: open it in a browser, print it on A4
scripts/stopwatch.py medians trial.csv        columns: task, seconds, taps, failed (any of the last three may be empty)
"""

import csv
import html
import statistics
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

PEOPLE, RUNS = 5, 10  # fewer than five people say more about the people than about the app


@dataclass(frozen=True)
class Task:
    """One thing that somebody does against the stopwatch, and what it may take: the median counts."""

    code: str
    en: str
    zh: str
    begins: str  # when the watch starts and when it stops
    ends: str
    seconds: float
    taps: int | None = None
    runs: int = RUNS


TASKS = (
    Task(
        "sample",
        "Bind one person to the tube, by scanning",
        "采样：扫一人入管",
        "The person's code is held up · 出示人员码",
        "The green card · 绿色提示",
        3,
        0,
    ),
    Task(
        "first",
        "Bind the first person of a tube, two scans",
        "采样：每管首人，扫两次",
        "The person's code is held up · 出示人员码",
        "The green card with “1 of” · 绿色提示“1/”",
        6,
        0,
    ),
    Task(
        "search",
        "Bind a person without a code, by name",
        "采样：无码，按姓名查找",
        "The name is said · 报出姓名",
        "The green card · 绿色提示",
        10,
        2,
    ),
    Task(
        "undo",
        "Take a wrong binding back",
        "采样：撤销错绑",
        "“That was the wrong one” · 说“错了”",
        "The pool has counted down · 管内人数减一",
        3,
        1,
    ),
    Task(
        "door_absent",
        "A door where nobody is home",
        "入户：无人在家",
        "The door is on the screen · 显示该户",
        "The next door is on the screen · 显示下一户",
        4,
        2,
    ),
    Task(
        "door_met",
        "A door where somebody is met, two questions",
        "入户：见面并填两项",
        "The door is on the screen · 显示该户",
        "The next door is on the screen · 显示下一户",
        15,
    ),
    Task("vehicle", "Let one vehicle pass", "卡点：放行一车", "The vehicle stands · 车停稳", "The counter is one more · 计数加一", 2, 1),
    Task(
        "gate_person",
        "Check one person: temperature, test, verdict",
        "卡点：查验一人",
        "The thermometer has beeped · 测温完成",
        "“Admitted” · 提示“已放行”",
        8,
        5,
    ),
    Task(
        "emergency",
        "Let somebody pass who needs care",
        "卡点：急难就医放行",
        "“We must get to a hospital” · 说“要就医”",
        "“Admitted” · 提示“已放行”",
        2,
        1,
    ),
    Task(
        "hand_over",
        "Hand the phone to the next worker",
        "交接班",
        "The next worker holds up the card · 接班人出示卡",
        "“… is on duty now” · 提示“已接班”",
        10,
        runs=3,
    ),
    Task(
        "paper",
        "Type in a paper sheet of 20 doors",
        "补录 20 户纸表",
        "The sheet lies on the desk · 纸表就位",
        "“Saved” · 提示已保存",
        180,
        runs=3,
    ),
)

STYLE = """
@page { size: A4 landscape; margin: 12mm; }
body { font: 11pt/1.35 "Noto Sans CJK SC", "PingFang SC", sans-serif; max-width: 270mm; margin: 0 auto; }
table { width: 100%; border-collapse: collapse; page-break-inside: avoid; margin: 3mm 0 6mm; }
th, td { border: 1px solid #333; padding: 1.5mm; text-align: left; vertical-align: top; } td.time { min-width: 13mm; height: 8mm; }
h1 { font-size: 16pt; } h2 { font-size: 12pt; margin: 5mm 0 1mm; page-break-after: avoid; }
"""
HOW = (
    (
        "Five workers at least, who had ten minutes with the app; none of its makers. Their own phones, and their gloves.",
        "至少五名一线人员，事先只用十分钟熟悉；开发人员不参加。用本人手机，平时戴手套的戴手套。",
    ),
    ("One times, one works. Flight mode is on: the network may not help.", "一人计时，一人操作。开启飞行模式。"),
    (
        "The first try of each task is practice and is not written down. Then as many runs as there are columns.",
        "每项首次为练习，不计；之后按表格列数逐次记录。",
    ),
    (
        "Seconds to a tenth. Taps: every touch of the screen, also those that missed; a scan is no tap.",
        "秒数记到十分之一。点击数：每次触屏都算，误触也算；扫码不算。",
    ),
    (
        "A run that ends with a wrong record is marked ✕ and is not left out: it counts as failed.",
        "登记有误的一次打 ✕，不得剔除，计为失败。",
    ),
    (
        "Result: per task the median of all runs of all workers, the time that nine of ten runs kept, the share that failed.",
        "结果：每项取所有人全部次数的中位数、九成次数不超过的时间和失败比例。",
    ),
    (
        "The median is the middle one of the times in order; of an even number, the mean of the two in the middle.",
        "中位数为按大小排列居中的一个；偶数个时取居中两个的平均。",
    ),
    (
        "The target is reached where the median is at or under it and at most one run in twenty failed.",
        "中位数不超过目标且失败不超过二十分之一，为达标。",
    ),
    ("Names are not written down: W1 to W5.", "不记姓名，以 W1 至 W5 代替。"),
)


def target(task: Task) -> str:
    """What the task may take, in both languages."""
    taps = {None: "", 0: " · no tap 不点击", 1: " · 1 tap 点击一次"}.get(task.taps, f" · ≤ {task.taps} taps 次点击")
    return f"≤ {task.seconds:g} s 秒{taps}"


def sheet(tasks: Iterable[Task] = TASKS) -> str:
    """The protocol as one HTML page."""
    rules = "".join(f"<li>{html.escape(en)}<br>{html.escape(zh)}</li>" for en, zh in HOW)
    return (
        '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>计时记录表 · Stopwatch protocol</title>'
        f"<style>{STYLE}</style><h1>计时记录表 · Stopwatch protocol</h1>"
        "<p>日期 Date ________ 地点 Place ________________ 机型 Phone ________________ 版本 Version ________ 计时 Timed by ________</p>"
        f"<ol>{rules}</ol>{''.join(map(_table, tasks))}</html>\n"
    )


def _table(task: Task) -> str:
    heads = "".join(f"<th>{run}</th>" for run in range(1, task.runs + 1))
    cells = '<td class="time"></td>' * task.runs
    rows = "".join(f"<tr><th>W{worker}</th>{cells}<td></td><td></td><td></td></tr>" for worker in range(1, PEOPLE + 1))
    return (
        f'<h2 id="{task.code}">{html.escape(task.zh)} · {html.escape(task.en)}</h2>'
        f"<p>目标 Target: <b>{target(task)}</b> · 开始 From: {html.escape(task.begins)} · 结束 To: {html.escape(task.ends)}</p>"
        f"<table><tr><th></th>{heads}<th>中位数 Median</th><th>点击 Taps</th><th>失败 Failed</th></tr>{rows}</table>"
    )


@dataclass(frozen=True)
class Result:
    """What a trial says of one task."""

    runs: int
    median_s: float
    slowest_of_ten_s: float
    median_taps: float | None
    failed: int
    is_reached: bool


def results(rows: Iterable[Mapping[str, str]]) -> dict[str, Result]:
    """The medians by task, in the order of the sheet. A failed run counts among the failed, its time does not. Raises ValueError for what
    is no task, has no time, or has a time that is no number."""
    known = {task.code: task for task in TASKS}
    runs: dict[str, list[Mapping[str, str]]] = {}
    for line, row in enumerate(rows, 2):
        code = (row.get("task") or "").strip()
        if code not in known:
            raise ValueError(f"Line {line}: “{code}” is no task. Tasks: {', '.join(known)}.")
        runs.setdefault(code, []).append(row)
    return {code: _result(known[code], runs[code]) for code in known if code in runs}


def _result(task: Task, rows: list[Mapping[str, str]]) -> Result:
    good = [row for row in rows if not (row.get("failed") or "").strip()]
    times = sorted(_number(task, row.get("seconds")) for row in good)
    if not times:
        raise ValueError(f"{task.code}: every run failed; there is no time to tell.")
    taps = [_number(task, row["taps"]) for row in good if (row.get("taps") or "").strip()]
    median, failed = statistics.median(times), len(rows) - len(good)
    slow = times[-(-9 * len(times) // 10) - 1]  # the least time that nine of ten runs did not exceed
    median_taps = statistics.median(taps) if taps else None
    few_taps = task.taps is None or median_taps is None or median_taps <= task.taps
    return Result(len(rows), median, slow, median_taps, failed, median <= task.seconds and few_taps and failed * 20 <= len(rows))


def _number(task: Task, text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        raise ValueError(f"{task.code}: “{text}” is no number.") from None


def report(found: Mapping[str, Result]) -> str:
    """The results as a table for people, in Markdown."""
    lines = [
        "| task 项目 | target 目标 | median 中位数 | 9 of 10 九成 | taps 点击 | failed 失败 | reached 达标 |",
        "|---|---|---|---|---|---|---|",
    ]
    for task in TASKS:
        if result := found.get(task.code):
            taps = "" if result.median_taps is None else f"{result.median_taps:g}"
            word = "yes 是" if result.is_reached else "NO 否"
            lines.append(
                f"| {task.en} {task.zh} | {target(task)} | {result.median_s:g} s | {result.slowest_of_ten_s:g} s | {taps} "
                f"| {result.failed} of {result.runs} | {word} |"
            )
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Prints the sheet, or the medians of a file."""
    if not arguments:
        sys.stdout.write(sheet())
        return 0
    if len(arguments) != 2 or arguments[0] != "medians":
        sys.stderr.write(__doc__ or "")
        return 2
    try:
        with Path(arguments[1]).open(encoding="utf-8-sig", newline="") as file:
            sys.stdout.write(report(results(csv.DictReader(file))))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
