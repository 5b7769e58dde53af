// The order of walking, kept sealed on this phone, and in memory only while the phone is open.
import { useEffect, useState } from "preact/hooks";
import { keep, meta } from "../../../store/base";
import { type Box, seal, unseal } from "../../../store/vault";
import { currentDuty, watchDuty } from "../../../work/duty";
import type { Walk } from "./order";

const ORDER = "walk order"; // long and seldom written
const NOW = "walk"; // short, written at each door

let known: Walk | undefined;
let loading: Promise<Walk> | undefined;
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
  loading ??= loaded();
  const walk = await loading;
  if (currentDuty().stage === "open") known ??= walk;
  return known ?? walk;
}

/** Keeps the walk as `change` makes it. */
export async function changeWalk(change: (walk: Walk) => Walk): Promise<void> {
  const before = await currentWalk();
  const after = change(before);
  if (after === before) return;
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
