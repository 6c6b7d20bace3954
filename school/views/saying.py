"""A service's refusal told to the person."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def say(request: HttpRequest, error: ValidationError) -> None:
    """Each sentence as a message on the next page."""
    for sentence in error.messages:
        messages.error(request, sentence)
