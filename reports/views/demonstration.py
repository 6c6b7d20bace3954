"""Signing in to a demonstration by one tap."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from reports.demo.accounts import accounts
from school.access import public
from school.models import User


@public
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """As one of the accounts that the sign-in page offers. There is no such page where no demonstration is played."""
    if not settings.DEMONSTRATION_CLOCK:
        raise Http404
    login = request.POST.get("login", "")
    if login not in {account.login for account in accounts()}:
        raise Http404
    user = get_object_or_404(User, username=login, is_active=True)
    user.backend = settings.AUTHENTICATION_BACKENDS[0]
    get_adapter(request).login(request, user)
    return redirect("home")
