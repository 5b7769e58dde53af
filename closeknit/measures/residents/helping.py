"""A worker does it for a household that cannot: the same pages, and every record says by whose account."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from closeknit.console.screens import Request
from closeknit.measures.residents.visitors import let_in
from closeknit.registry.known import canonical
from closeknit.registry.reading.names import area_of_household


@require_POST
def begin(request: Request, code: str) -> HttpResponse:
    """Opens the residents' pages for a household of the worker's area."""
    household = canonical("household", [code]).get(code, code)
    if not area_of_household(household):
        raise Http404
    response = redirect("residents.home")
    let_in(request, response, household=household)
    return response
