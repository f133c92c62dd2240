// Endorsing works without this file, fifty items a page. With it, all items stand in one grid that
// is worked by keys; only the rows in view are drawn, and each endorsement is kept as it is given.

import { renewTokens, SIGNED_OUT } from "./signed_in_again.js";

const grid = document.querySelector("[data-grid]");
const plain = [...document.querySelectorAll("[data-plain]")];
const token = document.querySelector("form[data-plain] [name=csrfmiddlewaretoken]");
const scroll = grid.querySelector("[data-scroll]");
const space = grid.querySelector("[data-space]");
const box = grid.querySelector("[data-rows]");
const status = grid.querySelector("[data-status]");
const words = grid.querySelector("[data-words]");
const left = document.querySelector("[data-left]");
const obvious = document.querySelector("[data-obvious]");
const KEYS = { d: "D", i: "I", n: "ND", c: "CND", e: "E", s: "SN", x: "DS", p: "PII", q: "Q", h: "H" };
const WAITING = new Set(["", "Q", "DS", "PII", "IR", "TB"]);
const SPARE = 6;
let items = [];
let here = 0;
let drawn = [-1, -1];
const height = 76;
let sending = Promise.resolve();
// Without a connection what was written waits on the page, and is sent again by itself.
const RETRY = 5000;
let retry = 0;

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function marks(item) {
  const said = [];
  if (item.is_presumed) said.push("Presumed");
  if (item.told.length) said.push("May undermine or assist");
  if (item.is_held_back) said.push("May be sensitive");
  if (item.is_recording) said.push("Recording");
  if (item.is_served) said.push("Served");
  if (item.is_renewed) said.push("Served in other words");
  if (item.is_aside) said.push("Set aside");
  return said.join(", ");
}

function input(item, name, label, most) {
  const made = element("input");
  made.value = item[name] || "";
  made.maxLength = most;
  made.placeholder = label;
  made.setAttribute("aria-label", `${label} of ${item.named}`);
  made.dataset.field = name;
  made.addEventListener("input", () => { item[name] = made.value; item.isTyped = true; });
  return made;
}

function rowOf(place) {
  const item = items[place];
  const row = element("div", "", "app-grid__row");
  row.setAttribute("role", "row");
  row.dataset.place = place;
  if (place === here) row.classList.add("app-grid__row--here");
  if (item.refusal) row.classList.add("app-grid__row--refused");
  const first = element("div");
  const link = element("a", item.named, "govuk-link");
  link.href = grid.dataset.item.replace("/0/", `/${item.id}/`);
  link.tabIndex = -1;
  first.append(link, element("div", marks(item), "app-grid__quiet"));
  const about = element("div", item.description, "app-grid__words");
  about.append(element("div", item.location, "app-grid__quiet"));
  if (item.before) about.append(element("div", item.before, "app-grid__quiet"));
  // A row may cut it; it stands whole above the grid when the row is reached.
  if (item.told.length) about.append(element("div", item.told.join(" "), "app-grid__quiet"));
  const code = element("div");
  const state = item.saving ? "Keeping…" : item.waits ? "Waits for the connection" : item.isTyped ? "Not kept yet" : "";
  code.append(element("strong", item.code || "–"), element("div", state, item.isTyped && !item.saving ? "app-grid__bad" : "app-grid__quiet"));
  const why = element("div");
  if (place === here) {
    // What is wrong with it stands above the grid, so that the boxes have the whole of the row.
    why.append(input(item, "reason", "Reason", 500));
    if (item.is_recording) why.append(input(item, "inspected", "Who viewed it, and when", 300));
  } else {
    if (item.refusal) why.append(element("div", item.refusal, "app-grid__bad"));
    why.append(element("div", item.reason, "app-grid__words"), element("div", item.who, "app-grid__quiet"));
  }
  for (const cell of [first, about, code, why]) cell.setAttribute("role", "gridcell");
  row.append(first, about, code, why);
  return row;
}

function draw() {
  const from = Math.max(0, Math.floor(scroll.scrollTop / height) - SPARE);
  const to = Math.min(items.length, Math.ceil((scroll.scrollTop + scroll.clientHeight) / height) + SPARE);
  if (drawn[0] === from && drawn[1] === to) return false;
  drawn = [from, to];
  const focused = caretIn(box);
  box.style.top = `${from * height}px`;
  box.replaceChildren(...Array.from({ length: to - from }, (_, offset) => rowOf(from + offset)));
  if (focused) putBack(focused);
  return true;
}

// A key changes one row or two; drawing all that are in view again would cost ten times as much.
function drawAgain(...places) {
  for (const place of new Set(places)) {
    const row = box.children[place - drawn[0]];
    if (place < drawn[0] || !row) continue;
    const focused = caretIn(row);
    row.replaceWith(rowOf(place));
    if (focused) putBack(focused);
  }
}

function caretIn(part) {
  const at = document.activeElement;
  if (!at || !at.dataset || !at.dataset.field || !part.contains(at)) return null;
  return { field: at.dataset.field, from: at.selectionStart, to: at.selectionEnd };
}

