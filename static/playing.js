// A recording plays without this file, in the browser's own player. With it, it goes frame by frame
// and at other speeds, a moment is marked with one key, and each mark leads back to its moment.

const SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4];
// The space bar is the browser's own: it plays and pauses, or presses the button in focus.
const KEYS = {
  k: (player) => player.toggle(),
  j: (player) => player.jump(-10),
  l: (player) => player.jump(10),
  ",": (player) => player.step(-1),
  ".": (player) => player.step(1),
  "[": (player) => player.changeSpeed(-1),
  "]": (player) => player.changeSpeed(1),
  m: (player) => player.mark(),
};

export function clock(seconds) {
  const whole = Math.round(seconds * 1000);
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(whole / 60000);
  const rest = `${two(Math.floor((whole % 60000) / 1000))}.${String(whole % 1000).padStart(3, "0")}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

class Player {
  constructor(root) {
    this.root = root;
    this.media = root.querySelector("video, audio");
    const rate = Number(root.dataset.frameRate) || 25;
    this.gap = Number(root.dataset.shortestGap) || 1 / rate;
    this.knowsFrames = "requestVideoFrameCallback" in this.media;
    this.frame = null;
    this.stepping = Promise.resolve();
    if (this.knowsFrames) this.watchFrames();
    this.listen();
  }

  part(name) {
    return this.root.querySelector(`[data-${name}]`);
  }

  listen() {
    const hasPictures = this.media.tagName === "VIDEO";
    for (const each of this.root.querySelectorAll("[data-with-script]")) each.hidden = false;
    for (const each of this.root.querySelectorAll("[data-frames]")) each.hidden = !hasPictures;
    this.root.addEventListener("click", (event) => this.click(event));
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.part("speed")?.addEventListener("change", (event) => this.setSpeed(Number(event.target.value)));
    for (const when of ["timeupdate", "seeked", "loadedmetadata"]) {
      this.media.addEventListener(when, () => this.show());
    }
    // A source that fails says so at its own element, and the next may play.
    this.media.addEventListener("error", () => setTimeout(() => this.tellTrouble()), true);
    this.tellTrouble();
    const asked = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
    if (asked) this.whenReady(() => this.seek(Number(asked[1])));
  }

  whenReady(act) {
    if (this.media.readyState > 0) act();
    else {
      this.media.addEventListener("loadedmetadata", act, { once: true });
      // A party's player fetches nothing by itself, but it does once they ask for a place in it.
      this.media.preload = "metadata";
    }
  }

  // Says what stands in the way: the browser, or that the bytes are not given here any more.
  async tellTrouble() {
    const fails = this.media.error || this.media.networkState === HTMLMediaElement.NETWORK_NO_SOURCE;
    const why = fails ? await this.whyNot() : "";
    for (const name of ["trouble", "ended", "gone"]) {
      const part = this.part(name);
      if (part) part.hidden = name !== why;
    }
    if (why === "trouble") this.root.dispatchEvent(new Event("trouble"));
  }

  // Asks for one byte, which is no sign that anything was seen or heard: whoever may no longer have
  // it is sent to the page of the code.
  async whyNot() {
    try {
      const asked = { headers: { Range: "bytes=0-0" }, redirect: "manual" };
      const answer = await fetch(this.media.src, asked);
      if (answer.type === "opaqueredirect") return "ended";
      return answer.ok ? "trouble" : "gone";
    } catch {
      return "trouble";
    }
  }

  watchFrames() {
    this.media.requestVideoFrameCallback((_, about) => {
      this.frame = about.mediaTime;
      this.show();
      this.watchFrames();
    });
  }

  // The time of the frame on the screen, or of the sound.
  now() {
    return this.media.paused && this.frame !== null ? this.frame : this.media.currentTime;
  }

  show() {
    const time = this.part("time");
    if (time) time.textContent = clock(this.now());
  }

  say(words) {
    const said = this.part("said");
    if (said) said.textContent = words;
  }

  toggle() {
    if (this.media.paused) this.media.play();
    else this.media.pause();
  }

  // Goes to a time; returns the time of the frame that is then on the screen.
  async seek(to) {
    const length = Number.isFinite(this.media.duration) ? this.media.duration : to;
    const there = new Promise((done) => this.media.addEventListener("seeked", done, { once: true }));
    this.media.currentTime = Math.max(0, Math.min(to, length));
    await there;
    if (this.knowsFrames) await this.drawn();
    this.show();
    return this.frame ?? this.media.currentTime;
  }

  // Waits until a frame was drawn, or could have been: one that is there already is not drawn anew.
  async drawn() {
    const fresh = new Promise((done) => this.media.requestVideoFrameCallback(done));
    const quiet = (async () => {
      for (let turn = 0; turn < 4; turn += 1) await new Promise((done) => requestAnimationFrame(done));
    })();
    await Promise.race([fresh, quiet]);
  }

  jump(seconds) {
    const to = this.media.currentTime + seconds;
    this.frame = null;
    this.seek(to).then(() => this.say(clock(this.now())));
  }

  // One after the other, however quickly the key is pressed.
  step(way) {
    if (this.media.tagName !== "VIDEO") return;
    this.media.pause();
    this.stepping = this.stepping.then(() => (way > 0 ? this.forward() : this.back()));
    this.stepping = this.stepping.then(() => this.say(clock(this.now())));
  }

  // What comes just before a frame is the frame before it, however long that one stood.
  async back() {
    const from = this.frame ?? this.media.currentTime;
    if (from > 0) await this.seek(Math.max(0, from - this.gap / 4));
  }

  // A frame may stand for seconds: then the next is sought in ever wider steps, and from there back.
  async forward() {
    const from = this.frame ?? this.media.currentTime;
    let before = from;
    let wide = this.gap;
    let after = from + wide * 1.25;
    while ((await this.seek(after)) <= from + this.gap / 4 && after < this.media.duration) {
      before = after;
      wide *= 2;
      after = from + wide * 1.25;
    }
    let last = after;
    while (wide > this.gap && after - before > this.gap) {
      last = (before + after) / 2;
      if ((await this.seek(last)) > from + this.gap / 4) after = last;
      else before = last;
    }
    if (last !== after) await this.seek(after);
  }

  changeSpeed(way) {
    const at = SPEEDS.findIndex((speed) => speed >= this.media.playbackRate);
    this.setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + way))]);
  }

  setSpeed(speed) {
    this.media.playbackRate = speed;
    const choice = this.part("speed");
    if (choice) choice.value = String(speed);
    this.say(`Speed ${speed}`);
  }

  // Writes the time into the form of marks; what is noted of it is typed, then sent as any form.
  mark() {
    const form = this.part("mark");
    if (!form) return;
    this.media.pause();
    form.elements.at.value = clock(this.now());
    (form.elements.note || form.elements.at).focus();
  }

  click(event) {
    const pressed = event.target.closest("[data-do], [data-seek]");
    if (!pressed) return;
    if (pressed.dataset.seek) {
      event.preventDefault();
      this.frame = null;
      this.seek(Number(pressed.dataset.seek)).then(() => this.say(clock(this.now())));
      this.media.focus();
      return;
    }
    const [key, act] = Object.entries(KEYS).find(([key]) => key === pressed.dataset.do) || [];
    if (key) act(this);
  }

  // Keys count only while something of the player has the focus, and never while somebody writes.
  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("textarea, select, input")) return;
    const act = KEYS[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act(this);
  }
}

export function enhance(root) {
  return new Player(root);
}

for (const root of document.querySelectorAll("[data-player]")) enhance(root);
