"""Papers of seekers: registration, plan, guidance, referral letter, training, follow-ups, exit."""

from application.documents.blocks import (
    DASH,
    Block,
    closing,
    cut,
    day,
    form,
    grid,
    heading,
    iso,
    pairs,
    para,
    plain,
    signatures,
    yuan,
)
from application.documents.scene import Party, Scene
from domain import codes
from domain.codes import CodeList, label
from domain.matching.hours import HOURS
from domain.seeker import facts
from domain.vacancy import Vacancy


def words(table: CodeList, found: tuple[str, ...] | frozenset[str]) -> str:
    """Write several codes."""
    return "、".join(label(table, one) for one in sorted(found))


def person(scene: Scene) -> Party:
    """Give the person of the case."""
    return scene.party(scene.case.person)


def identity(scene: Scene) -> tuple[tuple[str, ...], ...]:
    """Give the rows that name the person."""
    who = person(scene)
    return (
        ("姓名", who.name, "性别", who.sex),
        ("证件号码", who.id_no, "出生日期", who.birth),
        ("电话", who.phone, "户籍地", label(codes.DISTRICTS, scene.case.domicile)),
        ("住址", who.address),
    )


def registration(scene: Scene) -> list[Block]:
    """求职登记表: person, situation, wishes, groups, consents, validity."""
    case, wants = scene.case, scene.case.wants
    pay = f"{yuan(wants.pay)}元/月" if wants.pay is not None else ""
    return [
        form(
            *identity(scene),
            ("登记日期", iso(case.registered_on), "有效期至", iso(case.valid_until)),
            (
                "登记渠道",
                label(codes.CHANNELS, case.channel),
                "现状",
                label(codes.ACTIVITIES, case.activity),
            ),
            ("重点群体", words(codes.KEY_GROUPS, case.groups)),
        ),
        heading("求职意向"),
        form(
            ("工种", words(codes.TRADES, wants.trades)),
            ("工作地点", words(codes.DISTRICTS, wants.places), "期望工资", pay),
            ("可工作时间", words(HOURS, wants.hours)),
        ),
        heading("评估"),
        form(
            ("需求", words(codes.NEEDS, case.needs)),
            ("障碍", words(codes.BARRIERS, case.barriers)),
            ("分级", label(codes.TIERS, case.tier), "责任专员", scene.name(case.owner)),
        ),
        para(
            "本人已阅读个人信息处理告知，知道求职登记用于求职帮扶，可以撤回同意、更正和查询本人信息。"
        ),
        pairs(("同意事项", words(codes.PURPOSES, tuple(case.consents)))),
        signatures("登记人", "经办人", "日期"),
    ]


def unemployment(scene: Scene) -> list[Block]:
    """失业登记回执: since when, why, what follows from it."""
    now, who = scene.case.unemployment, person(scene)
    return [
        plain(f"{who.name}（证件后四位{who.last4 or DASH}）："),
        para(f"您的失业登记已于{day(now.on)}办理，请保管好本回执。"),
        form(
            ("失业日期", iso(now.lost_on), "登记日期", iso(now.on)),
            ("失业原因", label(codes.LOSS_REASONS, now.reason)),
            ("登记编号", scene.case.case_no, "登记站点", scene.station),
        ),
        para(
            "失业登记后，您可以申领失业保险待遇、参加职业培训、申请就业困难人员认定。"
            "就业、创业、退休或者迁出时，请及时告知本站注销登记。"
        ),
        closing(scene.station, scene.on),
    ]


def plan(scene: Scene) -> list[Block]:
    """就业援助计划（一人一策）: what is promised by when, and how far it is."""
    made, who = scene.case.plan, person(scene)
    rows = [
        (
            label(codes.SERVICE_KINDS, one.item.kind),
            f"{one.item.count}次",
            iso(one.item.due_on),
            f"{one.done}次",
            "已完成" if not one.open else f"还差{one.open}次",
        )
        for one in scene.case.plan_progress()
    ]
    return [
        form(
            ("帮扶对象", who.name, "证件后四位", who.last4),
            ("服务标准", label(codes.STANDARDS, made.standard), "制定日期", iso(made.made_on)),
            ("责任专员", scene.name(made.officer), "分级", label(codes.TIERS, scene.case.tier)),
            ("需求", words(codes.NEEDS, scene.case.needs)),
            ("障碍", words(codes.BARRIERS, scene.case.barriers)),
        ),
        heading("服务承诺"),
        grid(
            (
                ("服务", 3, "l"),
                ("次数", 1, "l"),
                ("最迟日期", 2, "l"),
                ("已做", 1, "l"),
                ("情况", 2, "l"),
            ),
            rows,
        ),
        para("以上计划已与帮扶对象商定。情况变化时双方可以调整。"),
        signatures("帮扶对象", "责任专员", "日期"),
    ]


def guidance(scene: Scene) -> list[Block]:
    """职业指导记录: every guidance, with its length."""
    found = scene.of(facts.GuidanceGiven)
    officers = {one.version: one.actor for one in scene.history}
    rows = [
        (
            iso(on),
            label(codes.GUIDANCE_KINDS, fact.kind),
            f"{fact.minutes}分钟" if fact.minutes else DASH,
            scene.name(officers.get(version, "")),
        )
        for version, (fact, on) in enumerate(scene.case.history, start=1)
        if isinstance(fact, facts.GuidanceGiven)
    ]
    return [
        form(*identity(scene)[:1], ("次数", f"{len(found)}次", "站点", scene.station)),
        heading("记录"),
        grid((("日期", 2, "l"), ("内容", 3, "l"), ("时长", 1, "l"), ("指导人", 2, "l")), rows),
        signatures("帮扶对象", "指导人", "日期"),
    ]


