// Draws the timeline. Whatever comes from a command is set as text, never as markup.
"use strict";
(() => {
  const root = document.documentElement;
  const named = (id) => document.getElementById(id);
  const make = (tag, kind, text) => {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  window.addEventListener("error", (fault) => { root.dataset.error = fault.message; });

  const told = JSON.parse(named("timeline").textContent);
  const rows = told.rows;
  const length = Math.max(told.length, 1);
  const states = { ok: "succeeded", failed: "failed", stopped: "stopped", refused: "refused", running: "still running" };

  const span = (us) => {
    const n = (value, digits) => value.toFixed(digits).replace(/\.0+$/, "");
    if (us < 1000) return `${Math.round(us)} µs`;
    if (us < 1e5) return `${n(us / 1e3, 1)} ms`;
    if (us < 1e6) return `${n(us / 1e3, 0)} ms`;
    if (us < 6e7) return `${n(us / 1e6, 2)} s`;
    const s = Math.round(us / 1e6);
    const two = (value) => String(value).padStart(2, "0");
    return s < 3600 ? `${Math.floor(s / 60)} min ${two(s % 60)} s`
      : `${Math.floor(s / 3600)} h ${two(Math.floor(s / 60) % 60)} min`;
  };
  const end = (row) => row.ended ?? length;
  const begin = (row) => row.started ?? row.planned;
  const verdict = (row) => {
    const line = make("div", `verdict ${row.state}`);
    line.append(make("b", "", row.status || states[row.state]));
    if (row.started !== null) line.append(` · ${span(end(row) - row.started)}`);
    const waited = (row.started ?? end(row)) - row.planned;
    if (waited >= 1000) line.append(` · waited ${span(waited)}`);
    return line;
  };

  // The tree: rows stand in the order in which they were planned, each below the one it belongs to.
  const children = rows.map(() => []);
  const tops = [];
  rows.forEach((row, at) => (row.parent === null ? tops : children[row.parent]).push(at));
  const folded = new Set();
  const order = [];
  {
    const rest = tops.slice().reverse().map((at) => [at, 0]);
    while (rest.length) {
      const [at, depth] = rest.pop();
      rows[at].depth = depth;
      order.push(at);
      for (const child of children[at].slice().reverse()) rest.push([child, depth + 1]);
    }
  }

  // Rows are drawn as they come into view; `listed` are those that are neither folded nor sifted out.
  const board = named("board");
  const height = 26;
  let listed = [];
  let chosen = null;
  const draw = (at, place) => {
    const row = rows[at];
    const line = make("div", `row ${row.state}${row.group ? " group" : ""}${at === chosen ? " chosen" : ""}`);
    line.setAttribute("role", "treeitem");
    line.setAttribute("aria-level", row.depth + 1);
    line.setAttribute("aria-setsize", listed.length);
    line.setAttribute("aria-posinset", place + 1);
    line.setAttribute("aria-selected", String(at === chosen));
    if (children[at].length) line.setAttribute("aria-expanded", String(!folded.has(at)));
    line.dataset.at = at;
    line.style.top = `${place * height}px`;
    line.style.setProperty("--depth", Math.min(row.depth, 8));
    const fold = !children[at].length ? "" : folded.has(at) ? "▸" : "▾";
    const text = make("span", "text");
    text.append(make("b", "", row.name), " ", make("span", "words", row.words));
    const name = make("div", "name");
    name.append(make("span", "fold", fold), make("span", "dot"), text);
    const lane = make("div", "lane");
    const room = width();
    // What is far outside is cut, because browsers draw no boxes of millions of pixels.
    const seen = (us) => Math.min(Math.max((us - from) * scale, -9), room + 9);
    const put = (kind, a, b) => {
      const made = make("div", kind);
      made.style.left = `${seen(a)}px`;
      if (b !== undefined) made.style.width = `${seen(b) - seen(a)}px`;
      lane.append(made);
      return made;
    };
    if (!row.group && begin(row) > row.planned) put("wait", row.planned, begin(row));
    put("bar", begin(row), end(row));
    for (const mark of row.marks) {
      if (seen(mark.at) >= 0 && seen(mark.at) <= room) put(`mark ${mark.kind}`, mark.at);
    }
    const took = make("div", "took", row.started === null ? row.status : span(end(row) - row.started));
    const wide = 16 + took.textContent.length * 8;
    const [left, start, right] = [row.planned, begin(row), end(row)].map((us) => (us - from) * scale);
    if (right + wide <= room) took.style.left = `${right + 6}px`;
    else if (!row.group && right > start + wide && start + wide < room) {
      took.classList.add("inside");
      took.style.right = `${Math.max(room - right, 0) + 8}px`;
    } else if (left > wide) took.style.right = `${room - left + 6}px`;
    else took.hidden = true;
    lane.append(took);
    line.append(name, lane);
    return line;
  };

  // What is seen of the time: from `from` on, as much as fits, at `scale` pixels a microsecond.
  const width = () => Math.max(named("ticks").clientWidth, 50);
  let from = 0;
  let scale = 1;
  let whole = true;
  const least = () => (width() - 70) / length;
  const most = () => Math.max(8, least());
  const step = () => {
    const room = 95 / scale;
    const power = 10 ** Math.floor(Math.log10(room));
    return [1, 2, 5, 10].map((of) => of * power).find((size) => size >= room);
  };
  const show = () => {
    whole = scale <= least();
    scale = Math.min(Math.max(scale, least()), most());
    from = Math.min(Math.max(from, 0), Math.max(length - (width() - 70) / scale, 0));
    const size = step();
    root.style.setProperty("--step", `${size * scale}px`);
    root.style.setProperty("--from", `${-(from % size) * scale}px`);
    const ticks = [];
    for (let at = Math.floor(from / size) * size; (at - from) * scale < width(); at += size) {
      const tick = make("div", "tick", at === 0 ? "0" : span(at));
      tick.style.left = `${(at - from) * scale}px`;
      ticks.push(tick);
    }
    named("ticks").replaceChildren(...ticks);
    const first = Math.max(Math.floor(board.scrollTop / height) - 5, 0);
    const last = first + Math.ceil(board.clientHeight / height) + 10;
    const lines = listed.slice(first, last).map((at, place) => draw(at, first + place));
    named("rows").style.height = `${listed.length * height}px`;
    named("rows").replaceChildren(...lines);
  };
  const zoom = (by, at = width() / 2) => {
    const under = from + at / scale;
    scale = Math.min(Math.max(scale * by, least()), most());
    from = under - at / scale;
    show();
  };
  const fit = () => { scale = 0; from = 0; show(); };

  const texts = rows.map((row) =>
    [row.name, row.words, row.line, row.status, states[row.state], ...row.facts.flat()].join("\n").toLowerCase());
  const sift = () => {
    const wanted = named("filter").value.trim().toLowerCase();
    const kept = new Set();
    if (wanted) {
      rows.forEach((_, at) => {
        if (!texts[at].includes(wanted)) return;
        for (let up = at; up !== null; up = rows[up].parent) kept.add(up);
      });
    }
    const gone = new Set();
    listed = order.filter((at) => {
      const { parent } = rows[at];
      const away = parent !== null && (gone.has(parent) || folded.has(parent));
      if (away) gone.add(at);
      return wanted ? kept.has(at) : !away;
    });
    const empty = named("empty");
    empty.hidden = listed.length > 0;
    empty.textContent = rows.length ? "Nothing contains this text." : "No command was run.";
    show();
  };

  const details = (at) => {
    const box = named("details");
    chosen = at;
    box.hidden = at === null;
    show();
    if (at === null) return;
    const row = rows[at];
    const close = make("button", "", "×");
    close.type = "button";
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => details(null));
    const title = make("div", "top");
    title.append(make("div", "line", row.line || row.name), close);
    const facts = make("dl");
    for (const [what, value] of row.facts) facts.append(make("dt", "", what), make("dd", "", value));
    box.replaceChildren(title, verdict(row), facts);
    if (row.marks.length) {
      const said = make("div", "said");
      for (const mark of row.marks) {
        const line = make("div", mark.kind);
        line.append(make("time", "", span(mark.at)), mark.text);
        said.append(line);
      }
      if (row.unseen) said.append(make("div", "", `… and ${row.unseen} more`));
      box.append(said);
    }
    const top = listed.indexOf(at) * height;
    const view = board.clientHeight - named("axis").offsetHeight;
    if (top < board.scrollTop) board.scrollTop = top;
    else if (top + height > board.scrollTop + view) board.scrollTop = top + height - view;
  };

  const tip = named("tip");
  const point = (event) => {
    const line = event.target.closest?.(".row");
    tip.hidden = !line;
    if (!line) return;
    const row = rows[line.dataset.at];
    tip.replaceChildren(make("div", "line", row.line || row.name), verdict(row));
    const place = tip.getBoundingClientRect();
    const x = Math.min(event.clientX + 14, innerWidth - place.width - 8);
    const below = event.clientY + 18;
    tip.style.left = `${Math.max(x, 8)}px`;
    tip.style.top = `${below + place.height > innerHeight ? event.clientY - place.height - 12 : below}px`;
  };
  const turn = (at) => { folded.has(at) ? folded.delete(at) : folded.add(at); sift(); };

  board.addEventListener("pointermove", point);
  board.addEventListener("pointerleave", () => { tip.hidden = true; });
  board.addEventListener("click", (event) => {
    const line = event.target.closest(".row");
    if (!line || moved) return;
    const at = Number(line.dataset.at);
    if (event.target.closest(".fold") && children[at].length) turn(at);
    else details(chosen === at ? null : at);
  });
  board.addEventListener("dblclick", (event) => {
    const line = event.target.closest(".row");
    if (!line || !event.target.closest(".lane")) return;
    const row = rows[line.dataset.at];
    scale = (width() * 0.7) / Math.max(end(row) - row.planned, 1);
    from = row.planned - width() * 0.15 / scale;
    show();
  });
  board.addEventListener("wheel", (event) => {
    const sideways = event.shiftKey ? event.deltaY : event.deltaX;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      zoom(Math.exp(-event.deltaY / 300), event.clientX - named("ticks").getBoundingClientRect().left);
    } else if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
      event.preventDefault();
      from += sideways / scale;
      show();
    }
  }, { passive: false });
  let grip = null;
  let moved = false;
  board.addEventListener("pointerdown", (event) => {
    moved = false;
    if (event.button === 0 && event.target.closest(".lane, #ticks")) grip = { x: event.clientX, from };
  });
  window.addEventListener("pointermove", (event) => {
    if (!grip || Math.abs(event.clientX - grip.x) < 4 && !moved) return;
    moved = true;
    from = grip.from - (event.clientX - grip.x) / scale;
    show();
  });
  window.addEventListener("pointerup", () => { grip = null; });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey) return;
    const here = listed.indexOf(chosen);
    const keys = {
      "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), "0": fit,
      "Escape": () => details(null), "/": () => named("filter").focus(),
      "ArrowDown": () => details(listed[Math.min(here + 1, listed.length - 1)] ?? null),
      "ArrowUp": () => details(listed[Math.max(here - 1, 0)] ?? null),
      "ArrowLeft": () => { from -= width() / 5 / scale; show(); },
      "ArrowRight": () => { from += width() / 5 / scale; show(); },
      "Enter": () => { if (chosen !== null && children[chosen].length) turn(chosen); },
    };
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
  named("in").addEventListener("click", () => zoom(1.5));
  named("out").addEventListener("click", () => zoom(1 / 1.5));
  named("fit").addEventListener("click", fit);
  named("filter").addEventListener("input", sift);
  named("fold").addEventListener("click", () => {
    const groups = order.filter((at) => children[at].length);
    const all = groups.every((at) => folded.has(at));
    groups.forEach((at) => (all ? folded.delete(at) : folded.add(at)));
    sift();
  });
  board.addEventListener("scroll", show);
  window.addEventListener("resize", () => (whole ? fit() : show()));

  const commands = rows.filter((row) => !row.group);
  const failed = commands.filter((row) => row.state === "failed").length;
  const summary = named("summary");
  const when = `${new Date(told.start).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  const count = (of, one, many) => `${of} ${of === 1 ? one : many}`;
  summary.append(`${count(commands.length, "command", "commands")} in ${span(told.length)} · ${when}`);
  if (failed) summary.append(" · ", make("b", "", `${failed} failed`));
  if (told.unseen) summary.append(` · ${count(told.unseen, "more is", "more are")} not shown`);
  const seen = new Set(rows.map((row) => row.state));
  const key = (kind, text) => {
    const item = make("li");
    item.append(make("i", kind), text);
    return item;
  };
  named("legend").append(
    ...Object.keys(states).filter((state) => state === "ok" || state === "failed" || seen.has(state))
      .map((state) => key(state, states[state])),
    key("waiting", "waiting"),
  );
  if (rows.length < 2) named("fold").hidden = true;
  sift();
  fit();
  root.dataset.rows = String(order.length);
})();
