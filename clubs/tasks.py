"""What happens by itself each morning."""

from celery import shared_task

from clubs.services import close_ended_memberships


@shared_task
def close_ended() -> None:
    """Frees the seats of children whose participation has ended."""
    close_ended_memberships()