def referral(scene: Scene) -> list[Block]:
    """岗位推荐信: to the employer, with what it may know, and a slip to send back."""
    made = scene.case.referrals[int(scene.about)]
    post = scene.states.get(made.vacancy)
    terms = post.terms if isinstance(post, Vacancy) else None
    fact = next(f for f, _ in scene.of(facts.Referred) if f.referral == made.no)
    who = person(scene)
    pay = f"{yuan(terms.pay_from)} 至 {yuan(terms.pay_to)}元" if terms else ""
    phone = f"，电话{who.phone}" if fact.consent and who.phone else ""
    place = getattr(scene.states.get(scene.case.station), "terms", None)
    return [
        plain(f"{scene.name(made.employer)}："),
        para(
            f"现推荐{who.name}（{who.sex}，登记编号{scene.case.case_no}{phone}）到贵单位应聘"
            f"“{terms.title if terms else made.vacancy}”岗位，请安排面试，"
            "并在五个工作日内将结果告知本站。"
        ),
        form(
            ("岗位", terms.title if terms else DASH, "工资", pay),
            ("工作时间", words(HOURS, terms.hours) if terms else "", "推荐日期", iso(made.on)),
            ("联系站点", scene.station, "站点电话", place.phone if place else ""),
        ),
        para(
            "推荐信息仅用于本次招用。不得向求职者收取费用、扣押证件，"
            "不得因性别、户籍、残疾等歧视求职者（《就业促进法》第三章）。"
        ),
        closing(scene.station, scene.on),
        cut(),
        plain(f"回执（请寄回或者电话告知）　{scene.case.case_no}　第{made.no}次推荐"),
        form(("面试日期", "　", "结果", "□录用　□待定　□未录用"), ("到岗日期", "　", "原因", "　")),
        signatures("用人单位（盖章）", "日期"),
    ]


def training(scene: Scene) -> list[Block]:
    """培训结业证明: which class, how much of it, which certificate."""
    done = scene.case.enrolments[scene.about]
    who = person(scene)
    course = scene.states.get(scene.about)
    trade = label(codes.TRADES, getattr(course, "trade", ""))
    got = [f for f, _ in scene.of(facts.CertificateObtained) if f.training == scene.about]
    return [
        para(
            f"{who.name}（{who.sex}，证件后四位{who.last4 or DASH}）参加本站组织的"
            f"“{scene.name(scene.about)}”培训，完成全部学习任务，准予结业，特此证明。"
        ),
        form(
            ("培训班", scene.name(scene.about), "工种", trade),
            ("报名日期", iso(done.on), "结业日期", iso(done.completed_on)),
            ("应到", f"{done.planned}次", "实到", f"{done.attended}次"),
            ("取得证书", "、".join(label(codes.CERTIFICATES, f.kind) for f in got)),
        ),
        closing(scene.station, scene.on),
    ]


def follow_ups(scene: Scene) -> list[Block]:
    """回访记录: each contact and what it found."""
    rows = [
        (
            iso(one.on),
            label(codes.FOLLOW_UP_PURPOSES, one.purpose)
            + (f"（第{one.month}月）" if one.month else ""),
            label(codes.FOLLOW_UP_CHANNELS, one.channel),
            label(codes.FOLLOW_UP_RESULTS, one.result),
            yuan(one.wage) if one.wage is not None else DASH,
        )
        for one in scene.case.contacts
    ]
    return [
        form(*identity(scene)[:1], ("次数", f"{len(rows)}次", "站点", scene.station)),
        heading("记录"),
        grid(
            (
                ("日期", 2, "l"),
                ("事由", 3, "l"),
                ("方式", 2, "l"),
                ("结果", 2, "l"),
                ("月工资（元）", 2, "r"),
            ),
            rows,
        ),
        signatures("回访人", "日期"),
    ]


def leaving(scene: Scene) -> list[Block]:
    """退出帮扶告知书: why, what was done, how to come back."""
    case, who = scene.case, person(scene)
    return [
        plain(f"{who.name}："),
        para(
            f"您的求职帮扶（登记编号{case.case_no}）因"
            f"“{label(codes.CLOSE_REASONS, case.close_reason)}”于{day(case.closed_on)}结束。"
        ),
        form(
            ("登记日期", iso(case.registered_on), "岗位推荐", f"{len(case.referrals)}次"),
            ("参加培训", f"{len(case.enrolments)}次", "就业登记", f"{len(case.placements)}次"),
            ("回访", f"{len(case.contacts)}次", "责任专员", scene.name(case.owner)),
        ),
        para("需要时可以随时到本站再次申请帮扶，原有登记继续使用，不必重新提交材料。"),
        para("对退出有不同意见的，请在收到本告知书后向本站提出，本站将复核并答复。"),
        closing(scene.station, scene.on),
        signatures("收件人", "收到日期"),
    ]