function putBack({ field, from, to }) {
  const found = focusOn(field);
  if (found) found.setSelectionRange(from, to);
}

function focusOn(name) {
  const found = box.querySelector(`[data-field=${name}]`);
  if (found) found.focus({ preventScroll: true });
  return found;
}

function goTo(place) {
  const before = here;
  here = Math.max(0, Math.min(items.length - 1, place));
  const top = here * height;
  if (top < scroll.scrollTop) scroll.scrollTop = top;
  if (top + height > scroll.scrollTop + scroll.clientHeight) scroll.scrollTop = top + height - scroll.clientHeight;
  sayWhatItIs();
  if (!draw()) drawAgain(before, here);
  bringIntoView();
}

// Nobody decides what they do not see: all of a row stands above the grid, however long it is.
function sayWhatItIs() {
  const item = items[here];
  if (!item) return;
  const said = item.told.length ? ` The police say that it may undermine or assist. ${item.told.join(" ")}` : "";
  const marked = marks(item) ? ` (${marks(item)})` : "";
  words.replaceChildren(element("div", `${item.named}${marked}: ${item.description}${item.location ? ` (${item.location})` : ""}${said}`));
  if (item.before) words.append(element("div", item.before));
  if (item.refusal) words.append(element("div", `Not kept: ${item.refusal}`, "app-grid__bad"));
  if (item.refusal && item.stood.code) words.append(element("div", standsWords(item)));
  if (item.asks) words.append(element("div", item.asks, "app-grid__bad"));
}

function standsWords({ stood }) {
  return `Stands now: ${[stood.code, stood.reason, stood.inspected, stood.who].filter(Boolean).join(", ")}.`;
}

// The window moves only where the row is out of it: to what stands above the grid, which with the
// grid is no higher than a window, or, in one that is lower still, to the row.
function bringIntoView() {
  const row = box.children[here - drawn[0]];
  const isSeen = () => row.getBoundingClientRect().top >= 0 && row.getBoundingClientRect().bottom <= window.innerHeight;
  if (!row || isSeen()) return;
  words.scrollIntoView({ block: "start" });
  if (!isSeen()) row.scrollIntoView({ block: "nearest" });
}

function count() {
  left.textContent = items.filter((item) => WAITING.has(item.keptCode) && !item.is_aside).length.toLocaleString("en-GB");
  if (!obvious) return;
  const number = items.filter((item) => item.is_obvious && !item.keptCode).length;
  obvious.textContent = number.toLocaleString("en-GB");
  obvious.closest("a").hidden = number === 0;
}

const WRITTEN = ["code", "reason", "inspected"];

function writtenIn(item) {
  return { isSame: item.isSame, clash: item.clash, ...Object.fromEntries(WRITTEN.map((name) => [name, item[name] || ""])) };
}

async function send(item, written, isAgain = false) {
  const said = new URLSearchParams({ csrfmiddlewaretoken: token.value });
  for (const name of WRITTEN) said.append(`${name}_${item.id}`, written[name]);
  // What stood when it goes: an answer before may have come since it was written.
  said.append(`opened_${item.id}`, item.opened || "");
  if (written.isSame) said.append(`same_${item.id}`, "on");
  const address = grid.dataset.keep.replace("/0/", `/${item.id}/`);
  const answer = await fetch(address, { method: "POST", body: said, keepalive: true });
  const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
  if (answer.redirected) throw new Error(SIGNED_OUT);
  if (answer.status === 403 && !isOurs && !isAgain) {
    await renewTokens();
    return send(item, written, true);
  }
  if (!isOurs) throw new Error("It was not kept. Try again.");
  return answer.json();
}

// What is kept is what stood in the row when its key was pressed: while that is on its way a person
// sees a slip and writes something else there, and that is neither sent with it nor lost by its answer.
function keep(item, written = writtenIn(item)) {
  const waited = item.waits ? "The connection is back. " : "";
  item.saving = (item.saving || 0) + 1;
  item.waits = null;
  item.refusal = "";
  // What a colleague decided meanwhile is seen before anything is put in its place: also by what was
  // pressed before that was known, and waits its turn.
  const isUnseen = () => item.clash !== written.clash;
  sending = sending.then(() => (isUnseen() ? item.clash : send(item, written))).then((said) => {
    item.waits = null;
    if (said.refusal) {
      item.refusal = said.refusal;
      const isOthers = said === item.clash || (said.item && said.item.opened !== item.opened);
      if (said.item) Object.assign(item, { opened: said.item.opened, stood: said.item, keptCode: said.item.code });
      if (isOthers) item.clash = { refusal: said.refusal };
      status.textContent = `${item.named} was not kept: ${said.refusal}${isOthers && item.stood.code ? ` ${standsWords(item)}` : ""}`;
    } else {
      const isMoved = said.item.id !== item.id;
      const since = WRITTEN.some((name) => (item[name] || "") !== written[name]);
      const kept = since ? Object.fromEntries(WRITTEN.map((name) => [name, item[name]])) : { refusal: "" };
      Object.assign(item, said.item, kept, { isTyped: since, keptCode: said.item.code, stood: said.item });
      status.textContent = written.code === "H" ? `${waited}The words of ${item.named} are held back.` : `${waited}${item.named} kept as ${said.item.code}.`;
      if (since) status.textContent += " What you wrote there since is not kept yet.";
      if (isMoved) status.textContent += " A new version of the schedules was taken in since you opened this page: open it again to see all that it has.";
    }
  }).catch((fault) => {
    // So says a browser that reached nobody; all else is an answer.
    if (fault instanceof TypeError) {
      item.waits = written;
    } else {
      item.refusal = fault.message;
      status.textContent = `${item.named} was not kept: ${fault.message}`;
    }
  }).finally(() => {
    item.saving -= 1;
    sayWhatWaits();
    count();
    if (item.place === here) sayWhatItIs();
    drawAgain(item.place);
  });
}

