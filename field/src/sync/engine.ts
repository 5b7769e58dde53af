// Contact with the server: what is unsent goes out, what is new comes in; tried again and again until it works.
import { clockError, local, recall } from "../kit/clock";
import { type Row, forget, keep, meta } from "../store/base";
import { type Answer, type Said, lastSeq, lettersLeft, nextUnsent, onRecord, prune, rescued, sendAgain, settle, unsentCount } from "../store/outbox";
import { type Pulled, arrival, digests, setContact, take } from "../store/parts";
import { type Phone, forgetParts, formerPhones, phone as thisPhone } from "../store/phone";
import { isOpen, unseal } from "../store/vault";
import { post } from "./api";

export type Trouble = "none" | "unreached" | "unknown" | "revoked" | "card" | "format";

/** What the foot of every screen says about sending. */
export interface Sending {
  busy: boolean;
  unsent: number;
  sentAt: number | undefined; // ms, when the server last answered
  heldTo: number;
  lost: number[]; // numbers that the server misses and that are on this phone no more
  trouble: Trouble;
  text: string; // the server's own sentence about the trouble
}

export const BATCH = 200;
const MOST_SIGNS = 400_000;
const PATIENCE_LOCKED = 15 * 60_000;
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;

let sending: Sending = { busy: false, unsent: 0, sentAt: undefined, heldTo: 0, lost: [], trouble: "none", text: "" };
let wait = FIRST_WAIT;
let timer: ReturnType<typeof setTimeout> | undefined;
let card: () => string | undefined = () => undefined;
const watchers = new Set<(sending: Sending) => void>();
const pullers = new Set<(changed: string[]) => void>();

export function watch(watcher: (sending: Sending) => void): () => void {
  watchers.add(watcher);
  watcher(sending);
  return () => watchers.delete(watcher);
}

/** Calls back with the names of the parts that a pull has changed. */
export function onPull(puller: (changed: string[]) => void): () => void {
  pullers.add(puller);
  return () => pullers.delete(puller);
}

function tell(change: Partial<Sending>): void {
  sending = { ...sending, ...change };
  for (const watcher of watchers) watcher(sending);
}

/** Begins: once a page. `whose` gives the card of the worker on duty. */
export async function start(whose: () => string | undefined): Promise<void> {
  card = whose;
  recall(await meta<number>("clock_error"));
  tell({ unsent: await unsentCount(), sentAt: await meta<number>("contact"), heldTo: (await meta<number>("held_to")) ?? 0 });
  onRecord(() => {
    void unsentCount().then((unsent) => tell({ unsent }));
    soon(800);
  });
  addEventListener("online", () => soon(0));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && soon(0));
  soon(0);
}

/** Makes contact after so many milliseconds, or earlier where that was planned. */
export function soon(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void contact(), ms);
}

/** Makes contact now. One window at a time does it; true where the server has answered for everything. */
export async function contact(): Promise<boolean> {
  const well = await navigator.locks.request("contact", { ifAvailable: true }, async (mine) => (mine ? once() : false));
  wait = well ? FIRST_WAIT : Math.min(wait * 2, LONGEST_WAIT);
  soon(well ? LONGEST_WAIT : wait * (0.5 + Math.random()));
  tell({ busy: false, unsent: await unsentCount() });
  return well;
}

async function once(): Promise<boolean> {
  const phone = await thisPhone();
  if (!phone) return false;
  tell({ busy: true });
  for (const former of await formerPhones()) await rescue(former);
  if (!isOpen()) return locked(phone);
  return (await pushAll(phone)) && (card() === undefined || (await pull(phone))); // no card: it is just being put in
}

/** A locked phone hears whether it was revoked; what it owes goes out as letters when nobody has unlocked it for a while. */
async function locked(phone: Phone): Promise<boolean> {
  const outcome = await post("pull", { card: "", have: {}, state: await state() }, phone);
  if (outcome.is === "refused" && outcome.revoked) return failed(phone, outcome);
  if (outcome.is === "unreached") return false;
  const [oldest] = await nextUnsent(phone.device, 1);
  return !oldest || Date.now() - oldest.made < PATIENCE_LOCKED || rescue(phone);
}

