"""Papers of settlement: agreement 调解协议书 (调解仲裁法 14), receipts, performance."""

from application.documents.blocks import (
    DASH,
    Block,
    day,
    form,
    grid,
    heading,
    iso,
    note,
    para,
    signatures,
    yuan,
)
from application.documents.capital import capital
from application.documents.parties import causes, named, parties
from application.documents.scene import Scene
from domain.codes import label
from domain.codes_dispute import CLAIMS, PAYMENT_METHODS, PAYMENT_SOURCES
from domain.dispute import facts
from domain.dispute.records import Agreement, Payment

ANNEX = "名单见附表一"


def workers_of(scene: Scene, signed: Agreement) -> list[str]:
    """List whom a paper about an agreement names."""
    claims = scene.case.claims
    found = list(dict.fromkeys(claims[no].worker for no in signed.agreed))
    return [scene.worker] if scene.worker else found


def own_lines(scene: Scene, signed: Agreement, worker: str) -> list[int]:
    """Give the claims of a worker that an agreement is about."""
    return [no for no in signed.agreed if scene.case.claims[no].worker == worker]


def agreement(scene: Scene) -> list[Block]:
    """调解协议书: parties, matter, amounts for each worker, instalments, term, force."""
    case = scene.case
    signed = case.agreements[int(scene.about)]
    workers = workers_of(scene, signed)
    numbers = [no for one in workers for no in own_lines(scene, signed, one)]
    whole = sum(signed.agreed[no] for no in numbers)
    fact = next(f for f, _ in scene.of(facts.AgreementSigned) if f.agreement == signed.no)
    single = len(workers) == 1
    extras = [
        ("申请人自愿放弃的部分", fact.waiver),
        ("超出请求的原因", fact.excess_reason),
    ]
    blocks = [
        *parties(scene, workers, annex=ANNEX),
        form(("案由", causes(scene, numbers)), ("调解员", scene.name(signed.mediator))),
        heading("一、主要事实和争议事项"),
        para(
            f"申请人请求被申请人支付{causes(scene, numbers)}，"
            f"合计{yuan(sum(case.claims[no].claimed for no in numbers))}元。"
            f"经{scene.station}主持调解，双方在自愿、合法的基础上，"
            f"于{day(signed.signed_on)}达成如下协议："
        ),
        heading("二、协议内容"),
        para(
            f"被申请人向申请人支付{yuan(whole)}元（{capital(whole)}）。"
            if single
            else f"被申请人向申请人共{len(workers)}人支付{yuan(whole)}元（{capital(whole)}），"
            "各申请人的金额见附表一。"
        ),
        *[para(text) for text in scene.said([fact.terms])],
        *[para(f"{name}：{text}") for name, sealed in extras for text in scene.said([sealed])],
        heading("三、履行方式和期限"),
        para(
            f"于{day(signed.perform_by)}前付清，分{len(signed.instalments)}期，见附表二；"
            "工资以货币支付给劳动者本人，不得以实物抵付（《保障农民工工资支付条例》第十一条）。"
            if len(signed.instalments) > 1
            else f"于{day(signed.perform_by)}前一次付清，以货币支付给劳动者本人。"
        ),
        heading("四、效力"),
        para(
            "本协议自双方签名或者盖章、调解员签名并加盖调解组织印章后生效，对双方具有约束力，"
            "应当履行（《劳动争议调解仲裁法》第十四条）。到期不履行的，可以就支付拖欠劳动报酬、工伤医疗费、"
            "经济补偿或者赔偿金事项，持本协议依法向人民法院申请支付令（第十六条）。"
        ),
        para(
            "双方可以自协议生效之日起十五日内共同申请仲裁审查，"
            "或者自协议生效之日起三十日内共同申请司法确认。"
        ),
        signatures("申请人（或代表人）", "被申请人", "调解员", "调解组织（印章）"),
    ]
    if scene.worker and len(case.workers) > 1:
        blocks.append(note("本份只列上列申请人本人的权利义务，与存档的协议书全本内容一致。"))
    if not single or len(numbers) > 1:
        blocks += [heading("附表一　各申请人的金额"), _amounts(scene, signed, workers)]
    if len(signed.instalments) > 1:
        blocks += [heading("附表二　分期"), _instalments(signed, set(numbers))]
    return blocks


