// The phone's database: what stands in it in the clear are codes, numbers and states; everything else is sealed.
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Letter } from "../sync/letters";
import type { Box } from "./vault";

export type Standing = "unsent" | "accepted" | "duplicate" | "waiting" | "rejected" | "conflict" | "rescued";

/** One record of this phone. `letter` is there as long as the server has not answered. */
export interface Row {
  device: string; // under whose number the phone made it: another one after it was enrolled anew
  seq: number;
  id: string;
  member: string;
  made: number; // ms, by the phone's clock
  standing: Standing;
  field?: string;
  reason?: string;
  own: Box;
  told?: Box; // the server's sentence on a refusal
  letter?: Letter;
}

export interface Part {
  name: string;
  digest: string;
  box: Box;
}

interface Schema extends DBSchema {
  meta: { key: string; value: unknown };
  outbox: { key: [string, number]; value: Row; indexes: { standing: Standing; id: string } };
  parts: { key: string; value: Part };
}

export type Base = IDBPDatabase<Schema>;

let opening: Promise<Base> | undefined;

/** The database, opened anew where the browser has cut the connection (as iOS does). */
export function base(): Promise<Base> {
  opening ??= openDB<Schema>("closeknit", 1, {
    upgrade(db) {
      db.createObjectStore("meta");
      const outbox = db.createObjectStore("outbox", { keyPath: ["device", "seq"] });
      outbox.createIndex("standing", "standing");
      outbox.createIndex("id", "id");
      db.createObjectStore("parts", { keyPath: "name" });
    },
    blocking: () => closed(),
    terminated: () => closed(),
  });
  return opening;
}

function closed(): void {
  void opening?.then((db) => db.close());
  opening = undefined;
}

export async function meta<Value>(name: string): Promise<Value | undefined> {
  return (await (await base()).get("meta", name)) as Value | undefined;
}

export async function keep(name: string, value: unknown): Promise<void> {
  await (await base()).put("meta", value, name);
}

export async function forget(name: string): Promise<void> {
  await (await base()).delete("meta", name);
}
