// The camera, kept open, and what it reads. The decoder is loaded when it is first needed.
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";

export type Refusal = "denied" | "none" | "busy" | "blind"; // `blind`: it is open, and what reads it did not load

/** The same code again within this time is not read again: it is still in sight. */
const SAME_MS = 2_500;
const EVERY_MS = 120;
const WIDEST = 1_280;

/** Loads the decoder, so that the first scan does not wait for it. */
export async function warm(): Promise<typeof import("zxing-wasm/reader")> {
  const reader = await import("zxing-wasm/reader");
  await reader.prepareZXingModule({
    overrides: { locateFile: (path: string) => (path.endsWith(".wasm") ? wasm : path) },
    fireImmediately: true,
  });
  return reader;
}

/** Opens the camera into a video element and reads codes until it is stopped. Answers why not where there is no camera; `ended` is called
 * where it stops by itself, because the phone gave it to something else or cannot read what it shows. */
export async function open(
  video: HTMLVideoElement,
  found: (text: string) => void,
  ended: (why: Refusal) => void,
): Promise<{ stop: () => void } | { refused: Refusal }> {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: WIDEST } }, audio: false });
  } catch (error) {
    const name = (error as DOMException).name;
    return { refused: name === "NotAllowedError" ? "denied" : name === "NotReadableError" ? "busy" : "none" };
  }
  video.srcObject = stream;
  await video.play().catch(() => undefined);
  let running = true;
  const stop = () => {
    running = false;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  const stopped = (why: Refusal) => {
    if (running) ended(why);
    stop();
  };
  for (const track of stream.getTracks()) track.addEventListener("ended", () => stopped("busy"));
  look(video, found, () => running).catch(() => stopped("blind"));
  return { stop };
}

async function look(video: HTMLVideoElement, found: (text: string) => void, isOn: () => boolean): Promise<void> {
  const reader = await warm();
  const canvas = document.createElement("canvas");
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  let last = "";
  let lastAt = 0;
  while (isOn() && drawing) {
    if (video.videoWidth && document.visibilityState === "visible") {
      const scale = Math.min(1, WIDEST / video.videoWidth);
      canvas.width = video.videoWidth * scale;
      canvas.height = video.videoHeight * scale;
      drawing.drawImage(video, 0, 0, canvas.width, canvas.height);
      const image = drawing.getImageData(0, 0, canvas.width, canvas.height);
      const [code] = await reader.readBarcodes(image, { formats: ["QRCode", "Code128", "DataMatrix"], maxNumberOfSymbols: 1 });
      if (code?.text && isOn() && (code.text !== last || Date.now() - lastAt > SAME_MS)) {
        last = code.text;
        found(code.text);
      }
      if (code?.text) lastAt = Date.now();
    }
    await new Promise((go) => setTimeout(go, EVERY_MS));
  }
}
