"""The defaults of a school: the steps of a sheet, watch words, times for marking."""

from homework.models import HomeworkItem, HomeworkSettings, MarkingTime, SheetStage, WatchWord

Kind = HomeworkItem.Kind
STAGES = {
    SheetStage.Step.COORDINATION: (SheetStage.Who.HOMEROOM, True),
    SheetStage.Step.YEAR_CHECK: (SheetStage.Who.GRADE_HEAD, False),
    SheetStage.Step.OFFICE_REVIEW: (SheetStage.Who.OFFICE, True),
}
# R052, R051: who would have to do it, what would be needed for it, what it would be instead of learning.
WORDS = {
    "H6": ("家长批改", "家长检查", "家长签字", "家长签名", "家长听写", "请家长", "家长协助完成"),
    "H7": ("罚抄", "罚写", "惩罚", "抄*遍"),
    "H9": ("打印", "打卡", "拍照上传", "发到群", "小程序", "手机"),
}
# R084: compositions within a week, the rest the same day; what is not handed in is not marked.
MARKING = {Kind.WRITTEN: 0, Kind.COMPOSITION: 7, Kind.PROJECT: 7}


def load() -> None:
    HomeworkSettings.fresh()
    for step, (who, active) in STAGES.items():
        SheetStage.objects.get_or_create(step=step, defaults={"who": who, "active": active})
    if not WatchWord.objects.exists():
        WatchWord.objects.bulk_create(WatchWord(rule_key=key, word=word) for key in WORDS for word in WORDS[key])
    if not MarkingTime.objects.exists():
        MarkingTime.objects.bulk_create(MarkingTime(kind=kind, days=days) for kind, days in MARKING.items())
