"""The protocol for timing trials holds every target, in both languages, and its medians are right."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "scripts/stopwatch.py"
TARGETS = {
    "采样：扫一人入管": "≤ 3 s 秒 · no tap 不点击",
    "入户：无人在家": "≤ 4 s 秒 · ≤ 2 taps 次点击",
    "卡点：放行一车": "≤ 2 s 秒 · 1 tap 点击一次",
    "交接班": "≤ 10 s 秒",
    "补录 20 户纸表": "≤ 180 s 秒",
}


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, encoding="utf-8")


@pytest.fixture
def trial(tmp_path: Path):
    """Writes a trial and gives its medians."""

    def written(*rows: str) -> subprocess.CompletedProcess[str]:
        file = tmp_path / "trial.csv"
        file.write_text("\n".join(["task,seconds,taps,failed", *rows]), encoding="utf-8")
        return run("medians", file)

    return written


@pytest.mark.parametrize(("task", "target"), TARGETS.items())
def test_the_sheet_names_the_target_under_each_task(task: str, target: str):
    page = run().stdout

    assert f"<b>{target}</b>" in page.partition(f"{task} · ")[2].partition("<table>")[0]


def test_the_sheet_has_a_row_for_each_worker_and_a_cell_for_each_run():
    table = run().stdout.partition('<h2 id="sample">')[2].partition("</table>")[0]

    assert (table.count("<tr><th>W"), table.count('class="time"')) == (5, 50)


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        (["sample,2.0,0,", "sample,3.0,0,", "sample,9.0,0,"], "3 s | 9 s | 0 | 0 of 3 | yes 是"),
        (["sample,3.0,0,", "sample,3.2,0,"], "3.1 s | 3.2 s | 0 | 0 of 2 | NO 否"),
        (["vehicle,1.0,1,", "vehicle,1.0,2,", "vehicle,1.0,2,"], "1 s | 1 s | 2 | 0 of 3 | NO 否"),
        (["hand_over,8,,", "hand_over,,,x"], "8 s | 8 s |  | 1 of 2 | NO 否"),
        ([*(f"paper,{100 + number},," for number in range(1, 20)), "paper,120,,x"], "110 s | 118 s |  | 1 of 20 | yes 是"),
    ],
)
def test_the_median_of_all_runs_decides_and_failures_are_not_left_out(trial, rows: list[str], cells: str):
    assert trial(*rows).stdout.splitlines()[2].split(" | ", 2)[2] == f"{cells} |"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("samples,2,0,", "Line 2: “samples” is no task."),
        ("sample,two,0,", "sample: “two” is no number."),
        ("sample,,,x", "sample: every run failed"),
    ],
)
def test_what_cannot_be_right_is_said(trial, row: str, words: str):
    done = trial(row)

    assert (done.returncode, done.stderr.startswith(words)) == (1, True)
