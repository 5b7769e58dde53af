// What a scanned or typed text is. A text that is not ours says so; nothing is guessed.
import { idNumber } from "./fold";

export type Scanned =
  | { is: "enrol"; code: string }
  | { is: "card"; text: string }
  | { is: "person"; code: string }
  | { is: "household"; code: string }
  | { is: "place"; code: string }
  | { is: "id"; number: string }
  | { is: "tube"; code: string }
  | { is: "damaged"; text: string } // one of ours, with a wrong check character
  | { is: "other"; text: string };

const OURS = /^CK([PHV])1:([^:]{1,80}):([0-9A-Z])$/;
const TUBE = /^[A-Z0-9][A-Z0-9-]{3,39}$/;
const OUR_TUBE = /^CT[0-9A-Z]{6,20}$/;

/** What a text is. Tubes are the labels of any maker; those that Closeknit prints (CT…) end in a check character. */
export function read(text: string): Scanned {
  const plain = text.normalize("NFKC").trim();
  const enrol = /#enrol=([\w-]{16,})$/.exec(plain);
  if (enrol) return { is: "enrol", code: enrol[1]! };
  if (plain.startsWith("CKC1.")) return { is: "card", text: plain };
  const ours = OURS.exec(plain);
  if (ours) {
    const [, letter, code, check] = ours as unknown as [string, "P" | "H" | "V", string, string];
    if (checkCharacter(code) !== check) return { is: "damaged", text: plain };
    return { is: ({ P: "person", H: "household", V: "place" } as const)[letter], code };
  }
  const id = idNumber(plain);
  if (/^\d{17}[\dX]$/.test(id) && id.length === plain.replace(/\s/g, "").length) return { is: "id", number: id };
  const upper = plain.toUpperCase();
  if (OUR_TUBE.test(upper))
    return checkCharacter(upper.slice(0, -1)) === upper.at(-1) ? { is: "tube", code: upper } : { is: "damaged", text: upper };
  if (TUBE.test(upper)) return { is: "tube", code: upper };
  return { is: "other", text: plain };
}

/** A code of ours as it is printed: `CKP1:<code>:<check>`. */
export function printed(letter: "P" | "H" | "V", code: string): string {
  return `CK${letter}1:${code}:${checkCharacter(code)}`;
}

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The check character of ISO 7064, MOD 37,36, over the digits and letters of a code. */
export function checkCharacter(code: string): string {
  let sum = 36;
  for (const sign of code.toUpperCase()) {
    const value = SIGNS.indexOf(sign);
    if (value < 0) continue;
    sum = (sum + value) % 36 || 36;
    sum = (sum * 2) % 37;
  }
  return SIGNS[(37 - sum) % 36]!;
}
