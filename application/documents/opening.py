"""Papers of the opening of a dispute: application, acceptance, refusal, summons, minutes."""

from application.documents.blocks import (
    DASH,
    Block,
    closing,
    cut,
    day,
    form,
    heading,
    items,
    pairs,
    para,
    plain,
    signatures,
    yuan,
)
from application.documents.parties import (
    causes,
    claim_rows,
    limit_rows,
    named,
    parties,
    respondents,
    sentence_for,
    whose,
)
from application.documents.scene import Scene
from domain.codes import label
from domain.codes_dispute import BODIES, DISPUTE_CHANNELS, NOT_ACCEPTED_REASONS, TOLD_ROUTES
from domain.dispute import facts

# Which body serves instead, and by which article (domain.md 3.2); said in every refusal.
BECAUSE = {
    "no_relation": "双方之间不存在劳动关系，或者所涉事项不属于劳动争议"
    "（《劳动争议调解仲裁法》第二条、法释〔2020〕26号第二条）。",
    "elsewhere": "同一事项已由其他机关受理或者作出处理（《信访工作条例》第十九条）。",
    "no_competence": "所涉事项不属于本调解组织的受理范围（《劳动争议调解仲裁法》第十条）。",
    "no_papers": "经一次性书面告知，逾期没有补正材料（《劳动争议调解仲裁法》第十二条）。",
}
ADVICE = {
    "arbitration": "向劳动争议仲裁委员会申请仲裁。仲裁时效为一年，从知道或者应当知道权利被侵害"
    "之日起计算（《劳动争议调解仲裁法》第二十七条）；仲裁不收费。",
    "inspection": "向劳动保障监察机构投诉。违法行为终了之日起两年内可以投诉"
    "（《劳动保障监察条例》第二十条）。",
    "court": "向有管辖权的人民法院起诉。劳务报酬请求适用三年诉讼时效（《民法典》第一百八十八条）。",
    "people_mediation": "向村（居）或者街道、乡镇人民调解委员会申请调解，不收费"
    "（《人民调解法》第四条）。",
    "enforcement": "持生效法律文书向人民法院申请执行，期间为二年（《民事诉讼法》第二百五十条）。",
    "police": "涉嫌拒不支付劳动报酬的，向公安机关反映（《刑法》第二百七十六条之一）。",
    "union": "请工会提供帮助（《工会法》第二十二条）。",
    "justice_office": "向司法所或者法律援助机构咨询；农民工追索劳动报酬申请法律援助不审查经济状况"
    "（《法律援助法》第四十二条）。",
}


def route_name(route: str) -> str:
    """Name a route or a body."""
    return label(TOLD_ROUTES, route) if route in TOLD_ROUTES else label(BODIES, route)


def application(scene: Scene) -> list[Block]:
    """调解申请书 or 口头申请笔录: parties, requests, facts and reasons (调解仲裁法 12)."""
    case, workers = scene.case, whose(scene)
    received = scene.last(facts.ApplicationReceived)
    oral = received is not None and received[0].form == "oral"
    many = len(workers) > 1
    said = scene.said(
        fact.facts for fact, _ in scene.of(facts.ClaimStated) if fact.worker in workers
    )
    told = scene.said(
        fact.summary for fact, _ in scene.of(facts.IntakeRecorded, facts.IntakeAttached)
    )
    asked = sum(case.claims[n].claimed for w in workers for n in case.workers[w].claims)
    how = (
        "申请人口头申请，由工作人员当场记录并向申请人宣读（《劳动争议调解仲裁法》第十二条）。"
        if oral
        else "申请人提交书面申请。"
    )
    return [
        *([plain("（口头申请笔录）")] if oral else []),
        *parties(scene, workers),
        heading("一、请求事项"),
        para(
            f"请求被申请人支付{causes(scene)}，共{len(workers)}人、{len(case.claims)}项，"
            f"合计{yuan(asked)}元，明细见附表。"
            if many
            else f"请求被申请人支付下列款项，合计{yuan(asked)}元。"
        ),
        *([] if many else [claim_rows(scene, workers)]),
        heading("二、事实和理由"),
        *[para(text) for text in dict.fromkeys([*told, *said])],
        heading("三、申请方式和日期"),
        para(f"{how}收到申请的日期为{day(case.applied_on)}，来件编号{'、'.join(case.intakes)}。"),
        signatures("申请人（或代表人）", "记录人" if oral else "收件人", "日期"),
        *([heading("附表　请求明细"), claim_rows(scene, workers)] if many else []),
    ]


