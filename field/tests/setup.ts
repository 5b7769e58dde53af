// A database for each test file; what Node lacks of a browser.
import "fake-indexeddb/auto";
import { choose } from "../src/kit/text";

if (!globalThis.navigator) Object.defineProperty(globalThis, "navigator", { value: { language: "zh-CN" }, configurable: true });
if (!navigator.locks) {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, _how: unknown, body: (lock: object) => Promise<unknown>) => {
    const next = last.then(() => body({}));
    last = next.catch(() => undefined);
    return next;
  };
  Object.defineProperty(navigator, "locks", { value: { request }, configurable: true });
}
choose("zh"); // whatever language the machine speaks
