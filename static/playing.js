// A recording plays without this script. With it, one goes frame by frame, jumps and changes the
// speed, and is told where the browser cannot play it.
const player = document.getElementById("player");

if (player) begin(player.querySelector("video, audio"));

function begin(media) {
  for (const each of player.querySelectorAll("[data-with-script]")) each.hidden = false;
  for (const press of player.querySelectorAll("[data-by]")) {
    press.addEventListener("click", () => {
      const frame = Number(press.dataset.frame);
      const by = Number(press.dataset.by) / (frame || 1);
      if (frame) media.pause();
      media.currentTime = Math.max(0, media.currentTime + by);
    });
  }
  player.querySelector("[data-speed]").addEventListener("change", (event) => {
    media.playbackRate = Number(event.target.value);
  });
  if (player.dataset.watched) tellHowMuch(media);
  media.addEventListener("error", () => {
    player.querySelector("[data-fault]").hidden = false;
  });
}

// Whoever shared a recording is told how much of it was played.
function tellHowMuch(media) {
  let told = 0;
  const tell = () => {
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
  };
  for (const when of ["pause", "ended"]) media.addEventListener(when, tell);
  window.addEventListener("pagehide", tell);
}