def _amounts(scene: Scene, signed: Agreement, workers: list[str]) -> Block:
    """Give claimed and agreed money of each worker, and the sums."""
    claims = scene.case.claims
    rows, asked, got = [], 0, 0
    for place, worker in enumerate(workers, start=1):
        own, party = own_lines(scene, signed, worker), scene.party(worker)
        claimed = sum(claims[n].claimed for n in own)
        agreed = sum(signed.agreed[n] for n in own)
        kinds = "、".join(dict.fromkeys(label(CLAIMS, claims[n].code) for n in own))
        asked, got = asked + claimed, got + agreed
        rows.append((str(place), party.name, party.last4, kinds, yuan(claimed), yuan(agreed)))
    return grid(
        (
            ("序号", 2, "l"),
            ("申请人", 4, "l"),
            ("证件后四位", 4, "l"),
            ("请求", 7, "l"),
            ("请求金额（元）", 5, "r"),
            ("协议金额（元）", 5, "r"),
        ),
        rows,
        ("", "合计", "", "", yuan(asked), yuan(got)),
    )


def _instalments(signed: Agreement, numbers: set[int]) -> Block:
    rows = [
        (
            str(one.no),
            day(one.due_on),
            label(PAYMENT_METHODS, one.method),
            sum(int(line.amount) for line in one.lines if line.claim in numbers),
        )
        for one in signed.instalments
    ]
    return grid(
        (("期", 1, "l"), ("应付日", 3, "l"), ("方式", 2, "l"), ("金额（元）", 3, "r")),
        [(no, due, how, yuan(amount)) for no, due, how, amount in rows],
        ("", "合计", "", yuan(sum(amount for *_, amount in rows))),
    )


def receipt(scene: Scene) -> list[Block]:
    """付款收据: who paid whom, how much in figures and words, by which voucher, what is left."""
    case = scene.case
    paid: Payment = case.payments[int(scene.about)]
    lines = [
        line
        for line in paid.lines
        if not scene.worker or case.claims[line.claim].worker == scene.worker
    ]
    amount = sum(int(line.amount) for line in lines)
    workers = list(dict.fromkeys(case.claims[line.claim].worker for line in lines))
    door = {"agreement": "调解协议", "immediate": "即时支付", "award": "裁决、判决"}[paid.door]
    nth = f"第{paid.instalment}期" if paid.instalment else ""
    method = next(
        (
            fact.method
            for fact, _ in scene.of(facts.PaymentRecorded, facts.PaidImmediately, facts.AwardPaid)
            if fact.payment == paid.no
        ),
        "",
    )
    left = sum(case.open_balance(worker) for worker in workers if paid.door == "agreement")
    blocks = [
        form(
            ("收款人", named(scene, workers, annex="名单见下表")),
            ("付款人", scene.name(paid.payer), "付款日期", iso(paid.on)),
            ("款项", f"{causes(scene, [line.claim for line in lines])}（{door}{nth}）"),
            ("金额", f"¥{yuan(amount)}　{capital(amount)}"),
            ("方式", label(PAYMENT_METHODS, method), "凭证号", paid.voucher_no),
            ("资金来源", label(PAYMENT_SOURCES, paid.fund), "案号", case.case_no or DASH),
        ),
        para(
            f"今收到上列款项，特此确认。付款后协议尚欠{yuan(left)}元。"
            if paid.door == "agreement"
            else "今收到上列款项，特此确认。"
        ),
        signatures("收款人", "经办人", "付款人", "日期"),
    ]
    if len(workers) > 1:
        blocks += [heading("收款明细"), _received(scene, paid, workers)]
    return blocks


