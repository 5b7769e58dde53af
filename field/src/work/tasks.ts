// Deliveries, visits to those who isolate, and the shift: what the server told, with this phone's own records on top.
import { dayAt, meant } from "../kit/clock";
import type { Kept, Said } from "../store/outbox";
import { standing } from "./reached";

export type DeliveryRow = [household: string, person: string, pack: string, ordered: number, delivered: number];
export type DoseRow = [person: string, at: string];
export type IsolationRow = [person: string, measure: string, until: string, periods: string[]];

/** A part of the pull. `known`: which of this phone's own records the rows speak of, and whether each stands there. */
export interface Task<Row> {
  rows: Row[];
  known: [id: string, stands: 0 | 1][];
}

export const NO_TASK = { rows: [], known: [] };

export interface Delivery {
  household: string;
  person: string;
  pack: string;
  left: number;
  isToday: boolean; // something of it came today
}

export interface Visit {
  person: string;
  measure: string;
  until: string;
  periods: string[];
}

/** Where and when the phone is. */
export interface Day {
  offset: string;
  now: number;
}

const KEPT_MS = 7 * 86_400_000;
const NOON = 12;

/** Own records that the rows do not count yet, and those that they count though this phone took them back. */
function changes(own: Kept[], known: Task<unknown>["known"], kinds: string[], now: number): { added: Said[]; taken: Said[] } {
  const told = new Map(known);
  const mine = own.filter(({ said }) => kinds.includes(said.kind));
  const stands = standing(own).filter(({ said }) => kinds.includes(said.kind));
  const ids = new Set(stands.map(({ said }) => said.id));
  const isOld = ({ row }: Kept) => ["accepted", "duplicate"].includes(row.standing) && now - row.made > KEPT_MS;
  return {
    added: stands.filter((each) => !told.has(each.said.id) && !isOld(each)).map(({ said }) => said),
    taken: mine.filter(({ said }) => told.get(said.id) === 1 && !ids.has(said.id)).map(({ said }) => said),
  };
}

/** What is left at each door, in walking order; what came whole stays only on the day. */
export function deliveriesOf(task: Task<DeliveryRow>, own: Kept[], day: Day): Delivery[] {
  const found = new Map<string, Delivery>();
  for (const [household, person, pack, ordered, delivered] of task.rows) {
    const left = ordered - delivered;
    found.set(keyOf(household, person, pack), { household, person, pack, left, isToday: left <= 0 });
  }
  const { added, taken } = changes(own, task.known, ["supplies.ordered", "supplies.delivered"], day.now);
  for (const [said, sign] of [...added.map((each) => [each, 1] as const), ...taken.map((each) => [each, -1] as const)]) {
    const household = said.household ?? "";
    const person = household ? "" : said.person ?? "";
    const pack = String(said.data.pack);
    const key = keyOf(household, person, pack);
    const row = found.get(key) ?? { household, person, pack, left: 0, isToday: false };
    const isDelivery = said.kind === "supplies.delivered";
    const left = row.left + (isDelivery ? -sign : sign) * Number(said.data.quantity ?? 0);
    found.set(key, { ...row, left, isToday: row.isToday || (isDelivery && sign === 1 && isOn(said, day)) });
  }
  return [...found.values()].filter((each) => each.left > 0 || each.isToday);
}

function keyOf(household: string, person: string, pack: string): string {
  return [household, person, pack].join("\n");
}

/** Who isolates, in walking order, with the periods of today in which somebody saw them. */
export function visitsOf(task: Task<IsolationRow>, own: Kept[], day: Day): Visit[] {
  const found = new Map(task.rows.map(([person, measure, until, periods]) => [person, { person, measure, until, periods }]));
  const { added, taken } = changes(own, task.known, ["isolation.ordered", "isolation.checked", "isolation.released"], day.now);
  for (const said of taken) {
    const row = found.get(said.person ?? "");
    if (!row) continue;
    const others = row.periods.filter((each) => each !== periodOf(said, day));
    if (said.kind === "isolation.checked" && isOn(said, day)) found.set(row.person, { ...row, periods: others });
    if (said.kind === "isolation.ordered") found.delete(row.person);
  }
  for (const said of added) {
    const person = said.person ?? "";
    const row = found.get(person);
    const { measure, until } = said.data;
    if (said.kind === "isolation.ordered") found.set(person, { person, measure: String(measure), until: String(until), periods: row?.periods ?? [] });
    else if (said.kind === "isolation.released") found.delete(person);
    else if (row && isOn(said, day)) found.set(person, { ...row, periods: [...new Set([...row.periods, periodOf(said, day)])] });
  }
  return [...found.values()].filter((each) => !isOver(each.until, day));
}

function isOn(said: Said, day: Day): boolean {
  return dayAt(day.offset, meant(said)) === dayAt(day.offset, day.now);
}

function isOver(until: string, day: Day): boolean {
  return until.length === 10 ? until < dayAt(day.offset, day.now) : Date.parse(until) <= day.now;
}

function periodOf(said: Said, day: Day): string {
  return String(said.data.period || periodAt({ ...day, now: meant(said) }));
}

/** Before noon it is the morning's reading. */
export function periodAt(day: Day): "morning" | "evening" {
  const midnight = Date.parse(`${dayAt(day.offset, day.now)}T00:00:00${day.offset}`);
  return day.now - midnight < NOON * 3_600_000 ? "morning" : "evening";
}

/** The sign-in of today that no sign-out follows; undefined where the worker is not on duty. */
export function shiftOf(own: Kept[], member: string, day: Day): Said | undefined {
  const kinds = ["workforce.signed_in", "workforce.signed_out"];
  const words = standing(own).filter(({ said, row }) => row.member === member && kinds.includes(said.kind) && isOn(said, day));
  const last = words.sort((one, other) => meant(one.said) - meant(other.said) || one.row.seq - other.row.seq).at(-1)?.said;
  return last?.kind === "workforce.signed_in" ? last : undefined;
}
