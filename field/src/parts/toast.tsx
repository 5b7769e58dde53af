// What was just saved, with ten seconds in which it can be undone.
import { useEffect, useState } from "preact/hooks";
import { type Text, say, t } from "../kit/text";
import type { Kept } from "../store/outbox";
import { takeAllBack } from "../work/duty";
import { act } from "./press";

interface Told {
  text: Text;
  undo?: () => Promise<void>;
  key: number;
}

const SECONDS = 10;
let tell: (told: Told | undefined) => void = () => undefined;
let key = 0;

/** Says that these records are saved, and offers to take them back. `undone` is called after that. */
export function saved(text: Text, kept: Kept[], undone?: () => void): void {
  const undo = async () => {
    await takeAllBack(kept, say(t("Undone within ten seconds", "十秒内撤销")));
    undone?.();
    toast(t("Undone.", "已撤销。"));
  };
  tell({ text, undo, key: ++key });
}

export function toast(text: Text): void {
  tell({ text, key: ++key });
}

export function Toast() {
  const [told, set] = useState<Told | undefined>(undefined);
  tell = set;
  useEffect(() => {
    if (!told) return undefined;
    const timer = setTimeout(() => set((now) => (now?.key === told.key ? undefined : now)), SECONDS * 1_000);
    return () => clearTimeout(timer);
  }, [told?.key]);
  return (
    <div aria-live="polite">
      {told && (
        <div class="toast">
          <span class="grow">{say(told.text)}</span>
          {told.undo && (
            <button
              type="button"
              class="button"
              onClick={() => {
                set(undefined);
                act(told.undo?.());
              }}
            >
              {say(t("Undo", "撤销"))}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
