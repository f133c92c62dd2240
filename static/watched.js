// Whoever shared a recording is told how much of it was played, as the browser of the party says.
const player = document.querySelector("[data-watched]");
const media = player?.querySelector("video, audio");
let told = 0;

function tell() {
  let played = 0;
  for (let part = 0; part < media.played.length; part += 1) {
    played += media.played.end(part) - media.played.start(part);
  }
  const seconds = Math.round(played);
  if (seconds <= told) return;
  told = seconds;
  const said = new FormData(document.getElementById("take-out"));
  said.append("seconds", seconds);
  navigator.sendBeacon(player.dataset.watched, said);
}

if (media) {
  for (const when of ["pause", "ended"]) media.addEventListener(when, tell);
  window.addEventListener("pagehide", tell);
}
