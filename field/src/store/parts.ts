// What the server gave this phone to work with: the parts of the assignment, sealed, and how old they may get.
import { type Part, base, keep, meta } from "./base";
import { seal, unseal } from "./vault";

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

/** Names and digests of what is here: the phone's side of a pull. */
export async function digests(): Promise<Record<string, string>> {
  const parts = await (await base()).getAll("parts");
  return Object.fromEntries(parts.filter((part) => part.name !== "reach").map((part) => [part.name, part.digest]));
}

/** Every part, opened. */
export async function contents(): Promise<Map<string, unknown>> {
  const parts = await (await base()).getAll("parts");
  return new Map(await Promise.all(parts.map(async (part) => [part.name, await unseal(part.box)] as const)));
}

/** Takes a pull in, all of it or nothing; returns the names of the parts that changed. */
export async function take(pulled: Pulled): Promise<string[]> {
  const news: Part[] = [];
  for (const [name, part] of Object.entries(pulled.parts)) news.push({ name, digest: part.digest, box: await seal(part.content) });
  const reach = await merged(pulled);
  if (reach) news.push(reach);
  const all = (await base()).transaction(["parts", "meta"], "readwrite", { durability: "strict" });
  for (const part of news) await all.objectStore("parts").put(part);
  for (const name of pulled.gone) await all.objectStore("parts").delete(name);
  await all.objectStore("meta").put(pulled.arrival, "arrival");
  await all.done;
  return [...news.map((part) => part.name), ...pulled.gone];
}

async function merged(pulled: Pulled): Promise<Part | undefined> {
  const before = await (await base()).get("parts", "reach");
  if (!pulled.reach.all && pulled.reach.rows.length === 0) return undefined;
  const rows = new Map<string, ReachRow>();
  if (before && !pulled.reach.all) for (const row of await unseal<ReachRow[]>(before.box)) rows.set(`${row[0]}|${row[1]}`, row);
  for (const row of pulled.reach.rows) {
    if (row[4] === 0) rows.delete(`${row[0]}|${row[1]}`);
    else rows.set(`${row[0]}|${row[1]}`, row);
  }
  return { name: "reach", digest: "", box: await seal([...rows.values()]) };
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
