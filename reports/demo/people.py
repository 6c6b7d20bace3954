"""The workbook of a school that does not exist, as the import reads it."""

import datetime as dt
import random
from dataclasses import dataclass

from school.importing import ReadSheet, Row
from school.student_numbers import check_digit
from web.cleaning import NUMERALS

FAMILY = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹柏章苏潘葛范彭鲁韦马苗方俞任袁柳史唐薛雷贺罗"
GIVEN = "安宁乐然之一子明文雨欣怡佳悦诗涵梓轩宇航晨阳嘉宜思远景行知瑾若曦可心语桐慕清书墨云帆舟禾苗竹松岚溪星辰"
RELATIONS = ("母亲", "父亲")
SECOND_RELATIONS = ("祖父", "祖母", "外祖母", "外祖父")
GROUPS = ("留守儿童", "进城务工人员随迁子女", "残疾儿童", "家庭经济困难", "单亲家庭", "学习困难", "身体健康问题")
HEALTH = ("青霉素过敏", "花生过敏", "近视", "哮喘")
POSTS = (
    ("课后服务办公室", None),
    ("保安", None),
    ("总务主任", "劳动"),
    ("德育主任", "道德与法治"),
    ("教务主任", "数学"),
    ("副校长", "语文"),
    ("校长", "语文"),
)
CORE = ("语文", "数学", "英语")
# Of who neither leads a class nor a club.
OTHER = ("劳动", "语文", "道德与法治", "数学", "心理健康", "英语")
ROOMS = ("书法教室", "体育馆", "图书馆", "多功能室", "操场东", "操场西", "棋艺室", "科学实验室", "篮球场")
MORE_ROOMS = ("美术教室1", "美术教室2", "舞蹈教室", "计算机教室", "音乐教室1")
OUTDOORS = ("操场东", "操场西", "篮球场")
CLUBS = (
    ("合唱团", "艺术", "三至六年级", 40, "音乐教室1", "周二", 0),
    ("少儿舞蹈", "艺术", "一至四年级", 30, "舞蹈教室", "周四", 0),
    ("硬笔书法", "艺术", "一至六年级", 36, "书法教室", "周三", 20),
    ("国画", "艺术", "三至六年级", 30, "美术教室1", "周五", 30),
    ("剪纸", "艺术", "一至三年级", 28, "美术教室2", "周二", 15),
    ("衍纸", "艺术", "二至五年级", 24, "美术教室2", "周四", 15),
    ("足球", "体育", "二至六年级", 40, "操场东", "周一、周四", 0),
    ("篮球", "体育", "三至六年级", 36, "篮球场", "周二、周五", 0),
    ("武术", "体育", "一至六年级", 40, "操场西", "周三", 0),
    ("花样跳绳", "体育", "一至六年级", 45, "操场西", "周一", 0),
    ("羽毛球", "体育", "四至六年级", 20, "体育馆", "周四", 0),
    ("机器人", "科技", "四至六年级", 24, "科学实验室", "周三", 60),
    ("趣味编程", "科技", "三至六年级", 40, "计算机教室", "周五", 0),
    ("航模", "科技", "五至六年级", 20, "科学实验室", "周二", 50),
    ("心脑珠算", "益智", "一至三年级", 30, "多功能室", "周一", 0),
    ("围棋", "益智", "一至六年级", 32, "棋艺室", "周四", 0),
    ("小小讲解员", "人文", "四至六年级", 24, "图书馆", "周三", 0),
)
# Who teaches what leads the club.
CLUB_SUBJECTS = {
    "合唱团": "音乐",
    "少儿舞蹈": "音乐",
    "硬笔书法": "语文",
    "国画": "美术",
    "剪纸": "美术",
    "衍纸": "美术",
    "足球": "体育",
    "篮球": "体育",
    "武术": "体育",
    "花样跳绳": "体育",
    "羽毛球": "体育",
    "机器人": "信息科技",
    "趣味编程": "信息科技",
    "航模": "科学",
    "心脑珠算": "数学",
    "围棋": "数学",
    "小小讲解员": "道德与法治",
}
GRADES = 6
SIBLINGS = 0.12
# Brothers and sisters are born at least this far apart.
APART = dt.timedelta(days=330)


@dataclass
class Names:
    """Names and phones that are each given out once (names of adults may repeat, phones never)."""

    rng: random.Random
    phone: int = 19900000000

    def name(self, family: str = "", *, not_of: str = "") -> str:
        """Of this family, else of any, or of any but one."""
        given = "".join(self.rng.sample(GIVEN, self.rng.choice((1, 2, 2, 2))))
        return (family or self.rng.choice(FAMILY.replace(not_of, "") if not_of else FAMILY)) + given

    def next_phone(self) -> str:
        self.phone += 1
        return str(self.phone)


