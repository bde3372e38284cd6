"""Papers of the end of a dispute: failure with the routes, transfer, closing, cover of the file."""

from application.documents.blocks import (
    DASH,
    Block,
    closing,
    day,
    form,
    grid,
    heading,
    iso,
    items,
    large,
    para,
    plain,
    signatures,
    yuan,
)
from application.documents.opening import ADVICE, route_name
from application.documents.parties import (
    causes,
    limit_rows,
    named,
    respondents,
    sentence_for,
    whose,
)
from application.documents.scene import Scene
from domain.codes import label
from domain.codes_dispute import FAILURES, OUTCOMES
from domain.dispute import facts
from domain.dispute.papers import PAPERS, WITHOUT

SENT = frozenset({"application", "acceptance", "minutes", "agreement", "performance", "failure"})
RESULTS = {
    "settled_performed": "双方达成调解协议并已履行完毕",
    "settled_pending": "双方达成调解协议，按协议约定继续履行",
    "paid_immediately": "被申请人已即时支付",
    "withdrawn": "申请人撤回请求",
    "failed_escalated": "调解不成，已告知并转入其他途径",
    "transferred": "已移送其他机关办理",
}


def failure(scene: Scene) -> list[Block]:
    """调解不成告知书: why, which routes are open, until when, with whose help (D-17)."""
    case = scene.case
    workers = [
        one
        for one in ([scene.worker] if scene.worker else case.workers)
        if case.workers[one].track in WITHOUT
    ]
    ended = [f for f in scene.of(facts.MediationFailed) if set(f[0].workers) & set(workers)]
    fact, on = ended[-1] if ended else (None, scene.on)
    told = [
        route
        for one, _ in scene.of(facts.RoutesExplained)
        if set(one.workers) & set(workers)
        for route in one.routes
    ]
    routes = list(dict.fromkeys([*told, "arbitration", "inspection"]))
    limits = limit_rows(scene, "DL-08", "DL-08b", "DL-08c", "DL-08d")
    reason = label(FAILURES, fact.reason) if fact else DASH
    return [
        plain(f"{named(scene, workers, annex='名单见卷宗')}："),
        para(
            f"{sentence_for(scene)}，案号{case.case_no or DASH}，经本站调解，于{day(on)}终止调解，"
            f"原因：{reason}。"
        ),
        heading("一、您可以走的途径"),
        items([f"{route_name(one)}：{ADVICE.get(one, '')}" for one in routes]),
        heading("二、请注意期限"),
        *(
            [form(*[(name, until) for name, until in limits])]
            if limits
            else [para("仲裁时效一年，从知道或者应当知道权利被侵害之日起计算。")]
        ),
        para(
            "因本次调解，仲裁时效从申请调解之日起中断的，从中断时起重新计算"
            "（《劳动争议调解仲裁法》第二十七条）。请尽早提出，不要等到最后一天。"
        ),
        heading("三、需要帮助"),
        para(
            "本站可以协助填写申请书、复印卷宗材料、联系法律援助机构；农民工追索劳动报酬申请法律援助，"
            "不审查经济状况。上述协助不收费。"
        ),
        closing(scene.station, scene.on),
        signatures("收件人", "收到日期"),
    ]


def transfer(scene: Scene) -> list[Block]:
    """移送函（转办单）: which body gets what, why, and with which papers."""
    case = scene.case
    moved = scene.last(facts.TransferredOut, facts.Escalated)
    fact, on = moved or (None, scene.on)
    body = fact.body if fact else DASH
    to = route_name(body) if body in ADVICE else body
    workers = [w for w in getattr(fact, "workers", ()) if w in case.workers] or whose(scene)
    told = scene.text(getattr(fact, "grounds", None)) or getattr(fact, "reason", "")
    reason = told or "经调解没有达成协议，已告知当事人权利途径"
    ref = getattr(fact, "ref_no", None)
    asked = sum(case.claims[n].claimed for w in workers for n in case.workers[w].claims)
    issued = [PAPERS[one.kind].title for one in case.documents.values() if one.kind in SENT]
    return [
        plain(f"{to}："),
        para(
            f"{sentence_for(scene)}，本站于{day(case.applied_on or case.first_on)}收件"
            f"{f'，案号{case.case_no}' if case.case_no else ''}。因{reason}，"
            f"于{day(on)}移送贵处依法处理{f'（对方文号{ref}）' if ref else ''}。"
        ),
        form(
            ("申请人", named(scene, workers, annex="名单见卷宗")),
            ("被申请人", respondents(scene)),
            ("事项", causes(scene), "主张金额", f"{yuan(asked)}元"),
        ),
        heading("随附材料"),
        items(list(dict.fromkeys(issued)) or ["来件登记材料。"]),
        para("请收到后将受理情况函复本站。"),
        closing(scene.station, scene.on),
        signatures("接收人", "接收日期"),
    ]


