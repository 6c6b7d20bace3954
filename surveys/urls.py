from django.urls import path

from surveys.views import building, families, office, paper, results

app_name = "surveys"

urlpatterns = [
    path("family/", families.family_surveys, name="family_surveys"),
    path("family/<int:pk>/<int:student_pk>/", families.survey_fill, name="survey_fill"),
    path("", office.survey_list, name="survey_list"),
    path("add/", building.survey_add, name="survey_add"),
    path("<int:pk>/", office.survey_detail, name="survey_detail"),
    path("<int:pk>/edit/", building.survey_edit, name="survey_edit"),
    path("<int:pk>/delete/", building.survey_delete, name="survey_delete"),
    path("<int:pk>/publish/", building.survey_publish, name="survey_publish"),
    path("<int:pk>/extend/", building.survey_extend, name="survey_extend"),
    path("<int:pk>/close/", building.survey_close, name="survey_close"),
    path("<int:pk>/preview/", building.survey_preview, name="survey_preview"),
    path("<int:pk>/sections/add/", building.section_add, name="section_add"),
    path("sections/<int:pk>/", building.section_edit, name="section_edit"),
    path("sections/<int:pk>/delete/", building.section_delete, name="section_delete"),
    path("sections/<int:pk>/move/", building.section_move, name="section_move"),
    path("sections/<int:pk>/questions/add/", building.question_add, name="question_add"),
    path("questions/<int:pk>/", building.question_edit, name="question_edit"),
    path("questions/<int:pk>/delete/", building.question_delete, name="question_delete"),
    path("questions/<int:pk>/move/", building.question_move, name="question_move"),
    path("<int:pk>/paper/", paper.paper_list, name="paper_list"),
    path("<int:pk>/paper/<int:student_pk>/", paper.paper_fill, name="paper_fill"),
    path("<int:pk>/paper/loose/<int:class_pk>/", paper.paper_loose, name="paper_loose"),
    path("<int:pk>/results/", results.survey_results, name="survey_results"),
    path("<int:pk>/results/texts/<int:question_pk>/", results.survey_texts, name="survey_texts"),
    path("<int:pk>/demand/", results.survey_demand, name="survey_demand"),
    path("anonymity/", results.survey_anonymity, name="survey_anonymity"),
]
