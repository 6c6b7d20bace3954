from enrollment.models.agreements import Agreement, AgreementTemplate, Signature
from enrollment.models.applications import Application, Enrolment, ReviewStep
from enrollment.models.collectors import Collector, LeavesAlone
from enrollment.models.groups import CareDuty, CareGroup, CareGroupMember
from enrollment.models.offers import Letter, Receipt, ServiceOption

__all__ = [
    "Agreement",
    "AgreementTemplate",
    "Application",
    "CareDuty",
    "CareGroup",
    "CareGroupMember",
    "Collector",
    "Enrolment",
    "LeavesAlone",
    "Letter",
    "Receipt",
    "ReviewStep",
    "ServiceOption",
    "Signature",
]
