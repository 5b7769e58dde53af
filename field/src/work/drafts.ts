// What stands half filled in a form when the phone locks itself: kept sealed, in memory alone, until it is open again.
import { type Box, isOpen, seal, unsealed } from "../store/vault";

const boxes = new Map<string, Box>();
let writing: Promise<unknown> = Promise.resolve();

/** Keeps what a form holds now. One after the other, so that the last one said stays. */
export function keepDraft(form: string, content: unknown): void {
  writing = writing.then(async () => void boxes.set(form, await seal(content))).catch(() => undefined); // locked: the one before stays
}

/** What the form held when the phone was locked, once; undefined where there is nothing. */
export async function takeDraft<Content>(form: string): Promise<Content | undefined> {
  await writing;
  const box = boxes.get(form);
  if (!box || !isOpen()) return undefined;
  boxes.delete(form);
  return unsealed<Content>(box);
}

/** The form was closed by its worker: nothing of it stays. By the lock: all of it. */
export function closeDraft(form: string): void {
  if (isOpen()) writing = writing.then(() => void boxes.delete(form));
}
