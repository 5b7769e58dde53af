"""`{% t "English" "中文" %}`, icons, parts, and how values look on a page."""

from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from closeknit.kit.text import Text

register = template.Library()
NOTHING = "—"


@register.simple_tag
def t(en: str, zh: str, **values: Any) -> Text:
    """A text in the reader's language, with its `{names}` filled in."""
    return Text(en, zh, **{name: plain(value) for name, value in values.items()})


@register.simple_tag
def icon(name: str, label: Text | str = "") -> SafeString:
    """An icon of the sprite; without a label it is only decoration."""
    if label:
        return format_html('<svg class="ico" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, _sprite(), name)
    return _decoration(name)


@register.simple_tag
def menu_line(item: Any) -> SafeString:
    """A line of the menu (console.menu.Item). A hundred of them stand on each page, so each is drawn once and kept."""
    return _menu_line(item.url, item.icon, str(item.label), item.current)


@register.simple_tag
def door(item: Any) -> SafeString:
    """A line of the menu on the first screen; its words in both languages, by which it is found there."""
    return _door(item.url, item.icon, str(item.label), f"{item.label.en} {item.label.zh}".casefold())


@register.simple_tag
def part(value: Any) -> str:
    """A part (console.parts) by its own template; nothing for nothing."""
    return render_to_string(value.template, {"part": value}) if value else ""


@register.simple_tag(takes_context=True)
def part_with(context: template.RequestContext, value: Any) -> str:
    """A part whose template needs the request (a button that posts)."""
    return render_to_string(value.template, {"part": value}, request=context.get("request")) if value else ""


@cache
def _decoration(name: str) -> SafeString:
    return format_html('<svg class="ico" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', _sprite(), name)


@lru_cache(maxsize=8192)
def _menu_line(url: str, icon_name: str, label: str, current: bool) -> SafeString:
    lit = mark_safe(' aria-current="page"') if current else ""
    return format_html('<a class="menu-line" href="{}"{}>{}<span>{}</span></a>', url, lit, _decoration(icon_name), label)


@lru_cache(maxsize=8192)
def _door(url: str, icon_name: str, label: str, words: str) -> SafeString:
    return format_html('<a class="door" href="{}" data-words="{}">{}<span>{}</span></a>', url, words, _decoration(icon_name), label)


@cache
def _sprite() -> str:
    return static("console/vendor/icons.svg")


def plain(value: Any) -> Any:
    """A value as people read it: local times, large numbers in groups, yes and no in words."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return Text("Yes", "是") if value else Text("No", "否")
    if isinstance(value, datetime):
        return localtime(value).strftime("%Y-%m-%d %H:%M") if value.tzinfo else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return f"{value:,}" if abs(value) >= 10_000 else str(value)
    return value


@register.filter
def cell(value: Any) -> str:
    """A value in a table: a part by its template, a time as a time, everything else in plain words."""
    if hasattr(value, "template"):
        return render_to_string(value.template, {"part": value})
    if isinstance(value, datetime):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), plain(value))
    return conditional_escape(plain(value))


register.filter("plain", plain)
