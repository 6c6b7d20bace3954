"""A term in the demonstration: themes, records of two weeks, a visit, what families say, shows, lectures, labour day."""

import datetime as dt

from django.utils import timezone

from clubs.models import (
    CampusZone,
    Club,
    ClubEvaluation,
    Lecture,
    Meeting,
    MeetingRecord,
    Membership,
    Show,
    ThemeMonth,
    Visit,
    VisitChild,
    VisitLeader,
)
from clubs.records import week_number
from school.models import Guardianship, SchoolClass, SchoolDay, Term, User

# (month, theme, grades 1–2, 3–4, 5–6); a half of the school year has three.
THEMES = {
    1: (
        (9, "科学探索月", "看一看、摸一摸身边的材料", "动手做小实验并记录", "小组提出问题并设计验证"),
        (10, "阅读月", "听读绘本，亲子共读", "共读一本书，分享人物", "主题阅读，合写一份导读"),
        (11, "冬季运动月", "跳绳与游戏", "花样跳绳与接力", "耐力跑与班级联赛"),
    ),
    2: (
        (3, "诵读月", "童谣与古诗", "古诗与现代诗", "名篇与原创"),
        (4, "春行月", "认识校园植物", "走进公园", "走进社区"),
        (5, "博物馆月", "看一件文物", "听一段历史", "做一次讲解"),
    ),
}
PLAN = {
    "route": "学校东门上车，沿示范路到植物园南门，原路返回",
    "transport": "校车两辆，每座一人并系安全带",
    "emergency_contact": "课后服务办公室值班电话；植物园服务台",
    "first_aid": "带队教师携带急救包，校医留校待命",
    "weather": "下雨改在温室参观，预警时取消",
    "missing_child": "立即集合清点，一名教师留守，一名教师与园方寻找，同时报告办公室和家长",
}
# (kind, title, what came of it)
SHOWS = (
    ("exhibition", "%s作品展", "每人一件作品在走廊展出，家长留言三十多条"),
    ("show", "%s汇报展演", "大家合作完成，低年级同学现场体验"),
)
LECTURES = (("桥是怎样造的", "从纸桥到斜拉桥，现场动手做", 3, 6), ("牙医的一天", "怎样刷牙，为什么会有蛀牙", 1, 2))
ZONES = (("东花坛", "无落叶，工具归位"), ("西操场", "跑道干净，器材摆齐"), ("图书角", "桌椅整齐，书脊朝外"))
SENTENCES = ("孩子每周都盼着去", "老师很耐心", "希望材料提前告知", "", "回家会演示给我们看", "时间安排合适")


def make_activities(term: Term, office: User, until: dt.date) -> None:
    """After the afternoons: meetings exist then. Takes no chance, so that the school stays the same."""
    ThemeMonth.objects.bulk_create(
        ThemeMonth(term=term, month=month, title=title, lower=lower, middle=middle, upper=upper)
        for month, title, lower, middle, upper in THEMES[term.half]
    )
    clubs = list(Club.objects.published().filter(term=term).select_related("instructor__user").order_by("pk")[:5])
    record_meetings(term, until)
    if clubs:
        plan_visit(term, clubs[0], office, until)
    for club in clubs[:2]:
        evaluate(club, until)
    show_and_offer(term, clubs, office, until)
    share_campus(term, clubs)


def show_and_offer(term: Term, clubs: list[Club], office: User, until: dt.date) -> None:
    """What two clubs have shown, and two lectures that wait for a day."""
    day = max(term.starts_on, until - dt.timedelta(days=7))
    Show.objects.bulk_create(
        Show(
            term=term,
            club=club,
            day=day,
            kind=kind,
            title=title % club.name,
            result=result,
            entered_by=club.instructor.user or office,
        )
        for club, (kind, title, result) in zip(clubs, SHOWS, strict=False)
    )
    family = Guardianship.objects.filter(barred=False, guardian__user__isnull=False).order_by("pk")
    offers = zip(family.select_related("guardian")[: len(LECTURES)], LECTURES, strict=False)
    Lecture.objects.bulk_create(
        Lecture(
            topic=topic,
            about=about,
            grade_from=first,
            grade_to=last,
            speaker=one.guardian.name,
            relation=one.relation,
            phone=one.guardian.phone,
            offered_by_id=one.guardian.user_id,
        )
        for one, (topic, about, first, last) in offers
    )


