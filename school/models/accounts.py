"""Who signs in, and as what: users, roles and dated posts."""

import datetime as dt
import hashlib
import hmac
import secrets
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from school.access import role_codes_of
from school.history import track
from school.models.dated import Dated, DatedQuerySet, first_gap, ordered_days
from school.models.places import grade_name
from web.caching import cached_briefly
from web.fields import CleanColumn, MobileColumn


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


@track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """One adult, one login: a staff member, a guardian, or both.

    `username` is the staff number, else the phone number; either of the two signs in (school.auth).
    """

    username = models.CharField(_("login name"), max_length=64, unique=True)
    phone = MobileColumn(_("mobile phone"), max_length=11, null=True, blank=True, unique=True)
    name = CleanColumn(_("name"), max_length=50)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may enter the administration"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def role_codes(self) -> frozenset[str]:
        """The codes of all roles held today, merged."""
        today = timezone.localdate()
        return cached_briefly(f"roles:{self.pk}:{self.is_active}:{today}", lambda: role_codes_of(self, today))

    def has_role(self, *codes: str) -> bool:
        return not self.role_codes.isdisjoint(codes)


class Role(models.Model):
    """A role's name at this school, and whether it needs a second factor."""

    class Code(models.TextChoices):
        GUARDIAN = "guardian", _("guardian")
        TEACHER = "teacher", _("teacher")
        HOMEROOM_TEACHER = "homeroom_teacher", _("homeroom teacher")
        GRADE_HEAD = "grade_head", _("grade head")
        ACADEMIC_OFFICE = "academic_office", _("academic office")
        SERVICE_OFFICE = "service_office", _("service office")
        DUTY_LEADER = "duty_leader", _("duty leader")
        GATE = "gate", _("gate")
        PRINCIPAL = "principal", _("principal")
        COMMITTEE = "committee", _("parents' committee")

    code = models.CharField(_("code"), max_length=20, choices=Code.choices, primary_key=True)
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=30)
    second_factor = models.BooleanField(_("needs a second factor"), default=False)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class PostQuerySet(DatedQuerySet):
    def homeroom_gaps(self, classes: Iterable[int], first: dt.date, last: dt.date) -> dict[int, dt.date]:
        """Class → the first day from `first` to `last` without a homeroom teacher; classes that always have one are left out."""
        posts: dict[int, list[Post]] = defaultdict(list)
        for post in Post.objects.filter(role="homeroom_teacher", school_class__in=classes):
            posts[post.school_class_id or 0].append(post)
        gaps = {pk: first_gap(posts[pk], first, last) for pk in classes}
        return {pk: day for pk, day in gaps.items() if day}


@track()
class Post(Dated):
    """A member of staff holds a role from a day to a day; homeroom teachers for a class, grade heads for a grade."""

    staff = models.ForeignKey("school.Staff", models.CASCADE, related_name="posts", verbose_name=_("member of staff"))
    role = models.CharField(_("role"), max_length=20, choices=Role.Code.choices)
    school_class = models.ForeignKey(
        "school.SchoolClass", models.CASCADE, null=True, blank=True, related_name="posts", verbose_name=_("class")
    )
    grade = models.PositiveSmallIntegerField(_("grade"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["role", "starts_on"]
        constraints = [
            ordered_days("post"),
            models.CheckConstraint(
                name="post_scope_fits_role",
                condition=(Q(role="homeroom_teacher") & Q(school_class__isnull=False) & Q(grade__isnull=True))
                | (Q(role="grade_head") & Q(grade__isnull=False) & Q(school_class__isnull=True))
                | (
                    ~Q(role__in=["homeroom_teacher", "grade_head", "guardian", "teacher"])
                    & Q(grade__isnull=True)
                    & Q(school_class__isnull=True)
                ),
                violation_error_message=_("A homeroom teacher needs a class, a grade head a grade, others neither."),
            ),
            models.UniqueConstraint(
                name="post_once",
                fields=["staff", "role", "school_class", "grade", "starts_on"],
                nulls_distinct=False,
                violation_error_message=_("This post is held already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff.name} {self.get_role_display()} {self.school_class or self.grade_label}".strip()

    @property
    def grade_label(self) -> str:
        return grade_name(self.grade) if self.grade else ""


class ActivationCode(models.Model):
    """The one-time code on a guardian's letter (or a staff member's slip); only its keyed hash is stored."""

    ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    LENGTH = 10

    guardian = models.ForeignKey("school.Guardian", models.CASCADE, null=True, related_name="activation_codes")
    staff = models.ForeignKey("school.Staff", models.CASCADE, null=True, related_name="activation_codes")
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("activation code")
        verbose_name_plural = _("activation codes")
        constraints = [
            models.CheckConstraint(
                name="activationcode_for_one_adult",
                condition=Q(guardian__isnull=False, staff__isnull=True) | Q(guardian__isnull=True, staff__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian or self.staff} {self.issued_at:%Y-%m-%d}"

    @classmethod
    def new_code(cls) -> str:
        return "".join(secrets.choice(cls.ALPHABET) for _i in range(cls.LENGTH))

    @staticmethod
    def digest_of(code: str) -> str:
        """Keyed SHA-256 of the code as typed: spaces, hyphens and case do not matter."""
        plain = "".join(c for c in code.upper() if c.isalnum())
        return hmac.new(settings.SECRET_KEY.encode(), plain.encode(), hashlib.sha256).hexdigest()

    @property
    def is_open(self) -> bool:
        return self.used_at is None and self.expires_at > timezone.now()

    @staticmethod
    def lifetime() -> dt.timedelta:
        return dt.timedelta(days=60)
