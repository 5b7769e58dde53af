"""Every text that people see is there in Chinese and in English."""

from pathlib import Path

import pytest

from tests.structure.sources import ROOT, files, sources
from tests.structure.wording import complaint, in_code, in_template


def one_sided(root: Path) -> list[str]:
    """Everything in a tree that is said in one language only, or not the same in both."""
    wrong = [message for source in sources(root, "closeknit") if not source.is_test for message in in_code(source)]
    for path in files(root, "closeknit", "*.html"):
        wrong += in_template(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
    return wrong


def test_every_text_is_there_in_both_languages():
    assert one_sided(ROOT) == []


@pytest.mark.parametrize(
    ("en", "zh", "wrong"),
    [
        ("Household", "户", None),
        ("{n} households", "{n} 户", None),
        ("{check}: {seen}", "{check}：{seen}", None),
        ("CSV", "CSV", None),
        ("→", "→", None),
        ("{{literal}}", "{{原样}}", None),
        ("", "户", "'户': one language is empty"),
        ("Household", " ", "'Household': one language is empty"),
        ("Household", "Household", "'Household': the Chinese text has no Chinese in it"),
        ("Household", "HH", "'Household': a sign or an acronym is the same in both languages"),
        ("户", "户", "'户': the English text has Chinese in it"),
        ("{n} of {all}", "{n} 户", "'{n} of {all}': {all} stands in one language only"),
        ("{n", "{n} 户", "'{n': expected '}' before end of string"),
    ],
)
def test_what_is_wrong_with_a_text(en: str, zh: str, wrong: str | None):
    assert complaint(en, zh) == wrong


ILL_SAID_IN_CODE = """from closeknit.kit.text import Text as _
_("A door", "门")
_("A door", "A door")
_(en="Door {n}", zh="门")
_(f"Door {1}", "门")
"""


def test_a_one_sided_text_in_the_code_is_reported(tmp_path: Path):
    (tmp_path / "closeknit/kit").mkdir(parents=True)
    (tmp_path / "closeknit/kit/x.py").write_text(ILL_SAID_IN_CODE)

    assert one_sided(tmp_path) == [
        "closeknit/kit/x.py:3: 'A door': the Chinese text has no Chinese in it",
        "closeknit/kit/x.py:4: 'Door {n}': {n} stands in one language only",
        "closeknit/kit/x.py:5: a text is written with {names}, not as an f-string",
    ]


WELL_SAID = """<html lang="{% if en %}en{% else %}zh-Hans{% endif %}">{% extends "x.html" %}{% load texts %}{# a note for us #}
<p title="{% t "Door" "门" %}">{% t "{n} doors" '{n} 户' n=rows.count %} / {{ row.name }} — 12</p>
<script>const word = "not seen";</script>
<a href="/x" hx-get="/y" class="plain" translate="no">English</a>
{% comment %}Nothing{% endcomment %}<input type="text" value="kept"><kbd>Enter</kbd>
<{% if group %}fieldset{% else %}div{% endif %} class="x">{{ field }}</{% if group %}fieldset{% else %}div{% endif %}>
<p lang="zh-Hans">出错了<br>请重试</p><p lang="en">Something broke</p>
"""
ILL_SAID = {
    "<p>Door</p>": "x.html:1: 'Door' is in one language only; texts stand in {% t %}",
    "<p>\n  门 {{ x }}</p>": "x.html:2: '门 …' is in one language only; texts stand in {% t %}",
    '<img alt="A door">': "x.html:1: 'A door' is in one language only; texts stand in {% t %}",
    '<input type="submit" value="Save">': "x.html:1: 'Save' is in one language only; texts stand in {% t %}",
    '<b aria-label="{{ n }} doors"></b>': "x.html:1: '… doors' is in one language only; texts stand in {% t %}",
    '{% t "Door" "Door" %}': "x.html:1: 'Door': the Chinese text has no Chinese in it",
    '{% t "Door" %}': 'x.html:1: {% t %} takes the English and the Chinese text, each in quotes: {% t "Save" "保存" %}',
    "{% t door zh %}": 'x.html:1: {% t %} takes the English and the Chinese text, each in quotes: {% t "Save" "保存" %}',
    "{% translate door %}": "x.html:1: texts stand in {% t %}, not in {% translate %}",
    '{% include "y.html" with a="门" %}': 'x.html: {% include "y.html" with a="门" %} holds Chinese only; texts stand in {% t %}',
    '<input translate="no" value="x"><p>Door</p>': "x.html:1: 'Door' is in one language only; texts stand in {% t %}",
    '<html lang="en"><p>Door</p></html>': "x.html:1: what has a lang of its own is said in both languages; en stands alone",
    '<p lang="en">Door</p>': "x.html:1: what has a lang of its own is said in both languages; en stands alone",
    "<script>let x</script><p>Door</p>": "x.html:1: 'Door' is in one language only; texts stand in {% t %}",
}


BROKEN_PAGE = '<html lang="zh-Hans"><title>出错</title><h1>系统出错</h1><p lang="en">Something broke</p></html>'


def test_a_page_without_a_reader_may_say_all_twice():
    assert list(in_template("500.html", BROKEN_PAGE)) == []


def test_a_template_that_says_all_in_both_languages_is_not_reported():
    assert list(in_template("x.html", WELL_SAID)) == []


@pytest.mark.parametrize(("text", "wrong"), ILL_SAID.items(), ids=ILL_SAID)
def test_a_one_sided_text_in_a_template_is_reported(text: str, wrong: str):
    assert list(in_template("x.html", text)) == [wrong]
