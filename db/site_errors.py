"""What a visitor is told when a request fails: words, and neither traces nor script."""

import json
import re
import sqlite3

from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Request, Response
from datasette.views.base import DatasetteError

from db.site_cap import TooLargeError
from db.site_language import say

_TOLD = {
    "slow": (
        "这个查询太慢，已停止；请缩小范围，或下载整库自己查。",
        "The query took too long and was stopped; narrow it, or download the base and ask there.",
    ),
    "large": (
        "回答太大，没有发送；请少取几行或几列，或下载整库。",
        "The answer is too large and was not sent; ask for fewer rows or columns, or download the base.",
    ),
    "busy": (
        "同时运行的查询太多；请几秒后再试，或下载整库自己查。",
        "Too many queries run at once; try again in some seconds, or download the base and ask there.",
    ),
    "broken": (
        "这个请求出错，站点的维护者会在日志中看到。",
        "This request failed; whoever runs the site finds it in the log.",
    ),
    "failed": (
        "查询失败；改用网页或 JSON 可看到原因。",
        "The query failed; ask for it as a page or as JSON to see why.",
    ),
    "method": ("这个站点只读。", "This site is read-only."),
    "long": ("网址太长。", "The address is too long."),
    "host": ("站点名称无效。", "The request names no site."),
    "head": ("请求头太长。", "The request's headers are too long."),
    "body": ("这个站点不接受请求正文。", "This site takes no request with a body."),
    "value": ("参数 {!r} 的值无法读取，或没有给出。", "The argument {!r} has a value that cannot be read, or none."),
    "unsorted": (
        "没有可以排序的列 {}；列表下方的“列的含义”列出全部列。",
        "There is no column {} to sort by; “What the columns mean”, below the list, names them all.",
    ),
    "hidden": ("没有这一页。", "There is no such page."),
}
_INTERRUPTED = "SQL Interrupted"
# As Datasette says it.
_UNSORTED = re.compile(r"Cannot sort table by (?P<column>.+)", re.DOTALL)


def told(kind: str, *given: str) -> str:
    """Return what is told of a kind of failure, with what was given, in the page's language."""
    return say(*_TOLD[kind]).format(*given)


async def error_response(
    datasette: Datasette, path: str, status: int, message: str, headers: dict[str, str] | None = None
) -> Response:
    """Return an error as the kind of thing that was asked for: JSON, text or a page."""
    info = {"ok": False, "error": message, "status": status, "title": None}
    if path.endswith(".json"):
        return Response(json.dumps(info), status, headers, "application/json; charset=utf-8")
    if path.endswith((".csv", ".txt")):
        return Response.text(f"{message}\n", status, headers)
    template = datasette.jinja_env.select_template([f"{status}.html", "error.html"])
    page = await template.render_async({**info, "urls": datasette.urls, "menu_links": list})
    return Response.html(page, status, headers)


async def answer(datasette: Datasette, request: Request, exception: Exception) -> Response | None:
    """Return what a visitor is told of an exception, or None where Datasette tells it well."""
    status, message = _status(exception)
    if not status:
        return None
    # Datasette's own handler, which is called too, prints the trace on stderr.
    return await error_response(datasette, request.path, status, message)


def _status(exception: Exception) -> tuple[int, str]:
    if isinstance(exception, QueryInterrupted) or getattr(exception, "title", None) == _INTERRUPTED:
        return 400, told("slow")
    # SQLite is out of the memory that it is allowed.
    if isinstance(exception, (TooLargeError, MemoryError)):
        return 400, told("large")
    if isinstance(exception, sqlite3.DatabaseError):
        return 400, str(exception)
    if isinstance(exception, DatasetteError) and (unsorted := _UNSORTED.fullmatch(str(exception.message))):
        return 400, told("unsorted", unsorted["column"])
    if isinstance(exception, DatasetteError) and exception.status == 500:
        # Datasette's own fault by default, yet it stands for a request that cannot be answered: an unknown column.
        return 400, str(exception.message)
    if isinstance(exception, (Base400, DatasetteError)):
        return 0, ""
    return 500, told("broken")
