// How each sweep was looked at last, so that one comes back from a door to where one was. Codes and choices alone; gone when the phone locks.
import { useState } from "preact/hooks";
import { watchDuty } from "../../../work/duty";
import type { Filter } from "../../../work/sweep/states";

export interface View {
  of?: "flats" | "list";
  section?: string;
  filter?: Filter;
  scrolled?: number;
}

const views = new Map<string, View>();

watchDuty((duty) => {
  if (duty.stage !== "open") views.clear();
});

export function viewOf(campaign: string): View {
  return views.get(campaign) ?? {};
}

/** Remembers without drawing anew. */
export function note(campaign: string, change: View): void {
  views.set(campaign, { ...viewOf(campaign), ...change });
}

export function useView(campaign: string): [View, (change: View) => void] {
  const [view, set] = useState(viewOf(campaign));
  const change = (change: View) => {
    note(campaign, change);
    set(viewOf(campaign));
  };
  return [view, change];
}