def acceptance(scene: Scene) -> list[Block]:
    """受理通知书: accepted, by whom it is mediated, until when, what to bring, rights."""
    case, workers = scene.case, whose(scene)
    until = [text for _, text in limit_rows(scene, "DL-03")]
    limit = f"调解期限到{until[0]}届满；" if until else ""
    return [
        plain(f"{named(scene, workers, annex='名单见卷宗')}："),
        para(
            f"{sentence_for(scene)}，本站于{day(case.applied_on)}收到调解申请。经审查，"
            f"符合《劳动争议调解仲裁法》第十条、第十二条的规定，于{day(case.accepted_on)}予以受理，"
            f"案号为{case.case_no}。"
        ),
        para(
            f"本案由{scene.name(case.owner) or '本站指派的调解员'}调解。{limit}自收到申请之日起"
            "十五日内未达成调解协议的，当事人可以依法申请仲裁（《劳动争议调解仲裁法》第十四条）。"
        ),
        heading("当事人的权利和义务"),
        items(
            (
                "可以自愿接受、不接受或者终止调解，可以委托代理人；调解不收费。",
                "有权要求有利害关系的调解员回避。",
                "应当如实陈述事实，按时参加调解，提供劳动合同、考勤、工资支付记录等证据。",
                "申请调解不影响向仲裁委员会申请仲裁；请注意一年的仲裁时效。",
            )
        ),
        para("凭案号和另发的查询码可以随时查询进度，查询码请勿交给他人。"),
        closing(scene.station, scene.on),
    ]


def refusal(scene: Scene) -> list[Block]:
    """不予受理通知书: the reason with its article, and the body that serves instead."""
    workers = whose(scene)
    found = scene.last(facts.NotAccepted)
    reason, route = (found[0].reason, found[0].told_route) if found else ("", "")
    on = found[1] if found else scene.on
    advice = ADVICE.get(route, "")
    due = [f"{name}到{until}" for name, until in limit_rows(scene, "DL-08", "DL-08b", "DL-08d")]
    return [
        plain(f"{named(scene, workers, annex='名单见卷宗') or '申请人'}："),
        para(
            f"{sentence_for(scene)}，来件编号{'、'.join(scene.case.intakes)}，经审查，"
            f"决定自{day(on)}起不予受理。"
        ),
        heading("一、理由"),
        para(BECAUSE.get(reason, label(NOT_ACCEPTED_REASONS, reason))),
        heading("二、您可以走的途径"),
        para(f"{route_name(route)}：{advice}" if advice else f"{route_name(route)}。"),
        *([para(f"请注意期限：{'；'.join(due)}。")] if due else []),
        para("对本通知有疑问的，可以到本站询问；需要时本站协助联系接收机构，不收费。"),
        closing(scene.station, scene.on),
    ]


def representatives(scene: Scene) -> list[Block]:
    """代表人推选书: who speaks for everybody, what they may and may not do (D-14, D-16)."""
    case = scene.case
    chosen = list(case.representatives)
    found = scene.last(facts.RepresentativesChosen)
    others = [one for one in whose(scene) if one not in chosen]
    return [
        para(
            f"{sentence_for(scene)}，申请人共{len(case.active)}人。经协商，"
            f"于{day(found[1] if found else scene.on)}推选下列{len(chosen)}人为代表人，"
            "参加调解活动（《劳动争议调解仲裁法》第七条）。"
        ),
        pairs(
            *[
                (f"代表人{place}", f"{party.name}　证件后四位{party.last4 or DASH}　{party.phone}")
                for place, party in enumerate(map(scene.party, chosen), start=1)
            ]
        ),
        para(
            "代表人的行为对被代表的申请人发生效力；但代为承认、放弃、变更请求，达成调解协议，"
            "撤回申请，须经被代表的申请人同意。"
        ),
        heading("全体申请人签名"),
        signatures(*[scene.name(one) for one in [*chosen, *others]]),
    ]


