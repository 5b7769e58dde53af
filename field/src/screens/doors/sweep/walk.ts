// The order of walking, kept sealed on this phone, and in memory only while the phone is open.
import { useEffect, useState } from "preact/hooks";
import { remember, remembered } from "../../../store/settings";
import { isOpen } from "../../../store/vault";
import { watchDuty } from "../../../work/duty";
import { NO_WALK, type Walk } from "../../../work/sweep/order";

const ORDER = "walk order"; // long and seldom written
const NOW = "walk"; // short, written at each door

let known: Walk | undefined;
let loading: Promise<Walk> | undefined;
let changing: Promise<void> = Promise.resolve();
const watchers = new Set<(walk: Walk) => void>();

watchDuty((duty) => {
  if (duty.stage !== "open") known = loading = undefined;
});

async function loaded(): Promise<Walk> {
  const now = await remembered<Pick<Walk, "campaign" | "walked">>(NOW);
  return { ...NO_WALK, order: (await remembered<string[]>(ORDER)) ?? [], ...now };
}

/** The walk as it is kept; the first call reads it from the disk. */
export async function currentWalk(): Promise<Walk> {
  if (known) return known;
  if (!isOpen()) return NO_WALK; // nothing is read, so that nothing empty is taken for what is kept
  loading ??= loaded().finally(() => (loading = undefined));
  const walk = await loading;
  if (isOpen()) known ??= walk;
  return known ?? walk;
}

/** Keeps the walk as `change` makes it; one change after the other, so that the last one said is the one that is kept. */
export function changeWalk(change: (walk: Walk) => Walk): Promise<void> {
  const changed = changing.then(() => changedBy(change));
  changing = changed.catch(() => undefined);
  return changed;
}

async function changedBy(change: (walk: Walk) => Walk): Promise<void> {
  const before = await currentWalk();
  const after = change(before);
  if (after === before || !isOpen()) return;
  known = after;
  for (const watcher of watchers) watcher(after);
  if (after.order !== before.order) await remember(ORDER, after.order);
  await remember(NOW, { campaign: after.campaign, walked: after.walked });
}

/** The walk for a screen; undefined until it is read. */
export function useWalk(): Walk | undefined {
  const [walk, set] = useState(known);
  useEffect(() => {
    watchers.add(set);
    void currentWalk().then(set, () => set(NO_WALK)); // it may have changed between the first drawing and now
    return () => void watchers.delete(set);
  }, []);
  return walk;
}
