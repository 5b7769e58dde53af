"""Forms read what was typed, say what to type instead, and keep the rest."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from closeknit.console.forms import Form, FormField
from closeknit.kit.text import Text
from tests.town import TOWN, account

CHOICES = (("met", Text("Met", "已见面")), ("absent", Text("Nobody home", "无人在家")))
AGE = FormField("age", Text("Age", "年龄"), "integer", minimum=0, maximum=120)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def typed(field: FormField, *texts: str) -> Form:
    """A form of one field into which this was typed."""
    data = QueryDict(mutable=True)
    data.setlist(field.name, texts)
    return Form([field], data)


def drawn(form: Form) -> str:
    return render_to_string("console/form/form.html", {"form": form}, request=RequestFactory().get("/"))


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  卢\x00兰利 ", "卢兰利"),
        ("integer", "１２", 12),
        ("integer", "1,200", 1200),
        ("integer", "", None),
        ("number", "36.5", 36.5),
        ("date", "2022-03-18", date(2022, 3, 18)),
        ("date", "2022/3/8", date(2022, 3, 8)),
        ("date", "20220318", date(2022, 3, 18)),
        ("date", "2022年3月18日", date(2022, 3, 18)),
        ("datetime", "2022-03-18T17:05", datetime(2022, 3, 18, 9, 5, tzinfo=UTC)),
        ("list", "H1，H2；H3\nH4", ["H1", "H2", "H3", "H4"]),
        ("boolean", "on", True),
    ],
)
def test_what_people_type_is_read(kind, text, value):
    form = typed(FormField("one", "One", kind), text)

    assert (form.valid(), form.values) == (True, {"one": value})


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        (AGE, "twelve", "“Age” takes a whole number such as 12, not “twelve”."),
        (AGE, "121", "“Age” cannot be above 120. Check it and type it again."),
        (AGE, "-1", "“Age” cannot be below 0. Check it and type it again."),
        (FormField("one", "One", "number"), "36,5,x", "“One” takes a number such as 36.5, not “36,5,x”."),
        (FormField("one", "One", "number"), "nan", "“One” takes a number such as 36.5, not “nan”."),
        (FormField("one", "One", "date"), "2022-02-30", "“One” takes a date such as 2022-03-18, not “2022-02-30”."),
        (FormField("one", "One", "date"), "9999-12-31", "“One” takes a date such as 2022-03-18, not “9999-12-31”."),
        (FormField("one", "One", "datetime"), "noon", "“One” takes a date and time such as 2022-03-18 17:05."),
        (FormField("one", "One", maximum=2), "abc", "“One” takes at most 2 characters; these are 3. Shorten it."),
        (FormField("one", "One", "choice", choices=CHOICES), "eaten", "“One” has no such choice. Choose one of those shown."),
        (FormField("one", "One", required=True), "   ", "Fill in “One”."),
        (FormField("one", "One", "choice", required=True, choices=CHOICES), "", "Choose one: “One”."),
    ],
)
def test_what_cannot_be_taken_says_what_can(field, text, said):
    form = typed(field, text)

    assert (form.valid(), str(form.errors[field.name])) == (False, said)


def test_what_was_typed_stays_beside_its_error_and_the_error_is_linked():
    page = drawn(typed(AGE, "<b>twelve</b>"))

    assert 'value="&lt;b&gt;twelve&lt;/b&gt;"' in page
    assert '<a href="#f-age">' in page and 'aria-invalid="true" aria-describedby="f-age-error"' in page


def test_a_password_is_never_sent_back():
    assert "secret-word" not in drawn(typed(FormField("word", "Word", "password", maximum=3), "secret-word"))


def test_what_is_wrong_with_no_field_stands_at_the_head():
    form = typed(AGE, "12")
    form.refuse("", Text("Somebody was faster. Look again.", "他人已先处理，请刷新。"))

    assert (form.valid(), "Somebody was faster." in drawn(form)) == (False, True)


def test_a_required_choice_is_drawn_as_buttons_and_a_long_one_as_a_list():
    few = FormField("few", "Few", "choice", required=True, choices=CHOICES)
    many = FormField("many", "Many", "choice", required=True, choices=[(str(number), str(number)) for number in range(8)])

    page = drawn(Form([few, many], initial={"few": "absent"}))

    assert page.count('type="radio"') == 2 and 'value="absent" checked' in page
    assert page.count("<option") == 9


@pytest.mark.parametrize(("kind", "choices", "said"), [("colour", (), "'colour'"), ("choice", (), "a choice of nothing")])
def test_a_field_that_cannot_be_drawn_is_refused_where_it_is_declared(kind, choices, said):
    with pytest.raises(ValueError, match=said):
        FormField("one", "One", kind, choices=choices)


def test_the_page_of_parts_shows_each_and_says_what_is_wrong_with_its_form(db, client):
    client.force_login(account("eva", "administrator", TOWN))

    assert client.get("/console/parts/").status_code == 200
    assert client.post("/console/parts/", {"present": "many"}).status_code == 422
    assert "data-undo" in client.post("/console/parts/", {"outcome": "met", "present": "3"}).text
