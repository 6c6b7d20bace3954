"""What colleagues write to each other about one thing, and who is named with @.

Each app registers what can be commented on in AppConfig.ready():

    commenting.register(Club, roles=STAFF)

A comment is read and written by whoever has one of these roles and may see the row; never by a guardian of its child.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from school.inbox import Task
from school.models import Comment, Mention, Staff, Student, User

CALLED = re.compile(r"[@＠]")
MOST = 100  # comments of one thing
SUGGESTED = 6
LOOKED_AT = 30  # colleagues of whom it is asked at a key whether they may see the thing


@dataclass(frozen=True)
class Commented:
    roles: frozenset[str]
    child_of: Callable[[Any], Student | None]


_commented: dict[type[Model], Commented] = {}


def register(
    model: type[Model], *, roles: set[str], child_of: Callable[[Any], Student | None] = lambda thing: None
) -> None:
    """`child_of(thing)` is the child whose guardians do not read along; the model has `visible_to` and `get_absolute_url`."""
    _commented[model] = Commented(frozenset(roles), child_of)


def things() -> list[type[Model]]:
    return list(_commented)


def may_comment(user: User, thing: Model) -> bool:
    rule = _commented.get(type(thing))
    if rule is None or not user.has_role(*rule.roles):
        return False
    child = rule.child_of(thing)
    if child is not None and child.has_guardian(user):
        return False
    rows: Any = type(thing)._default_manager
    return bool(rows.visible_to(user).filter(pk=thing.pk).exists())


def comments_on(thing: Model) -> "QuerySet[Comment]":
    kind = ContentType.objects.get_for_model(type(thing))
    rows = Comment.objects.filter(thing_type=kind, thing_id=thing.pk).select_related("by")
    return rows.prefetch_related("mentions__user")


def colleagues(by: User) -> list[User]:
    """Colleagues at the school, but for the one who writes; whether they may see a thing is asked of each."""
    today = timezone.localdate()
    there = User.objects.filter(staff__in=Staff.objects.active(today), is_active=True).exclude(pk=by.pk)
    return list(there.order_by("name", "pk"))


def suggested(thing: Model, begun: str, by: User) -> list[str]:
    """Names that go on like this, of colleagues who may see the thing."""
    there = [user for user in colleagues(by) if user.name.startswith(begun)][:LOOKED_AT]
    seeing = (user.name for user in there if may_comment(user, thing))
    return list(dict.fromkeys(islice(seeing, SUGGESTED)))


def named_in(text: str, thing: Model, by: User) -> list[User]:
    """The colleagues whom the text names with @. Raises ValidationError for a name that nobody has who may see the thing."""
    parts = CALLED.split(text)[1:]
    if not parts:
        return []
    there, found = colleagues(by), []
    for part in parts:
        fitting = [user for user in there if part.startswith(user.name)]
        longest = max((len(user.name) for user in fitting), default=0)
        called = [user for user in fitting if len(user.name) == longest and may_comment(user, thing)]
        if not called:
            word = re.split(r"[\s,，。:：;；!！?？、]", part)[0][:10]
            raise ValidationError(_("Nobody called «%s» may see this. Write the name as it stands in the list.") % word)
        found += called
    return list(dict.fromkeys(found))


@transaction.atomic
def comment(*, thing: Model, text: str, by: User) -> Comment:
    """Writes a comment, which waits in the list of each colleague that it names, and of who had named the writer here; what
    waited for the writer here is read.

    Raises ValidationError for an empty text and for a name that nobody has who may see the thing.
    """
    text = text.strip()
    if not text:
        raise ValidationError(_("Write what is to be said."))
    if comments_on(thing).count() >= MOST:
        raise ValidationError(_("There are %d comments here; talk to each other.") % MOST)
    asked = Mention.objects.filter(user=by, read_at=None, comment__in=comments_on(thing).order_by())
    askers = [mention.comment.by for mention in asked.select_related("comment__by")]
    named = dict.fromkeys([*named_in(text, thing, by), *(one for one in askers if one != by)])
    written = Comment.objects.create(thing=thing, text=text, by=by)
    Mention.objects.bulk_create([Mention(comment=written, user=user) for user in named])
    read(thing=thing, by=by)
    return written


def read(*, thing: Model, by: User) -> int:
    """What waited for this person in the comments of the thing has been read; how many."""
    waiting = Mention.objects.filter(user=by, read_at=None, comment__in=comments_on(thing).order_by())
    return waiting.update(read_at=timezone.now())


def mention_tasks(user: User) -> Iterator[Task]:
    """One matter for each comment that names the person and is not read, as long as the person may see the thing."""
    rows = Mention.objects.filter(user=user, read_at=None).select_related("comment__by", "comment__thing_type")
    for mention in rows.prefetch_related("comment__thing").order_by("pk")[:20]:
        said, thing = mention.comment, mention.comment.thing
        if thing is not None and may_comment(user, thing):
            facts = {"who": said.by.name, "thing": thing, "text": said.text}
            title = _("%(who)s named you on «%(thing)s»: %(text)s") % facts
            address = f"{thing.get_absolute_url()}#comments"
            yield Task(title, address, since=timezone.localdate(said.at), action=_("Answer"))


def address_of(thing: Model, name: str) -> str:
    """The address of a view of `school.views.talking` for this thing."""
    return reverse(f"school:{name}", args=[thing._meta.label_lower, thing.pk])
