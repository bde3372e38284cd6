"""案情摘要: the whole case on paper, as it stands or stood (design: print)."""

from collections.abc import Sequence
from datetime import date

from application.documents.blocks import (
    DASH,
    Block,
    entries,
    form,
    grid,
    heading,
    iso,
    new_page,
    note,
    signatures,
    yuan,
)
from application.documents.parties import limit_table
from application.documents.scene import Scene
from application.documents.settling import payments_table
from domain.codes import label
from domain.codes_dispute import CLAIMS, DISPUTE_STAGES
from domain.dispute.arithmetic import instalment_balance
from domain.dispute.records import Agreement, Track
from domain.kernel import Recorded

TRACKS = {
    Track.CLAIMED: "已提出",
    Track.FAILED: "调解不成",
    Track.DEFAULTED: "逾期",
    Track.AGREED: "已达成协议",
    Track.ESCALATED: "已转出",
    Track.PERFORMED: "付清",
    Track.WITHDRAWN: "已撤回",
}


def summary(scene: Scene) -> list[Block]:
    """Parties, sums, instalments, time limits, chronicle, and a list of the workers."""
    case, sums = scene.case, scene.case.totals
    workers = list(case.workers)
    lead = "、".join(scene.name(one) for one in case.representatives)
    first = scene.name(workers[0]) if workers else DASH
    who = f"{first}等{len(workers)}人" if len(workers) > 1 else first
    codes = "、".join(
        f"{label(CLAIMS, c)}（{c}）" for c in sorted({c.code for c in case.claims.values()})
    )
    credit = "\n".join(
        f"{scene.name(one)} {scene.firm(one).credit_code}".strip() for one in case.respondents
    )
    live = [one for one in case.agreements.values() if not one.voided]
    agreeing = len({case.claims[n].worker for one in live for n in one.agreed})
    blocks = [
        form(
            ("申请人", f"{who}（代表：{lead}）" if lead else who),
            ("案由", codes),
            ("被申请人", credit),
            ("所属期间", _period(scene), "收到申请", iso(case.applied_on)),
            ("受理", iso(case.accepted_on), "调解员", scene.name(case.owner)),
            ("现在状态", label(DISPUTE_STAGES, case.standing), "结案", iso(case.closed_on)),
        ),
        heading("一、金额（元）"),
        grid(
            (
                (f"主张（{len(workers)}人）", 1, "r"),
                (f"协议（{agreeing}人）", 1, "r"),
                ("已付", 1, "r"),
                ("未付", 1, "r"),
                ("裁决到账", 1, "r"),
            ),
            [
                tuple(
                    map(
                        yuan,
                        (sums.claimed, sums.agreed, sums.paid, sums.outstanding, sums.award_paid),
                    )
                )
            ],
        ),
    ]
    if live:
        blocks += [heading("二、分期履行"), _instalments(scene, live)]
    if case.payments:
        blocks += [heading("三、付款"), payments_table(scene)]
    if scene.inputs.get("limits"):
        blocks += [heading("四、期限"), limit_table(scene)]
    return [
        *blocks,
        heading("五、经过"),
        entries(chronicle(scene.history)),
        signatures("调解员（签名）", "驿站（盖章）"),
        new_page(),
        heading("附表　劳动者明细（元）"),
        _workers(scene, workers),
        note(
            f"协议内已付 {yuan(sums.settled)} + 未付 {yuan(sums.outstanding)} = "
            f"协议 {yuan(sums.agreed)}。"
        ),
    ]


def _period(scene: Scene) -> str:
    claims = list(scene.case.claims.values())
    if not claims:
        return DASH
    first, last = min(c.from_on for c in claims), max(c.to_on for c in claims)
    return f"{first:%Y-%m} 至 {last:%Y-%m}"


def _instalments(scene: Scene, live: Sequence[Agreement]) -> Block:
    rows, sums = [], [0, 0, 0]
    for signed in live:
        for one in signed.instalments:
            planned = sum(int(line.amount) for line in one.lines)
            left = sum(int(line.amount) for line in instalment_balance(signed, one.no))
            amounts = (planned, planned - left, left)
            sums = [a + b for a, b in zip(sums, amounts, strict=True)]
            state = "付清" if not left else "逾期" if one.due_on < scene.on else "未到期"
            rows.append((f"{signed.no}-{one.no}", iso(one.due_on), *map(yuan, amounts), state))
    return grid(
        (
            ("协议-期", 2, "l"),
            ("应付日", 3, "l"),
            ("应付", 3, "r"),
            ("已付", 3, "r"),
            ("未付", 3, "r"),
            ("情况", 2, "l"),
        ),
        rows,
        ("", "合计", *map(yuan, sums), ""),
    )


def chronicle(history: Sequence[Recorded]) -> list[tuple[str, str, str]]:
    """Tell the history: a line for each day and kind of fact, with its places in the log."""
    lines: dict[tuple[date, str], list[int]] = {}
    for one in history:
        name = (type(one.event).__doc__ or one.event.TOPIC).partition(":")[0].rstrip(".")
        lines.setdefault((one.occurred_on, name), []).append(one.version)
    return [
        (iso(on), name + (f"，{len(places)}条" if len(places) > 1 else ""), _span(places))
        for (on, name), places in sorted(lines.items(), key=lambda line: line[0][0])
    ]


def _span(places: Sequence[int]) -> str:
    return f"#{places[0]}" if len(places) == 1 else f"#{places[0]}–{places[-1]}"


def _workers(scene: Scene, workers: Sequence[str]) -> Block:
    case, sums = scene.case, scene.case.totals
    rows = []
    for place, worker in enumerate(workers, start=1):
        own, party = case.sums(worker), scene.party(worker)
        agreed = bool(own.agreed)
        lead = "（代表）" if worker in case.representatives else ""
        rows.append(
            (
                str(place),
                f"{party.name}{lead}",
                party.last4,
                yuan(own.claimed),
                yuan(own.agreed) if agreed else DASH,
                yuan(own.paid) if agreed or own.paid else DASH,
                yuan(own.outstanding) if agreed else DASH,
                TRACKS[case.workers[worker].track],
            )
        )
    totals = (sums.claimed, sums.agreed, sums.paid, sums.outstanding)
    return grid(
        (
            ("序", 2, "l"),
            ("姓名", 5, "l"),
            ("证件后四位", 4, "l"),
            ("主张额", 5, "r"),
            ("协议额", 5, "r"),
            ("已付", 5, "r"),
            ("未付", 5, "r"),
            ("结果", 4, "l"),
        ),
        rows,
        ("", f"合计{len(workers)}人", "", *map(yuan, totals), ""),
    )
