from django.urls import path

from homework import views

app_name = "homework"

urlpatterns = [
    path("", views.sheet_list, name="sheet_list"),
    path("classes/<int:class_pk>/<str:day>/", views.sheet_detail, name="sheet_detail"),
    path("items/<int:pk>/", views.item_edit, name="item_edit"),
    path("items/<int:pk>/remove/", views.item_remove, name="item_remove"),
    path("sheets/<int:pk>/publish/", views.sheet_publish, name="sheet_publish"),
    path("sheets/<int:pk>/release/", views.sheet_release, name="sheet_release"),
    path("publish-all/", views.sheet_publish_all, name="sheet_publish_all"),
]
