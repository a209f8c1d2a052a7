"""What one step of a person costs: time until the page stands still, CPU of server and browser, and what is sent."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.benchmarks.memory import memory_kib

PATIENCE_MILLISECONDS = 600_000
QUIET_MILLISECONDS = 800
"""Without a change after which a page is taken to stand; not part of the time that is told."""

WATCH = """
window.standing = {began: 0, changed: 0, runs: 0};
const note = () => { standing.began = performance.now(); standing.runs = 0; };
for (const each of ["pointerdown", "pointerup", "keydown", "keyup", "change"]) addEventListener(each, note, true);
const canvases = new WeakMap();
const paint = (canvas, what) => {
  const record = canvases.get(canvas) ?? {now: "", last: ""};
  canvases.set(canvas, record);
  if (!record.now) queueMicrotask(() => {
    if (canvas.isConnected && record.now !== record.last) standing.changed = performance.now();
    Object.assign(record, {last: record.now, now: ""});
  });
  record.now += what;
};
for (const paints of ["fillText", "fill", "stroke", "drawImage"]) {
  const original = CanvasRenderingContext2D.prototype[paints];
  CanvasRenderingContext2D.prototype[paints] = function (...given) {
    paint(this.canvas, [paints, this.fillStyle, ...given].join());
    return original.apply(this, given);
  };
}
new MutationObserver(changes => {
  for (const change of changes) {
    if (change.target.parentElement?.closest("canvas") || change.target.tagName === "CANVAS") continue;
    const state = change.type === "attributes";
    if (!state && !change.target.parentElement?.closest("[data-testid=stMain]")) continue;
    standing.changed = performance.now();
    standing.runs += state && change.target.getAttribute(change.attributeName) === "notRunning";
  }
}).observe(document, {subtree: true, childList: true, characterData: true,
                      attributeFilter: ["data-test-script-state"]});
"""
"""Notes when the person last did something, when the page last changed, and how many script runs ended since.

What is painted on a canvas counts where it is not what was there before: the grid paints each table twice. What stands
inside a canvas's tags does not: it is the table in words for a screen reader, written 200 ms after it was drawn.
"""

STANDS = """quiet => {
  const main = document.querySelector("[data-testid=stMain]"), now = performance.now();
  const idle = document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]");
  const drawn = [...main.querySelectorAll("[data-testid=stVegaLiteChart]")].every(
    chart => chart.querySelector("svg, canvas"));
  const waiting = main.querySelector("[data-testid=stSkeleton], [data-testid=stProgress], [data-stale=true]");
  return idle && drawn && !waiting && now - standing.changed > quiet
    && (standing.runs > 0 || now - standing.began > 5000);
}"""


@dataclass(frozen=True)
class Cost:
    """Of one step: ``seconds`` on the clock, and the largest chart and table that the browser was sent, in bytes.

    ``server`` and ``browser`` are seconds of computing, by all threads of the one and the page's own of the other.
    """

    seconds: float
    server: float
    browser: float
    chart: int
    table: int


class Watched:
    """A page that is watched while a person uses it; make it before the page is opened."""

    def __init__(self, page: Page, pid: int) -> None:
        self.page, self.pid = page, pid
        self._frames: list[bytes] = []
        self._browser = page.context.new_cdp_session(page)
        self._browser.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.add_init_script(WATCH)
        page.on("websocket", lambda socket: socket.on("framereceived", self._take))

    def cost(self, act: Callable[[Page], None]) -> Cost:
        """What it costs from the act's last click or key to the page's last change."""
        self._frames.clear()
        self.page.evaluate("window.standing && (standing.began = standing.changed = performance.now())")
        server, browser = self._computed()
        act(self.page)
        self.page.wait_for_function(STANDS, arg=QUIET_MILLISECONDS, timeout=PATIENCE_MILLISECONDS, polling=50)
        took = float(self.page.evaluate("Math.max(standing.changed - standing.began, 0)")) / 1000
        server, browser = (now - then for now, then in zip(self._computed(), (server, browser), strict=True))
        charts, tables = sizes(self._frames)
        return Cost(took, server, browser, max(charts, default=0), max(tables, default=0))

    def _computed(self) -> tuple[float, float]:
        """Seconds that the server and the page have computed."""
        metrics = self._browser.send("Performance.getMetrics")["metrics"]
        page = next(each["value"] for each in metrics if each["name"] == "TaskDuration")
        return cpu_seconds(self.pid), float(page)

    def memory(self, field: str = "VmRSS") -> float:
        """The server's memory in MB, what it holds or (``VmHWM``) the most it has held."""
        return memory_kib(field, self.pid) * 1024 / 1e6

    def _take(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            self._frames.append(frame)


def sizes(frames: list[bytes]) -> tuple[list[int], list[int]]:
    """Bytes of each chart and of each table in messages to the browser."""
    elements = [message.delta.new_element for message in map(ForwardMsg.FromString, frames)]
    charts = [each.vega_lite_chart.ByteSize() for each in elements if each.HasField("vega_lite_chart")]
    return charts, [each.dataframe.ByteSize() for each in elements if each.HasField("dataframe")]


def cpu_seconds(pid: int) -> float:
    """Seconds that all threads of a process have computed."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
