"""The public routes under /board/: the board, and the forms without sign-in."""

from django.urls import path

from homework.views import board, checks

app_name = "board"

urlpatterns = [
    path("", board.board, name="board"),
    path("classes/<int:pk>/", board.board_class, name="board_class"),
    path("screen/", board.board_screen, name="board_screen"),
    path("print/", board.board_print, name="board_print"),
    path("archive/", board.board_archive, name="board_archive"),
    path("editions/", board.board_editions, name="board_editions"),
    path("editions/<int:pk>.pdf", board.edition_pdf, name="edition_pdf"),
    path("checks/", board.board_checks, name="board_checks"),
    path("report/", checks.report, name="report"),
    path("report/done/", checks.report_done, name="report_done"),
    path("monitor/<slug:code>/", checks.monitor, name="monitor"),
]
