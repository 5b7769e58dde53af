// The order of walking, kept sealed on this phone, and in memory only while the phone is open.
import { useEffect, useState } from "preact/hooks";
import { keep, meta } from "../../../store/base";
import { type Box, isOpen, seal, unseal } from "../../../store/vault";
import { watchDuty } from "../../../work/duty";
import { NO_WALK, type Walk } from "./order";

const ORDER = "walk order"; // long and seldom written
const NOW = "walk"; // short, written at each door

let known: Walk | undefined;
let loading: Promise<Walk> | undefined;
let changing: Promise<void> = Promise.resolve();
const watchers = new Set<(walk: Walk) => void>();

watchDuty((duty) => {
  if (duty.stage !== "open") known = loading = undefined;
});

async function opened<Value>(name: string, otherwise: Value): Promise<Value> {
  const box = await meta<Box>(name);
  return box ? unseal<Value>(box).catch(() => otherwise) : otherwise; // of an earlier lock: nobody can read it
}

async function loaded(): Promise<Walk> {
  const now = await opened(NOW, { campaign: "", walked: [] as string[] });
  return { order: await opened<string[]>(ORDER, []), ...now };
}

/** The walk as it is kept; the first call reads it from the disk. */
export async function currentWalk(): Promise<Walk> {
  if (known) return known;
  if (!isOpen()) return NO_WALK; // nothing is read, so that nothing empty is taken for what is kept
  loading ??= loaded();
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
  if (after.order !== before.order) await keep(ORDER, await seal(after.order));
  await keep(NOW, await seal({ campaign: after.campaign, walked: after.walked }));
}

/** The walk for a screen; undefined until it is read. */
export function useWalk(): Walk | undefined {
  const [walk, set] = useState(known);
  useEffect(() => {
    watchers.add(set);
    if (!known) void currentWalk().then(set);
    return () => void watchers.delete(set);
  }, []);
  return walk;
}
