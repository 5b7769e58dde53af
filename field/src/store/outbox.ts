// The outbox: a record is durable here before the screen says "saved", and stays until the server has answered for it.
import { stamp } from "../kit/clock";
import { uuid7 } from "../kit/ids";
import { tellOthers } from "../kit/windows";
import { type Base, type Row, on } from "./database";
import { type Letter, letter } from "./letters";
import type { Phone } from "./phone";
import { type Box, seal, unsealed } from "./vault";

/** What may be said of a record when it is made; `data` as the kind's shape has it. */
export interface Saying {
  kind: string;
  area: string;
  person?: string;
  household?: string;
  place?: string;
  data: Record<string, unknown>;
  corrects?: string;
}

/** A record as it goes over the wire, but for its `seq`. */
export interface Said extends Saying {
  id: string;
  at: string;
  clock_error?: number;
}

export interface Kept {
  row: Row;
  said: Said;
}

const listeners = new Set<(kept: Kept[]) => void>();

/** Calls back with the records that are made together in this window, after they are durable. */
export function onRecord(listener: (kept: Kept[]) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Makes a record. When this returns it is on the disk; where it raises, nothing is. */
export async function record(phone: Phone, member: string, saying: Saying): Promise<Kept> {
  return (await recordAll(phone, member, [saying]))[0]!;
}

let before: Promise<unknown> = Promise.resolve();

/** Makes several records together: all or none (a whole floor where nobody is home, say). One after the other in this window. */
export function recordAll(phone: Phone, member: string, sayings: Saying[]): Promise<Kept[]> {
  if (!sayings.length) return Promise.resolve([]);
  const made = before.then(() => numbered(phone, member, sayings));
  before = made.catch(() => undefined);
  return made;
}

async function numbered(phone: Phone, member: string, sayings: Saying[]): Promise<Kept[]> {
  const said = sayings.map(completed);
  const own = await Promise.all(said.map((each) => seal(each)));
  for (;;) {
    const last = await lastSeq();
    const rows = await Promise.all(said.map((each, place) => sealedRow(phone, member, each, own[place]!, last + 1 + place)));
    if (await written(rows, last)) {
      const kept = rows.map((row, place) => ({ row, said: said[place]! }));
      for (const listener of listeners) listener(kept);
      tellOthers("outbox", rows.map((row) => row.id));
      return kept;
    } // another window wrote in between and has this number: the letter names it, so it is sealed anew
  }
}

function completed(saying: Saying): Said {
  const data = Object.fromEntries(Object.entries(saying.data).filter(([, value]) => value !== undefined && value !== "" && value !== null));
  return { ...saying, data, id: uuid7(), ...stamp() };
}

/** A record as it lies in the outbox, with the letter that goes out where no push can. */
export async function sealedRow(phone: Phone, member: string, said: Said, own: Box, seq: number): Promise<Row> {
  const to = { server: phone.keys.sealing, device: phone.device, seq, member };
  return {
    device: phone.device,
    seq,
    id: said.id,
    member,
    made: Date.now(),
    standing: "unsent",
    own,
    letter: await letter({ seq, ...said }, to),
  };
}

function written(rows: Row[], before: number): Promise<boolean> {
  return on((db) => writtenTo(db, rows, before));
}

/** False where these numbers are taken. Where these very rows have them, the connection was cut after they were written. */
async function writtenTo(db: Base, rows: Row[], before: number): Promise<boolean> {
  const all = db.transaction(["meta", "outbox"], "readwrite", { durability: "strict" });
  const last = ((await all.objectStore("meta").get("seq")) as number | undefined) ?? 0;
  if (last !== before) {
    const there = await all.objectStore("outbox").get([rows[0]!.device, rows[0]!.seq]);
    all.abort();
    await all.done.catch(() => undefined);
    return there?.id === rows[0]!.id;
  }
  await Promise.all([...rows.map((row) => all.objectStore("outbox").add(row)), all.objectStore("meta").put(before + rows.length, "seq")]);
  await all.done;
  return true;
}

/** The `seq` of the last record that was made on this phone; 0 where there is none. */
export function lastSeq(): Promise<number> {
  return on(async (db) => ((await db.get("meta", "seq")) as number | undefined) ?? 0);
}

/** When a device made its record of that number, ms by the phone's clock. */
export async function madeAt(device: string, seq: number): Promise<number | undefined> {
  return (await on((db) => db.get("outbox", [device, seq])))?.made;
}

export function unsentCount(): Promise<number> {
  return on((db) => db.countFromIndex("outbox", "standing", "unsent"));
}

/** The next unsent records of a device in order of `seq`, at most so many, all of one worker. */
export function nextUnsent(device: string, most: number): Promise<Row[]> {
  return on(async (db) => {
    const rows: Row[] = [];
    let cursor = await db.transaction("outbox").store.index("standing").openCursor("unsent");
    while (cursor && rows.length < most && (!rows[0] || cursor.value.member === rows[0].member)) {
      if (cursor.value.device === device) rows.push(cursor.value);
      cursor = await cursor.continue();
    }
    return rows;
  });
}

/** Every letter of a device that the server has not answered for: what a rescue takes along. */
export async function lettersLeft(device: string): Promise<Letter[]> {
  const rows = await on((db) => db.getAllFromIndex("outbox", "standing", "unsent"));
  return rows.filter((row) => row.device === device).flatMap((row) => row.letter ?? []);
}

/** The records of this phone that can still be read, in the order in which they were made. Raises `Locked`. */
export async function everything(): Promise<Kept[]> {
  const rows = await on((db) => db.getAll("outbox"));
  const first = new Map<string, number>(); // when each device that this phone was made its first record that is still here
  for (const row of rows) if (!first.has(row.device)) first.set(row.device, row.made);
  // by number, not by `made`: somebody may have set the clock back in between
  return opened(rows.sort((one, other) => first.get(one.device)! - first.get(other.device)! || one.seq - other.seq));
}

/** The records with these ids that can be read, as they stand on the disk. Raises `Locked`. */
export async function recordsOf(ids: string[]): Promise<Kept[]> {
  const rows = await on((db) => Promise.all(ids.map((id) => db.getFromIndex("outbox", "id", id))));
  return opened(rows.filter((row) => row !== undefined));
}

async function opened(rows: Row[]): Promise<Kept[]> {
  const said = await Promise.all(rows.map((row) => unsealed<Said>(row.own)));
  return rows.flatMap((row, place) => (said[place] ? [{ row, said: said[place] }] : [])); // of an earlier lock: its letter alone is left
}
