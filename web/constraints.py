"""Names the constraint that a write has broken, so that a service can give a sentence for it."""

from django.db import IntegrityError


def violated(error: IntegrityError) -> str:
    """The constraint's name as PostgreSQL reports it; empty where it reports none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""
