// Whoever shared a recording is told how much of it was played, as the browser of the party says.
const player = document.querySelector("[data-watched]");
const media = player?.querySelector("video, audio");
// Seconds of the recording after which it is told while it plays on, so that what was watched is
// known though the page never ends, or ends too late to tell.
const OFTEN = 60;
let told = 0;
let isTroubleTold = false;

function played() {
  let sum = 0;
  for (let part = 0; part < media.played.length; part += 1) {
    sum += media.played.end(part) - media.played.start(part);
  }
  return sum;
}

function tell() {
  const seconds = Math.round(played());
  if (seconds <= told) return;
  told = seconds;
  const said = new FormData(document.getElementById("take-out"));
  said.append("seconds", seconds);
  navigator.sendBeacon(player.dataset.watched, said);
}

// Nothing of it plays here: what was fetched to find that out is no sign that it was opened.
function tellTrouble() {
  if (isTroubleTold || played() > 0) return;
  isTroubleTold = true;
  const said = new FormData(document.getElementById("take-out"));
  said.append("trouble", "yes");
  navigator.sendBeacon(player.dataset.watched, said);
}

if (media) {
  player.addEventListener("trouble", tellTrouble);
  // A help against keeping it by mistake, and no lock: what goes out is noted where it goes out.
  media.addEventListener("contextmenu", (event) => event.preventDefault());
  for (const when of ["pause", "ended"]) media.addEventListener(when, tell);
  media.addEventListener("timeupdate", () => {
    if (played() - told >= OFTEN) tell();
  });
  window.addEventListener("pagehide", tell);
}
