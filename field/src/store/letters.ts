// A record as a letter that only the server can open: what goes out where the phone is locked, revoked, or has no network at all.
import { fromBase64, toBase64, utf8 } from "../kit/bytes";

export interface Letter {
  seq: number;
  member: string;
  epk: string;
  iv: string;
  box: string;
}

interface Sealer {
  server: string;
  epk: string;
  key: CryptoKey;
}

const CURVE = { name: "ECDH", namedCurve: "P-256" };
let sealer: Sealer | undefined;

/** The event as a letter to the server whose public key (P-256, raw, base64url) is given. One ephemeral key serves a session. */
export async function letter(event: unknown, to: { server: string; device: string; seq: number; member: string }): Promise<Letter> {
  if (sealer?.server !== to.server) sealer = await prepared(to.server);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const about = utf8(`${to.device}|${to.seq}|${to.member}`);
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: about }, sealer.key, utf8(JSON.stringify(event)));
  return { seq: to.seq, member: to.member, epk: sealer.epk, iv: toBase64(iv), box: toBase64(box) };
}

async function prepared(server: string): Promise<Sealer> {
  const pair = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const theirs = await crypto.subtle.importKey("raw", fromBase64(server), CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, pair.privateKey, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8("closeknit letter v1") };
  const key = await crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  return { server, epk: toBase64(await crypto.subtle.exportKey("raw", pair.publicKey)), key };
}
