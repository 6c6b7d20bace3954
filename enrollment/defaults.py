# ruff: noqa: E501 - paragraphs of a printed text
"""The texts that a school begins with, as drafts: the office reads, changes and publishes them."""

from enrollment.models import AgreementTemplate, Letter, ReviewStage, ServiceOption
from school.models import Role, Term
from web.templatetags.formats import yuan

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

PRIVACY = """{school}为了给{student}提供课后服务，需要处理孩子的个人信息。孩子未满十四周岁，这些信息属于敏感个人信息，请您阅读后单独作出决定。

一、处理的目的和内容。姓名、班级、出生日期、监护人姓名和手机号，用于报名、点名、放学交接和紧急联系；健康提示用于照看孩子；选择上传的接送人照片只用于门口核对；意见和问卷用于改进服务。不收集身份证号，不做人脸识别，不记录成绩和排名。

二、保存的地点和时间。信息保存在学校使用的服务器上，参加记录和协议保存到毕业后三年，点名、交接和访问记录至少保存六个月，到期由系统删除。

三、谁能看到。只有照看孩子的教师、班主任、课后服务办公室和值班领导能看到工作所需的部分；查看手机号等内容会留下记录。不提供给校外机构用于其他目的。

四、不同意会怎样。您可以不同意，孩子照样可以参加课后服务；此时学校只处理提供服务所必需的信息，接送人照片等可选内容不能使用。

五、您的权利。您可以随时查看、复制、更正、要求删除孩子的信息，也可以撤回同意；撤回不影响此前的处理。有疑问或投诉，请联系课后服务办公室，也可以向网信部门反映。"""

TEXTS = {
    AgreementTemplate.Kind.PRIVACY: ("儿童个人信息处理同意书", PRIVACY),
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


STAGES = {
    ReviewStage.Step.CLASS_REVIEW: (Role.Code.HOMEROOM_TEACHER, True),
    ReviewStage.Step.YEAR_COLLATION: (Role.Code.GRADE_HEAD, False),
    ReviewStage.Step.SCHOOL_APPROVAL: (Role.Code.SERVICE_OFFICE, True),
    ReviewStage.Step.PLACEMENT: (Role.Code.SERVICE_OFFICE, True),
}


def load() -> None:
    for step, (role, active) in STAGES.items():
        ReviewStage.objects.get_or_create(step=step, defaults={"role": role, "active": active})
    for kind, (title, body) in TEXTS.items():
        if not AgreementTemplate.objects.filter(kind=kind).exists():
            AgreementTemplate.objects.create(kind=kind, version=1, title=title, body=body)


def new_letter(term: Term) -> Letter:
    """An unsaved letter of the term, its eight facts as a first draft; what it costs is read from the term's options."""
    charged = ServiceOption.objects.filter(term=term, fee_amount__gt=0).order_by("pk")
    costs = "；".join(f"{one.name}：{yuan(one.fee_amount)}（{one.get_fee_mode_display()}）" for one in charged)
    money = {"cost": f"{costs}。", "use_of_money": "只用于参与教师的劳务和学生活动用品，收支公示。"} if costs else {}
    return Letter(term=term, title=f"{term}课后服务告家长书", **FACTS | money)
