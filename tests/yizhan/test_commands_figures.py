"""What an operator asks of an imported register: figures, their facts, histories, rebuilds."""

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from application.database.embedded import EmbeddedServer
from domain.catalogue import catalogue
from projections.measures import MEASURES
from projections.rebuild import Busy
from tests import stories
from tests.yizhan.shell import measures, virginia_rows, write_register, yizhan
from yizhan import terminal
from yizhan.clock import CHINA
from yizhan.commands.replay import fields
from yizhan.wiring import Office

pytestmark = [pytest.mark.xdist_group("commands"), pytest.mark.postgres]

# The contract of decision 36 (placed_<kind> is generated); none of them is ever renamed.
CONTRACT = {
    "seekers_registered": "persons",
    "referrals": "person_times",
    "persons_referred": "persons",
    "persons_trained": "persons",
    "certificates": "person_times",
    "placements": "person_times",
    "retained_1": "percent",
    "retained_3": "percent",
    "retained_6": "percent",
    "disputes_received": "cases",
    "disputes_accepted": "cases",
    "disputes_closed": "cases",
    "disputes_settled": "cases",
    "closure_rate": "percent",
    "mediation_success_rate": "percent",
    "claimed": "fen",
    "verified": "fen",
    "agreed": "fen",
    "paid": "fen",
    "paid_once": "fen",
    "cases_paid": "cases",
    "workers_paid": "persons",
    "paid_per_worker": "fen",
    "median_days_open_closed": "days",
    "median_days_received_settled": "days",
    "vacancies": "vacancies",
    "vacancy_headcount": "posts",
    "matched_person_times": "person_times",
}
OCCURRING = {
    "classified_decision_valid": 14,
    "classified_decision_informal_resolution": 13,
    "classified_decision_invalid": 13,
    "claim_lines_C01": 40,
}


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home folder with forty imported claims; its server stays up between the commands."""
    made = Path(tempfile.mkdtemp(prefix="yizhan-figures-"))
    made.chmod(0o755)  # as root the server runs as another user
    with EmbeddedServer(made / "pg"):
        file = write_register(made / "claims.csv", virginia_rows(40))
        ran = yizhan(made, "import", str(file), "--profile", "virginia")
        assert ran.code == 0, ran.err
        yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def stats(home: Path) -> dict[str, Any]:
    """All figures, once."""
    ran = yizhan(home, "stats", "--json")
    assert ran.code == 0, ran.err
    found: dict[str, Any] = ran.json
    return found


def test_stats_says_the_position_the_day_and_the_measures(stats: dict[str, Any]) -> None:
    assert set(stats) == {"position", "as_of", "from", "to", "measures"}
    assert stats["position"] > 40 * 8
    assert date.fromisoformat(stats["as_of"]) == datetime.now(CHINA).date()
    assert {tuple(m) for m in stats["measures"].values()} == {
        ("value", "unit", "numerator", "denominator")
    }


@pytest.mark.parametrize(("code", "unit"), CONTRACT.items())
def test_a_measure_of_the_contract_has_its_unit(
    stats: dict[str, Any], code: str, unit: str
) -> None:
    assert stats["measures"][code]["unit"] == unit


@pytest.mark.parametrize(("code", "value"), OCCURRING.items())
def test_a_class_and_a_claim_line_have_a_measure_when_they_occur(
    stats: dict[str, Any], code: str, value: int
) -> None:
    assert stats["measures"][code]["value"] == value


def test_a_percentage_comes_with_its_parts(stats: dict[str, Any]) -> None:
    rate = stats["measures"]["closure_rate"]
    assert rate == {"value": 75.0, "unit": "percent", "numerator": 30, "denominator": 40}


def test_stats_shows_a_table_without_cutting_a_code(home: Path) -> None:
    ran = yizhan(home, "stats", "--code", "paid", "--code", "closure_rate")
    assert ran.code == 0
    assert "closure_rate" in ran.out
    assert "¥2,390.00" in ran.out
    assert "75.00 (30/40)" in ran.out


@pytest.mark.parametrize(
    "code", ["paid", "disputes_closed", "claimed", "classified_decision_valid", "claim_lines_C01"]
)
def test_a_figure_is_the_sum_of_the_facts_that_explain_it(
    home: Path, stats: dict[str, Any], code: str
) -> None:
    ran = yizhan(home, "explain", code, "--limit", "1000", "--json")
    assert ran.code == 0, ran.err
    facts = ran.json["facts"]
    counted = {
        "fen": sum(fact["amount"] for fact in facts),
        "cases": len({fact["case"] for fact in facts}),
        "claim_lines": sum(fact["quantity"] for fact in facts),
    }
    assert counted[ran.json["unit"]] == ran.json["value"] > 0
    assert ran.json["value"] == stats["measures"][code]["value"]
    assert all(0 < fact["position"] <= stats["position"] for fact in facts)
    assert ran.json["definition"]


def test_a_part_of_a_year_has_its_own_figures(home: Path) -> None:
    march = measures(home, "--from", "2016-03-01", "--to", "2016-03-31")
    assert march["disputes_received"]["value"] == 40
    assert march["disputes_accepted"]["value"] == march["paid"]["value"] == 0


def test_before_the_import_nothing_was_known(home: Path) -> None:
    yesterday = datetime.now(CHINA).date() - timedelta(days=1)
    then = measures(home, "--as-of", yesterday.isoformat())
    assert then["disputes_received"]["value"] == then["paid"]["value"] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("explain", "no_such_measure"),
        ("stats", "--station", "station-nowhere"),
        ("replay", "LLVA00000"),
        ("replay", "LLVA90000", "--at", "soon"),
        ("rebuild", "--projection", "nothing"),
    ],
)
def test_a_name_that_does_not_exist_is_wrong_use(home: Path, words: tuple[str, ...]) -> None:
    ran = yizhan(home, *words)
    assert (ran.code, ran.out) == (2, "")
    assert len([line for line in ran.err.splitlines() if "/s)" not in line]) == 1


def test_a_case_is_replayed_whole_and_up_to_an_event(home: Path) -> None:
    whole = yizhan(home, "replay", "LLVA90000", "--json").json
    first = yizhan(home, "replay", "LLVA90000", "--at", "1", "--json").json
    assert whole["state"] == "CLOSED"
    assert whole["version"] == len(whole["events"]) > 8
    assert first["version"] == 1
    assert first["events"] == whole["events"][:1]
    assert first["events"][0]["topic"] == "dispute.intake_recorded"
    assert first["state"] != "CLOSED"


def test_a_replay_is_read_in_both_languages(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal.out, "width", 160)  # it was measured when it was made
    told = yizhan(home, "replay", "LLVA90000").out
    assert "主张 claimed ¥" in told
    assert "dispute.intake_recorded" in told
    assert "来访" in told
    told = yizhan(home, "stats", "--code", "closure_rate").out
    assert "Closure rate" in told
    assert "结案率" in told


@pytest.mark.parametrize("play", [stories.story_6_short, stories.story_6, stories.story_7])
def test_every_state_of_a_dispute_is_json(play: Callable[[], stories.Play]) -> None:
    case = play().case
    assert case.vouchers  # keys of two parts: payer and number
    found = json.loads(json.dumps(fields(case), default=str))
    assert len(found["vouchers"]) == len(case.vouchers)


def test_every_fact_has_a_name_in_chinese() -> None:
    for kind in catalogue().values():
        assert re.match("[\u4e00-\u9fff]", (kind.__doc__ or "").strip()), kind


def test_projections_that_another_process_fills_are_said(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> int:
        raise Busy("caseload")

    monkeypatch.setattr(Office, "bring_up", busy)
    ran = yizhan(home, "stats")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith("filling projections just now (caseload). Try again in a moment.\n")


def test_a_case_before_its_first_fact_and_a_demo_that_is_not_there_are_said(home: Path) -> None:
    told = yizhan(home, "replay", "LLVA90000", "--at", "2020-01-01")
    assert (told.code, told.out) == (0, "Nothing was recorded of LLVA90000 by 2020-01-01.\n")
    ran = yizhan(home, "stats", "--demo")
    assert (ran.code, ran.out) == (2, "")
    assert "There is no demo yet" in ran.err


def test_a_case_is_replayed_as_known_on_a_day(home: Path) -> None:
    today = datetime.now(CHINA).date()
    whole = yizhan(home, "replay", "LLVA90000", "--json").json
    now = yizhan(home, "replay", "LLVA90000", "--at", today.isoformat(), "--json").json
    before = today - timedelta(days=1)
    then = yizhan(home, "replay", "LLVA90000", "--at", before.isoformat(), "--json").json
    assert now == whole
    assert (then["version"], then["events"]) == (0, [])


def test_a_rebuild_gives_the_same_figures(home: Path, stats: dict[str, Any]) -> None:
    ran = yizhan(home, "rebuild", "--json")
    assert ran.code == 0, ran.err
    assert ran.json["position"] == stats["position"]
    assert len(ran.json["projections"]) >= 3
    assert measures(home) == stats["measures"]


def test_a_single_projection_is_rebuilt(home: Path) -> None:
    name = yizhan(home, "rebuild", "--json").json["projections"][0]
    assert yizhan(home, "rebuild", "--projection", name, "--json").json["projections"] == [name]


def test_migrate_has_nothing_to_do(home: Path) -> None:
    ran = yizhan(home, "migrate", "--json")
    assert (ran.code, ran.json) == (0, {"applied": []})


def test_every_measure_that_is_declared_is_printed(stats: dict[str, Any]) -> None:
    assert set(MEASURES) <= set(stats["measures"])
