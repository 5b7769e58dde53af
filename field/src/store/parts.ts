// What the server gave this phone to work with: the parts of the assignment, sealed, and how old they may get.
import { tellOthers } from "../kit/windows";
import { type Part, forget, keep, meta, on } from "./database";
import { seal, unsealed } from "./vault";

export type ReachRow = [campaign: string, code: string, outcome: string, reached: 0 | 1, tries: number, at: string];

export interface Pulled {
  now: string;
  held_to: number;
  missing: number[];
  arrival: number;
  parts: Record<string, { digest: string; content: unknown }>;
  gone: string[];
  reach: { all: boolean; rows: ReachRow[] };
}

/** What a pull changed: the parts that are new, with their content, and the names of those that are gone. */
export interface Change {
  news: Map<string, unknown>;
  gone: string[];
}

/** Names and digests of what is here: the phone's side of a pull. */
export async function digests(): Promise<Record<string, string>> {
  const parts = await on((db) => db.getAll("parts"));
  return Object.fromEntries(parts.filter((part) => part.name !== "reach").map((part) => [part.name, part.digest]));
}

/** Every part, opened. One that this lock does not open is forgotten, so that the next pull brings it again. Raises `Locked`. */
export async function contents(): Promise<Map<string, unknown>> {
  return opened(await on((db) => db.getAll("parts")));
}

/** The parts of these names as another window has left them. Raises `Locked`. */
export async function changeOf(names: string[]): Promise<Change> {
  const parts = await on((db) => Promise.all(names.map((name) => db.get("parts", name))));
  const news = await opened(parts.filter((part) => part !== undefined));
  return { news, gone: names.filter((name) => !news.has(name)) };
}

async function opened(parts: Part[]): Promise<Map<string, unknown>> {
  const found = await Promise.all(parts.map(async (part) => [part.name, await unsealed(part.box)] as const));
  const lost = found.filter(([, content]) => content === undefined).map(([name]) => name);
  for (const name of lost) await on((db) => db.delete("parts", name));
  if (lost.includes("reach")) await forget("arrival");
  return new Map(found.filter(([name]) => !lost.includes(name)));
}

/** Takes a pull in, all of it or nothing. Raises `Locked`; then the next pull brings the same. */
export async function take(pulled: Pulled): Promise<Change> {
  const news = new Map<string, unknown>(Object.entries(pulled.parts).map(([name, part]) => [name, part.content]));
  const reach = await merged(pulled);
  if (reach) news.set("reach", reach);
  const digest = (name: string) => pulled.parts[name]?.digest ?? "";
  const parts = await Promise.all([...news].map(async ([name, content]) => ({ name, digest: digest(name), box: await seal(content) })));
  await on(async (db) => {
    const all = db.transaction(["parts", "meta"], "readwrite", { durability: "strict" });
    for (const part of parts) await all.objectStore("parts").put(part);
    for (const name of pulled.gone) await all.objectStore("parts").delete(name);
    await all.objectStore("meta").put(pulled.arrival, "arrival");
    await all.done;
  });
  const names = [...news.keys(), ...pulled.gone];
  if (names.length) tellOthers("parts", names);
  return { news, gone: pulled.gone };
}

/** The reach of targets with what is new in it; undefined where nothing is. */
async function merged(pulled: Pulled): Promise<ReachRow[] | undefined> {
  if (!pulled.reach.all && pulled.reach.rows.length === 0) return undefined;
  const before = pulled.reach.all ? undefined : await on((db) => db.get("parts", "reach"));
  const rows = new Map<string, ReachRow>();
  for (const row of (before && (await unsealed<ReachRow[]>(before.box))) ?? []) rows.set(`${row[0]}|${row[1]}`, row);
  for (const row of pulled.reach.rows) {
    if (row[4] === 0) rows.delete(`${row[0]}|${row[1]}`);
    else rows.set(`${row[0]}|${row[1]}`, row);
  }
  return [...rows.values()];
}

export async function arrival(): Promise<number | undefined> {
  return meta<number>("arrival");
}

export async function setContact(at: number): Promise<void> {
  await keep("contact", at);
}

/** When the server was last heard, ms by the phone's clock. */
export async function contact(): Promise<number | undefined> {
  return meta<number>("contact");
}
