// Contact with the server: what is unsent goes out, what is new comes in; tried again and again until it works.
import { clockError, local, recall } from "../kit/clock";
import { fromOthers, tellOthers } from "../kit/windows";
import { forget, keep, meta } from "../store/database";
import { lastSeq, madeAt, nextUnsent, onRecord, unsentCount } from "../store/outbox";
import { type Change, type Pulled, arrival, contact as lastContact, digests, setContact, take } from "../store/parts";
import { type Phone, forgetParts, forgetPeople, formerPhones, phone as thisPhone } from "../store/phone";
import { Locked, isOpen } from "../store/vault";
import { type Failure, post } from "./api";
import { held, pushAll, rescue } from "./push";
import { tell, tellStored } from "./sending";

const PATIENCE_LOCKED = 15 * 60_000;
const AFTER_RECORD = 800;
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;

let wait = FIRST_WAIT;
let notBefore = 0; // on the steady clock: the server asked to be left alone until then
let planned: { at: number; timer: ReturnType<typeof setTimeout> } | undefined;
let running: Promise<boolean> | undefined;
let again = false; // somebody asked while it ran: there may be something that it passed by
let card: () => string | undefined = () => undefined;
const pullers = new Set<(change: Change | "everything") => void>();

/** Calls back with what a pull has changed; with "everything" where what was synced was taken away. */
export function onPull(puller: (change: Change | "everything") => void): () => void {
  pullers.add(puller);
  return () => pullers.delete(puller);
}

/** Begins: once a page. `whose` gives the card of the worker on duty. */
export async function start(whose: () => string | undefined): Promise<void> {
  card = whose;
  recall(await meta<number>("clock_error"), await lastContact());
  await tellStored();
  onRecord(() => {
    void unsentCount().then((unsent) => tell({ unsent }));
    soon(Math.max(AFTER_RECORD, notBefore - performance.now()));
  });
  fromOthers(() => void tellStored());
  addEventListener("online", () => soon(0));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && soon(0));
  soon(0);
}

/** Makes contact after so many milliseconds, or earlier where that was planned. */
export function soon(ms: number): void {
  const at = performance.now() + ms;
  if (planned && planned.at <= at) return;
  clearTimeout(planned?.timer);
  const timer = setTimeout(() => void contact(), ms);
  planned = { at, timer };
}

/** Makes contact now; true where the server has answered for everything. It never raises. Who asks while it runs hears what comes of it. */
export function contact(): Promise<boolean> {
  clearTimeout(planned?.timer);
  planned = undefined;
  again = running !== undefined;
  running ??= made().finally(() => (running = undefined));
  return running;
}

async function made(): Promise<boolean> {
  const well = await alone(once).catch(stopped);
  const unsent = await unsentCount().catch(() => undefined);
  wait = well ? FIRST_WAIT : Math.min(wait * 2, LONGEST_WAIT);
  const next = again ? AFTER_RECORD : well ? LONGEST_WAIT : wait * (0.5 + Math.random());
  soon(Math.max(next, notBefore - performance.now()));
  tell({ busy: false, ...(unsent === undefined ? {} : { unsent }) });
  return well;
}

/** One window at a time; false where another one is at it. Two at once, where a browser has no locks, do no harm: the server counts each record once. */
function alone(work: () => Promise<boolean>): Promise<boolean> {
  if (!navigator.locks) return work();
  return navigator.locks.request("contact", { ifAvailable: true }, async (mine) => (mine ? work() : false));
}

/** Where the phone locked itself in the middle, the rest waits for the next time. Anything else is the phone's disk. */
function stopped(error: unknown): false {
  if (!(error instanceof Locked)) tell({ trouble: "room", text: "" });
  return false;
}

async function once(): Promise<boolean> {
  const phone = await thisPhone();
  if (!phone) return false;
  tell({ busy: true });
  for (const former of await formerPhones()) await rescue(former);
  if (!isOpen()) return locked(phone);
  const pushed = await pushAll(phone);
  if (pushed !== true) return pushed && failed(phone, pushed);
  return card() === undefined || pull(phone); // no card: it is just being put in
}

/** A locked phone hears whether it was revoked; what it owes goes out as letters when nobody has unlocked it for a while. */
async function locked(phone: Phone): Promise<boolean> {
  const outcome = await post("pull", { card: "", have: {}, state: await state(phone) }, phone);
  if (outcome.is === "refused" && outcome.revoked) return failed(phone, outcome);
  if (outcome.is === "unreached") return failed(phone, outcome);
  const [oldest] = await nextUnsent(phone.device, 1);
  const isFresh = oldest && Math.abs(Date.now() - oldest.made) < PATIENCE_LOCKED; // far ahead: somebody set the clock back
  return !oldest || isFresh || rescue(phone);
}

/** What the phone says of itself at each contact. */
async function state(phone: Phone): Promise<Record<string, unknown>> {
  const persisted = await navigator.storage?.persisted?.().catch(() => false);
  const last = await lastSeq();
  const made = await madeAt(phone.device, last);
  const recorded = made === undefined ? {} : { last_record_at: local(made) };
  return { unsent: await unsentCount(), last_seq: last, app: APP_VERSION, persisted, clock: local(), ...recorded };
}

async function pull(phone: Phone): Promise<boolean> {
  const asked = { card: card() ?? "", have: await digests(), arrival: await arrival(), state: await state(phone) };
  const outcome = await post<Pulled>("pull", asked, phone);
  if (card() !== asked.card) return false; // it was locked or handed over meanwhile: this is somebody else's
  if (outcome.is !== "done") return failed(phone, outcome);
  const change = await take(outcome.content);
  await held(phone, outcome.content.held_to, outcome.content.missing);
  await setContact(Date.now());
  await keep("clock_error", clockError());
  tell({ sentAt: Date.now(), trouble: "none", text: "" });
  if (change.news.size || change.gone.length) changed(change);
  return (await unsentCount()) === 0;
}

function changed(change: Change | "everything"): void {
  for (const puller of pullers) puller(change);
}

async function failed(phone: Phone, outcome: Failure): Promise<false> {
  if (outcome.is === "unreached") {
    notBefore = performance.now() + outcome.after;
    tell({ trouble: "unreached", text: "" });
  } else if (outcome.revoked) {
    await forgetParts();
    await forget("card");
    await rescue(phone);
    tell({ trouble: "revoked", text: outcome.text });
    takenAway();
  } else if (outcome.field === "card") {
    await forgetPeople();
    tell({ trouble: "card", text: outcome.text });
    takenAway();
  } else {
    tell({ trouble: outcome.status === 401 ? "unknown" : "format", text: outcome.text });
  }
  return false;
}

function takenAway(): void {
  changed("everything");
  tellOthers("parts", ["*"]);
}