function sayWhatWaits() {
  clearTimeout(retry);
  const number = items.filter((item) => item.waits).length;
  if (!number) return;
  const waits = number === 1 ? "1 endorsement waits" : `${number.toLocaleString("en-GB")} endorsements wait`;
  status.textContent = `No connection: ${waits}. What you wrote stays on this page and is sent again by itself once the connection is back. Do not close the page.`;
  retry = setTimeout(sendAgain, RETRY);
}

function sendAgain() {
  for (const item of items.filter((each) => each.waits)) keep(item, item.waits);
}

// The reason of the decision before says nothing of another one, unless somebody says that it does.
function hasReasonOfAnother(item) {
  const { code, reason } = item.stood;
  const isSame = item.reason.trim().replace(/\s+/g, " ").toLowerCase() === reason.toLowerCase();
  return code !== "" && item.code !== code && item.code !== "H" && reason !== "" && isSame;
}

function endorse(code) {
  const item = items[here];
  if (!item.codes.includes(code)) {
    status.textContent = `${item.named} cannot be endorsed ${code}. It can be ${item.codes.join(", ")}.`;
    return;
  }
  item.code = code;
  item.isTyped = true;
  // What should be read by nobody is held back at once: why may be said afterwards.
  const wantsReason = !["CND", "E", "H"].includes(code) || (code === "CND" && (item.is_presumed || item.told.length || item.is_recording));
  const wantsViewer = item.is_recording && ["D", "I", "ND", "CND"].includes(code);
  const isOfAnother = hasReasonOfAnother(item);
  item.isSame = false;
  item.asks = isOfAnother ? `This is the reason of ${item.stood.code}. Write why it is ${code}; Enter keeps it as it is.` : "";
  if (isOfAnother) status.textContent = `${item.named}: ${item.asks}`;
  const asks = isOfAnother || (wantsReason && !item.reason) ? "reason" : wantsViewer && !item.inspected ? "inspected" : "";
  if (asks) {
    sayWhatItIs();
    drawAgain(here);
    const field = focusOn(asks);
    if (isOfAnother && field) field.select();
    return;
  }
  keep(item);
  goTo(here + 1);
}

scroll.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const field = event.target.dataset && event.target.dataset.field;
  if (field) {
    if (event.key === "Enter") {
      event.preventDefault();
      const item = items[here];
      scroll.focus();
      if (item.code) {
        item.isSame = hasReasonOfAnother(item);
        item.asks = "";
        keep(item);
        goTo(here + 1);
      }
    }
    if (event.key === "Escape") scroll.focus();
    return;
  }
  const moves = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 8, PageUp: -8, Home: -items.length, End: items.length };
  // With Caps Lock or Shift a letter is the same key; what is no letter has its own name.
  const key = /^[A-Z]$/.test(event.key) ? event.key.toLowerCase() : event.key;
  if (key in moves) { event.preventDefault(); goTo(here + moves[key]); }
  else if (key === "Enter") { event.preventDefault(); focusOn("reason"); }
  else if (KEYS[key]) { event.preventDefault(); endorse(KEYS[key]); }
});
scroll.addEventListener("scroll", () => draw(), { passive: true });
box.addEventListener("click", (event) => {
  const row = event.target.closest("[data-place]");
  if (row && !event.target.closest("a, input") && Number(row.dataset.place) !== here) goTo(Number(row.dataset.place));
});
window.addEventListener("online", sendAgain);
window.addEventListener("beforeunload", (event) => {
  if (items.some((item) => item.isTyped || item.saving)) event.preventDefault();
});

// On a small screen there are no keys to work it by, and the plain form is better.
const answer = window.matchMedia("(min-width: 48rem)").matches ? await fetch(grid.dataset.items) : { ok: false };
if (answer.ok) {
  items = (await answer.json()).items.map((item, place) => ({ ...item, place, keptCode: item.code, stood: item }));
  grid.hidden = false;
  for (const each of plain) each.hidden = true;
  space.style.height = `${items.length * height}px`;
  const first = items.findIndex((item) => WAITING.has(item.code) && !item.is_aside);
  goTo(first < 0 ? 0 : first);
  scroll.focus({ preventScroll: true });
}
