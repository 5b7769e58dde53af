// Who is on duty on this phone, whether it is open, and what it has to work with: one state, which the screens watch.
import { fromOthers, tellOthers, type Topic } from "../kit/windows";
import { grow } from "../store/aging";
import { onAnswer } from "../store/answers";
import { type Row, keep, meta } from "../store/database";
import { type Kept, type Saying, everything, onRecord, recordAll, recordsOf } from "../store/outbox";
import { type Change, changeOf, contact, contents } from "../store/parts";
import { type Card, type Phone, cardOf, phone as thisPhone } from "../store/phone";
import { type Box, Locked, isOpen, isSet, seal, shut, triesLeft, unsealed } from "../store/vault";
import { onPull } from "../sync/engine";
import { Assignment } from "./assignment";
import { withFound } from "./found";
import { isUnder } from "./reached";

export type Stage = "loading" | "unfit" | "enrol" | "digits" | "locked" | "open";

export interface Duty {
  stage: Stage;
  phone: Phone | undefined;
  card: Card | undefined;
  assignment: Assignment;
  own: Kept[];
}

const AGING_MS = 600_000;
const AGES = { others_h: 12, masked_h: 72, days: 7 }; // where the pack says nothing

let duty: Duty = { stage: "loading", phone: undefined, card: undefined, assignment: new Assignment(new Map()), own: [] };
let cardText: string | undefined;
let given = duty.assignment; // as the server gave it, without what this phone found
let heard: number | undefined;
let locks = 0; // what was read before the last lock must not come into memory after it
let reading: Promise<unknown> = Promise.resolve();
const watchers = new Set<(duty: Duty) => void>();

export function currentDuty(): Duty {
  return duty;
}

export function watchDuty(watcher: (duty: Duty) => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function set(change: Partial<Duty>): void {
  duty = { ...duty, ...change };
  for (const watcher of watchers) watcher(duty);
}

/** The text of the card of the worker on duty, for the server. */
export function heldCard(): string | undefined {
  return cardText;
}

/** Looks at what this phone is: to be enrolled, locked, or in need of digits. */
export async function begin(): Promise<void> {
  const phone = await thisPhone();
  if (!phone) set({ stage: "enrol", phone: undefined });
  else if (!(await isSet())) set({ stage: "digits", phone });
  else set({ stage: isOpen() ? "open" : "locked", phone });
  onPull((change) => void inTurn(() => pulled(change)));
  onRecord(added);
  onAnswer((rows) => void inTurn(async () => stand(rows)));
  fromOthers((topic, names) => void inTurn(() => heardOf(topic, names)));
  setInterval(() => void inTurn(forgetOld), AGING_MS);
}

/** Readings of the disk come one after the other, so that an older one never stands over a newer. One that the lock cuts off is no error. */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  const done = reading.then(work).catch((error: unknown) => {
    if (error instanceof Locked) return undefined;
    throw error;
  });
  reading = done.catch(() => undefined);
  return done;
}

/** Records that were made just now: at once in memory, after all others. */
function added(kept: Kept[]): void {
  const own = [...duty.own, ...kept];
  const isFind = kept.some(({ said }) => said.kind === "registry.found" || said.corrects);
  set(isFind ? { own, assignment: withFound(given, own, heard) } : { own });
}

/** How records stand since the server answered. */
function stand(rows: Row[]): void {
  const now = new Map(rows.map((row) => [row.id, row]));
  const own = duty.own.map((kept) => (now.has(kept.row.id) ? { ...kept, row: now.get(kept.row.id)! } : kept));
  set({ own, assignment: withFound(given, own, heard) });
}

/** What another window of this phone has done. */
async function heardOf(topic: Topic, names: string[]): Promise<void> {
  if (topic === "card") {
    await lock(); // the phone was handed over there, or enrolled: here too its worker's digits are asked for
    return set({ phone: await thisPhone() });
  }
  if (!isOpen() || duty.stage !== "open") return;
  if (topic === "parts") return pulled(names.includes("*") ? "everything" : await changeOf(names));
  const before = locks;
  const kept = await recordsOf(names);
  if (before !== locks) return;
  const known = new Set(duty.own.map((each) => each.row.id));
  stand(kept.map((each) => each.row));
  added(kept.filter((each) => !known.has(each.row.id)));
}

