// What is unsent goes out: as records while the phone is open, as letters where it cannot.
import { local } from "../kit/clock";
import { type Answer, prune, rescued, sendAgain, settle } from "../store/answers";
import { type Row, keep } from "../store/database";
import { type Said, lettersLeft, nextUnsent, unsentCount } from "../store/outbox";
import type { Phone } from "../store/phone";
import { sealer, unsealed } from "../store/vault";
import { type Failure, post } from "./api";
import { tell } from "./sending";

const BATCH = 200;
const MOST_SIGNS = 400_000;

/** Sends everything. True where the server has answered for all of it; what was in the way where it is known. Raises `Locked`. */
export async function pushAll(phone: Phone): Promise<boolean | Failure> {
  let most = BATCH;
  for (;;) {
    const seal = sealer(); // the phone may lock itself before the answer is here
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
      const alone = events.length === 1 ? rows.filter((row) => row.seq === events[0]!.seq) : [];
      if (alone.length && !(await rescue(phone, alone))) return false; // one that no push can carry must not hold back the others
      most = Math.max(1, Math.floor(events.length / 2));
      continue;
    }
    if (outcome.is !== "done") return outcome;
    await settle(outcome.content.answers, seal);
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
    const said = await unsealed<Said>(row.own);
    if (!said) continue;
    size += JSON.stringify(said).length;
    if (events.length && size > MOST_SIGNS) break;
    events.push({ seq: row.seq, ...said });
  }
  return events;
}

/** The server holds everything up to a number and misses these above it. Raises `Locked`. */
export async function held(phone: Phone, heldTo: number, missing: number[]): Promise<void> {
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