def _received(scene: Scene, paid: Payment, workers: list[str]) -> Block:
    claims = scene.case.claims
    rows = []
    for place, worker in enumerate(workers, start=1):
        got = sum(int(line.amount) for line in paid.lines if claims[line.claim].worker == worker)
        party = scene.party(worker)
        rows.append((str(place), party.name, party.last4, yuan(got), ""))
    return grid(
        (
            ("序号", 1, "l"),
            ("收款人", 2, "l"),
            ("证件后四位", 2, "l"),
            ("金额（元）", 2, "r"),
            ("签收", 3, "l"),
        ),
        rows,
        ("", "合计", "", yuan(sum(int(line.amount) for line in paid.lines)), ""),
    )


def performance(scene: Scene) -> list[Block]:
    """履行情况记录: each instalment, each payment, what is open, worker by worker."""
    case = scene.case
    signed = case.agreements[int(scene.about)]
    workers = workers_of(scene, signed)
    numbers = {no for one in workers for no in own_lines(scene, signed, one)}
    agreed = sum(signed.agreed[no] for no in numbers)
    paid = sum(signed.paid.get(no, 0) for no in numbers)
    return [
        form(
            ("申请人", named(scene, workers, annex="名单见下表")),
            ("协议", f"第{signed.no}号，{day(signed.signed_on)}签订"),
            ("协议金额", f"{yuan(agreed)}元", "已付", f"{yuan(paid)}元"),
            ("未付", f"{yuan(agreed - paid)}元", "应付清日", iso(signed.perform_by)),
        ),
        para(
            f"已付{yuan(paid)}元 + 未付{yuan(agreed - paid)}元 = 协议{yuan(agreed)}元。"
            "冲正的付款不计入，仍列在下表。"
        ),
        heading("一、分期"),
        _instalments(signed, numbers),
        heading("二、付款"),
        payments_table(scene, numbers),
        heading("三、各申请人"),
        _balances(scene, signed, workers),
        signatures("调解员", "日期"),
    ]


def payments_table(scene: Scene, numbers: set[int] | None = None) -> Block:
    """List the payments of a case, reversed ones marked and not counted."""
    rows, whole = [], 0
    for one in scene.case.payments.values():
        amount = sum(
            int(line.amount) for line in one.lines if numbers is None or line.claim in numbers
        )
        if not amount:
            continue
        whole += 0 if one.reversed_on else amount
        state = f"{iso(one.reversed_on)}冲正" if one.reversed_on else ""
        source = label(PAYMENT_SOURCES, one.fund)
        payer = scene.name(one.payer)
        rows.append((str(one.no), iso(one.on), payer, source, one.voucher_no, yuan(amount), state))
    return grid(
        (
            ("序", 2, "l"),
            ("日期", 5, "l"),
            ("付款人", 8, "l"),
            ("来源", 5, "l"),
            ("凭证号", 6, "l"),
            ("金额（元）", 5, "r"),
            ("备注", 5, "l"),
        ),
        rows,
        ("", "合计", "", "", "", yuan(whole), ""),
    )


def _balances(scene: Scene, signed: Agreement, workers: list[str]) -> Block:
    rows, sums = [], [0, 0, 0]
    for place, worker in enumerate(workers, start=1):
        own, party = own_lines(scene, signed, worker), scene.party(worker)
        agreed = sum(signed.agreed[n] for n in own)
        paid = sum(signed.paid.get(n, 0) for n in own)
        amounts = (agreed, paid, agreed - paid)
        sums = [one + more for one, more in zip(sums, amounts, strict=True)]
        rows.append((str(place), party.name, party.last4, *map(yuan, amounts)))
    return grid(
        (
            ("序", 1, "l"),
            ("申请人", 3, "l"),
            ("证件后四位", 3, "l"),
            ("协议（元）", 3, "r"),
            ("已付（元）", 3, "r"),
            ("未付（元）", 3, "r"),
        ),
        rows,
        ("", "合计", "", *map(yuan, sums)),
    )
