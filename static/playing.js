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
  media.addEventListener("error", () => {
    player.querySelector("[data-fault]").hidden = false;
  });
}
