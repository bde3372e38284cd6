"""Acts of agreements and money: signature, payments, reversal, default, joint applications."""

from dataclasses import replace

from domain import codes_dispute as codes
from domain.kernel import N_
from web.acts import Act, Field
from web.disputes import inputs, splitting
from web.disputes.foresight import after_signature
from web.disputes.inputs import AGREEMENT, INSTALMENT, MEDIATOR, MONEY, REASON, REF_NO

SETTLE = "dispute.settle"
BODIES = {"arbitration": N_("劳动仲裁委员会"), "court": N_("人民法院")}
HOW = (
    Field("payer", N_("付款方"), "party"),
    Field("fund", N_("资金来源"), "code", choices=codes.PAYMENT_SOURCES),
    Field("method", N_("付款方式"), "code", choices=codes.PAYMENT_METHODS),
    Field("voucher_no", N_("凭证号")),
)
BOTH = Field("by", N_("共同申请人"), "party", many=True, hint=N_("须有劳动者一方和被申请人。"))

ACTS = (
    Act(
        "sign_agreement",
        N_("签订调解协议"),
        (
            MEDIATOR,
            Field("signed_by", N_("签字的人和单位"), "party", many=True),
            Field("sealed", N_("已加盖调解组织印章"), "bool", required=False),
            inputs.lines(label=N_("协议金额"), grid=splitting.grid_of_claims),
            Field("perform_by", N_("履行期限"), "date"),
            Field(
                "instalments",
                N_("分期"),
                "table",
                required=False,
                columns=(
                    Field("no", N_("期次"), "int"),
                    Field("due_on", N_("到期日"), "date"),
                    Field(
                        "method",
                        N_("付款方式"),
                        "code",
                        choices=codes.PAYMENT_METHODS,
                        required=False,
                        empty="bank",
                    ),
                    replace(inputs.CLAIM, required=False),
                    replace(inputs.AMOUNT, required=False),
                ),
                make=splitting.Part,
                hint=N_(
                    "不分期的留空。只写期次和到期日的，每人协议金额按期平均；"
                    "要分得不一样，就每行再写付款方式、请求和金额，各期之和须等于协议金额。"
                ),
            ),
            Field("terms", N_("协议内容"), "longtext"),
            Field(
                "waiver",
                N_("放弃说明"),
                "longtext",
                required=False,
                empty=None,
                hint=N_("协议额低于无争议额时填写。"),
            ),
            Field("excess_reason", N_("高于主张额的理由"), "longtext", required=False, empty=None),
        ),
        right=SETTLE,
        group=MONEY,
        prepare=splitting.instalments,
        foresee=after_signature,
        start=splitting.start_agreement,
        aside="disputes/split_agreement.html",
    ),
    Act(
        "record_payment",
        N_("登记付款"),
        (
            AGREEMENT,
            Field("instalment", N_("期次"), "own", of=inputs.instalments, make=int, required=False),
            *HOW,
            inputs.lines(label=N_("分给各人"), grid=splitting.grid_of_balances),
        ),
        consequence=N_("付清的劳动者将转为履行完毕；付款不能改，只能冲正。"),
        right=SETTLE,
        group=MONEY,
        start=splitting.start_payment,
        aside="disputes/split_payment.html",
    ),
    Act(
        "pay_immediately",
        N_("登记当场付款"),
        (
            *HOW,
            inputs.lines(label=N_("分给各人")),
            Field("settles", N_("付清本次请求"), "bool", required=False),
        ),
        right=SETTLE,
        group=MONEY,
    ),
    Act(
        "pay_award",
        N_("登记裁决款到账"),
        (*HOW, inputs.lines(label=N_("分给各人"))),
        consequence=N_("裁决款另计，不计入协议已付。"),
        right=SETTLE,
        group=MONEY,
    ),
    Act(
        "reverse_payment",
        N_("冲正付款"),
        (inputs.PAYMENT, REASON),
        consequence=N_("原记录仍可查看；凭证号可以重新登记。"),
        right=SETTLE,
        group=MONEY,
    ),
    Act(
        "recover_advance",
        N_("登记追回垫付"),
        (inputs.PAYMENT, inputs.AMOUNT, Field("voucher_no", N_("凭证号"))),
        right=SETTLE,
        group=MONEY,
    ),
    Act(
        "record_default",
        N_("登记逾期未履行"),
        (AGREEMENT, INSTALMENT),
        consequence=N_("该期未付的劳动者将转为逾期未履行，之后可申请支付令。"),
        right=SETTLE,
        group=MONEY,
    ),
    Act(
        "apply_review",
        N_("申请仲裁审查"),
        (AGREEMENT, BOTH, REF_NO),
        right=SETTLE,
        group=MONEY,
    ),
    Act(
        "apply_confirmation",
        N_("申请司法确认"),
        (AGREEMENT, BOTH, REF_NO),
        right=SETTLE,
        group=MONEY,
    ),
    Act(
        "void_agreement",
        N_("协议撤销或无效"),
        (
            AGREEMENT,
            Field("body", N_("认定机构"), "code", choices=BODIES),
            Field("reason", N_("理由")),
        ),
        consequence=N_("协议内的劳动者回到已提出请求。"),
        right=SETTLE,
        group=MONEY,
    ),
)
