// The editor works without this file. With it, what the checks find is painted beneath the words
// as they are typed, the list beside them is kept fresh, and a press leads from one to the other.

const form = document.getElementById("draft");
const box = form.elements.text;
const under = form.querySelector("[data-under]");
const list = document.querySelector("[data-findings]");
const words = document.querySelectorAll("[data-words], [data-count]");
const links = document.querySelector("[data-links]");
const share = form.querySelector("[data-share]");
const PAUSE = 500;
let found = JSON.parse(form.dataset.found);
let asked = 0;
let waiting = 0;
let isChanged = false;

for (const each of document.querySelectorAll("[data-with-script]")) each.hidden = false;
for (const each of document.querySelectorAll("[data-without-script]")) each.hidden = true;
form.classList.add("app-editor--with-script");

// Painting: a copy of the words stands beneath the box, whose own ground is clear.

function paint() {
  const text = box.value;
  const edges = new Set([0, text.length]);
  for (const [start, end] of [...found.marks, ...found.template]) edges.add(start).add(end);
  const places = [...edges].filter((place) => place <= text.length).sort((a, b) => a - b);
  const pieces = places.slice(1).map((end, number) => piece(text, places[number], end));
  under.replaceChildren(...pieces, document.createTextNode("\n"));
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 4}px`;
}

function piece(text, start, end) {
  const holds = ([from, to]) => from <= start && end <= to;
  const mark = found.marks.find(holds);
  const isTemplate = found.template.some(holds);
  const words = text.slice(start, end);
  if (!mark && !isTemplate) return document.createTextNode(words);
  const painted = document.createElement("span");
  if (isTemplate) painted.className = "app-from-template";
  if (mark) {
    painted.classList.add("app-marked", `app-marked--${mark[2]}`);
    painted.dataset.number = mark[3];
  }
  painted.textContent = words;
  return painted;
}

// While an answer is awaited, what was found moves along with the words around it.

function moveAlong(before, now) {
  let same = 0;
  while (same < before.length && same < now.length && before[same] === now[same]) same += 1;
  const shift = now.length - before.length;
  const moved = ([start, end, ...rest]) => {
    if (end <= same) return [start, end, ...rest];
    if (start >= same) return [Math.max(start + shift, same), Math.max(end + shift, same), ...rest];
    return [start, Math.max(end + shift, start), ...rest];
  };
  found = { ...found, marks: found.marks.map(moved), template: found.template.map(moved) };
}

// What was found belongs to the words the page came with.
let text = box.defaultValue;

function takeIn() {
  isChanged = true;
  moveAlong(text, box.value);
  text = box.value;
  paint();
  clearTimeout(waiting);
  waiting = setTimeout(check, PAUSE);
}

box.addEventListener("input", takeIn);

async function check() {
  asked += 1;
  const mine = asked;
  try {
    const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form) });
    if (!answer.ok || answer.redirected) throw new Error();
    const fresh = await answer.json();
    // An answer about words that were changed meanwhile is not shown.
    if (mine !== asked) return;
    found = fresh;
    list.innerHTML = fresh.findings;
    links.innerHTML = fresh.links;
    say(fresh.words);
    share.textContent = fresh.share;
    paint();
  } catch {
    say("The checks cannot be reached. Go on writing; they are tried again when you type.");
  }
}

function say(what) {
  for (const each of words) each.textContent = what;
}

// From a finding to its words, and its suggestion into them without leaving the page.

list.addEventListener("click", (event) => {
  const use = event.target.closest("button[name=use]");
  const go = event.target.closest("[data-go]");
  if (use) {
    const mark = found.marks.find((each) => String(each[3]) === use.value);
    const instead = use.closest("p").querySelector("strong").textContent;
    if (!mark) return;
    event.preventDefault();
    box.focus();
    box.setRangeText(instead, mark[0], mark[1], "end");
    box.dispatchEvent(new Event("input"));
  } else if (go) {
    const mark = found.marks.find((each) => String(each[3]) === go.dataset.go);
    if (!mark) return;
    box.focus();
    box.setSelectionRange(mark[0], mark[1]);
    under.querySelector(`[data-number="${mark[3]}"]`)?.scrollIntoView({ block: "center" });
  }
});

form.addEventListener("submit", () => { isChanged = false; });
window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });
window.addEventListener("resize", paint);
// Words may have been typed before this file arrived, or been kept by the browser.
if (box.value === text) paint();
else takeIn();
