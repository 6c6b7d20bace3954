from django.urls import path

from enrollment.views import agreements, family, groups, office

app_name = "enrollment"

urlpatterns = [
    path("family/", family.family_tasks, name="family_tasks"),
    path("options/<int:pk>/apply/<int:student_pk>/letter/", family.apply_letter, name="apply_letter"),
    path("options/<int:pk>/apply/<int:student_pk>/days/", family.apply_days, name="apply_days"),
    path("options/<int:pk>/apply/<int:student_pk>/collectors/", family.apply_collectors, name="apply_collectors"),
    path("options/<int:pk>/apply/<int:student_pk>/sign/", family.apply_sign, name="apply_sign"),
    path("applications/", office.application_list, name="application_list"),
    path("applications/<int:pk>/", office.application_detail, name="application_detail"),
    path("applications/<int:pk>/sign/", family.application_sign, name="application_sign"),
    path("applications/<int:pk>/withdraw/", family.application_withdraw, name="application_withdraw"),
    path("options/", office.option_list, name="option_list"),
    path("options/add/", office.option_edit, name="option_add"),
    path("options/<int:pk>/", office.option_edit, name="option_edit"),
    path("options/<int:pk>/open/", office.option_open, name="option_open"),
    path("letter/", office.letter_edit, name="letter_edit"),
    path("texts/<int:pk>/", office.template_edit, name="template_edit"),
    path("taking-part/", office.enrolment_list, name="enrolment_list"),
    path("taking-part/<int:pk>/end/", office.enrolment_end, name="enrolment_end"),
    path("groups/", groups.group_list, name="group_list"),
    path("groups/form/", groups.group_form, name="group_form"),
    path("groups/<int:pk>/", groups.group_detail, name="group_detail"),
    path("duties/", groups.duty_table, name="duty_table"),
    path("duties/assign/", groups.duty_assign, name="duty_assign"),
    path("agreements/<int:pk>.pdf", agreements.agreement_pdf, name="agreement_pdf"),
    path("check/<str:number>/<str:code>/", agreements.agreement_check, name="agreement_check"),
    path("letters/<int:class_pk>/", agreements.class_letters, name="class_letters"),
]
