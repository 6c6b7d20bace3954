"""The public board, under /board/."""

from django.urls import path

from homework import views

app_name = "board"

urlpatterns = [
    path("", views.board, name="board"),
    path("print/", views.board_print, name="board_print"),
]
