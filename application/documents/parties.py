"""What papers of a dispute say about its parties, claims and time limits."""

from collections.abc import Iterable, Sequence
from datetime import date

from application.documents.blocks import DASH, Block, form, grid, iso, pairs, yuan
from application.documents.scene import Party, Scene
from domain.codes import label
from domain.codes_dispute import CLAIMS, RESPONDENT_ROLES

MOST_NAMED = 10


def whose(scene: Scene) -> list[str]:
    """List the claimants a paper is about: the one whose copy it is, or all that stay in."""
    case = scene.case
    if scene.worker:
        return [scene.worker]
    return [one for one in case.workers if one in case.active] or list(case.workers)


def named(scene: Scene, workers: Sequence[str], *, annex: str = "名单见附表") -> str:
    """Name up to ten people, and then the first with the number."""
    names = [scene.name(worker) for worker in workers]
    if len(names) <= MOST_NAMED:
        return "、".join(names)
    return f"{names[0]}等{len(names)}人（{annex}）"


def respondents(scene: Scene) -> str:
    """Name the respondents."""
    return "、".join(scene.name(one) for one in scene.case.respondents) or DASH


def causes(scene: Scene, claims: Iterable[int] | None = None) -> str:
    """Name what is claimed."""
    case = scene.case
    numbers = case.claims if claims is None else claims
    return "、".join(label(CLAIMS, one) for one in sorted({case.claims[n].code for n in numbers}))


def sentence_for(scene: Scene) -> str:
    """Name a case by its parties, as a letter does in its first line."""
    workers = whose(scene)
    who = scene.name(workers[0]) if workers else DASH
    many = f"等{len(workers)}人" if len(workers) > 1 else ""
    return f"{who}{many}与{respondents(scene)}{causes(scene, own_claims(scene)) or '劳动'}争议一案"


def own_claims(scene: Scene) -> list[int]:
    """Give the numbers of the claims that a paper is about."""
    return [n for one in whose(scene) for n in scene.case.workers[one].claims]


def person_form(party: Party) -> Block:
    """Write a claimant in full, as an application wants it (调解仲裁法 28)."""
    return form(
        ("申请人", party.name, "性别", party.sex),
        ("证件号码", party.id_no, "电话", party.phone),
        ("住址", party.address),
    )


def firm_form(scene: Scene, stream: str) -> Block:
    """Write a respondent."""
    firm, role = scene.firm(stream), scene.case.respondents.get(stream, "")
    return form(
        ("被申请人", scene.name(stream)),
        ("统一社会信用代码", firm.credit_code, "当事人身份", label(RESPONDENT_ROLES, role)),
    )


def parties(scene: Scene, workers: Sequence[str], *, annex: str = "名单见附表") -> list[Block]:
    """Write both sides: one claimant in full, many by name with a list at the end."""
    if len(workers) == 1:
        own: list[Block] = [person_form(scene.party(workers[0]))]
    else:
        lead = "、".join(scene.name(one) for one in scene.case.representatives)
        own = [pairs(("申请人", named(scene, workers, annex=annex)), ("代表人", lead))]
    return own + [firm_form(scene, one) for one in scene.case.respondents]


def claim_rows(scene: Scene, workers: Sequence[str]) -> Block:
    """List claims by worker: kind, period, amount, with their sum."""
    case = scene.case
    rows = []
    for place, worker in enumerate(workers, start=1):
        party = scene.party(worker)
        for nth, no in enumerate(case.workers[worker].claims):
            claim = case.claims[no]
            first = nth == 0
            rows.append(
                (
                    str(place) if first else "",
                    party.name if first else "",
                    party.last4 if first else "",
                    label(CLAIMS, claim.code),
                    f"{iso(claim.from_on)} 至 {iso(claim.to_on)}",
                    yuan(claim.claimed),
                )
            )
    asked = sum(case.claims[n].claimed for w in workers for n in case.workers[w].claims)
    return grid(
        (
            ("序", 2, "l"),
            ("申请人", 5, "l"),
            ("证件后四位", 5, "l"),
            ("请求", 9, "l"),
            ("期间", 12, "l"),
            ("金额（元）", 7, "r"),
        ),
        rows,
        ("", "合计", "", "", "", yuan(asked)),
    )


def limit_rows(scene: Scene, *rules: str) -> list[tuple[str, str]]:
    """Give name and last day of the time limits that were computed at the issue."""
    found = []
    for one in scene.inputs.get("limits", ()):
        if one["rule"] in rules or not rules:
            mark = "（暂定，该年工作日历未公布）" if one["provisional"] else ""
            until = date.fromisoformat(one["due"])
            many = f"，{one['workers']}人" if one["workers"] > 1 else ""
            found.append((f"{one['name']}{many}", f"{iso(until)}{mark}"))
    return found


def limit_table(scene: Scene) -> Block:
    """List every time limit with its start, last day and what ended it."""
    return grid(
        (
            ("规则", 4, "l"),
            ("期限", 9, "l"),
            ("依据", 8, "l"),
            ("起算", 5, "l"),
            ("届满", 6, "l"),
            ("结果", 7, "l"),
        ),
        [
            (
                one["rule"],
                one["name"] + (f"（{one['workers']}人）" if one["workers"] > 1 else ""),
                one["statute"],
                one["start"],
                one["due"] + ("（暂定）" if one["provisional"] else ""),
                one["done"],
            )
            for one in scene.inputs.get("limits", ())
        ],
    )
