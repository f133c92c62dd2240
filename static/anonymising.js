// Anonymising works without this file. With it, words selected in the letter fill the box beside
// it, and keys go from place to place.

const letter = document.querySelector("[data-letter]");
const add = document.querySelector("[data-add]");
const cards = [...document.querySelectorAll("[data-card]")];
const KEYS = { h: "hide", l: "leave" };

for (const each of document.querySelectorAll("[data-with-script]")) each.hidden = false;

function placeIn(node, offset) {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-words]");
  if (!piece || !letter.contains(piece)) return null;
  const from = Number((piece.dataset.start ? piece : piece.parentElement).dataset.start);
  // The service counts whole characters, the browser halves of some.
  return from + [...piece.textContent.slice(0, offset)].length;
}

function take() {
  const selection = document.getSelection();
  if (!add || !selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const start = placeIn(range.startContainer, range.startOffset);
  const end = placeIn(range.endContainer, range.endOffset);
  if (start === null || end === null) return;
  const text = [...letter.querySelectorAll("[data-words]")].map((each) => each.textContent).join("");
  const whole = [...text].slice(start, end).join("");
  const words = whole.trim();
  if (!words) return;
  add.elements.words.value = words;
  add.elements.start.value = start + [...whole.slice(0, whole.indexOf(words))].length;
}

letter.addEventListener("mouseup", () => setTimeout(take));
letter.addEventListener("keyup", take);
if (add) add.elements.words.addEventListener("input", () => { add.elements.start.value = ""; });

function stepFrom(card, by) {
  const here = cards.indexOf(card);
  const next = cards[Math.min(cards.length - 1, Math.max(0, here + by))];
  if (next) next.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  // A single key does something only where the letter or its places have the focus (WCAG 2.1.4).
  if (!event.target.closest("[data-letter], [data-places]")) return;
  const card = document.activeElement.closest("[data-card]");
  if (event.key === "n") stepFrom(card, 1);
  else if (event.key === "p") stepFrom(card, -1);
  else if (card && KEYS[event.key]) {
    const button = card.querySelector(`[data-key="${event.key}"]`);
    if (button) button.click();
  } else return;
  event.preventDefault();
});

// After a decision the page comes again at the place decided; the keys go on from there.
const at = document.getElementById(location.hash.slice(1));
if (at && at.matches("[data-card]")) at.focus();
