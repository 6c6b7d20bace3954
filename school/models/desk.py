"""What people keep on their desk: lists as they look at them, and what they write to each other about one thing."""

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedViewQuerySet(models.QuerySet):
    def of(self, user: models.Model, path: str) -> "SavedViewQuerySet":
        """The person's own of this list, and what colleagues share."""
        return self.filter(Q(owner=user.pk) | Q(is_shared=True), path=path)


class SavedView(models.Model):
    """A list as somebody looks at it: filters, order and columns of its address under a name."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("person")
    )
    path = models.CharField(_("list"), max_length=100)
    name = models.CharField(_("view"), max_length=30)
    query = models.CharField(_("address"), max_length=500, blank=True)
    is_shared = models.BooleanField(_("for colleagues, too"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="savedview_name_once",
                fields=["owner", "path", "name"],
                violation_error_message=_("You have a view of that name on this list."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"{self.path}?{self.query}"


class Comment(models.Model):
    """What a colleague writes to others about one application, club or finding. Append-only; families never see it."""

    thing_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name=_("kind"))
    thing_id = models.PositiveIntegerField(_("key"))
    thing = GenericForeignKey("thing_type", "thing_id")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    text = models.CharField(_("comment"), max_length=500)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]
        indexes = [models.Index(name="comment_thing", fields=["thing_type", "thing_id"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.text


class Mention(models.Model):
    """Somebody whom a comment names with @; it waits for them until they have read it."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions", verbose_name=_("comment"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions", verbose_name=_("person")
    )
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="mention_once", fields=["comment", "user"])]
        indexes = [models.Index(name="mention_unread", fields=["user"], condition=Q(read_at=None))]

    def __str__(self) -> str:
        return f"@{self.user}"
