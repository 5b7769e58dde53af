// The phone's database: what stands in it in the clear are codes, numbers and states; everything else is sealed.
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Letter } from "./letters";
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

/** The database. One that could not be opened is tried again the next time. */
export function base(): Promise<Base> {
  opening ??= opened().catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

/** Some browsers throw at once where they keep nothing, others fail later: here both fail later. */
async function opened(): Promise<Base> {
  return openDB<Schema>("closeknit", 1, {
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
}

function closed(): void {
  opening?.then((db) => db.close()).catch(() => undefined); // one that never opened needs no closing
  opening = undefined;
}

/** How browsers say that they have cut the connection, and not that the work was wrong (iOS does so to a page that slept). */
const CUT = new Set(["InvalidStateError", "UnknownError", "AbortError"]);

/** Does this work on the database; once more on a new connection where the old one was cut. Work must bear being done twice. */
export async function on<Result>(work: (db: Base) => Promise<Result>): Promise<Result> {
  try {
    return await work(await base());
  } catch (error) {
    if (!CUT.has((error as Error).name)) throw error;
    closed();
    return work(await base());
  }
}

export function meta<Value>(name: string): Promise<Value | undefined> {
  return on(async (db) => (await db.get("meta", name)) as Value | undefined);
}

export async function keep(name: string, value: unknown): Promise<void> {
  await on((db) => db.put("meta", value, name));
}

export function forget(name: string): Promise<void> {
  return on((db) => db.delete("meta", name));
}
