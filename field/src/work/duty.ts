// Who is on duty on this phone, whether it is open, and what it has to work with: one state, which the screens watch.
import { keep, meta } from "../store/base";
import { type Kept, type Saying, everything, onRecord, record, recordAll } from "../store/outbox";
import { contact, contents } from "../store/parts";
import { grow } from "../store/aging";
import { type Card, type Phone, phone as thisPhone } from "../store/phone";
import { isOpen, isSet, seal, shut, triesLeft, unseal } from "../store/vault";
import { onPull } from "../sync/engine";
import { Assignment } from "./assignment";
import { withFound } from "./found";

export type Stage = "loading" | "unfit" | "enrol" | "digits" | "locked" | "open";

export interface Duty {
  stage: Stage;
  phone: Phone | undefined;
  card: Card | undefined;
  assignment: Assignment;
  own: Kept[];
}

const AGING_MS = 600_000;

let duty: Duty = { stage: "loading", phone: undefined, card: undefined, assignment: new Assignment(new Map()), own: [] };
let cardText: string | undefined;
let given = duty.assignment; // as the server gave it, without what this phone found
let heard: number | undefined;
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
  onPull((changed) => void pulled(changed));
  onRecord((kept) => {
    const own = [...duty.own, kept];
    set(kept.said.kind === "registry.found" || kept.said.corrects ? { own, assignment: withFound(given, own, heard) } : { own });
  });
  setInterval(() => void forgetOld(), AGING_MS);
}

/** What was synced long ago is forgotten, also while the phone stays open. */
async function forgetOld(): Promise<void> {
  const limit = (name: string) => given.value<number>(`field.${name}`) ?? 0;
  const limits = { others_h: limit("others_go_after_h"), masked_h: limit("masked_after_h"), gone_h: limit("works_alone_days") * 24 };
  if (isOpen() && given.worker && (await grow((area) => isOwn(area), limits))) set(await readAll());
}

function isOwn(area: string): boolean {
  const own = duty.card?.a ?? "";
  for (let at: string | undefined = area; at; at = given.areas.get(at)?.parent) if (at === own) return true;
  return area.startsWith(own);
}

/** The store is open: everything that the screens need comes into memory. */
export async function opened(): Promise<void> {
  const box = await meta<Parameters<typeof unseal>[0]>("card");
  cardText = box ? await unseal<string>(box).catch(() => undefined) : undefined;
  const phone = await thisPhone();
  set({ stage: "open", phone, card: cardText ? cardOf(cardText) : undefined, ...(await readAll()) });
  await forgetOld();
}

/** What is on the disk. A record that is made while this reads is in nobody's way and stays. */
async function readAll(): Promise<Pick<Duty, "assignment" | "own">> {
  const before = new Set(duty.own);
  given = new Assignment(await contents());
  heard = await contact();
  const read = await everything();
  const ids = new Set(read.map((each) => each.said.id));
  const own = [...read, ...duty.own.filter((each) => !before.has(each) && !ids.has(each.said.id))];
  return { own, assignment: withFound(given, own, heard) };
}

/** Another worker's card lies in the phone from now on. The store must be open. */
export async function takeCard(text: string): Promise<void> {
  await keep("card", await seal(text));
  cardText = text;
  set({ card: cardOf(text) });
}

/** Names leave the memory; the digits are asked for again. */
export async function lock(): Promise<void> {
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

export async function enrolAgain(): Promise<void> {
  set({ stage: "enrol" });
}

/** Says something that happened now, as the worker on duty. Durable when it returns. */
export async function say(saying: Saying): Promise<Kept> {
  const [phone, member] = who();
  return record(phone, member, saying).catch(notSaved);
}

/** Says several things at once: all are kept or none. */
export async function sayAll(sayings: Saying[]): Promise<Kept[]> {
  const [phone, member] = who();
  return recordAll(phone, member, sayings).catch(notSaved);
}

/** The worker must know that nothing was kept: the disk is full, or the browser gave up. */
function notSaved(error: unknown): never {
  dispatchEvent(new CustomEvent("not saved", { detail: String((error as Error).name) }));
  throw error;
}

/** Takes a record of this phone back. */
export async function takeBack(kept: Kept, reason: string): Promise<Kept> {
  const { kind: _kind, data: _data, corrects: _corrects, id, at: _at, clock_error: _error, ...where } = kept.said;
  return say({ ...where, kind: "ledger.voided", data: { reason }, corrects: id });
}

function who(): [Phone, string] {
  if (!duty.phone || !duty.card) throw new Error("Nobody is on duty on this phone.");
  return [duty.phone, duty.card.m];
}

async function pulled(changed: string[]): Promise<void> {
  if (!isOpen()) return;
  if (changed.includes("*") && !(await meta("card"))) {
    cardText = undefined; // the phone was revoked
    set({ card: undefined });
  }
  set(await readAll());
}

/** What a card says; its signature is checked elsewhere (scan/cards.ts). */
export function cardOf(text: string): Card | undefined {
  const [, payload] = text.split(".");
  try {
    const raw = atob((payload ?? "").replaceAll("-", "+").replaceAll("_", "/"));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(raw, (sign) => sign.charCodeAt(0)))) as Card;
  } catch {
    return undefined;
  }
}

