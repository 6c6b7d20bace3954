from homework.models.board import BoardEdition
from homework.models.checks import (
    ClassCode,
    LetterSignature,
    MonitorEntry,
    ParentReport,
    Rectification,
    RectificationStep,
    ResponsibilityLetter,
    SpotCheck,
    SpotCheckClass,
)
from homework.models.items import Declaration, HomeworkItem, ItemWarning, ReleaseRequest, WatchWord
from homework.models.marking import Coaching, CoachingSession, Marking, MarkingTime
from homework.models.planning import BankItem, LearningPoint, WeekPlan, WeekPlanItem
from homework.models.records import FinishedAtSchool, RecordLine, RecordSheet
from homework.models.settings import Coordinator, HomeworkSettings, SheetStage
from homework.models.sheets import ClassSheet, SheetAction, SheetVersion

__all__ = [
    "BankItem",
    "BoardEdition",
    "ClassCode",
    "ClassSheet",
    "Coaching",
    "CoachingSession",
    "Coordinator",
    "Declaration",
    "FinishedAtSchool",
    "HomeworkItem",
    "HomeworkSettings",
    "ItemWarning",
    "LearningPoint",
    "LetterSignature",
    "Marking",
    "MarkingTime",
    "MonitorEntry",
    "ParentReport",
    "RecordLine",
    "RecordSheet",
    "Rectification",
    "RectificationStep",
    "ReleaseRequest",
    "ResponsibilityLetter",
    "SheetAction",
    "SheetStage",
    "SheetVersion",
    "SpotCheck",
    "SpotCheckClass",
    "WatchWord",
    "WeekPlan",
    "WeekPlanItem",
]
