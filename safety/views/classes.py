"""Where each child of a class is now: for its homeroom teacher, the leaders and the offices."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from safety.rolls import whereabouts
from school.access import role_required
from school.models import SchoolClass, Student


@role_required("homeroom_teacher", "grade_head", "service_office", "academic_office", "duty_leader", "principal")
def class_now(request: HttpRequest, pk: int) -> HttpResponse:
    """One line a child: with whom, gone home with whom, missing, on leave, or not in care today."""
    today = timezone.localdate()
    school_class = get_object_or_404(SchoolClass.objects.visible_to(request.user), pk=pk)
    students = list(
        Student.objects.visible_to(request.user)
        .filter(class_memberships__in=school_class.memberships.on(today))
        .order_by("name_key")
    )
    context = {"school_class": school_class, "today": today, "rows": whereabouts(students, today)}
    return render(request, "safety/class_now.html", context)
