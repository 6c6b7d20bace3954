from enrollment.models.agreements import Agreement, AgreementTemplate, Consent, Signature
from enrollment.models.applications import Alternative, Application, ChangeRequest, Enrolment, ReviewStep
from enrollment.models.collectors import Collector, LeavesAlone
from enrollment.models.groups import CareDuty, CareGroup, CareGroupMember
from enrollment.models.offers import Letter, Receipt, ServiceOption
from enrollment.models.stages import ReviewStage

__all__ = [
    "Agreement",
    "AgreementTemplate",
    "Alternative",
    "Application",
    "CareDuty",
    "CareGroup",
    "CareGroupMember",
    "ChangeRequest",
    "Collector",
    "Consent",
    "Enrolment",
    "LeavesAlone",
    "Letter",
    "Receipt",
    "ReviewStage",
    "ReviewStep",
    "ServiceOption",
    "Signature",
]
