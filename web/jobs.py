"""Tasks are sent to the workers by name, so that a service does not import the tasks that call it."""

import logging

from celery import signature
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def send(name: str, *arguments: object) -> None:
    """Send a task; a broker that does not answer is logged. Work that is waiting in the database is sent again later."""
    try:
        signature(name, args=arguments).delay()
    except OperationalError as problem:
        logger.warning("%s%s waits: the broker does not answer (%s)", name, arguments, problem)
