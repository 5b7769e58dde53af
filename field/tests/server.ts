// A plain server of a hundred lines less: what it holds of each device, and a key to open letters with.
import { fromBase64, fromUtf8, toBase64, utf8 } from "../src/kit/bytes";
import type { Phone } from "../src/store/phone";
import type { Letter } from "../src/store/letters";

const CURVE = { name: "ECDH", namedCurve: "P-256" };

export interface Server {
  phone: Phone;
  events: Map<string, Record<string, unknown>>; // by id, the first content
  letters: Letter[];
  online: boolean;
  answered: () => boolean; // whether an answer reaches the phone
  post: (path: string, body: Record<string, unknown>) => Response;
  open: (letter: Letter) => Promise<Record<string, unknown>>;
}

/** A server, and `fetch` that reaches it. */
export async function server(): Promise<Server> {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const sealing = toBase64(await crypto.subtle.exportKey("raw", pair.publicKey));
  const phone: Phone = { device: "D-TEST", token: "t", keys: { sealing, signing: sealing }, enrolled: "2026-11-22T00:00:00Z" };
  const made: Server = {
    phone,
    events: new Map(),
    letters: [],
    online: true,
    answered: () => true,
    post: (path, body) => (path === "push" ? pushed(made, body) : path === "rescue" ? kept(made, body) : pulled(made)),
    open: async (letter) => {
      const theirs = await crypto.subtle.importKey("raw", fromBase64(letter.epk), CURVE, false, []);
      const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, pair.privateKey, 256);
      const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
      const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8("closeknit letter v1") };
      const key = await crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
      const about = utf8(`${phone.device}|${letter.seq}|${letter.member}`);
      return JSON.parse(fromUtf8(await crypto.subtle.decrypt({ name: "AES-GCM", iv: fromBase64(letter.iv), additionalData: about }, key, fromBase64(letter.box))));
    },
  };
  globalThis.fetch = async (address, options) => {
    if (!made.online) throw new TypeError("no network");
    let body = options?.body as string | ArrayBuffer;
    if (typeof body !== "string") body = await new Response(new Blob([body]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
    const answer = made.post(String(address).split("/").at(-1)!, JSON.parse(body));
    if (!made.answered()) throw new TypeError("the answer was lost");
    return answer;
  };
  return made;
}

function pushed(made: Server, body: Record<string, unknown>): Response {
  const answers = (body.events as Record<string, unknown>[]).map((event) => {
    const id = String(event.id);
    if (made.events.has(id)) return { id, status: "duplicate" };
    made.events.set(id, { ...event, member: body.member });
    return { id, status: "accepted" };
  });
  return Response.json({ answers, ...held(made) });
}

function held(made: Server): { held_to: number; missing: number[] } {
  const seqs = new Set([...made.events.values()].map((event) => Number(event.seq)));
  let heldTo = 0;
  while (seqs.has(heldTo + 1)) heldTo += 1;
  const missing: number[] = [];
  for (let seq = heldTo + 1; seq < Math.max(0, ...seqs); seq += 1) if (!seqs.has(seq)) missing.push(seq);
  return { held_to: heldTo, missing };
}

function kept(made: Server, body: Record<string, unknown>): Response {
  made.letters.push(...(body.letters as Letter[]));
  return Response.json({ kept: made.letters.length, new: 0 });
}

function pulled(made: Server): Response {
  return Response.json({ now: new Date().toISOString(), ...held(made), arrival: 1, parts: {}, gone: [], reach: { all: false, rows: [] } });
}

/** A card of a worker, as far as a phone reads it without asking who signed it. */
export function cardText(member: string): string {
  return `CKC1.${toBase64(utf8(JSON.stringify({ i: member, k: "member", m: member, n: member, r: "grid_worker", a: "A", p: "", t: "2030-01-01T00:00:00Z" })))}.AAAA`;
}

/** What the app asks of a page that Node is not; and no contact by itself, so that a test makes the only one. */
export function quiet(): void {
  const page = new EventTarget();
  for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"] as const) Object.assign(globalThis, { [name]: page[name].bind(page) });
  Object.assign(globalThis, { document: new EventTarget() });
  const after = globalThis.setTimeout;
  const patient = (act: () => void, ms = 0) => after(act, ms >= 500 ? 2 ** 30 : ms);
  Object.assign(globalThis, { setTimeout: patient });
}
