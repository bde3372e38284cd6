"""Papers of decisions about seekers: hardship application, notice and decision, subsidies."""

from datetime import date
from typing import Any

from application.documents.blocks import (
    DASH,
    Block,
    closing,
    day,
    form,
    grid,
    heading,
    iso,
    para,
    plain,
    signatures,
    yuan,
)
from application.documents.capital import capital
from application.documents.scene import Scene
from application.documents.seekers import identity, person, words
from domain import codes
from domain.codes import label
from domain.identity import mask_name
from domain.seeker import facts
from domain.seeker.certifying import ANSWERS
from domain.seeker.records import Hardship, Subsidy


def _hardship(scene: Scene) -> Hardship:
    found: Hardship = scene.case.hardships[int(scene.about)]
    return found


def _fact(scene: Scene, kind: type[Any], field: str) -> tuple[Any, date] | None:
    """Find the fact of a kind about the number that the paper is about."""
    found = [pair for pair in scene.of(kind) if getattr(pair[0], field) == int(scene.about)]
    return found[-1] if found else None


def hardship_application(scene: Scene) -> list[Block]:
    """就业困难人员认定申请表: person, category, proofs, promise, room for the decision."""
    made = _hardship(scene)
    applied = _fact(scene, facts.HardshipApplied, "hardship")
    category, proofs = scene.said([applied[0].category, applied[0].proofs]) if applied else ("", "")
    return [
        form(
            *identity(scene),
            ("申请日期", iso(made.applied_on), "登记编号", scene.case.case_no),
            ("申请类别", label(codes.HARDSHIPS, category)),
            ("证明材料", proofs),
        ),
        heading("本人承诺"),
        para(
            "本人申请就业困难人员认定，所填内容和所交材料真实，有就业意愿，愿意接受就业援助服务；"
            "情况变化时及时告知。如有虚假，愿意承担相应责任。"
        ),
        signatures("申请人", "日期"),
        heading("审核意见"),
        form(("受理人意见", "　"), ("审核人意见", "　"), ("公示情况", "　"), ("认定意见", "　")),
        signatures("受理人", "审核人", "认定机构（印章）", "日期"),
    ]


def hardship_notice(scene: Scene) -> list[Block]:
    """就业困难人员认定公示: name with one character only, no category that is sensitive."""
    made, who = _hardship(scene), person(scene)
    group = "" if made.group == "sensitive" else label(codes.HARDSHIP_GROUPS, made.group)
    return [
        para(
            "根据粤人社规〔2023〕11号的规定，下列人员申请认定为就业困难人员，经审核拟予认定，"
            f"现予公示。公示期自{day(made.notice_from)}至{day(made.notice_to)}。"
        ),
        grid(
            (
                ("姓名", 2, "l"),
                ("性别", 1, "l"),
                ("证件后四位", 2, "l"),
                ("登记编号", 4, "l"),
                ("类别", 4, "l"),
            ),
            [
                (
                    mask_name(who.name),
                    who.sex,
                    who.last4,
                    scene.case.case_no,
                    group or "依规定不公示",
                )
            ],
        ),
        para(
            f"对公示内容有异议的，请在公示期内向{scene.station}反映，并留下姓名和联系方式，"
            "我们将核实并为您保密。"
        ),
        closing(scene.station, scene.on),
    ]


def hardship_decision(scene: Scene) -> list[Block]:
    """认定、不予认定或者取消认定决定书, with reason, basis and remedies."""
    made, who = _hardship(scene), person(scene)
    refused = _fact(scene, facts.HardshipRefused, "hardship")
    cancelled = _fact(scene, facts.HardshipCancelled, "hardship")
    recognised = _fact(scene, facts.HardshipRecognised, "hardship")
    span = f"{iso(made.notice_from)}至{iso(made.notice_to)}"
    shown = f"，经公示（{span}）" if made.notice_from else ""
    opening = f"您于{day(made.applied_on)}提出的就业困难人员认定申请{shown}，"
    if made.standing == "cancelled" and cancelled:
        result = (
            f"原已认定。因{label(codes.HARDSHIP_ENDS, cancelled[0].reason)}，"
            f"自{day(cancelled[1])}起取消认定（粤人社规〔2019〕7号第三章第五条）。"
        )
    elif made.standing == "refused" and refused:
        result = (
            f"经审核不予认定。理由：{label(codes.REFUSAL_GROUNDS, refused[0].reason)}；"
            f"依据：{refused[0].basis}。"
        )
    else:
        criteria = recognised[0].criteria if recognised else DASH
        until = f"，有效期至{day(made.valid_until)}" if made.valid_until else ""
        result = (
            f"经审核符合条件（认定标准{criteria}），自{day(made.decided_on)}起"
            f"认定您为就业困难人员{until}。您可以按规定享受就业援助和补贴政策。"
        )
    return [
        plain(f"{who.name}（证件后四位{who.last4 or DASH}）："),
        para(opening + result),
        *map(para, _certified(scene, made, recognised or refused)),
        para(
            "如对本决定不服，可以自收到之日起六十日内申请行政复议，"
            "或者在六个月内向人民法院提起行政诉讼。"
        ),
        closing(scene.station, scene.on),
        signatures("收件人", "收到日期"),
    ]


