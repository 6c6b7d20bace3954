"""Which constraint a write has broken, so that a service can say it in a sentence."""

from django.db import IntegrityError


def violated(error: IntegrityError) -> str:
    """The constraint's name as PostgreSQL tells it; empty where it tells none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""
