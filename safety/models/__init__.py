from safety.models.afternoon import Custody, Release, RollCall, Session
from safety.models.days import DayClose, Leave
from safety.models.standing_in import Absence, Substitution, SubstitutionAsk

__all__ = [
    "Absence",
    "Custody",
    "DayClose",
    "Leave",
    "Release",
    "RollCall",
    "Session",
    "Substitution",
    "SubstitutionAsk",
]
