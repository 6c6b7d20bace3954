from django.urls import path

from reports.views import agreements, demonstration, runs, schedule, today

app_name = "reports"

urlpatterns = [
    path("today/", today.dashboard, name="dashboard"),
    path("today/chart/<str:name>/", today.chart, name="chart"),
    path("office/", today.office_today, name="office_today"),
    path("rows/<str:key>/", today.rows, name="rows"),
    path("runs/", runs.run_list, name="run_list"),
    path("runs/<int:pk>/", runs.run_detail, name="run_detail"),
    path("runs/<int:pk>/state/", runs.run_state, name="run_state"),
    path("runs/<int:pk>/again/", runs.run_again, name="run_again"),
    path("runs/<int:pk>/approve/", runs.run_approve, name="run_approve"),
    path("runs/<int:pk>/summary.<str:kind>", runs.run_file, name="run_file"),
    path("runs/<int:pk>/figures/<str:key>/", runs.figure_rows, name="figure_rows"),
    path("agreements/", agreements.agreement_print, name="agreement_print"),
    path("demonstration/sign-in/", demonstration.sign_in, name="demonstration_sign_in"),
    path("schedule/", schedule.schedule, name="schedule"),
]
