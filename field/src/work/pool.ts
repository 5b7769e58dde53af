// The sampling table: what a scan does to the pool that is open. Decided from values alone; the records are made elsewhere.
import { meantAt } from "../kit/clock";
import type { Kept, Saying } from "../store/outbox";
import { standing } from "./reached";

/** Where one samples, for which round, and how many swabs go into a tube. */
export interface Table {
  round: string;
  place: string; // empty at home
  mode: "site" | "home";
  station: number;
  size: number;
}

export interface Swab {
  person: string;
  at: string;
  kept: Kept;
}

/** A tube that this phone has put somebody into. */
export interface Pool {
  tube: string;
  size: number;
  round: string;
  place: string;
  swabs: Swab[]; // each person once, in the order in which they came
  sealed: Kept | undefined;
  handed: boolean;
}

/** What the table waits for: the tube that is open, and who waits for one. Both empty at the beginning. */
export interface Stand {
  tube: string;
  waiting: string;
}

export type Step =
  | { does: "await_tube"; person: string; instead: string } // `instead`: who waited before and is in no tube
  | { does: "open"; tube: string; left: string } // `left`: the tube that was open and is not sealed
  | { does: "bind"; person: string; tube: string; size: number; count: number; seals: boolean }
  | { does: "is_open"; tube: string; count: number } // the tube in use, scanned once more
  | { does: "is_in"; person: string; tube: string } // the last person, scanned once more
  | { does: "refuse"; tube: string; why: "sealed" | "full" | "elsewhere"; pool: Pool };

/** The tubes of this phone by their code, as its standing records tell them. */
export function poolsOf(own: Kept[]): Map<string, Pool> {
  const pools = new Map<string, Pool>();
  const records = standing(own);
  for (const kept of records) {
    const { said } = kept;
    if (said.kind !== "testing.sampled" || !said.person) continue;
    const tube = String(said.data.tube);
    const pool = pools.get(tube) ?? {
      tube,
      size: Number(said.data.pool),
      round: String(said.data.round ?? ""),
      place: said.place ?? "",
      swabs: [],
      sealed: undefined,
      handed: false,
    };
    if (!pool.swabs.some((swab) => swab.person === said.person)) pool.swabs.push({ person: said.person, at: meantAt(said), kept });
    pools.set(tube, pool);
  }
  for (const kept of records) {
    if (kept.said.kind === "testing.tube_sealed") {
      const pool = pools.get(String(kept.said.data.tube));
      if (pool) pool.sealed = kept;
    }
    if (kept.said.kind === "testing.handed_over")
      for (const tube of kept.said.data.tubes as string[]) if (pools.has(tube)) pools.get(tube)!.handed = true;
  }
  return pools;
}

/** A person is at the table, and nothing speaks against them any more. */
export function onPerson(person: string, stand: Stand, table: Table, pools: Map<string, Pool>): Step {
  if (!stand.tube) return { does: "await_tube", person, instead: stand.waiting === person ? "" : stand.waiting };
  const pool = pools.get(stand.tube);
  if (pool?.swabs.some((swab) => swab.person === person)) return { does: "is_in", person, tube: stand.tube };
  return bound(person, stand.tube, table, pool);
}

/** A tube is at the table. Before a person it opens a pool, or changes to another one: that is no mistake. */
export function onTube(tube: string, stand: Stand, table: Table, pools: Map<string, Pool>): Step {
  const pool = pools.get(tube);
  if (pool?.sealed) return { does: "refuse", tube, why: "sealed", pool };
  if (pool && (pool.round !== table.round || pool.place !== table.place)) return { does: "refuse", tube, why: "elsewhere", pool };
  if (pool && pool.swabs.length >= pool.size) return { does: "refuse", tube, why: "full", pool };
  if (stand.waiting) return bound(stand.waiting, tube, table, pool);
  if (tube === stand.tube) return { does: "is_open", tube, count: pool?.swabs.length ?? 0 };
  return { does: "open", tube, left: pools.get(stand.tube)?.swabs.length ? stand.tube : "" };
}

function bound(person: string, tube: string, table: Table, pool: Pool | undefined): Step {
  const size = pool?.size ?? table.size;
  const count = (pool?.swabs.length ?? 0) + 1;
  return { does: "bind", person, tube, size, count, seals: count >= size };
}

/** What the table waits for after a step. */
export function after(step: Step, stand: Stand): Stand {
  if (step.does === "await_tube") return { ...stand, waiting: step.person };
  if (step.does === "open") return { tube: step.tube, waiting: "" };
  if (step.does === "bind") return { tube: step.seals ? "" : step.tube, waiting: "" };
  return stand;
}

/** The records of a binding: the swab, and the seal where the tube is full with it. `area` is where it happened. */
export function sayingsOf(step: Step & { does: "bind" }, table: Table, area: string): Saying[] {
  const { person, tube, size, count, seals } = step;
  const data = { tube, pool: size, round: table.round, mode: table.mode, ...(table.station ? { station: table.station } : {}) };
  const swab = { kind: "testing.sampled", area, person, ...at(table.place), data };
  return seals ? [swab, sealing(tube, count, table.place, area)] : [swab];
}

export function sealing(tube: string, count: number, place: string, area: string): Saying {
  return { kind: "testing.tube_sealed", area, ...at(place), data: { tube, count } };
}

function at(place: string): { place?: string } {
  return place ? { place } : {};
}

/** The pools of a table, the latest first. */
export function ofTable(pools: Map<string, Pool>, table: Table): Pool[] {
  const mine = [...pools.values()].filter((pool) => pool.round === table.round && pool.place === table.place);
  return mine.sort((one, other) => latest(other).localeCompare(latest(one)));
}

function latest(pool: Pool): string {
  return pool.sealed?.said.id ?? pool.swabs.at(-1)?.kept.said.id ?? ""; // ids are in the order of time
}

/** What undoing takes back at a table: the last swab, with the seal that it made; or the seal alone, where that came by hand. */
export function lastAct(pools: Map<string, Pool>, table: Table): { pool: Pool; person: string; takes: Kept[] } | undefined {
  const pool = ofTable(pools, table).find((each) => !each.handed && each.swabs.length);
  if (!pool) return undefined;
  const swab = pool.swabs.at(-1)!;
  const byHand = pool.sealed !== undefined && pool.swabs.length < pool.size;
  if (byHand) return { pool, person: "", takes: [pool.sealed!] };
  return { pool, person: swab.person, takes: pool.sealed ? [pool.sealed, swab.kept] : [swab.kept] };
}