def share_campus(term: Term, clubs: list[Club]) -> None:
    """Labour day is Friday: three classes, each with its zone."""
    classes = SchoolClass.objects.in_year(term.school_year).order_by("entry_year", "number")
    CampusZone.objects.bulk_create(
        CampusZone(term=term, name=name, aim=aim, weekday=5, school_class=school_class, adult=club.instructor)
        for (name, aim), school_class, club in zip(ZONES, classes, clubs, strict=False)
    )


def record_meetings(term: Term, until: dt.date) -> None:
    """The whole term but for the newest of each club, which still waits."""
    clubs = list(Club.objects.published().filter(term=term).prefetch_related("weeks").order_by("pk"))
    rows = Meeting.objects.filter(club__in=clubs, cancelled=False, day__lte=until, record=None)
    rows = rows.select_related("club", "instructor__user").order_by("club", "-day", "pk")
    weeks = {(week.club_id, week.number): week.content for club in clubs for week in club.weeks.all()}
    waiting: set[int] = set()
    made = []
    for meeting in rows:
        if meeting.club_id not in waiting:
            waiting.add(meeting.club_id)
            continue
        if meeting.instructor.user is None:
            continue
        content = weeks.get((meeting.club_id, week_number(term, meeting.day))) or f"{meeting.club.name}基础练习"
        written = timezone.make_aware(dt.datetime.combine(meeting.day, dt.time(18)))
        made.append(
            MeetingRecord(meeting=meeting, content=content, written_by=meeting.instructor.user, written_at=written)
        )
    MeetingRecord.objects.bulk_create(made)


def plan_visit(term: Term, club: Club, office: User, until: dt.date) -> None:
    """On a school day soon, so that it can be approved: all but the last three guardians have agreed."""
    soon = max(until, timezone.localdate()) + dt.timedelta(days=2)
    next_days = SchoolDay.objects.of_term(term).teaching().filter(day__gte=soon).order_by("day")
    day = next_days.values_list("day", flat=True).first() or term.ends_on
    visit = Visit.objects.create(
        term=term,
        name=f"{club.name}走进植物园",
        purpose="观察植物，寻找创作素材",
        place="示范植物园",
        day=day,
        leaves_at=dt.time(13, 30),
        returns_at=dt.time(16, 30),
        club=club,
        made_by=club.instructor.user or office,
        **PLAN,
    )
    people = [
        club.instructor_id,
        *Club.objects.exclude(instructor=club.instructor_id).values_list("instructor", flat=True),
    ]
    memberships = Membership.objects.on(until).filter(club=club).order_by("pk")
    children = list(memberships.values_list("student", flat=True))
    adults = list(dict.fromkeys(people))[: max(2, len(children) // 10 + 1)]
    VisitLeader.objects.bulk_create(VisitLeader(visit=visit, staff_id=pk) for pk in adults)
    users = users_of(children)
    now = timezone.now()
    rows = []
    for student in children[:-3]:
        if user := users.get(student):
            rows.append(
                VisitChild(visit=visit, student_id=student, answer="agreed", answered_by_id=user, answered_at=now)
            )
    known = {row.student_id for row in rows}
    rows += [VisitChild(visit=visit, student_id=student) for student in children if student not in known]
    VisitChild.objects.bulk_create(rows)


def users_of(students: list[int]) -> dict[int, int]:
    """Child → login of the first guardian who is not barred."""
    family = Guardianship.objects.filter(student__in=students, barred=False, guardian__user__isnull=False)
    return dict(family.order_by("-order").values_list("student", "guardian__user"))


def evaluate(club: Club, until: dt.date) -> None:
    memberships = list(Membership.objects.on(until).filter(club=club).order_by("pk")[: len(SENTENCES)])
    users = users_of([membership.student_id for membership in memberships])
    ClubEvaluation.objects.bulk_create(
        ClubEvaluation(
            membership=membership,
            content=5 - n % 3 // 2,
            again=n != 2,
            sentence=sentence,
            by_id=users[membership.student_id],
        )
        for n, (membership, sentence) in enumerate(zip(memberships, SENTENCES, strict=False))
        if membership.student_id in users
    )
