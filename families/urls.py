from django.urls import path

from families.views import care, committee, meetings, opinions, visits

app_name = "families"

urlpatterns = [
    path("committee/", committee.committee_home, name="committee_home"),
    path("members/", committee.member_list, name="member_list"),
    path("members/add/", committee.member_add, name="member_add"),
    path("members/<int:pk>/end/", committee.member_end, name="member_end"),
    path("settings/", committee.family_settings, name="family_settings"),
    path("meetings/", meetings.meeting_list, name="meeting_list"),
    path("meetings/add/", meetings.meeting_add, name="meeting_add"),
    path("meetings/<int:pk>/", meetings.meeting_detail, name="meeting_detail"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/publish/", meetings.meeting_publish, name="meeting_publish"),
    path("meetings/<int:pk>/print/", meetings.meeting_pdf, name="meeting_pdf"),
    path("contact/", opinions.family_contact, name="family_contact"),
    path("contact/<int:pk>/", opinions.opinion_send, name="opinion_send"),
    path("opinions/", opinions.opinion_list, name="opinion_list"),
    path("opinions/public/", opinions.opinion_public, name="opinion_public"),
    path("opinions/enter/", opinions.opinion_enter, name="opinion_enter"),
    path("opinions/<int:pk>/", opinions.opinion_detail, name="opinion_detail"),
    path("opinions/<int:pk>/act/", opinions.opinion_act, name="opinion_act"),
    path("care/", care.care_list, name="care_list"),
    path("care/children/<int:pk>/", care.care_add, name="care_add"),
    path("care/<int:pk>/", care.care_detail, name="care_detail"),
    path("care/<int:pk>/edit/", care.care_edit, name="care_edit"),
    path("care/<int:pk>/close/", care.care_close, name="care_close"),
    path("care/<int:pk>/print/", care.care_pdf, name="care_pdf"),
    path("visits/", visits.visit_list, name="visit_list"),
    path("visits/counts/", visits.visit_counts, name="visit_counts"),
    path("visits/classes/<int:pk>/", visits.visit_plan, name="visit_plan"),
    path("visits/children/<int:pk>/", visits.visit_add, name="visit_add"),
    path("visits/<int:pk>/", visits.visit_detail, name="visit_detail"),
    path("visits/<int:pk>/edit/", visits.visit_edit, name="visit_edit"),
]
