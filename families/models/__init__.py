from families.models.care import CareFile, CareRecord, HomeVisit
from families.models.committee import CommitteeMember, Meeting
from families.models.opinions import FamilySettings, Opinion

__all__ = [
    "CareFile",
    "CareRecord",
    "CommitteeMember",
    "FamilySettings",
    "HomeVisit",
    "Meeting",
    "Opinion",
]
