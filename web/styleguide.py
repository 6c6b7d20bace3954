"""A page that shows every component, for developers; only with DEBUG."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from documents import charts
from web.tables import (
    ActionsColumn,
    Column,
    ListTable,
    NumberColumn,
    SelectColumn,
    StatusColumn,
    TitleColumn,
    paged,
)
from web.templatetags.components import CountTab, TimelineEntry


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Name"), required=False, widget=forms.TextInput({"class": "form-control"}))
    grade = forms.ChoiceField(
        label=_("Grade"),
        required=False,
        choices=[("", "–"), ("1", "一年级"), ("2", "二年级"), ("3", "三年级")],
        widget=forms.Select({"class": "form-select"}),
    )


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name"), help_text="«王小明»")
    weekdays = forms.MultipleChoiceField(
        label=_("Weekdays"), choices=[("1", "周一"), ("2", "周二"), ("3", "周三")], widget=forms.CheckboxSelectMultiple
    )
    signature = forms.CharField(label=_("Signature"), required=False)


ROWS = [
    {"pk": pk, "name": name, "grade": grade, "taken": taken, "state": state}
    for pk, (name, grade, taken, state) in enumerate(
        [
            ("篮球", "三至四年级", 30, "已开班"),
            ("书法", "一至六年级", 22, "待审核"),
            ("科学小实验", "五至六年级", 31, "超员"),
            ("合唱", "二至六年级", 27, "缺教室"),
            ("棋类", "一至三年级", 0, "草稿"),
        ]
    )
] * 12
KINDS = {"已开班": "ok", "待审核": "wait", "超员": "danger", "缺教室": "attention"}
MINUTES = [("一年级", 0), ("二年级", 0), ("三年级", 42), ("四年级", 48), ("五年级", 57), ("六年级", 66)]
ATTENDANCE = [("第9周", 96.2), ("第10周", 95.1), ("第11周", 97.4), ("第12周", 96.9)]
HEAT = [
    (weekday, hour, (column * 7 + row * 5) % 23)
    for row, weekday in enumerate(["周一", "周二", "周三", "周四", "周五"])
    for column, hour in enumerate(["16:30", "17:00", "17:30", "18:00"])
]
ENTRIES = [
    TimelineEntry("家长提交申请", "11月2日 20:14", "王女士（母亲）", "周一、周三、周五；由外祖母接", "ok"),
    TimelineEntry("班主任审核通过", "11月3日 8:02", "李老师", kind="ok"),
    TimelineEntry("等待课后服务办公室批准", "已 2 天", kind="wait"),
]


class SampleTable(ListTable):
    title = "社团"

    select = SelectColumn(label="name")
    name = TitleColumn("社团", url=lambda row: "#table", orderable=True)
    grade = Column("年级")
    taken = NumberColumn("人数", orderable=True)
    state = StatusColumn("状态", kinds=KINDS)
    actions = ActionsColumn("components/_sample_actions.html")


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component once, with sample values."""
    if not settings.DEBUG:
        raise Http404
    messages.success(request, "已保存，三(2)班 42 人已通知。")
    messages.warning(request, "还差 2 位家长签名。")
    messages.error(
        request, "三年级2班今天还可布置 15 分钟书面作业（上限 60 分钟，教基厅函〔2021〕13号）。请减少 5 分钟。"
    )
    context: dict[str, Any] = {
        "filter_form": FilterForm(request.GET),
        "form": SampleForm(request.POST or None),
        "table": paged(request, SampleTable(ROWS), per_page=8),
        "tabs": [CountTab("", _("All"), 60), CountTab("open", _("Open"), 12), CountTab("done", _("Done"), 48)],
        "entries": ENTRIES,
        "minutes": MINUTES,
        "attendance": ATTENDANCE,
        "bars": charts.bar_chart(MINUTES, unit="分钟", limit=60, limit_label="上限 60"),
        "line": charts.line_chart(ATTENDANCE, unit="%"),
        "heat": charts.heat_map(HEAT),
        "spark": charts.sparkline([90, 93, 95, 94, 96, 97]),
        "today": dt.date(2026, 11, 20),
        "period": (dt.time(16, 25), dt.time(17, 10)),
    }
    return render(request, "styleguide.html", context)
