"""The search of the office in a school of 5,000 pupils, as a share of reading the names of all of them.

The pupils and their guardians are made in a transaction that is taken back. The milliseconds are the time of the server for one
search, of the slowest kind of words.
"""

import statistics
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from bench import _school
from school.models import ClassMembership, Guardian, Guardianship, SchoolClass, Student, Term
from school.models.names import name_key
from school.searching import find

PUPILS, ROUNDS = 5000, 15
FAMILY, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "子涵宇轩思源雨桐佳琪浩然梓萱晨曦"
WORDS = ("韩子涵", "hzh", "zhang", "0042", "三(2)", "改报名时间", "没有这个人")


def make_pupils() -> None:
    """As many as are wanted, with a guardian and a class each."""
    names = [f"{FAMILY[n % 16]}{GIVEN[n // 16 % len(GIVEN)]}{GIVEN[n // 512 % len(GIVEN)]}" for n in range(PUPILS)]
    children = Student.objects.bulk_create(
        Student(name=name, name_key=name_key(name), number=f"G99{n:016}") for n, name in enumerate(names)
    )
    adults = Guardian.objects.bulk_create(
        Guardian(name=f"家长{n}", name_key=f"jia1 zhang3 {n}", phone=f"170{n:08}") for n in range(PUPILS)
    )
    Guardianship.objects.bulk_create(
        Guardianship(student=child, guardian=adult, relation="母亲")
        for child, adult in zip(children, adults, strict=True)
    )
    classes, first = list(SchoolClass.objects.filter(graduated_on=None)), Term.objects.get().starts_on
    ClassMembership.objects.bulk_create(
        ClassMembership(student=child, school_class=classes[n % len(classes)], starts_on=first)
        for n, child in enumerate(children)
    )


def median(work: Callable[[], Any]) -> float:
    """Milliseconds."""
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def run() -> Iterable[tuple[str, float, str, float]]:
    _school.demonstration()
    with transaction.atomic():
        make_pupils()
        office = _school.somebody("service_office")
        slowest = max(median(lambda words=words: find(office, words)) for words in WORDS)
        whole = median(lambda: list(Student.objects.values_list("name", "name_key")))
        transaction.set_rollback(True)
    yield "search.milliseconds", slowest, "<=", 50
    yield "search.ratio", slowest / whole, "<=", 3