/** What the phone says of itself at each contact. */
async function state(): Promise<Record<string, unknown>> {
  return { unsent: await unsentCount(), last_seq: await lastSeq(), app: APP_VERSION, persisted: await navigator.storage?.persisted?.(), clock: local() };
}

async function pushAll(phone: Phone): Promise<boolean> {
  let most = BATCH;
  for (;;) {
    const rows = await nextUnsent(phone.device, most);
    const first = rows[0];
    if (!first) return true;
    const events = await readable(rows);
    if (events.length === 0) {
      if (!(await rescue(phone, rows))) return false; // sealed under an earlier lock: only the server can read them
      continue;
    }
    const push = { v: 1, device: phone.device, member: first.member, pushed_at: local(), events };
    const outcome = await post<{ answers: Answer[]; held_to: number; missing: number[] }>("push", push, phone);
    if (outcome.is === "refused" && outcome.field !== "device" && outcome.status !== 401) {
      if (events.length === 1 && !(await rescue(phone, rows))) return false; // one that no push can carry must not hold back the others
      most = Math.max(1, Math.floor(events.length / 2));
      continue;
    }
    if (outcome.is !== "done") return failed(phone, outcome);
    await settle(outcome.content.answers);
    await held(phone, outcome.content.held_to, outcome.content.missing);
    if (outcome.content.answers.length === 0) return false;
    most = BATCH;
  }
}

/** The records of these rows, as many as one push should carry over a bad link. */
async function readable(rows: Row[]): Promise<(Said & { seq: number })[]> {
  const events: (Said & { seq: number })[] = [];
  let size = 0;
  for (const row of rows) {
    const said = await unseal<Said>(row.own).catch(() => undefined);
    if (!said) continue;
    size += JSON.stringify(said).length;
    if (events.length && size > MOST_SIGNS) break;
    events.push({ seq: row.seq, ...said });
  }
  return events;
}

async function pull(phone: Phone): Promise<boolean> {
  const asked = { card: card() ?? "", have: await digests(), arrival: await arrival(), state: await state() };
  const outcome = await post<Pulled>("pull", asked, phone);
  if (outcome.is !== "done") return failed(phone, outcome);
  const changed = await take(outcome.content);
  await held(phone, outcome.content.held_to, outcome.content.missing);
  await setContact(Date.now());
  await keep("clock_error", clockError());
  tell({ sentAt: Date.now(), trouble: "none", text: "" });
  if (changed.length) for (const puller of pullers) puller(changed);
  return (await unsentCount()) === 0;
}

async function held(phone: Phone, heldTo: number, missing: number[]): Promise<void> {
  await keep("held_to", heldTo);
  const lost = await sendAgain(phone, missing);
  tell({ heldTo, lost, unsent: await unsentCount(), sentAt: Date.now() });
  await prune(phone.device, heldTo);
}

/** The letters of these rows, of everything unsent where none are named, go to the server, which keeps them for the clerk. */
export async function rescue(phone: Phone, rows?: Row[]): Promise<boolean> {
  const letters = rows ? rows.flatMap((row) => row.letter ?? []) : await lettersLeft(phone.device);
  for (let from = 0; from < letters.length; from += BATCH) {
    const some = letters.slice(from, from + BATCH);
    const outcome = await post("rescue", { v: 1, device: phone.device, made_at: local(), letters: some }, phone);
    if (outcome.is !== "done") return false;
    await rescued(phone.device, some.map((each) => each.seq));
  }
  tell({ unsent: await unsentCount() });
  return true;
}

async function failed(phone: Phone, outcome: Exclude<Awaited<ReturnType<typeof post>>, { is: "done" }>): Promise<false> {
  if (outcome.is === "unreached") {
    if (outcome.after) wait = Math.max(wait, outcome.after);
    tell({ trouble: "unreached", text: "" });
  } else if (outcome.revoked) {
    await forgetParts();
    await forget("card");
    await rescue(phone);
    tell({ trouble: "revoked", text: outcome.text });
    for (const puller of pullers) puller(["*"]);
  } else if (outcome.field === "card") {
    await forgetParts();
    tell({ trouble: "card", text: outcome.text });
    for (const puller of pullers) puller(["*"]);
  } else {
    tell({ trouble: outcome.status === 401 ? "unknown" : "format", text: outcome.text });
  }
  return false;
}
