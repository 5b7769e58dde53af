// What a press began goes on after it; where it fails, the worker is told.
import { useState } from "preact/hooks";
import { notSaved } from "../work/duty";

/** For what a press saves: where it fails the whole app says that it was not saved. */
export function act(work: Promise<unknown> | undefined): void {
  work?.catch(notSaved);
}

/** Whether something is being done, and doing it: the button that waits meanwhile can be pressed again also where it failed. */
export function useBusy(): [busy: boolean, during: (work: () => Promise<void>) => Promise<void>] {
  const [busy, set] = useState(false);
  const during = async (work: () => Promise<void>) => {
    set(true);
    try {
      await work();
    } finally {
      set(false);
    }
  };
  return [busy, during];
}
