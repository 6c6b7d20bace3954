"""What waits for a person: one list from all apps, each matter with its owner, its age, its deadline and its button.

Each app registers its rules in AppConfig.ready():

    inbox.register_tasks(waiting_for)

A rule gives what waits for the person, and to those who look after the whole school also what waits for others (`watches`).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db.models import Count, Min
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language

from school import navigation
from school.models import Role, Student, User
from web.caching import cached_between_changes, cached_briefly, only_reads

if TYPE_CHECKING:
    from django.db.models import QuerySet

# They see what waits for others, too.
WATCHERS = ("principal", "service_office", "academic_office")
FAR = dt.timedelta(days=3650)
COUNT_SECONDS = 300


@dataclass(frozen=True)
class Task:
    """A matter that waits; its button says `action` and leads to `url`.

    `role` is the code of the role whose matter it is; without one it waits for the person for whom it was asked.
    """

    title: str
    url: str
    closes_at: dt.datetime | None = None
    student: Student | None = None
    action: str | Promise = ""
    since: dt.date | None = None
    role: str = ""

    @property
    def owner(self) -> str:
        """The name of the role whose it is; empty for the person's own."""
        return names_of_roles().get(self.role, "")

    @property
    def days(self) -> int | None:
        """Its age in days; None where nobody wrote down when it began."""
        return None if self.since is None else (timezone.localdate() - self.since).days

    @property
    def is_late(self) -> bool:
        return self.closes_at is not None and self.closes_at < timezone.now()

    def is_of(self, user: User) -> bool:
        return not self.role or self.role in user.role_codes


TaskRule = Callable[[User], Iterable[Task]]
_rules: list[TaskRule] = []


def register_tasks(rule: TaskRule) -> None:
    if rule not in _rules:
        _rules.append(rule)


def names_of_roles() -> dict[str, str]:
    return cached_briefly("names of roles", lambda: dict(Role.objects.values_list("code", "name")))


def watches(user: User, role: str) -> bool:
    """Whether a matter of this role is in the person's list: it is theirs, or they look after the whole school."""
    return user.has_role(role, *WATCHERS)


def all_tasks(user: User) -> list[Task]:
    """What waits for the person, and what waits for others, to be looked at: the earliest deadline first, then the oldest."""
    return cached_between_changes(f"tasks:{user.pk}:{get_language()}", lambda: _all_tasks(user))


def _all_tasks(user: User) -> list[Task]:
    far, today = timezone.now() + FAR, timezone.localdate()
    found = [task if task.is_of(user) else replace(task, action="") for rule in _rules for task in rule(user)]
    cache.set(f"waiting:{user.pk}", sum(task.is_of(user) for task in found), COUNT_SECONDS)
    return sorted(found, key=lambda task: (task.closes_at or far, task.since or today, task.title))


def count_for(user: User) -> int:
    """How many matters wait for this person, for the bar that stands on every page: counted with the list, else every five
    minutes, and after one's own change at once.
    """
    counted: int | None = cache.get(f"waiting:{user.pk}") if only_reads() else None
    return len(tasks_for(user)) if counted is None else counted


def tasks_for(user: User, *, but: Iterable[str] = ()) -> list[Task]:
    """What waits for this person; not what leads to the addresses of `but`, which the page shows itself."""
    return [task for task in all_tasks(user) if task.is_of(user) and task.url not in but]


@dataclass(frozen=True)
class TaskGroup:
    """The same matter of several children."""

    title: str
    action: str | Promise
    closes_at: dt.datetime | None
    tasks: list[Task]


def grouped(tasks: Iterable[Task]) -> list[TaskGroup]:
    """Tasks by matter, in the order given."""
    found: dict[tuple[str, str, dt.datetime | None], TaskGroup] = {}
    for task in tasks:
        key = (task.title, str(task.action), task.closes_at)
        found.setdefault(key, TaskGroup(task.title, task.action, task.closes_at, [])).tasks.append(task)
    return list(found.values())


def tasks_in(user: User, group: str) -> list[Task]:
    """What waits for this person on the pages of one group of the navigation."""
    pages = navigation.pages_for(user)

    def belongs(task: Task) -> bool:
        page = navigation.active_item(pages, task.url)
        return page is not None and page.group == group

    return [task for task in tasks_for(user) if belongs(task)]


def waiting_rows(
    rows: "QuerySet[Any]", title: Promise, url: str, *, since: str = "", role: str = "", action: str | Promise = ""
) -> Iterator[Task]:
    """One task for all rows that wait at one page, as old as the oldest of them; none where nothing waits. One query.

    `title` is an ngettext_lazy() that counts by «n»; `since` is the field in which a row's beginning stands, where there is one.
    """
    waiting = rows.order_by().aggregate(n=Count("pk"), **({"oldest": Min(since)} if since else {}))
    if waiting["n"]:
        oldest = waiting.get("oldest")
        day = timezone.localdate(oldest) if isinstance(oldest, dt.datetime) else oldest
        yield Task(str(title % {"n": waiting["n"]}), url, since=day, role=role, action=action)
