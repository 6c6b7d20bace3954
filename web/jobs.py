"""What jobs share: they are sent by name, so that a service imports no task that calls it; files are kept with their row."""

import logging
from collections.abc import Callable, Mapping

from celery import signature
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def send(name: str, *arguments: object) -> None:
    """Send a task; a broker that does not answer is logged. Work that is waiting in the database is sent again later."""
    try:
        signature(name, args=arguments).delay()
    except OperationalError as problem:
        logger.warning("%s%s waits: the broker does not answer (%s)", name, arguments, problem)


def keep_files(row: Model, files: Mapping[str, tuple[str, bytes]], write: Callable[[dict[str, str]], int]) -> bool:
    """Stores files (column → name and content), then has `write` put their names into the row. Returns whether it did.

    Whoever lost the row meanwhile writes nothing, and its files are taken away again.
    """
    names: dict[str, str] = {}
    written = 0
    try:
        for field, (name, content) in files.items():
            where = row._meta.get_field(field).generate_filename(row, name)  # type: ignore[union-attr]
            names[field] = default_storage.save(where, ContentFile(content))
        written = write(names)
    finally:
        if not written:
            for name in names.values():
                default_storage.delete(name)
    return bool(written)
