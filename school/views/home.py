"""The first page after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from school import navigation
from school.access import signed_in


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """To the page with the person's next task: the first entry of their navigation."""
    items = navigation.items_for(request.user)
    return redirect(items[0].url) if items else render(request, "school/home.html")
