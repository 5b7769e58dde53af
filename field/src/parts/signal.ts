// A short sound and a shake for what a scan came to: for eyes that are on the person, and with the sound off for the hand.
import type { Tone } from "../kit/tone";

const NOTES: Record<Tone, [pitch: number, ms: number][]> = {
  "": [[660, 60]],
  good: [[880, 70], [1_320, 90]],
  watch: [[520, 120], [520, 120]],
  bad: [[220, 200], [180, 300]],
};
const SHAKES: Record<Tone, number[]> = { "": [30], good: [60], watch: [80, 60, 80], bad: [250, 80, 250] };

let audio: AudioContext | undefined;

/** Sounds and shakes. A browser that allows neither is none the worse for it: the card says everything. */
export function signal(tone: Tone): void {
  try {
    navigator.vibrate?.(SHAKES[tone]);
    audio ??= new AudioContext();
    if (audio.state === "suspended") void audio.resume().catch(() => undefined);
    let at = audio.currentTime;
    for (const [pitch, ms] of NOTES[tone]) {
      play(audio, pitch, at, ms / 1_000);
      at += ms / 1_000 + 0.03;
    }
  } catch {
    audio = undefined;
  }
}

function play(through: AudioContext, pitch: number, at: number, seconds: number): void {
  const source = through.createOscillator();
  const loudness = through.createGain();
  source.frequency.value = pitch;
  loudness.gain.setValueAtTime(0.25, at);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + seconds);
  source.connect(loudness).connect(through.destination);
  source.start(at);
  source.stop(at + seconds);
}