def make_sheets(pupils: int, title: str, rng: random.Random, first_day: dt.date) -> dict[str, ReadSheet]:
    """The four sheets for so many pupils; classes of about 41."""
    names = Names(rng)
    per_grade = max(1, round(pupils / GRADES / 41))
    classes = [(grade, number) for grade in range(1, GRADES + 1) for number in range(1, per_grade + 1)]
    staff = _staff(classes, pupils, names)
    return {
        "教职工": ReadSheet("教职工", title, staff),
        "场地": ReadSheet("场地", title, _rooms(classes)),
        "学生名册": ReadSheet("学生名册", title, _students(classes, pupils, names, first_day)),
        "社团": ReadSheet("社团", title, _clubs(len(staff))),
    }


def class_name(grade: int, number: int) -> str:
    return f"{NUMERALS[grade - 1]}年级{number}班"


def _staff(classes: list[tuple[int, int]], pupils: int, names: Names) -> list[Row]:
    # Every group needs its adult while 17 clubs take theirs.
    teachers = max(len(classes) + 24, round(pupils * 71 / 1237))
    rows = []
    subject: str | None
    for i in range(teachers + len(POSTS)):
        post, subject = ("教师", CORE[i % 3] if i < len(classes) else OTHER[i % len(OTHER)])
        if i >= teachers:
            post, subject = POSTS[i - teachers]
        elif i >= teachers - len(CLUBS):
            subject = CLUB_SUBJECTS[CLUBS[teachers - 1 - i][0]]
        rows.append(
            {
                "工号": f"T{i + 1:03d}",
                "姓名": names.name(),
                "性别": "男" if post == "保安" else names.rng.choice("男女"),
                "任教学科": subject,
                "职务": post,
                "班主任班级": class_name(*classes[i]) if i < len(classes) else None,
                "手机": names.next_phone(),
            }
        )
    return [Row(number, values) for number, values in enumerate(rows, start=3)]


def _rooms(classes: list[tuple[int, int]]) -> list[Row]:
    rows = [
        {"场地名称": f"{class_name(*c)}教室", "类型": "普通教室", "容纳人数": 50, "位置": f"教学楼{(c[0] + 1) // 2}层"}
        for c in classes
    ]
    rows += [
        {"场地名称": name, "类型": "户外场地" if name in OUTDOORS else "功能室", "容纳人数": 50, "位置": "综合楼"}
        for name in (*ROOMS, *MORE_ROOMS)
    ]
    return [Row(number, values) for number, values in enumerate(rows, start=3)]


def _students(classes: list[tuple[int, int]], pupils: int, names: Names, first_day: dt.date) -> list[Row]:
    rng = names.rng
    rows = []
    families: list[Family] = []
    for i in range(pupils):
        grade, number = classes[i * len(classes) // pupils]
        born = dt.date(first_day.year - 6 - grade, 9, 1) + dt.timedelta(days=rng.randrange(365))
        body = f"990000{born:%Y%m%d}{i % 1000:03d}"
        family = rng.choice(families) if families and rng.random() < SIBLINGS else None
        if family is None or not family.may_have(born):
            family = make_family(names)
            families.append(family)
        family.born.append(born)
        values = {
            "学籍号": None if grade == 1 and rng.random() < 0.1 else f"G{body}{check_digit(body)}",
            "姓名": names.name(family.name),
            "性别": rng.choice("男女"),
            "出生日期": born,
            "年级": f"{NUMERALS[grade - 1]}年级",
            "班级": f"{number}班",
            "特殊群体": rng.choice(GROUPS) if rng.random() < 0.08 else None,
            "健康备注": rng.choice(HEALTH) if rng.random() < 0.04 else None,
        }
        for n, adult in enumerate(family.adults, start=1):
            values |= {
                f"监护人{n}姓名": adult["name"],
                f"监护人{n}关系": adult["relation"],
                f"监护人{n}手机": adult["phone"],
            }
        rows.append(values)
    return [Row(number, values) for number, values in enumerate(rows, start=3)]


@dataclass
class Family:
    """Its children bear one name, which their father and his parents bear too."""

    name: str
    adults: list[dict[str, str]]
    born: list[dt.date]

    def may_have(self, born: dt.date) -> bool:
        return len(self.born) < 3 and all(abs(born - other) >= APART for other in self.born)


def make_family(names: Names) -> Family:
    rng = names.rng
    name = rng.choice(FAMILY)
    first = rng.choice(RELATIONS)
    relations = [first]
    if rng.random() < 0.6:
        relations.append(rng.choice((*SECOND_RELATIONS, "父亲" if first == "母亲" else "母亲")))
    adults = [
        {
            "name": names.name(name) if relation in ("父亲", "祖父") else names.name(not_of=name),
            "relation": relation,
            "phone": names.next_phone(),
        }
        for relation in relations
    ]
    return Family(name, adults, [])


def _clubs(staff: int) -> list[Row]:
    rows = []
    for i, (name, category, grades, places, room, days, fee) in enumerate(CLUBS):
        rows.append(
            {
                "社团名称": name,
                "类别": category,
                "面向年级": grades,
                "人数上限": places,
                "指导教师工号": f"T{min(staff - len(POSTS), staff) - i:03d}",
                "地点": room,
                "活动时间": days,
                "材料费(元/学期)": fee,
            }
        )
    return [Row(number, values) for number, values in enumerate(rows, start=3)]
