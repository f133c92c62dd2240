// A code is read by the camera where the browser can, and typed or read by a reader everywhere.
const READS = ["qr_code", "code_128"];
const EVERY = 200; // milliseconds between two looks
const NO_READER =
  "This browser reads no codes by camera; Chrome on an Android telephone does. " +
  "Use a reader, or type what stands beneath the code.";
const NOT_ALLOWED =
  "The camera is not allowed here. Allow it in the browser’s settings of this page, use a " +
  "reader, or type what stands beneath the code.";
const NO_CAMERA =
  "No camera can be opened. Use a reader, or type what stands beneath the code.";

class Scanning {
  constructor(root) {
    this.form = root.closest("form");
    this.box = this.form.elements.barcode;
    this.video = root.querySelector("video");
    this.words = root.querySelector("[data-words]");
    this.start = root.querySelector("[data-start]");
    this.stop = root.querySelector("[data-stop]");
    root.hidden = false;
    this.start.addEventListener("click", () => this.open());
    this.stop.addEventListener("click", () => this.close("The camera is off."));
    window.addEventListener("pagehide", () => this.close(""));
  }

  async prepare() {
    const known = (await window.BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? [];
    const formats = READS.filter((each) => known.includes(each));
    if (!formats.length || !navigator.mediaDevices) {
      this.words.textContent = NO_READER;
      return;
    }
    this.detector = new window.BarcodeDetector({ formats });
    this.start.hidden = false;
  }

  async open() {
    this.start.disabled = true;
    try {
      const video = { facingMode: "environment" };
      this.stream = await navigator.mediaDevices.getUserMedia({ video });
    } catch (fault) {
      this.close(fault.name === "NotAllowedError" ? NOT_ALLOWED : NO_CAMERA);
      return;
    }
    this.video.srcObject = this.stream;
    this.start.hidden = true;
    for (const each of [this.video, this.stop]) each.hidden = false;
    this.words.textContent = "Hold the code before the camera.";
    await this.video.play();
    this.look();
  }

  async look() {
    if (!this.stream) return;
    const [code] = await this.detector.detect(this.video).catch(() => []);
    if (!this.stream) return;
    if (!code?.rawValue) {
      setTimeout(() => this.look(), EVERY);
      return;
    }
    this.box.value = code.rawValue;
    this.close(`${code.rawValue} is read.`);
    this.form.requestSubmit();
  }

  close(words) {
    for (const each of this.stream?.getTracks() ?? []) each.stop();
    this.stream = null;
    for (const each of [this.video, this.stop]) each.hidden = true;
    this.start.disabled = false;
    this.start.hidden = !this.detector;
    this.words.textContent = words;
  }
}

const root = document.querySelector("[data-scan]");
if (root) new Scanning(root).prepare();
