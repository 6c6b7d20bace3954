"""Homework in Django's administration: read only, because sheets are counted under their lock and steps are written once.

Settings, words and steps have their page under «Homework settings».
"""

from django.contrib import admin
from django.db.models import Model

from homework import models
from school.administration import LedgerAdmin

# model → (columns, filters, what its rows name)
PAGES: dict[type[Model], tuple[list[str], list[str], list[str]]] = {
    models.ClassSheet: (
        ["school_class", "day", "status", "minutes", "cap", "released", "version", "published_by"],
        ["status"],
        ["school_class", "published_by"],
    ),
    models.HomeworkItem: (
        ["sheet", "subject", "teacher", "kind", "tier", "minutes", "place", "late"],
        ["kind", "subject"],
        ["sheet__school_class", "subject", "teacher"],
    ),
    models.SheetAction: (["sheet", "kind", "step", "ground", "by", "at"], ["kind"], ["sheet__school_class", "by"]),
    models.SheetVersion: (["sheet", "number", "minutes", "by", "at"], [], ["sheet__school_class", "by"]),
    models.ItemWarning: (["rule_key", "severity", "sentence", "by", "at"], ["rule_key"], ["by"]),
    models.Declaration: (["staff", "day", "at"], [], ["staff"]),
    models.ReleaseRequest: (["sheet", "minutes", "teacher", "state"], ["state"], ["sheet__school_class", "teacher"]),
    models.WatchWord: (["rule_key", "word"], ["rule_key"], []),
    models.HomeworkSettings: (["gather_by", "over_cap", "records"], [], []),
    models.SheetStage: (["step", "who", "active"], [], []),
    models.Coordinator: (["school_class", "staff", "starts_on", "ends_on"], [], ["school_class", "staff"]),
    models.BankItem: (["grade", "subject", "unit", "content", "minutes"], ["grade"], ["subject"]),
    models.WeekPlan: (["week", "grade", "subject", "state", "by"], ["state"], ["subject", "by"]),
    models.WeekPlanItem: (["plan", "weekday", "content", "minutes"], [], ["plan__subject"]),
    models.LearningPoint: (["week", "grade", "subject", "by"], ["grade"], ["subject", "by"]),
    models.RecordSheet: (["student", "sheet", "bedtime", "filled_at"], [], ["student", "sheet__school_class"]),
    models.RecordLine: (["item", "minutes", "at_school"], [], ["item__subject"]),
    models.FinishedAtSchool: (["school_class", "day", "percent", "by"], [], ["school_class", "by"]),
    models.MarkingTime: (["kind", "days"], [], []),
    models.Marking: (["item", "due_on", "collected_on", "marked_on", "by"], [], ["item__subject", "by"]),
    models.Coaching: (["student", "subject", "coach", "starts_on"], [], ["student", "subject", "coach"]),
    models.CoachingSession: (["coaching", "day", "by"], [], ["coaching__student", "coaching__subject", "by"]),
    models.ClassCode: (["school_class", "made_at", "revoked_at"], [], ["school_class"]),
    models.MonitorEntry: (["school_class", "day", "subject", "minutes"], [], ["school_class", "subject"]),
    models.ParentReport: (
        ["school_class", "day", "subject", "minutes", "state"],
        ["state"],
        ["school_class", "subject"],
    ),
    models.SpotCheck: (["day", "seed", "at"], [], []),
    models.SpotCheckClass: (["spot_check", "school_class", "result"], ["result"], ["spot_check", "school_class"]),
    models.Rectification: (
        ["year", "number", "school_class", "subject", "day", "state", "answer_by"],
        ["state", "origin"],
        ["school_class", "subject"],
    ),
    models.RectificationStep: (["notice", "kind", "by", "at"], ["kind"], ["notice", "by"]),
    models.ResponsibilityLetter: (["title", "published_at"], [], []),
    models.LetterSignature: (["letter", "name", "digest", "at"], [], ["letter"]),
    models.BoardEdition: (["kind", "week", "entries", "made_at"], ["kind"], []),
}

for model, (columns, filters, related) in PAGES.items():
    attributes = {"list_display": columns, "list_filter": filters, "list_select_related": related or False}
    admin.site.register(model, type(f"{model.__name__}Admin", (LedgerAdmin,), attributes))
