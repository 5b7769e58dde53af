// Two windows of the app on one phone: what one records, or is given, the other shows.
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import type * as Duty from "../src/work/duty";
import type * as Outbox from "../src/store/outbox";
import type * as Phone from "../src/store/phone";
import type * as Vault from "../src/store/vault";
import type * as Engine from "../src/sync/engine";
import { type Server, cardText, quiet, server } from "./server";

const DIGITS = "482913";
const knock = (household: string) => ({ kind: "doorknock.visited", area: "A", household, data: { outcome: "met" } });

interface Window {
  duty: typeof Duty;
  outbox: typeof Outbox;
  phone: typeof Phone;
  vault: typeof Vault;
  engine: typeof Engine;
}

/** Every window has modules of its own, over the same disk. */
async function opened(): Promise<Window> {
  vi.resetModules();
  return {
    duty: await import("../src/work/duty"),
    outbox: await import("../src/store/outbox"),
    phone: await import("../src/store/phone"),
    vault: await import("../src/store/vault"),
    engine: await import("../src/sync/engine"),
  };
}

let there: Server;
let one: Window;
let other: Window;

beforeAll(async () => {
  quiet();
  there = await server();
  one = await opened();
  await one.phone.setPhone(there.phone);
  await one.vault.begin(DIGITS);
  await one.duty.begin();
  await one.duty.takeCard(cardText("W1"));
  await one.duty.opened();
  await one.engine.start(one.duty.heldCard);
  await one.engine.contact();
  other = await opened();
  await other.duty.begin();
});

beforeEach(async () => {
  await one.vault.unlock(DIGITS);
  await one.duty.opened();
  await other.vault.unlock(DIGITS);
  await other.duty.opened();
});

const households = (window: Window) => window.duty.currentDuty().own.map((each) => each.said.household);

test("a record that one makes is in the other, once, and how it stands as well", async () => {
  await one.duty.say(knock("H1"));
  await vi.waitFor(() => expect(households(other)).toEqual(["H1"]));
  await other.duty.say(knock("H2"));
  await vi.waitFor(() => expect(households(one)).toEqual(["H1", "H2"]));

  await one.engine.contact();

  await vi.waitFor(() => expect(other.duty.currentDuty().own.map((each) => each.row.standing)).toEqual(["accepted", "accepted"]));
  expect(households(one)).toEqual(["H1", "H2"]);
});

test("what one pulls is in the other", async () => {
  const parts = { places: { digest: "d", content: [["C1", "checkpoint", "渡口", "A"]] } };
  const answer = { now: new Date().toISOString(), held_to: 2, missing: [], arrival: 2, parts, gone: [], reach: { all: false, rows: [] } };
  there.post = () => Response.json(answer);

  await one.engine.contact();

  await vi.waitFor(() => expect(other.duty.currentDuty().assignment.place("C1")?.name).toBe("渡口"));
});

test("a locked window takes nothing of it in", async () => {
  await other.duty.lock();
  await one.duty.say(knock("H3"));

  await new Promise((go) => setTimeout(go, 50));

  expect(households(other)).toEqual([]);
});

test("where one is handed over the other asks for the new worker's digits", async () => {
  await one.duty.takeCard(cardText("W2"));

  await vi.waitFor(() => expect(other.duty.currentDuty().stage).toBe("locked"));
});
