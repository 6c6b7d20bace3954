"""The view of every page that edits one row, and how a service's refusal is shown."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from documents.fonts import signs_without_face
from web.asking import Asked, AskingForm


def edit_row(
    request: HttpRequest,
    form: Any,
    *,
    template: str,
    title: str,
    back: str,
    note: str = "",
    save: Callable[[], object] | None = None,
    done: str = "",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """GET shows the form; POST saves (`save`, else form.save) and redirects to `back`. A refusal is shown in the form.

    `more` is what the template shows beside the form.
    """
    if request.method == "POST" and form.is_valid() and saved(form, save or form.save):
        messages.success(request, done or _("Saved."))
        tell_unprintable(request, form)
        return redirect(back)
    context = {"form": form, "title": title, "back": back, "note": note}
    return render(request, template, context | (more or {}))


def tell_unprintable(request: HttpRequest, form: BaseForm) -> None:
    """Says which signs of the names just entered would be an empty box on paper."""
    names = (str(value) for key, value in form.cleaned_data.items() if key.endswith("name") and value)
    if missing := signs_without_face("".join(names)):
        words = _("No font of the server has «%s»: on paper an empty box stands there. Ask the people who run it.")
        messages.warning(request, words % "、".join(missing))


def saved(form: BaseForm, save: Callable[[], object]) -> bool:
    """Whether it could be saved; if not, the reason (or the question) is added to the form."""
    try:
        with transaction.atomic():
            save()
    except ValidationError as error:
        if isinstance(error, Asked) and isinstance(form, AskingForm):
            form.ask(error)
        else:
            form.add_error(None, error.messages)
    except IntegrityError:
        form.add_error(None, _("Somebody entered the same at this moment. Look once more."))
    else:
        return True
    return False


def show_refusal(request: HttpRequest, error: ValidationError) -> None:
    """Each sentence of a service's refusal as a message on the next page."""
    for sentence in error.messages:
        messages.error(request, sentence)
