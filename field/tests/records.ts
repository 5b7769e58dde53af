// Records as the outbox keeps them, made by hand for tests of rules.
import type { Row } from "../src/store/database";
import type { Kept, Saying } from "../src/store/outbox";

let made = 0;

/** A record that this phone made at a moment; ids are in the order in which they are made. */
export function kept(saying: Partial<Saying> & { kind: string }, at = "2022-03-18T09:12:00+08:00", member = "W1"): Kept {
  made += 1;
  const id = `00000000-0000-7000-8000-${String(made).padStart(12, "0")}`;
  return { said: { area: "430202005001", data: {}, ...saying, id, at }, row: { seq: made, id, device: "D-1", member, made: Date.parse(at), standing: "unsent", own: {} as Row["own"] } };
}

export function voided(of: Kept): Kept {
  return kept({ kind: "ledger.voided", corrects: of.said.id, data: { reason: "wrong" } });
}
