// Who this phone is to the server, and whose card lies in it.
import { fromBase64, fromUtf8 } from "../kit/bytes";
import { forget, keep, meta, on } from "./database";

export interface Phone {
  device: string;
  token: string;
  keys: { sealing: string; signing: string };
  enrolled: string; // ISO 8601
}

/** What a card says; see docs/field-app.md. */
export interface Card {
  i: string;
  k: "member" | "shift";
  m: string;
  n: string;
  r: string;
  a: string;
  p: string;
  t: string;
}

/** What a card says; undefined where it is none. Its signature is checked elsewhere (scan/cards.ts). */
export function cardOf(text: string): Card | undefined {
  try {
    return JSON.parse(fromUtf8(fromBase64(text.split(".")[1] ?? ""))) as Card;
  } catch {
    return undefined;
  }
}

export async function phone(): Promise<Phone | undefined> {
  return meta<Phone>("phone");
}

/** The phone is this device from now on. As another device than before it counts from 1 again; what the former owes is still sent. */
export async function setPhone(value: Phone): Promise<void> {
  const before = await phone();
  if (before && before.device !== value.device) {
    await keep("former", [...(await formerPhones()), before]);
    for (const name of ["seq", "held_to"]) await forget(name);
    await forgetParts();
  }
  await keep("phone", value);
}

/** The devices that this phone was before it was enrolled anew. */
export async function formerPhones(): Promise<Phone[]> {
  return (await meta<Phone[]>("former")) ?? [];
}

/** What a record is made with, and what names nobody. */
const WITHOUT_PEOPLE = new Set(["worker", "areas", "pack", "shapes", "campaigns", "places"]);

/** Forgets all people that were synced: recording goes on without them. */
export async function forgetPeople(): Promise<void> {
  for (const name of await on((db) => db.getAllKeys("parts"))) if (!WITHOUT_PEOPLE.has(name)) await on((db) => db.delete("parts", name));
  await forget("arrival");
}

/** Forgets all that was synced; the outbox is never touched. */
export async function forgetParts(): Promise<void> {
  await on((db) => db.clear("parts"));
  await forget("arrival");
}
