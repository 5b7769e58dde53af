// The phone locks itself when nobody touches it; screens that scan hold it open while they are used.
import { currentDuty, lock } from "./duty";

const MINUTES = 5;
let held = 0;
let touched = Date.now();

/** Keeps the phone open while something scans; call what it gives when that ends. */
export function holdOpen(): () => void {
  held += 1;
  return () => {
    held -= 1;
    touched = Date.now();
  };
}

export function idleLock(): () => void {
  const touch = () => {
    touched = Date.now();
  };
  const look = () => {
    if (currentDuty().stage === "open" && held === 0 && Date.now() - touched > MINUTES * 60_000) void lock();
  };
  const timer = setInterval(look, 10_000);
  for (const name of ["pointerdown", "keydown", "scroll"]) addEventListener(name, touch, { passive: true, capture: true });
  return () => {
    clearInterval(timer);
    for (const name of ["pointerdown", "keydown", "scroll"]) removeEventListener(name, touch, { capture: true });
  };
}
