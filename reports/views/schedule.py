"""When the summary is made by itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from reports.forms import ScheduleForm
from reports.menu import OFFICE
from reports.schedule import set_weekly_summary, weekly_summary
from school.access import role_required


@role_required(*OFFICE)
def schedule(request: HttpRequest) -> HttpResponse:
    now = weekly_summary()
    initial = {"enabled": now.enabled, "weekday": now.weekday, "time": now.time}
    form = ScheduleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_weekly_summary(**form.cleaned_data)
        messages.success(request, _("Saved. The clock follows it within seconds."))
        return redirect("reports:schedule")
    return render(request, "reports/schedule.html", {"form": form, "now": now})
