"""Opinions: a guardian writes, the one asked answers, the office opens it to all without names (R037, R038)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from families.forms import AnswerForm, FollowUpForm, OpinionEntryForm, OpinionFilter, OpinionForm, PublicForm
from families.models import Meeting, Opinion
from families.rows import OFFICE, queue_of
from families.services import (
    answer_opinion,
    close_opinion,
    enter_opinion,
    follow_up_opinion,
    pass_opinion_on,
    publish_opinion,
    send_opinion,
    withdraw_opinion,
)
from families.services.opinions import may_answer
from families.tables import OpinionTable
from school.access import role_required, signed_in
from school.models import Student, User
from school.rows import with_children
from web.editing import edit_row
from web.tables import Link, list_page
from web.templatetags.components import CountTab

READERS = (*OFFICE, "homeroom_teacher", "principal")
KINDS = {"new": "wait", "answered": "ok", "followed": "ok", "closed": "neutral"}


def own_children(user: User) -> Any:
    own = Student.objects.of_guardian(user)
    return own.distinct().with_class_to_come(timezone.localdate())


@role_required("guardian")
def family_contact(request: HttpRequest) -> HttpResponse:
    """What the family wrote and what the school said; minutes and answered opinions that are open to all."""
    context = {
        "children": own_children(request.user),
        "opinions": with_children(Opinion.objects.filter(by=request.user, source="phone")).order_by("-sent_at")[:50],
        "meetings": Meeting.objects.visible_to(request.user).filter(published_at__isnull=False)[:20],
        "kinds": KINDS,
    }
    return render(request, "families/family_contact.html", context)


@role_required("guardian")
def opinion_send(request: HttpRequest, pk: int) -> HttpResponse:
    """A guardian writes about one child."""
    student = get_object_or_404(own_children(request.user), pk=pk)
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opinion = send_opinion(student=student, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(
                request, _("Sent. You will have an answer by %(day)s.") % {"day": opinion.due_on.isoformat()}
            )
            return redirect("families:family_contact")
    return render(request, "families/opinion_send.html", {"form": form, "student": student})


@role_required("guardian", "committee", "teacher", *READERS)
def opinion_public(request: HttpRequest) -> HttpResponse:
    """Opinions and answers that the office has opened to all, without names."""
    return render(
        request,
        "families/opinion_public.html",
        {"opinions": Opinion.objects.public().order_by("-made_public_at")[:100]},
    )


@role_required(*READERS)
def opinion_list(request: HttpRequest) -> HttpResponse:
    """The queue with its age; what is overdue, answered, followed up and closed."""
    form = OpinionFilter(request.GET)
    visible = form.apply(Opinion.objects.visible_to(request.user))
    parts: dict[str, Any] = {"mine": queue_of(request.user, visible), "overdue": visible.overdue(timezone.localdate())}
    parts |= {state: visible.filter(state=state) for state in Opinion.State.values} | {"all": visible}
    labels: dict[str, Any] = {"mine": _("Waiting for my answer"), "overdue": _("Overdue"), "all": _("All")}
    labels |= dict(Opinion.State.choices)
    tabs = [CountTab(key, labels[key], part.count()) for key, part in parts.items()]
    status = request.GET.get("status", "mine" if tabs[0].count else "all")
    rows = parts.get(status, parts["mine"]).select_related("school_class")
    links = [Link(_("Public list"), reverse("families:opinion_public"))]
    if request.user.has_role(*OFFICE):
        links = [
            Link(_("Enter an opinion"), reverse("families:opinion_enter"), "plus", primary=True),
            Link(_("Settings"), reverse("families:family_settings"), "settings"),
            *links,
        ]
    return list_page(request, OpinionTable(rows), form=form, tabs=tabs, links=links, status=status)


@role_required(*OFFICE)
def opinion_enter(request: HttpRequest) -> HttpResponse:
    """What was said at a meeting, in a survey or on paper."""
    form = OpinionEntryForm(request.POST or None, initial={"meeting": request.GET.get("meeting")})
    return edit_row(
        request,
        form,
        template="families/_edit.html",
        title=_("Enter an opinion"),
        back=reverse("families:opinion_list"),
        note=_("Write what was said, without the name of who said it."),
        save=lambda: enter_opinion(by=request.user, **form.cleaned_data),
    )


def next_steps(user: User, opinion: Opinion, answers: bool) -> dict[str, Any]:
    """The forms of what the reader can do next, by the name that the page knows them by."""
    state = opinion.state
    steps: dict[str, Any] = {}
    if answers and state == Opinion.State.NEW:
        steps["answer_form"] = AnswerForm()
    if answers and state in (Opinion.State.ANSWERED, Opinion.State.FOLLOWED):
        steps["follow_form"] = FollowUpForm(initial={"follow_up": opinion.follow_up})
    if user.has_role(*OFFICE) and state != Opinion.State.NEW:
        words = {
            "public_text": opinion.public_text or opinion.text,
            "public_answer": opinion.public_answer or opinion.answer,
        }
        steps["public_form"] = PublicForm(initial=words)
    return steps


@signed_in
def opinion_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One opinion with its answer and what followed; below, what the reader can do next."""
    rows = Opinion.objects.visible_to(request.user).select_related(
        "by", "school_class", "answered_by", "followed_by", "meeting"
    )
    opinion = get_object_or_404(with_children(rows), pk=pk)
    answers = may_answer(request.user, opinion)
    context = {
        "opinion": opinion,
        "kind": "attention" if opinion.is_overdue else KINDS[opinion.state],
        "works": request.user.has_role(*READERS),
        "may_answer": answers,
        **next_steps(request.user, opinion, answers),
    }
    if request.method == "POST":
        if not answers:
            raise PermissionDenied
        return act_on_opinion(request, opinion, context)
    return render(request, "families/opinion_detail.html", context)


def act_on_opinion(request: HttpRequest, opinion: Opinion, context: dict[str, Any]) -> HttpResponse:
    """Answers, follows up or opens to all; a refusal keeps what was typed."""
    steps: dict[str, tuple[str, Any, Any]] = {
        "answer": ("answer_form", AnswerForm, answer_opinion),
        "follow": ("follow_form", FollowUpForm, follow_up_opinion),
        "publish": ("public_form", PublicForm, publish_opinion),
    }
    name, form_class, service = steps.get(request.POST.get("action", ""), steps["answer"])
    if service is publish_opinion and not request.user.has_role(*OFFICE):
        raise PermissionDenied
    form = form_class(request.POST)
    if form.is_valid():
        try:
            service(opinion=opinion, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect(opinion)
    return render(request, "families/opinion_detail.html", context | {name: form})


@role_required(*READERS)
@require_POST
def opinion_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Without words: close, pass on to the office, take off the public list."""
    opinion = get_object_or_404(Opinion.objects.visible_to(request.user), pk=pk)
    if not may_answer(request.user, opinion):
        raise PermissionDenied
    acts = {"close": close_opinion, "pass": pass_opinion_on}
    if request.user.has_role(*OFFICE):
        acts["withdraw"] = withdraw_opinion
    act = acts.get(request.POST.get("action", ""))
    if act is None:
        raise PermissionDenied
    try:
        act(opinion=opinion, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(opinion)
    messages.success(request, _("Saved."))
    return redirect("families:opinion_list")
