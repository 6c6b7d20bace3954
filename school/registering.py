"""What `school` registers when the project is loaded."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from school import (
    about,
    changes,
    commenting,
    defaults,
    importing,
    inbox,
    menu,
    papers,
    parts,
    rows,
    schedule,
    searching,
    tasks,  # noqa: F401 - sent by name
)
from school.importing.rooms import RoomImporter
from school.importing.staff import StaffImporter
from school.importing.students import StudentImporter
from school.models import (
    ClassMembership,
    Credential,
    Guardianship,
    PolicyRule,
    Post,
    Room,
    SchoolClass,
    SchoolSettings,
    Staff,
    Student,
    Teaching,
    Term,
)
from school.reading import reading_tasks
from school.tasks_waiting import import_tasks, paper_tasks


def register(config: AppConfig) -> None:
    menu.register()
    searching.register()
    papers.register()
    rows.register()
    for importer in (RoomImporter(), StaffImporter(), StudentImporter()):
        importing.register(importer)
    inbox.register_tasks(paper_tasks)
    inbox.register_tasks(import_tasks)
    inbox.register_tasks(reading_tasks)
    inbox.register_tasks(commenting.mention_tasks)
    parts.register_part("schoolclass", about.class_of, order=10)
    parts.register_part("room", about.room_of, order=10)
    follow()
    post_migrate.connect(load_defaults, sender=config)
    post_migrate.connect(schedule.load_schedule, sender=config)


def follow() -> None:
    """What stands in the histories of pupils, colleagues, classes, rooms and settings."""
    changes.follow(Student, Student, secret=["number"])
    changes.follow(Student, ClassMembership, "student")
    changes.follow(Student, Guardianship, "student")
    changes.follow(Staff, Staff)
    changes.follow(Staff, Post, "staff")
    changes.follow(Staff, Teaching, "staff")
    changes.follow(Staff, Credential, "staff", secret=["number"])
    changes.follow(SchoolClass, SchoolClass)
    changes.follow(SchoolClass, Post, "school_class")
    changes.follow(SchoolClass, Teaching, "school_class")
    changes.follow(Room, Room)
    for model in (Term, PolicyRule, SchoolSettings):
        changes.follow(model, model)


def load_defaults(**kwargs: Any) -> None:
    """Load the roles, periods, subjects, special groups and policy rules of school.defaults."""
    defaults.load()
