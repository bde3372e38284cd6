"""Papers of settlement: the mediation agreement 调解协议书 (调解仲裁法 14)."""

from application.documents.capital import capital
from application.documents.scene import (
    Block,
    Scene,
    day,
    grid,
    heading,
    pairs,
    para,
    signatures,
    yuan,
)
from domain.codes import label
from domain.codes_dispute import CLAIMS, PAYMENT_METHODS
from domain.dispute import facts
from domain.dispute.records import Agreement
from domain.kernel import N_, Refused


def agreement(scene: Scene) -> list[Block]:
    """调解协议书: parties, matter, amounts for each worker, instalments, term, force.

    The youngest agreement in force; D-06 refuses when there is none.
    """
    case = scene.case
    live = [one for one in case.agreements.values() if not one.voided]
    if not live:
        raise Refused(rule="D-06", text=N_("本案没有有效的调解协议，不能出具调解协议书。"))
    signed = live[-1]
    whole = sum(signed.agreed.values())
    workers = list(dict.fromkeys(case.claims[no].worker for no in signed.agreed))
    codes = sorted({case.claims[no].code for no in signed.agreed})
    return [
        pairs(
            ("申请人", _people(scene, workers)),
            ("被申请人", "、".join(map(scene.name, case.respondents))),
            ("争议事项", "、".join(label(CLAIMS, code) for code in codes)),
            ("调解员", scene.name(signed.mediator)),
        ),
        para(
            f"经{scene.name(case.station)}主持调解，双方在自愿、合法的基础上，"
            f"于{day(signed.signed_on)}达成如下协议："
        ),
        para(
            f"一、被申请人向申请人共{len(workers)}人支付{yuan(whole)}元（{capital(whole)}），"
            f"各申请人的金额见附表一。"
        ),
        *_terms(scene, signed),
        para(f"三、履行期限至{day(signed.perform_by)}，分期及付款方式见附表二。"),
        para(
            "四、本协议自双方签名或者盖章，经调解员签名并加盖调解组织印章后生效，"
            "对双方具有约束力（《劳动争议调解仲裁法》第十四条）。"
        ),
        para(
            "五、双方可以自协议生效之日起15日内共同申请仲裁审查，"
            "或者自协议生效之日起30日内共同申请司法确认。"
        ),
        signatures("申请人（或代表人）", "被申请人", "调解员", "调解组织（印章）"),
        heading("附表一　各申请人的金额"),
        _amounts(scene, signed, workers),
        heading("附表二　分期"),
        _instalments(signed),
    ]


def _people(scene: Scene, workers: list[str]) -> str:
    """Name up to ten workers, and then the first with the number."""
    names = [scene.name(worker) for worker in workers]
    if len(names) <= 10:
        return "、".join(names)
    return f"{names[0]}等{len(names)}人（名单见附表一）"


def _terms(scene: Scene, signed: Agreement) -> list[Block]:
    found = [
        fact
        for fact, _on in scene.facts
        if isinstance(fact, facts.AgreementSigned) and fact.agreement == signed.no
    ]
    return [para(f"二、{text}") for text in scene.said(fact.terms for fact in found)]


def _amounts(scene: Scene, signed: Agreement, workers: list[str]) -> Block:
    """Give claimed and agreed money of each worker, and the sums."""
    claims = scene.case.claims
    rows = []
    for place, worker in enumerate(workers, start=1):
        own = [no for no in signed.agreed if claims[no].worker == worker]
        asked, got = sum(claims[n].claimed for n in own), sum(signed.agreed[n] for n in own)
        rows.append((str(place), scene.name(worker), yuan(asked), yuan(got)))
    asked = sum(claims[no].claimed for no in signed.agreed)
    return grid(
        (
            ("序号", 1, "l"),
            ("申请人", 3, "l"),
            ("请求金额（元）", 3, "r"),
            ("协议金额（元）", 3, "r"),
        ),
        rows,
        ("", "合计", yuan(asked), yuan(sum(signed.agreed.values()))),
    )


def _instalments(signed: Agreement) -> Block:
    return grid(
        (("期", 1, "l"), ("应付日", 3, "l"), ("方式", 2, "l"), ("金额（元）", 3, "r")),
        (
            (
                str(one.no),
                day(one.due_on),
                label(PAYMENT_METHODS, one.method),
                yuan(sum(int(line.amount) for line in one.lines)),
            )
            for one in signed.instalments
        ),
        ("", "合计", "", yuan(sum(signed.agreed.values()))),
    )
