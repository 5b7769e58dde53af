"""Addresses of evidence: every number that is shown anywhere leads to its rows."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from closeknit.access.models import Account
from closeknit.access.roles import KNOWN, WORK_OF
from closeknit.access.scope import can
from closeknit.reports.content import Report
from closeknit.reports.figures import Question


def may_follow(account: Account, name: str) -> bool:
    """Whether the reader may see what stands behind a figure: it takes the right to view its measure."""
    measure = name.split(".")[0]
    permission = f"{WORK_OF.get(measure, measure)}.view"
    return can(account, permission) if permission in KNOWN else False


def evidence_url(question: Question, name: str) -> str:
    """Where the rows behind a figure are; empty where its name, which may hold a word of somebody's record, fits into no address."""
    asked = {"area": question.area, "from": question.start.isoformat(), "to": question.end.isoformat()}
    if question.as_of:
        asked["as_of"] = question.as_of.isoformat()
    way = link("daily.evidence", name=name)
    return f"{way}?{urlencode(asked)}" if way else ""


def question_of(report: Report) -> Question:
    """The question that a report answers."""
    return Question(report.area, report.starts_at, report.ends_at, report.as_of)


def link(screen: str, **parts: str) -> str:
    """The address of a screen of another measure; empty where this installation has none of that name, or none for such parts."""
    try:
        return reverse(screen, kwargs=parts)
    except NoReverseMatch:
        return ""
