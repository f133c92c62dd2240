// The marking screen works without this file. With it, each mark is saved as it is given, words
// selected in the letter can be quoted with one press, and keys can be used if wanted.

import { renewTokens, SIGNED_OUT } from "./signed_in_again.js";

const form = document.getElementById("marking");
const letter = form.querySelector("[data-letter]");
const status = form.querySelector("[data-status]");
const trouble = form.querySelector("[data-trouble]");
const cards = [...form.querySelectorAll("[data-criterion]")];
const LEVEL = ".app-level input[type=radio]";
const waiting = new Map();
const unsaved = new Set();
const failed = new Set();
let selected = null;
let letterNow = null;
let inFlight = null;
let sending = Promise.resolve();

for (const each of form.querySelectorAll("[data-with-script]")) each.hidden = false;
for (const each of form.querySelectorAll("[data-without-script]")) each.hidden = true;

// What a link or a key leads to stays clear of the bar, however many lines it takes.
new ResizeObserver(([bar]) => {
  document.documentElement.style.setProperty("--bar-height", `${Math.ceil(bar.borderBoxSize[0].blockSize)}px`);
}).observe(document.getElementById("bar"));

// Saving

function answersOf(card) {
  const answers = new URLSearchParams();
  for (const field of card.querySelectorAll("input[name], textarea[name], select[name]")) {
    const isBox = field.type === "radio" || field.type === "checkbox";
    if (!isBox || field.checked) answers.append(field.name, field.value);
  }
  answers.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  return answers;
}

class Busy extends Error {
  constructor(seconds) {
    super("somebody else’s work is being saved. It is tried again by itself");
    this.seconds = seconds;
  }
}

async function send(card, isAgain = false) {
  const code = card.dataset.criterion;
  const address = form.dataset.save.replace("CODE", encodeURIComponent(code));
  const answers = answersOf(card);
  // The page is going: an answer of our own that is still on its way is no other person's change.
  if (inFlight === card) answers.delete(`${code}_saved`);
  inFlight = card;
  const answer = await fetch(address, { method: "POST", body: answers, keepalive: true }).finally(() => {
    inFlight = null;
  });
  if (answer.status === 503) throw new Busy(Number(answer.headers.get("Retry-After")) || 10);
  const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
  if (answer.redirected) throw new Error(SIGNED_OUT);
  if (answer.status === 403 && !isOurs && !isAgain) {
    await renewTokens();
    return send(card, true);
  }
  if (!answer.ok || !isOurs) throw new Error("the service refused it");
  show(card, await answer.json(), answers.get(`${code}_keep`) === "saved");
}

function save(card) {
  clearTimeout(waiting.get(card));
  unsaved.add(card);
  status.textContent = "Saving";
  // One after another, so that an older answer never overtakes a newer one.
  sending = sending.then(async () => {
    if (!unsaved.has(card)) return;
    unsaved.delete(card);
    try {
      await send(card);
      failed.delete(card);
      if (unsaved.size === 0) trouble.hidden = true;
      // The service answers again: what it did not take before is sent once more.
      for (const other of failed) save(other);
    } catch (fault) {
      unsaved.add(card);
      failed.add(card);
      complain(fault);
      if (fault instanceof Busy) setTimeout(() => unsaved.has(card) && save(card), fault.seconds * 1000);
    }
  });
}

function saveSoon(card) {
  unsaved.add(card);
  clearTimeout(waiting.get(card));
  waiting.set(card, setTimeout(() => save(card), 1200));
}

function complain(fault) {
  const reason = fault instanceof TypeError ? "the service cannot be reached" : fault.message.replace(/^[A-Z]/, (first) => first.toLowerCase()).replace(/\.$/, "");
  const names = [...unsaved].map((card) => card.dataset.criterion).join(", ");
  status.textContent = fault instanceof Busy ? "Waiting to save" : "Not saved";
  trouble.replaceChildren(`Not saved: ${names.replace("whole", "the letter as a whole")}, because ${reason}.`);
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Try again";
  again.addEventListener("click", () => [...unsaved].forEach(save));
  trouble.append(again);
  trouble.hidden = false;
}

function show(card, now, takesSaved) {
  const code = card.dataset.criterion;
  const what = code === "whole" ? "the letter as a whole" : code;
  const saved = now.problem ? `Not all saved: ${what}` : `Saved ${now.saved}`;
  status.textContent = now.clash ? `Not saved: ${what}` : saved;
  ask(card, now, takesSaved);
  form.querySelector("[data-progress]").textContent = now.progress;
  form.querySelector("[data-meter]").value = parseInt(now.progress, 10);
  const next = form.querySelector("[data-next]");
  next.href = `#${now.next || "whole"}`;
  next.textContent = now.next ? `Next unmarked: ${now.next}` : "The letter as a whole";
  card.classList.toggle("app-card--marked", Boolean(card.querySelector(`${LEVEL}:checked`)));
  // What was quoted or written while this answer was on its way is newer than the answer.
  if (!unsaved.has(card)) showEvidence(card, now);
  letterNow = now.letter;
  showLetter();
  const urgent = form.querySelector("[data-urgent]");
  if (urgent.dataset.urgent !== now.failures) {
    urgent.dataset.urgent = now.failures;
    urgent.innerHTML = now.urgent;
    urgent.firstElementChild?.scrollIntoView({ block: "nearest" });
  }
}

