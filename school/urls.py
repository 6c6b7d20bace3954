from django.urls import path

from school import styleguide
from school.views import accounts, office, people

app_name = "school"

urlpatterns = [
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("activate/", accounts.activate, name="activate"),
    path("codes/<str:kind>/<int:pk>/", accounts.code_issue, name="code_issue"),
    path("students/", people.student_list, name="student_list"),
    path("students/export/", people.student_export, name="student_export"),
    path("students/<int:pk>/", people.student_detail, name="student_detail"),
    path("classes/", people.class_list, name="class_list"),
    path("classes/<int:pk>/", people.class_detail, name="class_detail"),
    path("staff/", people.staff_list, name="staff_list"),
    path("staff/<int:pk>/", people.staff_detail, name="staff_detail"),
    path("calendar/", office.calendar, name="calendar"),
    path("calendar/<str:day>/", office.day_edit, name="day_edit"),
    path("terms/add/", office.term_edit, name="term_add"),
    path("terms/<int:pk>/", office.term_edit, name="term_edit"),
    path("policy/", office.policy_list, name="policy_list"),
    path("policy/<int:pk>/", office.policy_edit, name="policy_edit"),
    path("policy/<int:pk>/tighten/", office.policy_tighten, name="policy_tighten"),
    path("settings/", office.office_settings, name="office_settings"),
    path("imports/", office.import_list, name="import_list"),
    path("imports/<int:pk>/", office.import_detail, name="import_detail"),
    path("imports/<int:pk>/marked.xlsx", office.import_marked, name="import_marked"),
]
