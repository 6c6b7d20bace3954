from school.models.accounts import ActivationCode, Post, Role, User
from school.models.audit import AccessLog, UnusualReading
from school.models.calendar import Period, PeriodTime, SchoolDay, Term, Weekday
from school.models.desk import Comment, Mention, SavedView
from school.models.imports import ImportBatch, ImportReading
from school.models.notices import NoticeLog
from school.models.office import SchoolSettings
from school.models.people import (
    Credential,
    Guardian,
    Guardianship,
    SpecialGroup,
    SpecialGroupMembership,
    Staff,
    Student,
)
from school.models.places import ClassMembership, Lesson, Room, SchoolClass, Subject, Teaching, grade_name
from school.models.policy import PolicyRule
from school.models.printouts import Printout
from school.models.staffing import CredentialException, ExemptionRequest

__all__ = [
    "AccessLog",
    "ActivationCode",
    "ClassMembership",
    "Comment",
    "Credential",
    "CredentialException",
    "ExemptionRequest",
    "Guardian",
    "Guardianship",
    "ImportBatch",
    "ImportReading",
    "Lesson",
    "Mention",
    "NoticeLog",
    "Period",
    "PeriodTime",
    "PolicyRule",
    "Post",
    "Printout",
    "Role",
    "Room",
    "SavedView",
    "SchoolClass",
    "SchoolDay",
    "SchoolSettings",
    "SpecialGroup",
    "SpecialGroupMembership",
    "Staff",
    "Student",
    "Subject",
    "Teaching",
    "Term",
    "UnusualReading",
    "User",
    "Weekday",
    "grade_name",
]
