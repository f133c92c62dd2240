// Times are taken from the player and a part of the picture is drawn on it. Without this file both
// are typed, and whoever cannot draw types them still: what is typed is shown on the picture.

const form = document.querySelector("[data-cut]");
const SIDES = ["left", "top", "width", "height"];
const NEEDS_NO_BOX = ["CLIP", "MUTE"];

class Cutting {
  constructor(root) {
    this.form = form;
    this.time = root.querySelector("[data-time]");
    this.media = root.querySelector("video, audio");
    this.picture = root.querySelector(".app-player__picture");
    this.from = null;
    for (const each of form.querySelectorAll("[data-with-script]")) each.hidden = false;
    for (const each of form.querySelectorAll("[data-take]")) {
      each.addEventListener("click", () => this.take(each.dataset.take));
    }
    if (this.media.tagName === "VIDEO") this.prepareToDraw();
    form.addEventListener("input", () => this.show());
    form.addEventListener("change", () => this.show());
    this.show();
  }

  take(name) {
    this.form.elements[name].value = this.time.textContent;
  }

  prepareToDraw() {
    this.sheet = document.createElement("div");
    this.sheet.className = "app-player__sheet-to-draw";
    this.sheet.hidden = true;
    this.box = document.createElement("div");
    this.box.className = "app-player__part";
    this.box.hidden = true;
    this.picture.append(this.box, this.sheet);
    this.draw = this.form.querySelector("[data-draw]");
    this.draw.parentElement.hidden = false;
    this.draw.addEventListener("click", () => this.begin());
    this.sheet.addEventListener("pointerdown", (event) => this.press(event));
    this.sheet.addEventListener("pointermove", (event) => this.pull(event));
    this.sheet.addEventListener("pointerup", () => this.end());
    for (const when of ["loadedmetadata", "resize"]) this.media.addEventListener(when, () => this.show());
    window.addEventListener("resize", () => this.show());
  }

  begin() {
    this.media.pause();
    this.sheet.hidden = false;
    this.draw.textContent = "Now draw it on the picture";
    this.picture.scrollIntoView({ block: "nearest" });
  }

  // Where the picture itself is: beside it there may be black bars.
  frame() {
    const { clientWidth: wide, clientHeight: high, videoWidth, videoHeight } = this.media;
    const size = Math.min(wide / videoWidth, high / videoHeight) || 0;
    const [width, height] = [videoWidth * size, videoHeight * size];
    return { left: (wide - width) / 2, top: (high - height) / 2, width, height };
  }

  at(event) {
    const frame = this.frame();
    const place = this.media.getBoundingClientRect();
    const share = (length, whole) => Math.max(0, Math.min(100, (length / whole) * 100));
    return [
      share(event.clientX - place.left - frame.left, frame.width),
      share(event.clientY - place.top - frame.top, frame.height),
    ];
  }

  press(event) {
    this.sheet.setPointerCapture(event.pointerId);
    this.from = this.at(event);
  }

  pull(event) {
    if (!this.from) return;
    const to = this.at(event);
    const [left, top] = this.from.map((start, side) => Math.min(start, to[side]));
    const [width, height] = this.from.map((start, side) => Math.abs(start - to[side]));
    this.write({ left, top, width, height });
  }

  end() {
    this.from = null;
    this.sheet.hidden = true;
    this.draw.textContent = "Draw it anew";
  }

  // Rounded outwards, so that nothing that was drawn over stays to be seen.
  write({ left, top, width, height }) {
    const said = { left: Math.floor(left), top: Math.floor(top) };
    said.width = Math.min(100, Math.ceil(left + width)) - said.left;
    said.height = Math.min(100, Math.ceil(top + height)) - said.top;
    for (const side of SIDES) this.form.elements[side].value = said[side];
    this.show();
  }

  show() {
    const what = this.form.elements.what.value;
    const parts = this.form.querySelector("[data-part]");
    if (parts) parts.hidden = NEEDS_NO_BOX.includes(what);
    if (!this.box) return;
    const said = SIDES.map((side) => Number.parseFloat(this.form.elements[side].value));
    this.box.hidden = NEEDS_NO_BOX.includes(what) || said.some(Number.isNaN);
    const frame = this.frame();
    const [left, top, width, height] = said;
    this.box.style.left = `${frame.left + (left * frame.width) / 100}px`;
    this.box.style.top = `${frame.top + (top * frame.height) / 100}px`;
    this.box.style.width = `${(width * frame.width) / 100}px`;
    this.box.style.height = `${(height * frame.height) / 100}px`;
  }
}

const root = document.querySelector("[data-player]");
if (form && root) new Cutting(root);
