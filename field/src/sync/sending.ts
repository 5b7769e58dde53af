// How sending goes: what the foot of every screen says.
import { meta } from "../store/database";
import { unsentCount } from "../store/outbox";
import { contact } from "../store/parts";

export type Trouble = "none" | "unreached" | "unknown" | "revoked" | "card" | "format" | "room";

export interface Sending {
  busy: boolean;
  unsent: number;
  sentAt: number | undefined; // ms, when the server last answered
  heldTo: number;
  lost: number[]; // numbers that the server misses and that are on this phone no more
  trouble: Trouble;
  text: string; // the server's own sentence about the trouble
}

let sending: Sending = { busy: false, unsent: 0, sentAt: undefined, heldTo: 0, lost: [], trouble: "none", text: "" };
const watchers = new Set<(sending: Sending) => void>();

export function watch(watcher: (sending: Sending) => void): () => void {
  watchers.add(watcher);
  watcher(sending);
  return () => watchers.delete(watcher);
}

export function tell(change: Partial<Sending>): void {
  sending = { ...sending, ...change };
  for (const watcher of watchers) watcher(sending);
}

/** Tells what stands on the disk: at the beginning, and where another window made contact. */
export async function tellStored(): Promise<void> {
  tell({ unsent: await unsentCount(), sentAt: await contact(), heldTo: (await meta<number>("held_to")) ?? 0 });
}
