"""Papers: printed when they are asked for, and looked after each minute. Safe to run twice."""

from celery import shared_task

from school.services import printing


@shared_task
def print_waiting() -> None:
    printing.print_waiting()


@shared_task
def tend_printouts() -> None:
    """What nobody was told to print is printed; what has been kept long enough is deleted."""
    printing.forget_printouts()
    printing.print_waiting()
