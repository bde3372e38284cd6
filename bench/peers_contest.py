"""The contest's page in the http role: 50 rows of a station from the harness's `caseload`.

It goes the way of every page of the site: its middlewares, the session and the rights of the day,
the dependency that admits, a thread, the readers' pool, the site's Jinja environment, and rows that
are filled as those of the work list are (`web/filled.py`). The tables are the harness's, so that
the columns and the 13.6 kB are those of the other contestants; what a page of ours has around its
rows is left out, as theirs have nothing. The ETag is the checkpoint in `ckpt`, as in their cut.
"""

from collections.abc import Sequence

from fastapi import APIRouter
from psycopg_pool import ConnectionPool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from web import filled
from web.access import PRIVATE, NotModified
from web.pages import ENVIRONMENT

STATION = "荔湾3号驿站"
COLUMNS = ("stream", "kind", "station", "officer", "status", "opened", "last", "events", "amount")
POSITION = "SELECT position FROM public.ckpt WHERE name = 'p'"
HEADS = ("编号", "类型", "驿站", "经办", "状态", "登记", "最近", "事件", "金额")
# Ordered by the table's own columns: their texts would be sorted, past the index.
ROWS = f"""
SELECT {", ".join(f"{name}::text" for name in COLUMNS)}, ({POSITION}) FROM public.caseload
WHERE station = %s ORDER BY caseload.last DESC, caseload.stream DESC LIMIT 50
"""
PAGE = ENVIRONMENT.from_string("""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>案件 · {{ station }}</title></head>
<body><h1>{{ station }}</h1><table><thead><tr>
{%- for head in heads %}<th>{{ head }}</th>{% endfor -%}
</tr></thead><tbody>
{{ rows }}</tbody></table></body></html>
""")
ROW = ENVIRONMENT.from_string(
    "{% macro row(stream, kind, station, officer, status, opened, last, events, amount) %}"
    '<tr><td><a href="/cases/{{ stream }}">{{ stream }}</a></td><td>{{ kind }}</td>'
    "<td>{{ station }}</td><td>{{ officer }}</td><td>{{ status }}</td><td>{{ opened }}</td>"
    "<td>{{ last }}</td><td>{{ events }}</td><td>{{ amount }}</td></tr>{% endmacro %}"
)


def contest(pool: ConnectionPool) -> APIRouter:
    """Give the route over the readers' pool."""
    router = APIRouter()
    row = filled.of(ROW.module.row, *COLUMNS)  # type: ignore[attr-defined]  # a macro

    @router.get("/contest")
    def page(request: Request) -> Response:
        known = request.headers.get("if-none-match")
        with pool.connection() as conn:
            if known is not None and known == _tag(conn.execute(POSITION, prepare=True).fetchone()):
                raise NotModified(known)
            rows = conn.execute(ROWS, [STATION], prepare=True).fetchall()
        lines = [row.fill(dict(zip(COLUMNS, map(filled.safe, one), strict=False))) for one in rows]
        etag = _tag(rows[0][-1:] if rows else None)
        text = PAGE.render(station=STATION, heads=HEADS, rows=filled.joined(lines))
        return HTMLResponse(text, headers={"etag": etag, "cache-control": PRIVATE})

    return router


def _tag(found: Sequence[int] | None) -> str:
    return f'"{found[0] if found else 0}"'
