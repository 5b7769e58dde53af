// The outbox: a record is durable here before the screen says "saved", and stays until the server has answered for it.
import { clockError, local } from "../kit/clock";
import { uuid7 } from "../kit/ids";
import { type Letter, letter } from "../sync/letters";
import { type Row, type Standing, base } from "./base";
import type { Phone } from "./phone";
import { seal, unseal } from "./vault";

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

export interface Answer {
  id: string;
  status: Exclude<Standing, "unsent" | "rescued">;
  field?: string;
  reason?: string;
  text?: string;
}

const DAY = 86_400_000;
const KEPT_DAYS = 7;
const listeners = new Set<(kept: Kept) => void>();

/** Calls back with each record that is made in this window, after it is durable. */
export function onRecord(listener: (kept: Kept) => void): () => void {
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
      for (const each of kept) for (const listener of listeners) listener(each);
      return kept;
    } // another window wrote in between and has this number: the letter names it, so it is sealed anew
  }
}

function completed(saying: Saying): Said {
  const error = clockError();
  const data = Object.fromEntries(Object.entries(saying.data).filter(([, value]) => value !== undefined && value !== "" && value !== null));
  return { ...saying, data, id: uuid7(), at: local(), ...(error === undefined ? {} : { clock_error: error }) };
}

async function sealedRow(phone: Phone, member: string, said: Said, own: Row["own"], seq: number): Promise<Row> {
  const to = { server: phone.keys.sealing, device: phone.device, seq, member };
  return { device: phone.device, seq, id: said.id, member, made: Date.now(), standing: "unsent", own, letter: await letter({ seq, ...said }, to) };
}

async function written(rows: Row[], before: number): Promise<boolean> {
  const all = (await base()).transaction(["meta", "outbox"], "readwrite", { durability: "strict" });
  const last = ((await all.objectStore("meta").get("seq")) as number | undefined) ?? 0;
  if (last !== before) {
    all.abort();
    await all.done.catch(() => undefined);
    return false;
  }
  await Promise.all([...rows.map((row) => all.objectStore("outbox").add(row)), all.objectStore("meta").put(before + rows.length, "seq")]);
  await all.done;
  return true;
}

/** The `seq` of the last record that was made on this phone; 0 where there is none. */
export async function lastSeq(): Promise<number> {
  return ((await (await base()).get("meta", "seq")) as number | undefined) ?? 0;
}

export async function unsentCount(): Promise<number> {
  return (await base()).countFromIndex("outbox", "standing", "unsent");
}

/** The next unsent records of a device in order of `seq`, at most so many, all of one worker. */
export async function nextUnsent(device: string, most: number): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor = await (await base()).transaction("outbox").store.index("standing").openCursor("unsent");
  while (cursor && rows.length < most && (!rows[0] || cursor.value.member === rows[0].member)) {
    if (cursor.value.device === device) rows.push(cursor.value);
    cursor = await cursor.continue();
  }
  return rows;
}

/** Every letter of a device that the server has not answered for: what a rescue takes along. */
export async function lettersLeft(device: string): Promise<Letter[]> {
  const rows = await (await base()).getAllFromIndex("outbox", "standing", "unsent");
  return rows.filter((row) => row.device === device).flatMap((row) => row.letter ?? []);
}

/** Writes down what the server answered; what it did not answer for stays unsent. */
export async function settle(answers: Answer[]): Promise<void> {
  const told = new Map<string, Row["own"]>();
  for (const answer of answers) if (answer.text) told.set(answer.id, await seal(answer.text));
  const all = (await base()).transaction("outbox", "readwrite", { durability: "strict" });
  for (const answer of answers) {
    const row = await all.store.index("id").get(answer.id);
    if (!row || row.standing !== "unsent") continue;
    const { letter: _letter, ...rest } = row;
    const text = told.get(answer.id);
    const why = { ...(answer.field ? { field: answer.field } : {}), ...(answer.reason ? { reason: answer.reason } : {}) };
    await all.store.put({ ...rest, ...why, ...(text ? { told: text } : {}), standing: answer.status });
  }
  await all.done;
}

/** The server holds these letters; they wait there for the clerk. */
export async function rescued(device: string, seqs: number[]): Promise<void> {
  const all = (await base()).transaction("outbox", "readwrite", { durability: "strict" });
  for (const seq of seqs) {
    const row = await all.store.get([device, seq]);
    if (row?.standing === "unsent") await all.store.put({ ...row, standing: "rescued" });
  }
  await all.done;
}

/** The server asks for these numbers again; returns those that are on this phone no more. */
export async function sendAgain(phone: Phone, missing: number[]): Promise<number[]> {
  const gone: number[] = [];
  for (const seq of missing) {
    const row = await (await base()).get("outbox", [phone.device, seq]);
    const said = row && (await unseal<Said>(row.own).catch(() => undefined));
    if (!said) gone.push(seq);
    else if (row.standing !== "unsent" && row.standing !== "rescued") {
      await (await base()).put("outbox", { ...(await sealedRow(phone, row.member, said, row.own, seq)), made: row.made });
    }
  }
  return gone;
}

/** Forgets records that are over a week old, answered for, and at or below the number up to which the server holds everything. */
export async function prune(device: string, heldTo: number): Promise<void> {
  const all = (await base()).transaction("outbox", "readwrite");
  let cursor = await all.store.openCursor(IDBKeyRange.bound([device, 0], [device, heldTo]));
  while (cursor) {
    if (cursor.value.standing !== "unsent" && Date.now() - cursor.value.made > KEPT_DAYS * DAY) await cursor.delete();
    cursor = await cursor.continue();
  }
  await all.done;
}

/** The records of this phone that can still be read, oldest first. */
export async function everything(): Promise<Kept[]> {
  const rows = (await (await base()).getAll("outbox")).sort((one, other) => one.made - other.made || one.seq - other.seq);
  const kept: Kept[] = [];
  for (const row of rows) {
    const said = await unseal<Said>(row.own).catch(() => undefined); // of an earlier lock: its letter alone is left
    if (said) kept.push({ row, said });
  }
  return kept;
}
