from django.urls import path

from clubs import views

app_name = "clubs"

urlpatterns = [
    path("family/", views.family_clubs, name="family_clubs"),
    path("family/<int:student_pk>/<int:pk>/join/", views.club_join, name="club_join"),
    path("memberships/<int:pk>/leave/", views.club_leave, name="club_leave"),
    path("", views.club_list, name="club_list"),
    path("add/", views.club_edit, name="club_add"),
    path("<int:pk>/", views.club_detail, name="club_detail"),
    path("<int:pk>/edit/", views.club_edit, name="club_edit"),
]
