"""Finds the texts that people see, in code and in templates, and what is wrong with them."""

import ast
import re
import shlex
from collections.abc import Iterator
from html.parser import HTMLParser
from string import Formatter

from tests.structure.sources import Source

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
SMALL_LETTER = re.compile(r"[a-z]")
LETTER = re.compile(r"[^\W\d_]")
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SPOKEN_TAG = re.compile(r"\{%-?\s*t\s(.*?)%\}", re.DOTALL)
OTHER_TRANSLATION = re.compile(r"\{%\s*(trans|translate|blocktrans|blocktranslate)\b")
SPOKEN_ATTRIBUTES = {"placeholder", "title", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "alt", "label"}
BUTTONS = {"submit", "button", "reset"}
FILLED_IN = "\ufffc"
CHOSEN_ELEMENT = re.compile(f"<(/?){FILLED_IN}(?:\\w+{FILLED_IN})+")  # <{% if group %}fieldset{% else %}div{% endif %} …>
SILENT = {"script", "style", "kbd"}
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def placeholders(text: str) -> set[str]:
    """The `{names}` of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def complaint(en: str, zh: str) -> str | None:
    """What is wrong with a text in its two languages, None where nothing is."""
    try:
        names_en, names_zh = placeholders(en), placeholders(zh)
    except ValueError as error:
        return f"{en!r}: {error}"
    if not en.strip() or not zh.strip():
        return f"{en or zh!r}: one language is empty"
    if names_en != names_zh:
        return f"{en!r}: {{{', '.join(sorted(names_en ^ names_zh))}}} stands in one language only"
    without_names = re.sub(r"\{[^}]*\}", "", zh)
    if not HAN.search(zh) and SMALL_LETTER.search(without_names):
        return f"{en!r}: the Chinese text has no Chinese in it"
    if not HAN.search(zh) and LETTER.search(without_names) and en != zh:
        return f"{en!r}: a sign or an acronym is the same in both languages"
    return f"{en!r}: the English text has Chinese in it" if HAN.search(en) else None


def spoken_names(tree: ast.Module) -> set[str]:
    """What kit.text.Text is called in a file."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "closeknit.kit.text":
            found |= {name.asname or name.name for name in node.names if name.name == "Text"}
    return found


def in_code(source: Source) -> Iterator[str]:
    """What is wrong with the texts of a Python file."""
    names = spoken_names(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            given = [*node.args[:2], *(keyword.value for keyword in node.keywords if keyword.arg in {"en", "zh"})]
            if any(isinstance(value, ast.JoinedStr) for value in given):
                yield f"{source.name}:{node.lineno}: a text is written with {{names}}, not as an f-string"
            words = [value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str)]
            if len(words) == 2 and (wrong := complaint(*words)):
                yield f"{source.name}:{node.lineno}: {wrong}"


def blank(match: re.Match[str]) -> str:
    """A mark for what the server puts there, on as many lines."""
    return FILLED_IN + "\n" * match.group().count("\n")


class Visible(HTMLParser):
    """Collects what a page says outside of template tags.

    translate="no" marks names that are the same everywhere; a `lang` of its own marks what is said once in each language.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.silent: list[str] = []
        self.languages: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Attributes that are read out or shown; and whether what follows is seen."""
        values = {name: value or "" for name, value in attrs}
        said = SPOKEN_ATTRIBUTES | ({"value"} if values.get("type") in BUTTONS else set())
        own_language = "" if FILLED_IN in values.get("lang", "") else values.get("lang", "")[:2]
        self.languages |= {own_language} - {""}
        quiet = values.get("translate") == "no" or bool(own_language)
        if not quiet:
            self.found += [(self.getpos()[0], value) for name, value in values.items() if name in said and LETTER.search(value)]
        if tag not in VOID and (tag in SILENT or quiet or tag in self.silent):
            self.silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """What follows may be seen again."""
        if tag in self.silent:
            self.silent.reverse()
            self.silent.remove(tag)
            self.silent.reverse()

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if not self.silent and LETTER.search(data):
            line = self.getpos()[0] + data[: LETTER.search(data).start()].count("\n")  # type: ignore[union-attr]
            self.found.append((line, data.strip()))


def in_template(name: str, text: str) -> Iterator[str]:
    """What is wrong with the texts of a template."""
    text = COMMENT.sub(blank, text)
    for match in SPOKEN_TAG.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        words = shlex.split(match.group(1), posix=False)[:2]
        if len(words) < 2 or any(word[0] not in "\"'" or word[0] != word[-1] for word in words):
            yield f'{name}:{line}: {{% t %}} takes the English and the Chinese text, each in quotes: {{% t "Save" "保存" %}}'
        elif wrong := complaint(words[0][1:-1], words[1][1:-1]):
            yield f"{name}:{line}: {wrong}"
    for match in OTHER_TRANSLATION.finditer(text):
        yield f"{name}:{text.count(chr(10), 0, match.start()) + 1}: texts stand in {{% t %}}, not in {{% {match.group(1)} %}}"
    for match in TAG.finditer(SPOKEN_TAG.sub(blank, text)):
        if HAN.search(match.group()):
            yield f"{name}: {match.group()} holds Chinese only; texts stand in {{% t %}}"
    page = Visible()
    page.feed(CHOSEN_ELEMENT.sub(r"<\1div", TAG.sub(blank, text)))
    page.close()
    shown = [(line, said.replace(FILLED_IN, "…").strip()) for line, said in page.found]
    if page.languages not in (set(), {"zh", "en"}):
        yield f"{name}:1: what has a lang of its own is said in both languages; {', '.join(sorted(page.languages))} stands alone"
    yield from (f"{name}:{line}: {said!r} is in one language only; texts stand in {{% t %}}" for line, said in shown)
