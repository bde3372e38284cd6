"""Applications to other bodies: arbitration review, judicial confirmation, payment order, aid."""

from application.documents.blocks import (
    Block,
    closing,
    day,
    form,
    grid,
    heading,
    items,
    para,
    plain,
    signatures,
    yuan,
)
from application.documents.capital import capital
from application.documents.parties import (
    causes,
    claim_rows,
    limit_rows,
    named,
    parties,
    respondents,
    sentence_for,
)
from application.documents.scene import Scene
from application.documents.settling import ANNEX, own_lines, workers_of
from domain.dispute import facts
from domain.dispute.records import Agreement, Track


def _joint(scene: Scene, body: str, asks: str, basis: str, rule: str) -> list[Block]:
    """Write an application that both sides make together about an agreement (D-10)."""
    signed = scene.case.agreements[int(scene.about)]
    workers = workers_of(scene, signed)
    until = [text for _, text in limit_rows(scene, rule)]
    limit = f"申请期限到{until[0]}届满。" if until else ""
    return [
        *parties(scene, workers, annex=ANNEX),
        heading("申请事项"),
        para(asks),
        heading("事实和理由"),
        para(
            f"双方因{causes(scene, list(signed.agreed))}发生争议，经{scene.station}调解，"
            f"于{day(signed.signed_on)}达成调解协议，金额合计{yuan(sum(signed.agreed.values()))}元"
            f"（{capital(sum(signed.agreed.values()))}），于{day(signed.perform_by)}前履行。"
            f"双方自愿共同提出本申请（{basis}）。{limit}"
        ),
        para(
            "双方承诺：协议是自愿达成的，没有恶意串通、规避法律，也没有损害国家利益、"
            "社会公共利益或者他人合法权益；提交的材料真实。"
        ),
        plain(f"此致　{body}"),
        signatures("申请人（或代表人）", "被申请人", "日期", "日期"),
        *([heading("附表一　申请人"), _list(scene, signed, workers)] if len(workers) > 1 else []),
        para("附：调解协议书、双方身份证明材料各一份。"),
    ]


def _list(scene: Scene, signed: Agreement, workers: list[str]) -> Block:
    rows = [
        (
            str(place),
            scene.name(worker),
            scene.party(worker).last4,
            yuan(sum(signed.agreed[n] for n in own_lines(scene, signed, worker))),
            "",
        )
        for place, worker in enumerate(workers, start=1)
    ]
    return grid(
        (
            ("序号", 1, "l"),
            ("申请人", 2, "l"),
            ("证件后四位", 2, "l"),
            ("协议金额（元）", 2, "r"),
            ("签名", 3, "l"),
        ),
        rows,
        ("", "合计", "", yuan(sum(signed.agreed.values())), ""),
    )


def review(scene: Scene) -> list[Block]:
    """仲裁审查申请书: both sides, within 15 days (DL-04)."""
    return _joint(
        scene,
        "劳动争议仲裁委员会",
        "请求对上述调解协议进行审查，并根据协议内容制作调解书。",
        "《劳动人事争议仲裁办案规则》第七十四条",
        "DL-04",
    )


def confirmation(scene: Scene) -> list[Block]:
    """司法确认申请书: both sides, within 30 days (DL-05)."""
    return _joint(
        scene,
        "人民法院",
        "请求依法确认上述调解协议有效。",
        "《民事诉讼法》第二百零五条",
        "DL-05",
    )


def order(scene: Scene) -> list[Block]:
    """支付令申请书: the open balance of those in default (调解仲裁法 16, D-11)."""
    case = scene.case
    signed = case.agreements[int(scene.about)]
    workers = [
        one for one in workers_of(scene, signed) if case.workers[one].track is Track.DEFAULTED
    ]
    owing = {one: int(case.open_balance(one)) for one in workers}
    whole = sum(owing.values())
    missed = scene.last(facts.PerformanceDefaulted)
    rows = [
        (str(place), scene.name(one), scene.party(one).last4, yuan(owing[one]), "")
        for place, one in enumerate(workers, start=1)
    ]
    return [
        *parties(scene, workers, annex="名单见附表"),
        heading("申请事项"),
        para(
            f"请求向被申请人发出支付令，督促其向申请人支付{yuan(whole)}元（{capital(whole)}），"
            "并由被申请人承担申请费用。"
        ),
        heading("事实和理由"),
        para(
            f"申请人与被申请人因{causes(scene, list(signed.agreed))}于{day(signed.signed_on)}"
            f"经{scene.station}调解达成协议，约定于{day(signed.perform_by)}前付清"
            f"{yuan(sum(signed.agreed.values()))}元。被申请人没有按期履行"
            f"{f'（{day(missed[1])}登记违约）' if missed else ''}，至今尚欠{yuan(whole)}元。"
            "根据《劳动争议调解仲裁法》第十六条，申请人持调解协议申请支付令。"
        ),
        plain("此致　人民法院"),
        signatures("申请人（或代表人）", "日期"),
        heading("附表　申请人和未付金额"),
        grid(
            (
                ("序号", 1, "l"),
                ("申请人", 2, "l"),
                ("证件后四位", 2, "l"),
                ("未付金额（元）", 2, "r"),
                ("签名", 3, "l"),
            ),
            rows,
            ("", "合计", "", yuan(whole), ""),
        ),
        para("附：调解协议书、履行情况记录、申请人身份证明材料各一份。"),
    ]


def legal_aid(scene: Scene) -> list[Block]:
    """法律援助转介单: whom, about what, which documents go along (法律援助法 42, 43)."""
    fact, on = scene.of(facts.LegalAidReferred)[-1]
    workers = [one for one in fact.workers if one in scene.case.workers]
    return [
        plain(f"{fact.centre}："),
        para(
            f"{sentence_for(scene)}，案号{scene.case.case_no}。现将下列{len(workers)}名劳动者"
            f"的法律援助需求转介贵处，请依法审查并在收到之日起七日内作出决定"
            "（《法律援助法》第四十三条）。请求支付劳动报酬、工伤待遇的，"
            "不受经济困难条件限制或者免予核查（第四十一条、第四十二条）。"
        ),
        form(
            ("受援人", named(scene, workers, annex="名单见附表")),
            ("对方", respondents(scene)),
            ("转介日期", day(on), "转介站点", scene.station),
        ),
        heading("附表　请求明细"),
        claim_rows(scene, workers),
        heading("随附材料"),
        items(
            ("调解申请书、受理通知书；", "调解笔录、调解不成告知书或者调解协议书；", "证据目录。")
        ),
        closing(scene.station, scene.on),
    ]