def ending(scene: Scene) -> list[Block]:
    """结案通知书: how the case ended, in plain words, and what is still open to the worker."""
    case = scene.case
    result = RESULTS.get(case.outcome, label(OUTCOMES, case.outcome))
    workers = whose(scene)
    pending = case.outcome == "settled_pending"
    return [
        plain(f"{named(scene, workers, annex='名单见卷宗')}、{respondents(scene)}："),
        para(
            f"{sentence_for(scene)}，案号{case.case_no or DASH}，{result}，"
            f"本站于{day(case.closed_on)}结案。"
        ),
        *([_own_sums(scene)] if scene.worker or len(workers) == 1 else [_sums(scene)]),
        para(
            "协议约定的款项到期没有支付的，请及时告知本站：可以申请重新立案、申请支付令。"
            if pending
            else "结案后发现新的证据，或者对方没有履行的，可以向本站申请重新立案。"
        ),
        para("感谢您对调解工作的配合。您可以凭案号和查询码查看本案的办理情况。"),
        closing(scene.station, scene.on),
    ]


def _own_sums(scene: Scene) -> Block:
    sums = scene.case.sums(whose(scene)[0])
    return form(
        ("您的请求", f"{yuan(sums.claimed)}元", "协议金额", f"{yuan(sums.agreed)}元"),
        ("已付", f"{yuan(sums.paid)}元", "未付", f"{yuan(sums.outstanding)}元"),
    )


def _sums(scene: Scene) -> Block:
    sums = scene.case.totals
    return form(
        ("请求合计", f"{yuan(sums.claimed)}元", "协议合计", f"{yuan(sums.agreed)}元"),
        ("已付合计", f"{yuan(sums.paid)}元", "未付合计", f"{yuan(sums.outstanding)}元"),
    )


def closing_form(scene: Scene) -> list[Block]:
    """结案登记表: the page that the register of closed cases is made of."""
    case, sums = scene.case, scene.case.totals
    closed = scene.last(facts.Closed)
    remark = scene.text(closed[0].note) if closed and closed[0].note else ""
    return [
        form(
            ("申请人", named(scene, list(case.workers), annex="名单见卷宗")),
            ("被申请人", respondents(scene)),
            ("案由", causes(scene)),
            ("人数", f"{len(case.workers)}人", "集体争议", "是" if case.collective else "否"),
            ("收到申请", iso(case.applied_on), "受理", iso(case.accepted_on)),
            ("达成协议", iso(case.settled_on), "履行完毕", iso(case.performed_on)),
            ("结案日期", iso(case.closed_on), "结案方式", label(OUTCOMES, case.outcome)),
            ("调解员", scene.name(case.owner)),
        ),
        heading("金额（元）"),
        grid(
            [(name, 1, "r") for name in ("请求", "核定", "协议", "已付", "未付", "裁决到账")],
            [
                [
                    yuan(one)
                    for one in (
                        sums.claimed,
                        sums.verified,
                        sums.agreed,
                        sums.paid,
                        sums.outstanding,
                        sums.award_paid,
                    )
                ]
            ],
        ),
        heading("调解次数和说明"),
        para(
            f"举行调解{len(scene.of(facts.SessionHeld))}次，"
            f"出具文书{len(case.documents)}份。{remark}"
        ),
        signatures("调解员", "站长", "归档人", "归档日期"),
    ]


def cover(scene: Scene) -> list[Block]:
    """卷宗封面与目录: what the file is about, and every issued paper in it."""
    case = scene.case
    rows = [
        (str(place), PAPERS[one.kind].title, iso(one.on), one.about or DASH, "")
        for place, one in enumerate(
            (one for one in case.documents.values() if one.kind in PAPERS), start=1
        )
    ]
    return [
        large("调解卷宗"),
        form(
            ("案号", case.case_no, "保管期限", "　　年"),
            ("申请人", named(scene, list(case.workers), annex="名单见卷内")),
            ("被申请人", respondents(scene)),
            ("案由", causes(scene)),
            ("收到申请", iso(case.applied_on), "受理", iso(case.accepted_on)),
            ("结案", iso(case.closed_on), "结果", label(OUTCOMES, case.outcome)),
            ("调解员", scene.name(case.owner), "立卷单位", scene.station),
        ),
        heading("卷内目录"),
        grid(
            (
                ("序号", 1, "l"),
                ("文书", 4, "l"),
                ("出具日期", 2, "l"),
                ("所涉编号", 2, "l"),
                ("页次", 1, "l"),
            ),
            rows,
        ),
        signatures("立卷人", "检查人"),
    ]
