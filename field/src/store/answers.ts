// What the server has answered: how each record of the outbox stands, and when it may be forgotten.
import { tellOthers } from "../kit/windows";
import { type Row, type Standing, on } from "./database";
import { type Said, sealedRow } from "./outbox";
import type { Phone } from "./phone";
import { type Box, seal, unsealed } from "./vault";

export interface Answer {
  id: string;
  status: Exclude<Standing, "unsent" | "rescued">;
  field?: string;
  reason?: string;
  text?: string;
}

const DAY = 86_400_000;
const KEPT_DAYS = 7;
const listeners = new Set<(rows: Row[]) => void>();

/** Calls back with the rows of which this window has learned how they stand now. */
export function onAnswer(listener: (rows: Row[]) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function answered(rows: Row[]): void {
  if (!rows.length) return;
  for (const listener of listeners) listener(rows);
  tellOthers("outbox", rows.map((row) => row.id));
}

/** Writes down what the server answered; what it did not answer for stays unsent. `close` seals its sentences: the phone may have
 * locked itself since it asked. */
export async function settle(answers: Answer[], close: (value: unknown) => Promise<Box> = seal): Promise<void> {
  const told = new Map<string, Box>();
  for (const answer of answers) if (answer.text) told.set(answer.id, await close(answer.text));
  const changed = await on(async (db) => {
    const all = db.transaction("outbox", "readwrite", { durability: "strict" });
    const rows: Row[] = [];
    for (const answer of answers) {
      const row = await all.store.index("id").get(answer.id);
      if (!row || row.standing !== "unsent") continue;
      const { letter: _letter, ...rest } = row;
      const text = told.get(answer.id);
      const why = { ...(answer.field ? { field: answer.field } : {}), ...(answer.reason ? { reason: answer.reason } : {}) };
      rows.push({ ...rest, ...why, ...(text ? { told: text } : {}), standing: answer.status });
      await all.store.put(rows.at(-1)!);
    }
    await all.done;
    return rows;
  });
  answered(changed);
}

/** The server holds these letters; they wait there for the clerk. */
export async function rescued(device: string, seqs: number[]): Promise<void> {
  const changed = await on(async (db) => {
    const all = db.transaction("outbox", "readwrite", { durability: "strict" });
    const rows: Row[] = [];
    for (const seq of seqs) {
      const row = await all.store.get([device, seq]);
      if (row?.standing !== "unsent") continue;
      rows.push({ ...row, standing: "rescued" });
      await all.store.put(rows.at(-1)!);
    }
    await all.done;
    return rows;
  });
  answered(changed);
}

/** The server asks for these numbers again; returns those that are on this phone no more. Raises `Locked`. */
export async function sendAgain(phone: Phone, missing: number[]): Promise<number[]> {
  const gone: number[] = [];
  const again: Row[] = [];
  for (const seq of missing) {
    const row = await on((db) => db.get("outbox", [phone.device, seq]));
    const said = row && (await unsealed<Said>(row.own));
    if (!said) gone.push(seq);
    else if (row.standing !== "unsent" && row.standing !== "rescued") {
      again.push({ ...(await sealedRow(phone, row.member, said, row.own, seq)), made: row.made });
      await on((db) => db.put("outbox", again.at(-1)!));
    }
  }
  answered(again);
  return gone;
}

/** Forgets records that are over a week old, answered for, and at or below the number up to which the server holds everything. */
export function prune(device: string, heldTo: number): Promise<void> {
  return on(async (db) => {
    const all = db.transaction("outbox", "readwrite");
    let cursor = await all.store.openCursor(IDBKeyRange.bound([device, 0], [device, heldTo]));
    while (cursor) {
      if (cursor.value.standing !== "unsent" && Date.now() - cursor.value.made > KEPT_DAYS * DAY) await cursor.delete();
      cursor = await cursor.continue();
    }
    await all.done;
  });
}
