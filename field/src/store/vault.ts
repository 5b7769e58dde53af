// What is on the phone is sealed under one data key, and that key under six digits and a key that the browser does not give out.
import { fromUtf8, random, utf8 } from "../kit/bytes";
import { forget, keep, meta } from "./database";

export interface Box {
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

interface Lock {
  salt: Uint8Array<ArrayBuffer>;
  rounds: number;
  holder: CryptoKey; // not extractable
  wrapped: Box;
  tries: number;
}

export type Opening = "open" | "wrong" | "closed";

/** The store is locked: what was wanted of it can be done after the next unlocking. */
export class Locked extends Error {
  constructor() {
    super("The store is locked.");
  }
}

export const MOST_TRIES = 5;
const ROUNDS = 600_000;
const AES = "AES-GCM";

let dataKey: CryptoKey | undefined;

/** Whether the store can be read now. */
export function isOpen(): boolean {
  return dataKey !== undefined;
}

/** Whether six digits were ever set on this phone. */
export async function isSet(): Promise<boolean> {
  return (await meta<Lock>("lock")) !== undefined;
}

/** A new data key under these digits: only for a phone that holds nothing yet, or whose store is lost. */
export async function begin(digits: string): Promise<void> {
  dataKey = await crypto.subtle.generateKey({ name: AES, length: 256 }, true, ["encrypt", "decrypt"]);
  await wrap(digits);
}

/** The same data key under other digits: the phone changes hands while it is open. */
export async function wrap(digits: string): Promise<void> {
  const raw = await crypto.subtle.exportKey("raw", opened());
  const salt = random(16);
  const holder = await crypto.subtle.generateKey({ name: AES, length: 256 }, false, ["encrypt", "decrypt"]);
  const inner = await close(await stretched(digits, salt, ROUNDS), raw);
  const wrapped = await close(holder, joined(inner));
  await keep("lock", { salt, rounds: ROUNDS, holder, wrapped, tries: 0 } satisfies Lock);
}

/** Tries the digits; the try is counted before it is made, so that a killed page gives no try back. */
export async function unlock(digits: string): Promise<Opening> {
  const lock = await meta<Lock>("lock");
  if (!lock || lock.tries >= MOST_TRIES) return "closed";
  await keep("lock", { ...lock, tries: lock.tries + 1 });
  try {
    const inner = parted(await open(lock.holder, lock.wrapped));
    const raw = await open(await stretched(digits, lock.salt, lock.rounds), inner);
    dataKey = await crypto.subtle.importKey("raw", raw, AES, true, ["encrypt", "decrypt"]);
  } catch {
    return lock.tries + 1 >= MOST_TRIES ? "closed" : "wrong";
  }
  await keep("lock", { ...lock, tries: 0 });
  return "open";
}

/** The data key under another key too, a fingerprint's, say. The store must be open. */
export async function wrapUnder(key: CryptoKey): Promise<Box> {
  return close(key, await crypto.subtle.exportKey("raw", opened()));
}

/** Opens the store with that other key. Raises where it is not the one. */
export async function unlockWith(key: CryptoKey, wrapped: Box): Promise<void> {
  dataKey = await crypto.subtle.importKey("raw", await open(key, wrapped), AES, true, ["encrypt", "decrypt"]);
}

/** Tries that are left before the clerk must enrol the phone again. */
export async function triesLeft(): Promise<number> {
  const lock = await meta<Lock>("lock");
  return lock ? MOST_TRIES - lock.tries : MOST_TRIES;
}

/** The data key leaves the memory. */
export function shut(): void {
  dataKey = undefined;
}

/** The lock is forgotten, and with it everything that was sealed under it. */
export async function discard(): Promise<void> {
  shut();
  await forget("lock");
}

/** The value, sealed. Raises `Locked` where the store is locked. */
export async function seal(value: unknown): Promise<Box> {
  return close(opened(), utf8(JSON.stringify(value)));
}

/** Seals as `seal` does now, also after the phone has locked itself: for an answer to what was asked before. Raises `Locked`. */
export function sealer(): (value: unknown) => Promise<Box> {
  const key = opened();
  return (value) => close(key, utf8(JSON.stringify(value)));
}

/** The value of a box. Raises `Locked` where the store is locked, something else where the box was altered or is of an earlier lock. */
export async function unseal<Value>(box: Box): Promise<Value> {
  return JSON.parse(fromUtf8(await open(opened(), box))) as Value;
}

/** The same; undefined for a box that this lock does not open. That the store is locked still raises: it says nothing of the box. */
export async function unsealed<Value>(box: Box): Promise<Value | undefined> {
  const key = opened();
  try {
    return JSON.parse(fromUtf8(await open(key, box))) as Value;
  } catch {
    return undefined;
  }
}

function opened(): CryptoKey {
  if (!dataKey) throw new Locked();
  return dataKey;
}

async function close(key: CryptoKey, bytes: BufferSource): Promise<Box> {
  const iv = random(12);
  return { iv, bytes: await crypto.subtle.encrypt({ name: AES, iv }, key, bytes) };
}

async function open(key: CryptoKey, box: Box): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt({ name: AES, iv: box.iv }, key, box.bytes);
}

async function stretched(digits: string, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey("raw", utf8(digits), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", salt, iterations: rounds, hash: "SHA-256" };
  return crypto.subtle.deriveKey(how, base, { name: AES, length: 256 }, false, ["encrypt", "decrypt"]);
}

function joined(box: Box): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(12 + box.bytes.byteLength);
  all.set(box.iv);
  all.set(new Uint8Array(box.bytes), 12);
  return all;
}

function parted(raw: ArrayBuffer): Box {
  return { iv: new Uint8Array(raw.slice(0, 12)), bytes: raw.slice(12) };
}
