// Unlocking by fingerprint: the phone's own authenticator gives a secret (WebAuthn PRF) under which the data key is wrapped as well.
import { random, utf8 } from "../kit/bytes";
import { forget, keep, meta } from "./database";
import { type Box, unlockWith, wrapUnder } from "./vault";

interface Finger {
  id: ArrayBuffer;
  salt: Uint8Array<ArrayBuffer>;
  wrapped: Box;
}

interface Prf {
  prf?: { enabled?: boolean; results?: { first?: BufferSource } };
}

const PATIENCE = 60_000;

/** Whether this phone has a fingerprint reader, or a face, that a browser may ask. */
export async function canFinger(): Promise<boolean> {
  return (await globalThis.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable?.().catch(() => false)) ?? false;
}

export async function hasFinger(): Promise<boolean> {
  return (await meta<Finger>("finger")) !== undefined;
}

/** From now on a fingerprint opens the store too. False where the phone cannot give the secret. The store must be open. */
export async function addFinger(device: string): Promise<boolean> {
  const salt = random(32);
  const made = (await navigator.credentials.create({
    publicKey: {
      challenge: random(32),
      rp: { name: "Closeknit" },
      user: { id: random(16), name: device, displayName: device },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
      authenticatorSelection: { authenticatorAttachment: "platform", userVerification: "required", residentKey: "preferred" },
      extensions: { prf: { eval: { first: salt } } } as AuthenticationExtensionsClientInputs,
      timeout: PATIENCE,
    },
  })) as PublicKeyCredential | null;
  if (!made) return false;
  const secret = (made.getClientExtensionResults() as Prf).prf?.results?.first ?? (await asked(made.rawId, salt));
  if (!secret) return false;
  await keep("finger", { id: made.rawId, salt, wrapped: await wrapUnder(await keyOf(secret)) } satisfies Finger);
  return true;
}

/** Asks for the fingerprint and opens the store; false where it was not given. */
export async function unlockByFinger(): Promise<boolean> {
  const finger = await meta<Finger>("finger");
  if (!finger) return false;
  try {
    const secret = await asked(finger.id, finger.salt);
    if (!secret) return false;
    await unlockWith(await keyOf(secret), finger.wrapped);
    return true;
  } catch {
    return false;
  }
}

/** At a hand-over, and when the lock is lost: the last worker's finger opens nothing more. */
export async function forgetFinger(): Promise<void> {
  await forget("finger");
}

async function asked(id: ArrayBuffer, salt: Uint8Array<ArrayBuffer>): Promise<BufferSource | undefined> {
  const got = (await navigator.credentials.get({
    publicKey: {
      challenge: random(32),
      allowCredentials: [{ type: "public-key", id }],
      userVerification: "required",
      extensions: { prf: { eval: { first: salt } } } as AuthenticationExtensionsClientInputs,
      timeout: PATIENCE,
    },
  })) as PublicKeyCredential | null;
  return (got?.getClientExtensionResults() as Prf | undefined)?.prf?.results?.first;
}

async function keyOf(secret: BufferSource): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8("closeknit finger v1") };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}