def summons(scene: Scene) -> list[Block]:
    """调解通知书: time, place, mediator, what to bring, what follows from staying away."""
    session = scene.case.sessions[int(scene.about)]
    place = _place(scene, session.no)
    workers = whose(scene)
    return [
        plain(f"{named(scene, workers, annex='名单见卷宗')}、{respondents(scene)}："),
        para(f"{sentence_for(scene)}，案号{scene.case.case_no}，定于下列时间调解，请准时参加："),
        form(
            ("时间", f"{day(session.on)}　{session.from_at} 至 {session.to_at}"),
            ("地点", place),
            ("调解员", scene.name(session.mediator), "联系电话", _phone(scene)),
        ),
        heading("请带好"),
        items(
            (
                "身份证件；单位请带营业执照复印件、法定代表人身份证明，委托他人的带授权委托书。",
                "劳动合同、考勤记录、工资发放记录、欠条、聊天记录等证据的原件和复印件。",
            )
        ),
        para(
            "不能到场的，请提前联系调解员改期。调解自愿，不愿调解的可以书面告知本站；"
            "无正当理由两次不到场的，视为调解不成。"
        ),
        closing(scene.station, scene.on),
        cut(),
        plain(f"送达回执　{scene.case.case_no}　第{session.no}次调解通知书"),
        signatures("收件人", "收到日期"),
    ]


def minutes(scene: Scene) -> list[Block]:
    """调解笔录: who was there, what was said and offered, signatures of all."""
    no = int(scene.about)
    held = next(found for found in scene.of(facts.SessionHeld) if found[0].session == no)
    fact, on = held
    session = scene.case.sessions[no]
    hours = f"　{session.from_at} 至 {session.to_at}" if session.from_at else ""
    proposals = [
        sum(int(line.amount) for line in one.lines)
        for one, made in scene.of(facts.ProposalMade)
        if made == on
    ]
    return [
        form(
            ("时间", f"{day(on)}{hours}"),
            ("地点", _place(scene, no)),
            ("案由", causes(scene), "调解员", scene.name(fact.mediator)),
            ("到场人员", "、".join(map(scene.name, fact.present)) or DASH),
        ),
        heading("调解经过"),
        *[para(line) for line in scene.text(fact.minutes).splitlines() if line.strip()],
        *([para(f"被申请人提出的数额：{yuan(fact.offer)}元。")] if fact.offer is not None else []),
        *[para(f"调解员提出的方案：合计{yuan(one)}元。") for one in proposals],
        para(
            "以上笔录已向当事人宣读或者交当事人阅读，确认无误。调解中的陈述和让步，"
            "不得在其后的仲裁、诉讼中作为对其不利的证据。"
        ),
        signatures("申请人（或代表人）", "被申请人", "调解员", "记录人"),
    ]


def petition_reply(scene: Scene) -> list[Block]:
    """信访事项答复: what became of the petition, and where it is dealt with."""
    intake = scene.case.intakes[scene.about]
    case, workers = scene.case, whose(scene)
    fate = (
        f"已于{day(case.accepted_on)}作为劳动争议调解案件受理，案号{case.case_no}，由本站依法调解"
        if case.accepted_on
        else "正在审查是否作为劳动争议受理"
    )
    if case.outcome == "not_accepted":
        fate = "经审查不属于本站受理的劳动争议，不予受理的理由和可以走的途径另行书面告知"
    return [
        plain(f"{named(scene, workers, annex='名单见卷宗') or '信访人'}："),
        para(
            f"您于{day(intake.on)}通过{label(DISPUTE_CHANNELS, intake.channel)}"
            f"{f'（来件号{intake.outer_no}）' if intake.outer_no else ''}反映的"
            f"{causes(scene) or '劳动报酬'}事项，本站来件编号{intake.no}，现答复如下："
        ),
        para(f"该事项{fate}（《信访工作条例》第三十一条）。"),
        para("信访事项依法导入调解程序后，请在该程序内主张权利。"),
        closing(scene.station, scene.on),
    ]


def _place(scene: Scene, session: int) -> str:
    """Say where a session takes place."""
    found = [f.place for f, _ in scene.of(facts.SessionScheduled) if f.session == session]
    return found[-1] if found else scene.station


def _phone(scene: Scene) -> str:
    terms = getattr(scene.states.get(scene.case.station), "terms", None)
    return terms.phone if terms else ""
