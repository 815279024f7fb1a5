/* SPDX-License-Identifier: Apache-2.0 */
/* Tables that sort and filter, and explanations of cells. Without this script the page is plain tables. */
"use strict";
document.documentElement.className = "js";

(function () {
  const PAGE = 200; /* rows of a long table that are shown at once; printing shows all that match */
  const RANK = { n: 0, o: 1, m: 2 };
  let words = {}, collator = null, why = null, tables = [];

  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ");
  const say = (key, ...parts) => words[key].replace(/\{(\d)\}/g, (_, at) => parts[at]);
  const count = (number) => number.toLocaleString(words.lang === "vi" ? "vi-VN" : "en-GB");

  function make(name, attributes, ...inside) {
    const made = document.createElement(name);
    for (const key in attributes || {}) made.setAttribute(key, attributes[key]);
    made.append(...inside);
    return made;
  }

  /* ------------------------------------------------------------------ sorting */

  function keyOf(cell, sort) {
    if (sort === "text") { /* without the code behind a name: it would count before the tone marks of the name */
      const code = cell.querySelector("small");
      return code ? cell.textContent.slice(0, -code.textContent.length).trim() : cell.textContent;
    }
    if (cell.dataset.v !== undefined) return Number(cell.dataset.v);
    if (sort === "verdict" && cell.className in RANK) return RANK[cell.className];
    return NaN; /* no number: last, whichever way */
  }

  function compare(a, b, sort, down) {
    if (sort === "text") return (down ? -1 : 1) * collator.compare(a, b);
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return down ? b - a : a - b;
  }

  function sortBy(state, at, head) {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of state.heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const keyed = state.rows.map((row, place) => ({ row, place, key: keyOf(row.cells[at], head.dataset.sort) }));
    keyed.sort((a, b) => compare(a.key, b.key, head.dataset.sort, down) || a.place - b.place);
    state.rows = keyed.map((one) => one.row);
    show(state);
  }

  /* ------------------------------------------------------------------ filtering */

  function textOf(state, row) {
    if (!state.texts.has(row)) {
      const cells = state.matrix ? Array.from(row.cells).slice(0, state.first) : Array.from(row.cells);
      state.texts.set(row, fold(cells.map((cell) => cell.textContent).join(" ")));
    }
    return state.texts.get(row);
  }

  function matches(state, row) {
    if (state.search && !state.search.every((part) => textOf(state, row).includes(part))) return false;
    for (const [at, value] of state.chosen) if (row.cells[at].textContent !== value) return false;
    if (state.verdict === "") return true;
    const cell = row.cells[state.about];
    return (state.about < state.first ? cell.firstElementChild.classList.contains(state.verdict) : cell.className === state.verdict);
  }

  function show(state) {
    const open = state.rows.filter((row) => matches(state, row));
    const shown = open.slice(0, state.most);
    const made = [];
    for (const row of shown) {
      made.push(row);
      if (state.opened.has(row)) made.push(state.opened.get(row));
    }
    state.body.replaceChildren(...made);
    if (state.told) state.told.textContent = open.length ? say("shown", count(open.length), count(state.rows.length)) : say("none");
    if (state.more) {
      const left = Math.min(PAGE, open.length - shown.length);
      state.more.hidden = left <= 0;
      if (left > 0) state.more.textContent = say("more", count(left));
    }
  }

  function field(label, control) {
    return make("label", {}, make("span", {}, label), control);
  }

  function select(label, options, changed) {
    const made = make("select", {});
    for (const [value, text] of options) made.append(make("option", { value }, text));
    made.addEventListener("change", () => changed(made.value));
    return field(label, made);
  }

  function choices(state, head, at) {
    const values = Array.from(new Set(state.rows.map((row) => row.cells[at].textContent))).sort(collator.compare);
    if (values.length < 2 || values.length > 200) return null;
    const options = [["", say("all")], ...values.map((value, place) => [String(place + 1), value || "–"])];
    return select(head.dataset.short, options, (value) => {
      if (value) state.chosen.set(at, values[Number(value) - 1]);
      else state.chosen.delete(at);
      show(state);
    });
  }

  function verdicts(state) {
    const about = [[String(state.status), say("status")]];
    state.heads.forEach((head, at) => {
      if (at >= state.first) about.push([String(at), head.dataset.short + " " + head.title]);
    });
    const is = [["", say("all")], ["n", words["not met"]], ["o", words["open"]], ["m", words["met"]]];
    return [
      select(say("about"), about, (value) => { state.about = Number(value); show(state); }),
      select(say("is"), is, (value) => { state.verdict = value; show(state); }),
    ];
  }

  function bar(state) {
    const input = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    input.addEventListener("input", () => {
      const text = fold(input.value).trim();
      state.search = text ? text.split(" ") : null;
      show(state);
    });
    const controls = [field(say("filter"), input)];
    state.heads.forEach((head, at) => {
      const made = head.dataset.choose === undefined ? null : choices(state, head, at);
      if (made) controls.push(made);
    });
    if (state.matrix) controls.push(...verdicts(state));
    const clear = make("button", { type: "button" }, say("clear"));
    clear.addEventListener("click", () => reset(state, controls));
    state.told = make("output", { "aria-live": "polite" });
    return make("div", { class: "filters", role: "search" }, ...controls, clear, state.told);
  }

  function reset(state, controls) {
    for (const control of controls) {
      const inside = control.lastElementChild;
      if (inside.tagName === "SELECT") inside.selectedIndex = 0;
      else inside.value = "";
    }
    state.search = null;
    state.verdict = "";
    state.about = state.status;
    state.chosen.clear();
    show(state);
  }

  /* ------------------------------------------------------------------ explanations */

  function explanations() {
    if (why === null) why = JSON.parse(document.getElementById("explanations").textContent) || { rows: {}, sources: [] };
    return why;
  }

  /* A line with the ids of sources as links to the end of the page, and the part about the gap made bold. */
  function line(text) {
    const cut = text.lastIndexOf(" (");
    if (cut < 0 || !text.endsWith(")")) return [text];
    const known = explanations().sources, made = [text.slice(0, cut + 2)];
    text.slice(cut + 2, -1).split(/([;,] )/).forEach((part) => {
      const at = known.indexOf(part);
      made.push(at < 0 ? part : make("a", { href: "#source-" + at }, part));
    });
    return [...made, ")"];
  }

  function explanation(state, row) {
    const data = explanations(), told = data.rows[row.dataset.r], list = make("dl", {});
    const letters = ["o", "m", "n"], names = [words["open"], words["met"], words["not met"]];
    const lines = [];
    for (let at = 0; told && at < told.length; at += 3) lines.push([data.items[told[at]], told[at + 1], data.texts[told[at + 2]]]);
    const order = [1, 2, 0];
    lines.sort((a, b) => order[a[1]] - order[b[1]]);
    for (const [item, verdict, text] of lines) {
      const mark = make("span", { class: "v " + letters[verdict] }, names[verdict]);
      const name = item[2] && item[2] !== item[1] ? " " + item[2] : "";
      list.append(make("div", { "data-of": item[0] }, make("dt", {}, mark, " ", make("b", {}, item[1]), name), make("dd", {}, ...line(text))));
    }
    const inside = lines.length ? list : make("p", {}, say("unexplained"));
    return make("tr", { class: "why" }, make("td", { colspan: state.heads.length }, inside));
  }

  function toggle(state, row, of) {
    const button = row.querySelector("button");
    const there = state.opened.get(row);
    if (there && of === null) {
      there.remove();
      state.opened.delete(row);
      button.setAttribute("aria-expanded", "false");
      return;
    }
    const made = there || explanation(state, row);
    if (!there) {
      state.opened.set(row, made);
      row.after(made);
      button.setAttribute("aria-expanded", "true");
    }
    for (const one of made.querySelectorAll("[data-of]")) one.classList.toggle("here", of !== null && one.dataset.of === of);
    const here = made.querySelectorAll(".here"); /* what was clicked comes first */
    if (here.length) here[0].parentElement.prepend(...here);
  }

  function explains(state) {
    for (const row of state.rows) {
      const head = row.cells[0];
      const button = make("button", { type: "button", class: "open", "aria-expanded": "false" });
      button.append(...head.childNodes);
      head.append(button);
    }
    state.body.addEventListener("click", (event) => {
      const cell = event.target.closest("th, td"), row = cell && cell.closest("tr[data-r]");
      if (!row || event.target.closest("a")) return;
      const at = cell.cellIndex;
      toggle(state, row, at >= state.first ? state.heads[at].dataset.id : null);
    });
    state.body.addEventListener("mouseover", (event) => {
      const cell = event.target.closest("td");
      const row = cell && cell.closest("tr[data-r]");
      if (row && cell.cellIndex >= state.first && !cell.title) cell.title = state.heads[cell.cellIndex].title + ": " + cell.textContent;
    });
  }

  /* ------------------------------------------------------------------ the page */

  function start(table) {
    const body = table.tBodies[0], heads = Array.from(table.tHead.rows[0].cells);
    const state = { table, body, heads, rows: Array.from(body.rows), matrix: table.dataset.first !== undefined, texts: new Map(),
      opened: new Map(), chosen: new Map(), search: null, verdict: "", most: PAGE, first: heads.length, status: 0, about: 0 };
    if (state.rows.length <= 1.5 * PAGE) state.most = Infinity;
    if (state.matrix) {
      state.first = Number(table.dataset.first);
      state.status = state.about = state.first - 2;
    }
    heads.forEach((head, at) => {
      const text = head.textContent;
      head.dataset.short = text;
      const button = make("button", { type: "button", title: say("sort", head.title || text) }, text);
      button.addEventListener("click", () => sortBy(state, at, head));
      head.replaceChildren(button, make("span", { class: "paper", "aria-hidden": "true" }, text));
    });
    if (state.matrix) explains(state);
    const frame = table.parentElement;
    if (state.rows.length > 30) frame.before(bar(state));
    if (state.most === PAGE) {
      state.more = make("button", { type: "button", class: "more" });
      state.more.addEventListener("click", () => { state.most += PAGE; show(state); });
      frame.after(state.more);
    }
    table.classList.remove("long");
    tables.push(state);
    show(state);
  }

  function printing(all) {
    for (const state of tables) {
      if (!state.more) continue;
      if (all) [state.kept, state.most] = [state.most, Infinity];
      else state.most = state.kept;
      show(state);
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    words = JSON.parse(document.getElementById("words").textContent);
    collator = new Intl.Collator(words.lang, { numeric: true });
    document.querySelectorAll("table.grid").forEach(start);
    addEventListener("beforeprint", () => printing(true));
    addEventListener("afterprint", () => printing(false));
  });
})();