/** What was synced long ago is forgotten, also while the phone stays open. */
async function forgetOld(): Promise<void> {
  const limit = (name: string, usual: number) => given.value<number>(`field.${name}`) ?? usual;
  const limits = {
    others_h: limit("others_go_after_h", AGES.others_h),
    masked_h: limit("masked_after_h", AGES.masked_h),
    gone_h: limit("works_alone_days", AGES.days) * 24,
  };
  if (isOpen() && given.worker && (await grow((area) => isOwn(area), limits))) await readAll();
}

function isOwn(area: string): boolean {
  const own = duty.card?.a ?? "";
  return area.startsWith(own) || isUnder(area, own, given.areas);
}

/** The store is open: everything that the screens need comes into memory. */
export async function opened(): Promise<void> {
  await inTurn(async () => {
    const before = locks;
    const box = await meta<Box>("card");
    const text = box && (await unsealed<string>(box));
    const phone = await thisPhone();
    if (before !== locks) return;
    cardText = text;
    await readAll({ stage: "open", phone, card: text ? cardOf(text) : undefined });
    await forgetOld();
  });
}

/** Reads what is on the disk into memory. A record that is made meanwhile is in nobody's way and stays. */
async function readAll(change: Partial<Duty> = {}): Promise<void> {
  const turn = locks;
  const before = new Set(duty.own);
  const parts = await contents();
  const at = await contact();
  const read = await everything();
  if (turn !== locks) return;
  given = new Assignment(parts);
  heard = at;
  const ids = new Set(read.map((each) => each.said.id));
  const own = [...read, ...duty.own.filter((each) => !before.has(each) && !ids.has(each.said.id))];
  set({ ...change, own, assignment: withFound(given, own, heard) });
}

/** Another worker's card lies in the phone from now on. The store must be open. */
export async function takeCard(text: string): Promise<void> {
  await keep("card", await seal(text));
  cardText = text;
  set({ card: cardOf(text) });
  tellOthers("card");
}

/** Names leave the memory; the digits are asked for again. */
export async function lock(): Promise<void> {
  locks += 1;
  shut();
  cardText = undefined;
  given = new Assignment(new Map());
  set({ stage: "locked", card: undefined, assignment: given, own: [] });
}

export async function afterEnrolment(): Promise<void> {
  set({ phone: await thisPhone(), stage: "digits" });
}

/** Whether the clerk must enrol this phone again because of wrong digits. */
export async function isClosed(): Promise<boolean> {
  return (await triesLeft()) <= 0;
}

/** Asks for a code of the clerk's. What is unsent stays; the phone goes on as another device. */
export async function enrolAgain(): Promise<void> {
  set({ stage: "enrol" });
}

/** Not now: back to the day's work, where the phone is still open. */
export function enrolLater(): void {
  set({ stage: "open" });
}

/** Says something that happened now, as the worker on duty. Durable when it returns. */
export async function say(saying: Saying): Promise<Kept> {
  return (await sayAll([saying]))[0]!;
}

/** Says several things at once: all are kept or none. */
export async function sayAll(sayings: Saying[]): Promise<Kept[]> {
  try {
    const [phone, member] = who();
    return await recordAll(phone, member, sayings);
  } catch (error) {
    notSaved(error);
    throw error;
  }
}

/** The worker must know that nothing was kept: the disk is full, or the browser gave up. */
export function notSaved(error: unknown): void {
  dispatchEvent(new CustomEvent("not saved", { detail: String((error as Error).name) }));
}

/** Takes a record of this phone back. */
export async function takeBack(kept: Kept, reason: string): Promise<Kept> {
  return (await takeAllBack([kept], reason))[0]!;
}

/** Takes several back at once: all or none. */
export function takeAllBack(kept: Kept[], reason: string): Promise<Kept[]> {
  return sayAll(kept.map((each) => {
    const { kind: _kind, data: _data, corrects: _corrects, id, at: _at, clock_error: _error, ...where } = each.said;
    return { ...where, kind: "ledger.voided", data: { reason }, corrects: id };
  }));
}

function who(): [Phone, string] {
  if (!duty.phone || !duty.card) throw new Error("Nobody is on duty on this phone.");
  return [duty.phone, duty.card.m];
}

/** What came, or went, while the phone was open; what did not change is not read again. */
async function pulled(change: Change | "everything"): Promise<void> {
  if (!isOpen() || duty.stage !== "open") return;
  if (change === "everything") {
    if (!(await meta("card"))) {
      cardText = undefined; // the phone was revoked
      set({ card: undefined });
    }
    return readAll();
  }
  const before = locks;
  const at = await contact();
  if (before !== locks) return;
  given = new Assignment(change.news, given, change.gone);
  heard = at;
  set({ assignment: withFound(given, duty.own, heard) });
}
