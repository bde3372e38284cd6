"""Charts: geometry from zero, a link and words at each mark, and the same numbers as a table."""

import pytest

from tests.web.reading import Page
from web.charts import Line, Mark, Step, bars, funnel, lines, nice_step, spark
from web.pages import ENVIRONMENT
from web.statistics import monthly

MARKS = (
    Mark("沙坪街道", 1284.6, "1,284.60", "/x?town=1"),
    Mark("鹤城镇", 642.3, "642.30", "/x?town=2", chosen=True),
    Mark("双合镇", 0, "0.00"),
)


def test_bars_start_at_zero_and_keep_their_proportion() -> None:
    first, second, none = bars(MARKS).boxes
    assert second.w == pytest.approx(first.w / 2, abs=0.1)
    assert none.w == 0


def test_a_hatched_part_ends_where_its_bar_ends() -> None:
    (box,) = bars([Mark("16–30 天", 27, "27", part=6)]).boxes
    assert box.px == pytest.approx(box.x + box.w)
    assert box.pw / (box.w + box.pw) == pytest.approx(6 / 27, abs=0.01)


def test_no_bar_or_word_leaves_the_drawing() -> None:
    for box in bars(MARKS).boxes:
        assert box.tx + len(box.mark.text) * 7 <= 400


def test_a_funnel_tells_the_share_of_the_step_before() -> None:
    shares = [
        getattr(step, "share", "")
        for step in funnel([Mark("登记", 200, "200"), Mark("推荐", 150, "150")]).boxes
    ]
    assert shares == ["", "75.0%"]


@pytest.mark.parametrize("marks", [(), (Mark("登记", 0, "0"), Mark("推荐", 0, "0"))])
def test_nothing_to_draw_is_drawn_without_a_fault(marks: tuple[Mark, ...]) -> None:
    assert all(box.w == 0 for box in (*bars(marks).boxes, *funnel(marks).boxes))
    assert lines([Line("受理", marks)], ["1 月", "2 月"]).grid[0] == (212.0, "0")


@pytest.mark.parametrize(
    ("most", "step"), [(0, 1), (3, 1), (4, 1), (9, 5), (168, 50), (2184, 1000), (20, 5)]
)
def test_lines_of_a_grid_stand_at_round_numbers(most: float, step: float) -> None:
    assert nice_step(most) == step


def test_the_names_of_lines_do_not_cover_each_other() -> None:
    one, other = Mark("6 月", 101, "101"), Mark("6 月", 100, "100")
    drawn = lines([Line("受理", [one]), Line("结案", [other])], ["6 月"])
    (high, _), (low, _) = sorted(drawn.names, key=lambda name: name[0])
    assert low - high >= 15


def test_the_last_small_bar_is_the_chosen_one() -> None:
    assert [box.mark.chosen for box in spark([1, 2, 3])] == [False, False, True]


def test_every_mark_is_a_link_and_the_table_has_the_same_numbers() -> None:
    template = ENVIRONMENT.from_string(
        '{% import "macros/charts.html" as c %}'
        '{% call c.plot("追回工资", "万元", "t", ("镇街", "万元"), rows) %}'
        '{{ c.bars(marks, "追回工资") }}{{ c.funnel(marks, "漏斗") }}'
        '{{ c.lines([line], ticks, "按月") }}{{ c.spark([1, 2]) }}{{ c.share(1, 3, "三分之一") }}'
        "{% endcall %}"
    )
    text = template.render(
        marks=MARKS,
        rows=[(m.label, m.text) for m in MARKS],
        line=Line("受理", MARKS),
        ticks=["1 月", "2 月", "3 月"],
    )
    assert Page(text).links.count("/x?town=1") == 3
    for mark in MARKS:
        assert f'<td class="num">{mark.text}</td>' in text
        assert f"<title>{mark.label} {mark.text}</title>" in text


def test_a_month_to_come_has_a_place_on_the_axis_and_no_mark() -> None:
    marks = [Mark("2026-01", 3, "3"), Mark("2026-02", 5, "5")]
    ticks = ["26-01", "26-02", "26-03", "26-04"]
    laid = lines([Line("受理", marks)], ticks)
    assert [x for x, _ in laid.lines[0].points] == [x for x, _ in laid.ticks[:2]]
    assert [word for _, word in laid.ticks] == ticks
    assert monthly([Line("受理", marks)], ticks) == [("26-01", "3"), ("26-02", "5")]


def test_a_step_above_the_one_before_claims_no_share() -> None:
    steps = funnel([Mark("推荐", 2, "2"), Mark("就业", 7, "7"), Mark("稳岗", 4, "4")]).boxes
    assert [step.share for step in steps if isinstance(step, Step)] == ["", "", "57.1%"]
