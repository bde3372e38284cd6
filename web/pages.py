"""Drawing a page: one Jinja environment, and what every template may ask for.

`page(request, "cases/list.html", rows=…)` draws a template of `web/templates/`. Autoescape is on
for all of them, undefined names are errors, and nothing but icons and states is marked safe.
"""

import hashlib
from collections.abc import Callable, Collection, Hashable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from application.ids import uuid7
from application.rights import may
from application.store import Who
from domain.codes import Code
from domain.kernel import N_
from web import charts, dates, forms, naming, texts, words
from web.access import PRIVATE, parts
from web.acts import Desk
from web.money import money, typed_yuan, yuan
from web.visit import Visit

HERE = Path(__file__).parent
TEMPLATES, STATIC = HERE / "templates", HERE / "static"
STYLES = (
    "tokens.css",
    "base.css",
    "controls.css",
    "tables.css",
    "cases.css",
    "charts.css",
    "disputes.css",
    "claims.css",
    "public.css",
    "papers.css",
    "forms.css",
    "network.css",
    "help.css",
    "mobile.css",
    "trades.css",
    "caseload.css",
    "keeping.css",
    "attachments.css",
    "print.css",
)

PIECES = 1_024  # kept drawn: menus of roles and places, filters by their counts

# Loaded by pages with a frame of their own: the wall, the terminal, what anybody may keep.
OWN_STYLES = ("screen.css", "kiosk.css", "directory.css")


class NavItem(NamedTuple):
    """A line of the menu; `roles` empty means everybody."""

    group: str
    path: str
    title: str
    icon: str
    roles: frozenset[str] = frozenset()


_READERS = frozenset({"caseworker", "mediator", "station_manager", "auditor"})
_STAFF = _READERS | {"informant"}
_CARERS = frozenset({"caseworker", "mediator", "station_manager"})
_MANAGER = frozenset({"station_manager"})
_WORKERS = frozenset({"caseworker", "station_manager"})
_HELPERS = _WORKERS | {"auditor"}
MINE, CARE, DISPUTES = N_("我的工作"), N_("求职帮扶"), N_("争议调解")
RESOURCES, CHECKS, KEEPING = N_("资源"), N_("统计与核对"), N_("管理与帮助")
NAV = (
    NavItem(MINE, "/today", N_("今天要办"), "home", _CARERS),
    NavItem(MINE, "/cases", N_("我的案件"), "tray", _STAFF),
    NavItem(MINE, "/drafts", N_("我的草稿"), "edit", _STAFF),
    NavItem(MINE, "/outbox", N_("发件箱"), "right", _CARERS),
    NavItem(MINE, "/absences", N_("外出委托"), "men", _CARERS),
    NavItem(CARE, "/seekers", N_("求职台账"), "list", _READERS),
    NavItem(CARE, "/households", N_("零就业家庭"), "home", _HELPERS),
    NavItem(CARE, "/subsidies", N_("补贴台账"), "money", _HELPERS),
    NavItem(CARE, "/standards", N_("服务达标"), "check", _HELPERS | {"admin"}),
    NavItem(CARE, "/m", N_("手机走访"), "phone", _WORKERS | {"informant"}),
    NavItem(CARE, "/queue", N_("自助申请"), "doc", _CARERS),
    NavItem(CARE, "/quick", N_("零工快速撮合"), "link", _WORKERS),
    NavItem(CARE, "/duplicates", N_("疑似重复"), "copy", _CARERS),
    NavItem(DISPUTES, "/disputes", N_("争议台账"), "scale", _READERS),
    NavItem(DISPUTES, "/alarms", N_("欠薪预警"), "alert", _READERS),
    NavItem(DISPUTES, "/instalments", N_("到期分期"), "money", _READERS),
    NavItem(DISPUTES, "/sessions", N_("调解室日历"), "today", _READERS),
    NavItem(RESOURCES, "/employers", N_("用人单位"), "job", _READERS),
    NavItem(RESOURCES, "/vacancies", N_("岗位"), "link", _READERS),
    NavItem(RESOURCES, "/talents", N_("人力资源库"), "men", _READERS),
    NavItem(RESOURCES, "/classes", N_("培训班"), "book", _READERS),
    NavItem(RESOURCES, "/fairs", N_("招聘会"), "men", _READERS),
    NavItem(RESOURCES, "/workshop", N_("手工订单"), "tray", _READERS),
    NavItem(RESOURCES, "/criteria", N_("困难认定标准"), "seal", _STAFF),
    NavItem(RESOURCES, "/stations", N_("站点网络"), "home", _STAFF | {"admin"}),
    NavItem(CHECKS, "/statistics", N_("统计看板"), "bars", _READERS),
    NavItem(CHECKS, "/reads", N_("查阅日志"), "eye", frozenset({"auditor"})),
    NavItem(CHECKS, "/workload", N_("工作量"), "bars", _MANAGER),
    NavItem(CHECKS, "/jobs", N_("任务中心"), "grid", _STAFF | {"admin"}),
    NavItem(KEEPING, "/staff", N_("账号与站点"), "men", frozenset({"admin", "station_manager"})),
    NavItem(KEEPING, "/handovers", N_("整体移交"), "right", _MANAGER),
    NavItem(KEEPING, "/imports", N_("导入"), "upload", frozenset({"station_manager"})),
    NavItem(KEEPING, "/wordings", N_("消息模板"), "edit", _READERS | {"admin"}),
    NavItem(KEEPING, "/projections", N_("投影状态"), "hist", frozenset({"auditor", "admin"})),
    NavItem(KEEPING, "/help", N_("帮助"), "help"),
)


