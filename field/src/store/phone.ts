// Who this phone is to the server, and whose card lies in it.
import { base, forget, keep, meta } from "./base";

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

export async function phone(): Promise<Phone | undefined> {
  return meta<Phone>("phone");
}

export async function setPhone(value: Phone): Promise<void> {
  await keep("phone", value);
}

/** The codes of the phone alone: what a locked screen may show. Names are sealed with the card. */
export async function forgetPhone(): Promise<void> {
  await forget("phone");
}

/** Forgets all that was synced; the outbox is never touched. */
export async function forgetParts(): Promise<void> {
  await (await base()).clear("parts");
  await forget("arrival");
}
