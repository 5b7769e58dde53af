// What a post was set to the last time, sealed: nobody is asked the same again after a call or a lock.
import { keep, meta } from "../../store/base";
import { type Box, seal, unseal } from "../../store/vault";

/** What was remembered under a name; undefined where there is nothing, or nothing that this lock opens. */
export async function remembered<Value>(name: string): Promise<Value | undefined> {
  const box = await meta<Box>(name);
  return box ? unseal<Value>(box).catch(() => undefined) : undefined;
}

export async function remember(name: string, value: unknown): Promise<void> {
  await keep(name, await seal(value));
}
