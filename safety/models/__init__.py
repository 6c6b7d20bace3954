from safety.models.afternoon import Custody, DayClose, Leave, Release, RollCall, Session
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