def _certified(scene: Scene, made: Hardship, decided: tuple[Any, date] | None) -> list[str]:
    """Say which answer of a register the decision cites, or until when one is awaited (F-47)."""
    said = []
    cited = decided[0].certification if decided else None
    for fact, on in scene.of(facts.HardshipCertified):
        later = decided is not None and made.certified and fact.certification == made.certified.no
        if fact.hardship != made.no or not (fact.certification == cited or later):
            continue
        (reference,) = scene.said([fact.reference])
        number = f"，登记库编号{reference}" if reference else ""
        as_of = f"，数据日期{iso(fact.as_of)}" if fact.as_of else ""
        answer = label(ANSWERS, fact.answer)
        said.append(f"{day(on)}经向{fact.register}核验，结果为“{answer}”{number}{as_of}。")
    if made.awaited_until:
        said.append(
            f"本认定先凭您提交的材料作出，{day(made.awaited_until)}前由登记库核验；"
            "核验结果不符合的，由工作人员复核后另行书面决定。"
        )
    return said


def subsidy_application(scene: Scene) -> list[Block]:
    """补贴申请表: what for, on which grounds, for which months, how much."""
    made: Subsidy = scene.case.subsidies[int(scene.about)]
    return [
        form(
            *identity(scene),
            ("补贴种类", label(codes.SUBSIDIES, made.kind), "申请日期", iso(made.applied_on)),
            ("申请月份", "、".join(made.months)),
            ("申请金额", f"¥{yuan(made.amount)}　{capital(int(made.amount))}"),
            ("申请依据", grounds(scene, made)),
        ),
        heading("本人承诺"),
        para(
            "所填内容和所交材料真实，同意与社会保险、市场监管等信息比对；骗取的愿意退回并承担责任。"
        ),
        signatures("申请人", "日期"),
        heading("审核"),
        form(("审核意见", "　"), ("审批意见", "　")),
        signatures("经办人", "审批人", "日期"),
    ]


def grounds(scene: Scene, made: Subsidy) -> str:
    """Say what a subsidy rests on (S-12)."""
    rests, found = made.rests_on, []
    if rests.placement is not None:
        job = scene.case.placements[rests.placement]
        kind = label(codes.PLACEMENT_KINDS, job.kind)
        found.append(f"就业登记第{job.no}号（{kind}，{iso(job.start_on)}起）")
    if rests.training:
        found.append(f"培训“{scene.name(rests.training)}”")
    if rests.licence_no:
        found.append(f"营业执照{rests.licence_no}")
    if rests.insured:
        found.append(f"参保月份{'、'.join(rests.insured)}")
    return "；".join(found)


def subsidy_statement(scene: Scene) -> list[Block]:
    """补贴审批与发放情况: asked, approved, paid month by month, stopped, recovered."""
    made: Subsidy = scene.case.subsidies[int(scene.about)]
    who = person(scene)
    checked = _fact(scene, facts.SubsidyChecked, "subsidy")
    approved = _fact(scene, facts.SubsidyApproved, "subsidy")
    refused = _fact(scene, facts.SubsidyRefused, "subsidy")
    paid = [p for p in scene.of(facts.SubsidyPaid) if p[0].subsidy == made.no]
    decision = f"{iso(approved[1])}批准" if approved else ""
    if refused:
        reason = label(codes.REFUSAL_GROUNDS, refused[0].reason)
        decision = f"{iso(refused[1])}不予批准：{reason}（{refused[0].basis}）"
    return [
        form(
            ("申请人", who.name, "证件后四位", who.last4),
            ("补贴种类", label(codes.SUBSIDIES, made.kind), "申请日期", iso(made.applied_on)),
            ("申请依据", grounds(scene, made)),
            ("审核", words(codes.CHECK_FINDINGS, checked[0].findings) if checked else ""),
            ("审批", decision),
            ("申请金额", f"{yuan(made.amount)}元", "批准金额", f"{yuan(made.approved)}元"),
            ("已发", f"{yuan(made.paid)}元", "追回", f"{yuan(made.recovered)}元"),
            ("停发起月", made.stopped_from),
        ),
        heading("发放明细"),
        grid(
            (("日期", 2, "l"), ("月份", 4, "l"), ("凭证号", 3, "l"), ("金额（元）", 2, "r")),
            [(iso(on), "、".join(f.months), f.voucher_no, yuan(f.amount)) for f, on in paid],
            ("", "合计", "", yuan(made.paid)),
        ),
        closing(scene.station, scene.on),
    ]
