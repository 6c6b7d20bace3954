from django.urls import path

from safety.views import classes, family, leader, standing_in, teacher, telling

app_name = "safety"

urlpatterns = [
    path("my-day/", teacher.my_day, name="my_day"),
    path("sessions/<int:pk>/roll/", teacher.roll, name="roll"),
    path("sessions/<int:pk>/roll/mark/", teacher.roll_mark, name="roll_mark"),
    path("sessions/<int:pk>/line/", teacher.line, name="line"),
    path("sessions/<int:pk>/line/release/", teacher.line_release, name="line_release"),
    path("sessions/<int:pk>/line/<int:student_pk>/", teacher.child_release, name="child_release"),
    path("where/", classes.where, name="where"),
    path("classes/<int:pk>/", classes.class_now, name="class_now"),
    path("children/<int:pk>/attendance/", classes.attendance, name="attendance"),
    path("absences/add/", standing_in.absence_add, name="absence_add"),
    path("absences/<int:pk>/withdraw/", standing_in.absence_withdraw, name="absence_withdraw"),
    path("substitutions/", standing_in.substitution_list, name="substitution_list"),
    path("substitutions/<int:pk>/", standing_in.substitution_detail, name="substitution_detail"),
    path("asks/<int:pk>/", standing_in.ask_answer, name="ask_answer"),
    path("day/", leader.day, name="day"),
    path("missing/<int:student_pk>/confirm/", leader.missing_confirm, name="missing_confirm"),
    path("day/plan/", leader.day_plan, name="day_plan"),
    path("day/reopen/", leader.day_reopen, name="day_reopen"),
    path("gate/", leader.gate, name="gate"),
    path("told/<int:student_pk>/", telling.told, name="told"),
    path("told/<int:student_pk>/leave/", telling.leave_enter, name="leave_enter"),
    path("told/<int:student_pk>/proxy/", telling.proxy_enter, name="proxy_enter"),
    path("family/", family.family_today, name="family_today"),
    path("family/<int:student_pk>/leave/", family.leave_ask, name="leave_ask"),
    path("family/leave/<int:pk>/cancel/", family.leave_cancel, name="leave_cancel"),
    path("family/<int:student_pk>/proxy/", family.proxy_name, name="proxy_name"),
]
