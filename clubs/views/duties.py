"""The duty table changed by hand: the adults of one time of the week, duties handed over or exchanged, and undone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clubs.forms.duties import DutySlotForm, HandOverForm
from clubs.services.handing_over import hand_over, undo_hand_over
from clubs.views.common import OFFICE, this_term
from enrollment.models import CareDuty, CareGroup, DutyChange
from enrollment.services.duty_changes import set_duty
from school.access import role_required
from school.models import Period, Weekday
from web.addresses import read_day
from web.editing import edit_row, saved, show_refusal


@role_required(*OFFICE)
def duty_slot(request: HttpRequest, group_pk: int, weekday: int, period_pk: int) -> HttpResponse:
    """The adults of one group at one time of the week, from a day on."""
    group = get_object_or_404(CareGroup.objects.select_related("term"), pk=group_pk)
    if weekday not in Weekday.values:
        raise Http404
    period = get_object_or_404(Period, pk=period_pk)
    day = max(read_day(request.GET.get("day")), timezone.localdate())
    form = DutySlotForm(group, weekday, period, group.term.nearest(day), request.POST or None)
    place = CareDuty(group=group, weekday=weekday, period=period)
    return edit_row(
        request,
        form,
        template="school/_edit.html",
        title=f"{group} · {place.get_weekday_display()} · {period}",
        back=f"{reverse('enrollment:duty_table')}?day={day:%Y-%m-%d}",
        note=_("Who is free then can be ticked. Who is unticked has no duty here from that day on; what was stays."),
        save=lambda: set_duty(group=group, weekday=weekday, period=period, by=request.user, **form.cleaned_data),
    )


@role_required(*OFFICE)
def duty_hand_over(request: HttpRequest) -> HttpResponse:
    """All that an adult has from a day on passes to another one, all or in part; duties may come back in exchange."""
    term = this_term()
    initial = {"day": timezone.localdate()} | {name: request.GET[name] for name in request.GET}
    form = HandOverForm(term, request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: hand_over(term=term, by=request.user, **form.cleaned_data))
    ):
        messages.success(request, _("Handed over. It can be undone below the duty table until that day is over."))
        return redirect(f"{reverse('enrollment:duty_table')}?day={form.cleaned_data['day']:%Y-%m-%d}")
    return render(request, "clubs/duty_hand_over.html", {"form": form, "term": term})


@role_required(*OFFICE)
@require_POST
def duty_undo(request: HttpRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(DutyChange, pk=pk)
    try:
        undo_hand_over(change=change, by=request.user)
        messages.success(request, _("Undone."))
    except ValidationError as error:
        show_refusal(request, error)
    return redirect("enrollment:duty_table")
