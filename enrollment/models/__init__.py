from enrollment.models.agreements import Agreement, AgreementTemplate, Consent, Signature
from enrollment.models.applications import Alternative, Application, ChangeRequest, Enrolment, ReviewStep
from enrollment.models.collectors import Collector, Concern, Institution, InstitutionPerson, LeavesAlone, PickUpCard
from enrollment.models.groups import (
    CareDuty,
    CareGroup,
    CareGroupAdult,
    CareGroupMember,
    CareGroupRoom,
    DutyChange,
    GroupProposal,
    GroupPublication,
)
from enrollment.models.offers import Letter, Receipt, ServiceOption
from enrollment.models.preparing import TermPreparation
from enrollment.models.stages import ReviewStage

__all__ = [
    "Agreement",
    "AgreementTemplate",
    "Alternative",
    "Application",
    "CareDuty",
    "CareGroup",
    "CareGroupAdult",
    "CareGroupMember",
    "CareGroupRoom",
    "ChangeRequest",
    "Collector",
    "Concern",
    "Consent",
    "DutyChange",
    "Enrolment",
    "GroupProposal",
    "GroupPublication",
    "Institution",
    "InstitutionPerson",
    "LeavesAlone",
    "Letter",
    "PickUpCard",
    "Receipt",
    "ReviewStage",
    "ReviewStep",
    "ServiceOption",
    "Signature",
    "TermPreparation",
]
