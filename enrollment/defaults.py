# ruff: noqa: E501 - paragraphs of a printed text
"""Texts that a school begins with. They are drafts: the office reads, changes and publishes them."""

from enrollment.models import AgreementTemplate, Letter

SERVICE = """甲方：{school}
乙方：{guardian}（{class} {student}的监护人）

一、服务内容。甲方在{term}为{student}提供课后服务「{option}」，时间为{weekdays} {times}，自{from}起。服务以看护、作业辅导、自主阅读和社团活动为主，不讲新课，不集体补课。

二、自愿参加。乙方自愿为孩子报名，可以随时申请退出；退出自学校办理之日的次日起生效。

三、费用。收费标准为：{fee}。收费依据和标准在校内公示，按实际情况多退少补，困难家庭可申请减免。

四、甲方责任。安排固定的教师看护并点名，落实交接和值班巡查；学生身体不适或发生意外时及时救助并立即通知乙方。

五、乙方责任。保证联系电话畅通；按约定时间到校接孩子，或按《安全接送承诺书》的约定由被授权人接走；如实告知孩子的身体状况。

六、本协议自双方签字之日起生效，至本学期课后服务结束时终止。"""

PICK_UP = """本人是{class} {student}的监护人{guardian}，就课后服务放学接送承诺如下：

一、可以接走孩子的人：{collectors}。未列入名单的人员，学校有权拒绝交接。

二、自行离校的日子：{alone}。约定自行离校的，离开校门后的路途安全由本人负责。

三、临时委托他人接送时，本人在当天放学前通过系统指定代接人，并告知其凭姓名和手机号与教师核对。

四、本人保证按时到校；不能按时到达的，提前联系看护教师。超时未接的，由值班领导安排专人看护直至交接。"""

TEXTS = {
    AgreementTemplate.Kind.SERVICE: ("课后服务协议书", SERVICE),
    AgreementTemplate.Kind.PICK_UP: ("安全接送承诺书", PICK_UP),
}

FACTS = {
    "way": "学生自愿参加。家长申请、班级审核、学校实施；本学期内有效，可中途退出。",
    "content": "第一节完成作业、自主阅读、个别答疑；第二节开展体育、艺术、科技、劳动等活动和社团。不讲新课，不集体补课。",
    "times": "教学日周一至周五，夏季 15:45–17:45，冬季 15:40–17:30。法定节假日和学校停课日不开展。",
    "place": "本班教室、功能室、图书馆、运动场。各班安排见公示。",
    "staffing": "本校教师为主，社团由有特长的教师或经审核的校外专业人员指导；每班有固定教师看护，校领导每日值班巡查。",
    "cost": "免费。",
    "use_of_money": "不收费；如有收费，只用于参与教师的劳务和学生活动用品，收支公示。",
    "safety": "到班点名，走班交接，放学逐一交给被授权人；校门登记来访人员；突发情况先救助并立即通知家长。",
}


def load() -> None:
    for kind, (title, body) in TEXTS.items():
        if not AgreementTemplate.objects.filter(kind=kind).exists():
            AgreementTemplate.objects.create(kind=kind, version=1, title=title, body=body)


def new_letter(term) -> Letter:  # type: ignore[no-untyped-def]
    """An unsaved letter of the term, its eight facts as a first draft."""
    return Letter(term=term, title=f"{term}课后服务告家长书", **FACTS)
