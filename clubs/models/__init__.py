from clubs.models.activities import ClubEvaluation, MeetingRecord, ThemeMonth
from clubs.models.catalogue import Club, ClubPicture, ClubSlot, ClubWeek
from clubs.models.changing import ClubChange, RainDay
from clubs.models.events import CampusZone, Lecture, Show
from clubs.models.meetings import Meeting
from clubs.models.people import Skill, StaffSkill
from clubs.models.places import Membership, Offer, Seat, Waiting, WaitingMove
from clubs.models.rotations import Rotation, RotationGroup, RotationStop
from clubs.models.rounds import Choice, ChoiceRound, ChoiceSheet, Draw, DrawLine
from clubs.models.settings import ClubSettings
from clubs.models.timetable import CalendarFeed, TimetableProposal, Unavailable
from clubs.models.visits import Visit, VisitChild, VisitCount, VisitLeader

__all__ = [
    "CalendarFeed",
    "CampusZone",
    "Choice",
    "ChoiceRound",
    "ChoiceSheet",
    "Club",
    "ClubChange",
    "ClubEvaluation",
    "ClubPicture",
    "ClubSettings",
    "ClubSlot",
    "ClubWeek",
    "Draw",
    "DrawLine",
    "Lecture",
    "Meeting",
    "MeetingRecord",
    "Membership",
    "Offer",
    "RainDay",
    "Rotation",
    "RotationGroup",
    "RotationStop",
    "Seat",
    "Show",
    "Skill",
    "StaffSkill",
    "ThemeMonth",
    "TimetableProposal",
    "Unavailable",
    "Visit",
    "VisitChild",
    "VisitCount",
    "VisitLeader",
    "Waiting",
    "WaitingMove",
]