// What was changed meanwhile in another window stands beside what this page says, until one is chosen.
function ask(card, now, takesSaved) {
  card.querySelector("[data-clash]").innerHTML = now.clash;
  if (now.clash) {
    card.querySelector("[data-clash]").scrollIntoView({ block: "nearest" });
    return;
  }
  card.querySelector("[data-saved]").value = now.stamp;
  if (!takesSaved) return;
  for (const [name, value] of Object.entries(now.kept)) {
    const fields = card.querySelectorAll(`[name="${name}"]`);
    for (const field of fields) {
      if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
    }
  }
}

function showEvidence(card, now) {
  const problem = card.querySelector("[data-problem]");
  if (problem) {
    problem.textContent = now.problem;
    problem.hidden = !now.problem;
  }
  const quotation = card.querySelector("[data-quotation]");
  if (quotation && !now.problem && !now.clash) {
    if (document.activeElement !== quotation) quotation.value = now.quotation;
    card.querySelector("[data-paragraph]").value = "";
  }
}

function showLetter() {
  // Drawing the letter afresh would take away the words that are being selected in it.
  if (letterNow === null || isSelecting()) return;
  if (letter && letter.innerHTML !== letterNow) letter.innerHTML = letterNow;
  letterNow = null;
}

form.addEventListener("change", (event) => {
  const card = event.target.closest("[data-criterion]");
  if (!card || !event.target.name) return;
  if (["PARTIALLY", "NOT_MET"].includes(event.target.value) && event.target.matches(LEVEL)) {
    card.querySelector("[data-evidence]").open = true;
  }
  save(card);
});
form.addEventListener("input", (event) => {
  const card = event.target.closest("[data-criterion]");
  if (card && event.target.matches("textarea")) saveSoon(card);
});
form.addEventListener("submit", () => {
  unsaved.clear();
  // As when the page goes: what we are just saving ourselves was changed by nobody else.
  if (inFlight) inFlight.querySelector("[data-saved]").disabled = true;
});
window.addEventListener("pagehide", () => [...unsaved].forEach((card) => send(card).catch(() => {})));
window.addEventListener("beforeunload", (event) => {
  if (!trouble.hidden) event.preventDefault();
});

function isChanged(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}

// What was marked or written before this file had come is saved as well.
for (const card of cards) {
  if ([...card.querySelectorAll("input:not([type=hidden]), textarea")].some(isChanged)) save(card);
}

// Quoting

function isSelecting() {
  const selection = document.getSelection();
  return Boolean(selection && !selection.isCollapsed && letter.contains(selection.anchorNode));
}

document.addEventListener("selectionchange", () => {
  if (!letter) return;
  if (!isSelecting()) {
    showLetter();
    return;
  }
  const range = document.getSelection().getRangeAt(0);
  if (!letter.contains(range.commonAncestorContainer)) return;
  const start = range.startContainer.parentElement.closest("[data-number]");
  const copy = range.cloneContents();
  for (const code of copy.querySelectorAll(".app-evidence__code")) code.remove();
  for (const paragraph of copy.querySelectorAll("li")) paragraph.append(" ");
  const words = copy.textContent.trim();
  if (words) selected = { words, paragraph: start ? start.dataset.number : "" };
});

function quote(card) {
  const box = card.querySelector("[data-quotation]");
  if (!box) return;
  card.querySelector("[data-evidence]").open = true;
  if (!selected) {
    const problem = card.querySelector("[data-problem]");
    problem.textContent = "Select words in the letter first, then press this button.";
    problem.hidden = false;
    return;
  }
  box.value = selected.words;
  card.querySelector("[data-paragraph]").value = selected.paragraph;
  document.getSelection().removeAllRanges();
  selected = null;
  save(card);
}

form.addEventListener("mousedown", (event) => {
  // Keeps the words selected while the button is pressed.
  if (event.target.closest("[data-quote]")) event.preventDefault();
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-quote]");
  if (button) quote(button.closest("[data-criterion]"));
});

// Keys, only for whoever turns them on

const keys = form.querySelector("[data-keys]");
const remembered = "forthright-marking-keys";
let here = -1;
keys.checked = localStorage.getItem(remembered) === "on";
keys.addEventListener("change", () => {
  localStorage.setItem(remembered, keys.checked ? "on" : "off");
  if (keys.checked) begin();
  else cards[here]?.classList.remove("app-card--here");
});

// The first key acts on the first criterion without a level, which is shown and marked out.
function begin() {
  const first = cards.findIndex((card) => card.querySelector(LEVEL) && !card.classList.contains("app-card--marked"));
  stand(first < 0 ? cards.length - 1 : first);
}

function pointOut(at) {
  cards[here]?.classList.remove("app-card--here");
  here = at;
  cards[here].classList.add("app-card--here");
}

function stand(at) {
  pointOut(at);
  cards[here].scrollIntoView({ block: "start" });
}

function go(to) {
  stand(Math.max(0, Math.min(cards.length - 1, to)));
  (cards[here].querySelector(`${LEVEL}:checked`) || cards[here].querySelector("input:not([type=hidden]), textarea")).focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  const isWriting = event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  if (!keys.checked || isWriting || event.ctrlKey || event.altKey || event.metaKey) return;
  const at = cards.indexOf(event.target.closest("[data-criterion]"));
  if (at >= 0) pointOut(at);
  const key = event.key.toLowerCase();
  if (here < 0 && /^[1-4jkq]$/.test(key)) {
    // Nothing is marked before it has been shown.
    begin();
    event.preventDefault();
    return;
  }
  if (key === "j") go(here + 1);
  else if (key === "k") go(here - 1);
  else if (key === "q" && here >= 0) quote(cards[here]);
  else if (/^[1-4]$/.test(key) && here >= 0) cards[here].querySelectorAll(LEVEL)[key - 1]?.click();
  else return;
  event.preventDefault();
});
