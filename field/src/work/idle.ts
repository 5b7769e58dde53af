// The phone locks itself when nobody touches it; screens that scan hold it open while they are used.
import { currentDuty, lock } from "./duty";

const MINUTES = 5;
const LOOKS_MS = 10_000;
const TOUCHES = ["pointerdown", "keydown", "input", "scroll"]; // `input`: not every keyboard on a screen tells of its keys

let held = 0;
let touched = clocks();

/** The clock that people can set, and the one that stands still in some phones while they sleep. */
function clocks(): { set: number; steady: number } {
  return { set: Date.now(), steady: performance.now() };
}

/** Whether nobody has touched the phone for too long, by the clock that says more. Set back, the first one says so too. */
function isLeft(): boolean {
  const now = clocks();
  return Math.max(Math.abs(now.set - touched.set), now.steady - touched.steady) > MINUTES * 60_000;
}

/** Keeps the phone open while something scans; call what it gives when that ends. */
export function holdOpen(): () => void {
  held += 1;
  return () => {
    held -= 1;
    touched = clocks();
  };
}

/** Begins to look; call what it gives to end it. A phone that was left does not wake up open: the touch that wakes it locks it. */
export function idleLock(): () => void {
  const look = () => {
    if (currentDuty().stage === "open" && held === 0 && isLeft()) void lock();
  };
  const touch = () => {
    look();
    touched = clocks();
  };
  const seen = () => document.visibilityState === "visible" && look();
  const timer = setInterval(look, LOOKS_MS);
  for (const name of TOUCHES) addEventListener(name, touch, { passive: true, capture: true });
  document.addEventListener("visibilitychange", seen);
  touched = clocks();
  return () => {
    clearInterval(timer);
    for (const name of TOUCHES) removeEventListener(name, touch, { capture: true });
    document.removeEventListener("visibilitychange", seen);
  };
}
