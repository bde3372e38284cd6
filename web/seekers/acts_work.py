"""Acts on the way into work: referrals, classes, placements, follow-ups."""

from domain import codes
from domain.kernel import N_
from domain.seeker.records import REFERRAL_OPEN
from web.acts import Act, Field
from web.seekers import own, words
from web.seekers.acts_case import asked

REFER, LEARN, WORK, CALL = N_("推荐"), N_("培训"), N_("就业"), N_("回访")
ENROLLED = ("enrolled",)


def yes(code: str) -> bool:
    """Read yes or no."""
    return code == "yes"


def referral(*standings: str) -> Field:
    """Choose a referral of the case."""
    offer = own.referrals(standings)
    return Field("referral", N_("哪一次推荐"), "own", of=offer, make=int)


def placement(*, running: bool = False, required: bool = True) -> Field:
    """Choose a placement of the case."""
    return Field(
        "placement",
        N_("哪一次就业"),
        "own",
        required=required,
        of=own.placements(running=running),
        make=int,
    )


REFER_ACTS = (
    Act(
        "refer",
        N_("推荐岗位"),
        (
            Field("vacancy", N_("岗位"), "vacancy"),
            Field("consent", N_("本人同意向该单位提供简历"), "bool", required=False),
            Field(
                "legal_basis",
                N_("无同意时的法律依据"),
                "code",
                codes.LEGAL_BASES,
                required=False,
                empty="",
            ),
        ),
        consequence=N_("只能推荐已核实、在有效期内、还有名额的岗位。"),
        start=asked,
    ),
    Act(
        "answer_referral",
        N_("登记答复"),
        (
            referral("proposed"),
            Field("accepted", N_("本人接受"), "code", words.YES_NO, make=yes),
            Field(
                "reason",
                N_("谢绝原因"),
                "code",
                codes.ANSWER_REASONS,
                required=False,
                empty="",
            ),
            Field(
                "justified",
                N_("有正当理由"),
                "code",
                words.YES_NO,
                required=False,
                hint=N_("空着按原因判断。"),
                make=yes,
            ),
        ),
        consequence=N_("六个月内无正当理由谢绝三次，会提醒人工判断，不会自动取消。"),
        start=asked,
    ),
    Act(
        "hold_interview",
        N_("登记面试"),
        (
            referral("accepted", "interviewed", "offered"),
            Field("result", N_("结果"), "code", codes.INTERVIEW_RESULTS),
        ),
        start=asked,
    ),
    Act(
        "make_offer",
        N_("登记录用意向"),
        (
            referral("accepted", "interviewed", "offered"),
            Field("direct_hire", N_("免面试录用"), "bool", required=False),
            Field("start_on", N_("到岗日期"), "date", required=False),
            Field("pay", N_("月薪"), "money", required=False),
        ),
        start=asked,
    ),
    Act(
        "end_referral",
        N_("结束推荐"),
        (
            referral(*REFERRAL_OPEN, "suspended"),
            Field("outcome", N_("结果"), "code", codes.REFERRAL_ENDS),
        ),
        consequence=N_("到岗请用“登记就业”，它会同时结束推荐、占用名额。"),
        start=asked,
    ),
    Act(
        "suspend_referral",
        N_("中止推荐"),
        (
            referral(*REFERRAL_OPEN),
            Field("reason", N_("原因"), "code", codes.REFERRAL_STOPS),
        ),
        start=asked,
    ),
)
LEARN_ACTS = (
    Act(
        "enrol",
        N_("报名培训"),
        (Field("training", N_("培训班"), "class"),),
        consequence=N_("同时占用该班一个名额。"),
        start=asked,
    ),
    Act(
        "complete_training",
        N_("登记结业"),
        (
            Field("training", N_("培训班"), "own", of=own.classes(ENROLLED)),
            Field("passed", N_("考核通过"), "code", words.YES_NO, make=yes),
        ),
        consequence=N_("出勤取自该班签到；结业后 30 天回访。"),
    ),
    Act(
        "drop_training",
        N_("退出培训"),
        (
            Field("training", N_("培训班"), "own", of=own.classes(ENROLLED)),
            Field("reason", N_("原因"), "code", codes.DROP_REASONS),
        ),
        consequence=N_("名额同时退还。"),
    ),
    Act(
        "obtain_certificate",
        N_("登记证书"),
        (
            Field("kind", N_("证书种类"), "code", codes.CERTIFICATES),
            Field("number", N_("证书编号")),
            Field(
                "training",
                N_("培训班"),
                "own",
                required=False,
                empty="",
                of=own.classes(("completed",)),
            ),
            Field("level", N_("等级"), required=False),
        ),
        start=asked,
    ),
)
WORK_ACTS = (
    Act(
        "place",
        N_("登记就业"),
        (
            Field("kind", N_("就业形式"), "code", codes.PLACEMENT_KINDS),
            Field("start_on", N_("到岗日期"), "date"),
            Field(
                "referral",
                N_("来自哪次推荐"),
                "own",
                required=False,
                of=own.referrals(REFERRAL_OPEN),
                make=int,
            ),
            Field("employer", N_("用人单位"), "employer", required=False, empty=""),
            Field("pay", N_("月薪"), "money", required=False),
            Field("licence_no", N_("营业执照号"), required=False, hint=N_("创业时必填。")),
            Field("term_until", N_("合同至"), "date", required=False),
            Field(
                "training",
                N_("凭哪个培训"),
                "own",
                required=False,
                empty="",
                of=own.classes(("completed", "certified")),
            ),
            Field(
                "job_category",
                N_("岗位性质（女性公益岗须选）"),
                "code",
                words.JOB_CATEGORIES,
                required=False,
                empty="worker",
            ),
        ),
        consequence=N_("到岗后第 1、3、6 个月各回访一次，到期日自动列出。"),
        start=asked,
    ),
    Act(
        "verify_placement",
        N_("核实就业"),
        (placement(), Field("method", N_("核实方式"), "code", codes.VERIFY_METHODS)),
        start=asked,
    ),
    Act(
        "end_placement",
        N_("登记离岗"),
        (
            placement(running=True),
            Field("ended_on", N_("最后工作日"), "date"),
            Field("reason", N_("原因"), "code", codes.PLACEMENT_ENDS),
        ),
        consequence=N_("没有其他在岗工作时，案件回到“帮扶中”。"),
        start=asked,
    ),
)
CALL_ACTS = (
    Act(
        "record_follow_up",
        N_("登记回访"),
        (
            Field("purpose", N_("用途"), "code", codes.FOLLOW_UP_PURPOSES),
            Field("channel", N_("方式"), "code", codes.FOLLOW_UP_CHANNELS),
            Field("result", N_("结果"), "code", codes.FOLLOW_UP_RESULTS),
            placement(required=False),
            Field("month", N_("第几月"), "int", required=False, hint=N_("稳岗回访填 1、3 或 6。")),
            Field("wage", N_("实发工资"), "money", required=False),
            Field("worked_share", N_("出勤比例(%)"), required=False),
            Field("satisfaction", N_("满意度(1至5)"), "int", required=False),
        ),
        consequence=N_("第 6 个月仍在岗，案件即为“稳定就业”。"),
        start=asked,
    ),
    Act(
        "agree_follow_up",
        N_("约定回访"),
        (
            Field("due_on", N_("约定日期"), "date"),
            Field("purpose", N_("用途"), "code", codes.FOLLOW_UP_PURPOSES),
        ),
        consequence=N_("到那一天会列在“现在要办的”里。"),
    ),
)
