// Small things that the phone remembers for its worker, sealed: how a table was set, the order of walking.
import { keep, meta } from "./database";
import { type Box, seal, unsealed } from "./vault";

/** What was remembered under a name; undefined where there is nothing, or nothing that this lock opens. Raises `Locked`. */
export async function remembered<Value>(name: string): Promise<Value | undefined> {
  const box = await meta<Box>(name);
  return box && unsealed<Value>(box);
}

export async function remember(name: string, value: unknown): Promise<void> {
  await keep(name, await seal(value));
}