@cache
def version() -> str:
    """Name the state of templates, styles, scripts and texts: part of ETags and file addresses."""
    digest = hashlib.sha256()
    for folder in (TEMPLATES, STATIC, texts.LOCALE):
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            digest.update(path.relative_to(HERE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def static(name: str) -> str:
    """Give the address of a file in `web/static/`, with the version that ends its caching."""
    return f"/static/{name}?v={version()}"


def with_query(query: Mapping[str, Any], **changes: Any) -> str:
    """Give a query string with some values exchanged; None takes one out. Lists repeat."""
    merged = {k: v for k, v in (dict(query) | changes).items() if v not in (None, "", (), [])}
    return f"?{urlencode(merged, doseq=True)}" if merged else "?"


ICON = Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>')


@cache  # a list draws two hundred; the files do not change while a process lives, names are ours
def icon(name: str, cls: str = "ic") -> Markup:
    """Draw an icon of the sprite."""
    return ICON.format(cls, static("icons.svg"), name)


STATUS = Markup('<span class="st {}">{}{}</span>')


def status(kind: str, code: str) -> Markup:
    """Draw a state in a row: icon + word + colour. `kind` is seeker or dispute."""
    return _status(kind, code, texts.spoken())


@cache  # as an icon; a list of fifty cases draws three states
def _status(kind: str, code: str, language: str) -> Markup:
    look = words.state_of(kind, code)
    return STATUS.format(look.tone, icon(look.icon), texts.translate(look.word, language))


class PlainCalls(Context):
    """Calls what a template calls, and nothing more.

    Jinja asks before each of some 1,500 calls of a list whether the function wants the context;
    none of ours does, and the asking took a fourth of the page.
    """

    def call(
        self,
        called: Callable[..., Any],
        /,
        *args: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **kwargs: Any,
    ) -> Any:
        """Call, without the variables that only a function with the context would read."""
        return called(*args, **kwargs)


def environment() -> Environment:
    """Make the environment of the templates."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # all of them are kept: a page asks for a dozen
    )
    made.context_class = PlainCalls
    made.globals.update(
        _=texts.say,
        counted=texts.counted,
        charts=charts,
        command_id=lambda: str(uuid7()),
        dates=dates,
        icon=icon,
        label=texts.label,
        begin=begin,
        menu=menu,
        languages=texts.LANGUAGES,
        may=may,
        money=money,
        roles=words.ROLES,
        state_of=words.state_of,
        status=status,
        static=static,
        sum_typed=forms.total,
        style_links=style_links,
        ticks=ticks,
        typed_yuan=typed_yuan,
        with_query=with_query,
        yuan=yuan,
    )
    made.filters["text"] = texts.shown
    return made


def read_templates() -> None:
    """Compile every template, so that nobody's first page waits 100 ms for its own."""
    for name in ENVIRONMENT.list_templates():
        ENVIRONMENT.get_template(name)


def nav(request: Request, met: Visit) -> tuple[NavItem, ...]:
    """Give the menu of a reader: what the role may open and this site has."""
    return _nav(request.app.state.paths, met.session.who.roles if met.session else frozenset())


@lru_cache(PIECES)
def _nav(paths: frozenset[str], held: frozenset[str]) -> tuple[NavItem, ...]:
    return tuple(
        item for item in NAV if item.path in paths and (not item.roles or item.roles & held)
    )


def menu(items: tuple[NavItem, ...], path: str, counts: Mapping[str, int]) -> Markup:
    """Draw the menu; readers of one role at one place have the same."""
    here = max((i.path for i in items if f"{path}/".startswith(f"{i.path}/")), key=len, default="")
    return _kept("frame/menu.html", "menu", texts.spoken(), items, here, tuple(counts.items()))


def style_links() -> Markup:
    """Draw the links to the styles, which are those of the process."""
    return _kept("frame/menu.html", "links", "", STYLES)


def begin(desks: Mapping[str, Desk], who: Who) -> Markup:
    """Draw what a reader can begin: the first three as buttons, the others behind one."""
    acts = tuple(
        (act.page or f"/{desk.kind}/new/{act.verb}", act.title)
        for desk in desks.values()
        for act in desk.begun()
        if not act.right or may(who, act.right)
    )
    return _kept("macros/lists.html", "begin", texts.spoken(), acts)


def ticks(
    legend: str,
    name: str,
    words: Mapping[str, str | Code],
    chosen: Collection[str],
    counts: Mapping[str, int],
) -> Markup:
    """Draw the tick boxes of one filter: codes that occur or are chosen, with their numbers."""
    boxes = tuple(
        (code, texts.label(word), counts.get(code, 0), code in chosen)
        for code, word in words.items()
        if code in counts or code in chosen
    )
    return _kept("macros/lists.html", "ticks", texts.spoken(), legend, name, boxes)


@lru_cache(PIECES)
def _kept(template: str, name: str, _language: str, *values: Hashable) -> Markup:
    """Draw a macro once for its values: codes, counts and words of ours, nothing of a person."""
    drawn: Markup = getattr(ENVIRONMENT.get_template(template).module, name)(*values)
    return drawn


ENVIRONMENT = environment()


def here(request: Request) -> str:
    """Give the address of the page being drawn, for the way back to it."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def draw(request: Request, template: str, /, **context: Any) -> str:
    """Draw a template in the language of the visit."""
    met: Visit = request.state.visit
    texts.use(met.language)
    texts.name_by(naming.namer(request))
    own = parts(request)
    shell = {
        "visit": met,
        "session": met.session,
        "own": own,
        "path": request.url.path,
        "here": here(request),
        "query": request.query_params,
        "today": own.today(),
        "as_of": None,
        "nav": nav(request, met),
        "idle_seconds": round((met.session.idle_at - own.now()).total_seconds())
        if met.session
        else 0,
        "nav_counts": {},
        "reach": lambda: getattr(request.state, "reach", None) or own.progress.reach(),
        "site_paths": request.app.state.paths,
    }
    return ENVIRONMENT.get_template(template).render(shell | context)


def page(request: Request, template: str, /, *, status: int = 200, **context: Any) -> Response:
    """Draw a page as an answer; a figures page carries its ETag, every other is not stored."""
    response = HTMLResponse(draw(request, template, **context), status_code=status)
    etag = getattr(request.state, "etag", "")
    if etag and status == 200:
        response.headers["etag"] = etag
        response.headers["cache-control"] = PRIVATE
    return response
