// ID numbers on the phone: whether one can be right, what it tells of its bearer, and whose it is, by its mark alone.
import { fromBase64, toBase64, utf8 } from "../kit/bytes";
import type { Assignment, Person } from "./assignment";

const MARK_BYTES = 9;
const CHECK = "10X98765432";

export type Fault = "form" | "date" | "check";

/** The 18-character form of a number as it was typed or scanned: that of before 1999 gets its century and check digit (GB 11643-1999). */
export function fullNumber(number: string): string {
  if (!/^\d{15}$/.test(number)) return number;
  const first = `${number.slice(0, 6)}19${number.slice(6)}`;
  return first + checkDigit(first);
}

function checkDigit(first17: string): string {
  let sum = 0;
  for (const [place, sign] of [...first17].entries()) sum += Number(sign) * (2 ** (17 - place) % 11);
  return CHECK[sum % 11]!;
}

/** What is wrong with an ID number; undefined where it can be one. */
export function faultOf(number: string): Fault | undefined {
  if (!/^\d{17}[\dX]$/.test(number)) return "form";
  if (checkDigit(number.slice(0, 17)) !== number[17]) return "check";
  return birthDate(number) ? undefined : "date";
}

/** The day of birth that a number tells, as 1950-01-31; undefined where there is no such day. */
export function birthDate(number: string): string | undefined {
  const day = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const read = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day) ? day : undefined;
}

/** The mark under which the register of this phone has an ID number; `key` as the `worker` part has it (docs/field-app.md). */
export async function markOf(number: string, key: string): Promise<string> {
  const secret = await crypto.subtle.importKey("raw", fromBase64(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const whole = await crypto.subtle.sign("HMAC", secret, utf8(number));
  return toBase64(whole.slice(0, MARK_BYTES));
}

/** Whose number it is; undefined where nobody on this phone has it. */
export async function bearerOf(number: string, assignment: Assignment): Promise<Person | undefined> {
  const key = assignment.worker?.marks;
  return key ? assignment.byMark.get(await markOf(number, key)) : undefined;
}
