// What was synced grows old: without contact the phone forgets step by step whom it knows, and recording never stops.
import { on } from "./database";
import { contact } from "./parts";
import { seal, unsealed } from "./vault";

const HOUR = 3_600_000;

/** After so many hours without contact; the policy pack's `field`. */
export interface Limits {
  others_h: number; // assignments of other areas than that of the worker on duty go
  masked_h: number; // names and telephones go; work goes on by door and code
  gone_h: number; // the register goes
}

export type Age = "fresh" | "others" | "masked" | "gone";

/** How old the assignment is, by the hours since the server was last heard. */
export function ageOf(hours: number, limits: Limits): Age {
  if (hours >= limits.gone_h) return "gone";
  if (hours >= limits.masked_h) return "masked";
  return hours >= limits.others_h ? "others" : "fresh";
}

/** A name as it stands when it is masked: 王**. */
export function masked(name: string): string {
  return name && name[0] + "*".repeat(Math.max(1, [...name].length - 1));
}

interface Register {
  households: string[][];
  persons: unknown[][];
}

/** Forgets what is too old, on the disk too. `own` tells which areas the worker on duty works in. Returns whether anything changed. Raises `Locked`. */
export async function grow(own: (area: string) => boolean, limits: Limits): Promise<boolean> {
  const heard = await contact();
  const age = heard === undefined ? "fresh" : ageOf((Date.now() - heard) / HOUR, limits);
  if (age === "fresh") return false;
  let changed = false;
  for (const part of await on((db) => db.getAll("parts"))) {
    if (!part.name.startsWith("register:")) continue;
    if (age === "gone" || !own(part.name.slice(9))) {
      await on((db) => db.delete("parts", part.name));
      changed = true;
    } else if (age === "masked" && part.digest !== MASKED) {
      const register = await unsealed<Register>(part.box);
      const box = register && (await seal(hidden(register)));
      await on<unknown>((db) => (box ? db.put("parts", { name: part.name, digest: MASKED, box }) : db.delete("parts", part.name)));
      changed = true;
    }
  }
  return changed;
}

const MASKED = "masked"; // no digest of the server's: the next pull brings the part again

function hidden(register: Register): Register {
  const persons = register.persons.map(([code, household, name, _phone, _tail, _mark, _born, sex, category, relation]) => {
    return [code, household, masked(String(name)), "", "", "", 0, sex, category, relation, []];
  });
  return { households: register.households.map((row) => row.slice(0, 8)), persons };
}
