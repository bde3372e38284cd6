"""Acts of the counter: intake, application, parties, claims, acceptance."""

from datetime import date, timedelta

from domain import codes_dispute as codes
from domain.kernel import N_
from web.acts import Act, Field
from web.disputes import inputs, parties
from web.disputes.foresight import after_application
from web.disputes.inputs import OPENING, PARTIES, REASON, REF_NO, RESPONDENT, WORKER, WORKERS
from web.disputes.proposals import start_verification

EDIT, TAKE = "dispute.edit", "dispute.intake"
FORMS = {"written": N_("书面"), "oral": N_("口头")}
POWERS = {"self": N_("本人"), "representative": N_("代表人")}
REPLIES = {"registered": N_("告知登记"), "final": N_("办结答复")}
YES_NO = {"yes": N_("同意调解"), "no": N_("不同意调解")}
ENDINGS = {
    "dismissed": N_("被辞退"),
    "resigned": N_("本人离职"),
    "expired": N_("合同到期"),
    "agreed": N_("协商解除"),
}


def last_day(month: date) -> date:
    """Give the last day of a month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


CAME_IN = (
    Field("channel", N_("来件渠道"), "code", choices=codes.DISPUTE_CHANNELS),
    Field("outer_no", N_("外部编号"), required=False, empty=None, hint=N_("热线工单号或信访号。")),
    Field(
        "applicant",
        N_("来人"),
        required=False,
        empty=None,
        hint=N_("姓名和证件号码；已登记的只写证件号码。"),
    ),
    Field("summary", N_("诉求摘要"), "longtext"),
    Field("reply_due", N_("要求答复日"), "date", required=False),
)
ROUTE = (
    Field("relation", N_("和单位是什么关系"), "code", choices=codes.RELATIONS),
    Field("matter", N_("为了什么事"), "code", choices=codes.MATTERS),
    Field("elsewhere", N_("是否已在别处办理"), "code", choices=codes.ELSEWHERE),
)
CLAIM_ROW = (
    Field("worker", N_("姓名和证件号码")),
    Field("code", N_("请求类别"), "code", choices=codes.CLAIMS),
    Field("from_on", N_("起月"), "month"),
    Field("to_on", N_("止月"), "month", make=last_day),
    Field("amount", N_("金额"), "money"),
    Field("undisputed", N_("无争议金额"), "money", required=False),
    Field("job", N_("工种"), required=False, empty=None),
)

ACTS = (
    Act(
        "record_intake",
        N_("登记争议来访"),
        CAME_IN,
        consequence=N_("登记后得到来件编号；信访和热线的答复期限从今天起算。"),
        right=TAKE,
        begins=True,
        group=OPENING,
        page="/disputes/new/counter",
        prepare=parties.applicant,
    ),
    Act(
        "attach_intake",
        N_("并入来件"),
        CAME_IN,
        right=TAKE,
        group=OPENING,
        prepare=parties.applicant,
    ),
    Act(
        "check_route",
        N_("判断由谁办理"),
        ROUTE,
        consequence=N_("只作提示，不改变案件状态。"),
        right=TAKE,
        group=OPENING,
    ),
    Act(
        "receive_application",
        N_("收到调解申请"),
        (Field("form", N_("申请方式"), "code", choices=FORMS),),
        right=TAKE,
        group=OPENING,
        foresee=after_application,
    ),
    Act(
        "request_materials",
        N_("一次性告知补正"),
        (
            Field("items", N_("缺少的材料"), "longtext", make=inputs.items, hint=N_("每行一项。")),
            Field("due_on", N_("补正期限"), "date"),
        ),
        right=TAKE,
        group=OPENING,
    ),
    Act(
        "receive_materials",
        N_("收到补正材料"),
        (Field("items", N_("收到的材料"), "longtext", make=inputs.items, hint=N_("每行一项。")),),
        right=TAKE,
        group=OPENING,
    ),
    Act(
        "accept",
        N_("受理"),
        consequence=N_("将编定案号，不收费；案号连续，不能空号。"),
        right=EDIT,
        group=OPENING,
    ),
    Act(
        "not_accept",
        N_("不予受理"),
        (
            Field("reason", N_("理由"), "code", choices=codes.NOT_ACCEPTED_REASONS),
            Field("told_route", N_("已告知的途径"), "code", choices=codes.TOLD_ROUTES),
        ),
        consequence=N_("将结案。"),
        right=EDIT,
        group=OPENING,
    ),
    Act(
        "transfer_out",
        N_("整案移送"),
        (Field("body", N_("移送机构"), "code", choices=codes.BODIES), REASON, REF_NO),
        consequence=N_("将结案，由对方机构办理。"),
        right=EDIT,
        group=OPENING,
    ),
    Act(
        "send_reply",
        N_("答复来件"),
        (
            Field("intake_no", N_("来件"), "own", of=inputs.intakes),
            Field("kind", N_("答复种类"), "code", choices=REPLIES),
        ),
        right=TAKE,
        group=OPENING,
    ),
    Act(
        "add_claimant",
        N_("增加申请人"),
        (
            Field("worker", N_("劳动者"), hint=N_("姓名和证件号码；已登记的只写证件号码。")),
            Field("job", N_("工种"), required=False, empty=None),
            Field("hired_on", N_("入职日期"), "date", required=False),
        ),
        right=TAKE,
        group=PARTIES,
        prepare=parties.claimant,
    ),
    Act(
        "add_respondent",
        N_("增加被申请人"),
        (
            Field(
                "respondent", N_("用人单位"), hint=N_("名称和统一社会信用代码；已登记的只写代码。")
            ),
            Field("role", N_("身份"), "code", choices=codes.RESPONDENT_ROLES),
        ),
        right=TAKE,
        group=PARTIES,
        prepare=parties.respondent,
    ),
    Act(
        "state_claims_table",
        N_("登记工资表(多人)"),
        (
            Field(
                "rows",
                N_("工资表"),
                "table",
                columns=CLAIM_ROW,
                make=parties.Row,
                hint=N_("表中没有登记过的人会一并登记为申请人。"),
            ),
        ),
        consequence=N_("整张表一次登记，有一行不对就一行也不记。"),
        right=TAKE,
        group=PARTIES,
        aside="wages/aside.html",
        prepare=parties.wage_table,
    ),
    Act(
        "state_claim",
        N_("登记一项请求"),
        (
            Field(
                "row",
                N_("请求"),
                "table",
                columns=(WORKER, *CLAIM_ROW[1:6]),
                make=parties.Row,
                hint=N_("只填一行。"),
            ),
        ),
        right=TAKE,
        group=PARTIES,
        prepare=parties.one_claim,
    ),
    Act(
        "amend_claim",
        N_("变更请求金额"),
        (inputs.CLAIM, inputs.AMOUNT, REASON),
        right=EDIT,
        group=PARTIES,
    ),
    Act(
        "verify_claim",
        N_("核定请求金额"),
        (inputs.CLAIM, inputs.AMOUNT, Field("basis", N_("核定依据"))),
        start=start_verification,
        right=EDIT,
        group=PARTIES,
    ),
    Act(
        "choose_representatives",
        N_("推选代表人"),
        (
            Field(
                "representatives", N_("代表人"), "worker", many=True, hint=N_("1 至 5 名申请人。")
            ),
        ),
        right=EDIT,
        group=PARTIES,
    ),
    Act(
        "withdraw_claimant",
        N_("申请人撤回"),
        (
            WORKER,
            Field("by", N_("由谁提出"), "worker"),
            Field("power", N_("身份"), "code", choices=POWERS),
            Field("reason", N_("理由"), "code", choices=codes.WITHDRAWALS),
        ),
        consequence=N_("最后一名申请人撤回时同时结案。"),
        right=EDIT,
        group=PARTIES,
    ),
    Act(
        "end_employment",
        N_("登记劳动关系终止"),
        (
            WORKER,
            Field("ended_on", N_("终止日期"), "date"),
            Field("reason", N_("原因"), "code", choices=ENDINGS),
        ),
        consequence=N_("拖欠报酬的仲裁时效从终止之日起一年内提出。"),
        right=TAKE,
        group=PARTIES,
    ),
    Act(
        "record_consent",
        N_("登记被申请人是否同意调解"),
        (
            RESPONDENT,
            Field("consents", N_("表示"), "code", choices=YES_NO, make=lambda code: code == "yes"),
        ),
        right=EDIT,
        group=PARTIES,
    ),
    Act(
        "notify_refusal",
        N_("告知申请人对方不同意调解"),
        (WORKERS, Field("method", N_("告知方式"), "code", choices=codes.NOTICE_METHODS)),
        right=EDIT,
        group=PARTIES,
    ),
)
