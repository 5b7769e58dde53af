// The large coloured card of a post: what became of the last scan, else what is asked for now.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { type Text, say } from "../kit/text";
import type { Tone } from "../kit/tone";
import { signal } from "./signal";

export interface Press {
  label: Text;
  act: () => void;
}

/** A card of the table. One with presses stays until the next scan, others go by themselves. */
export interface Card {
  tone: Tone;
  sign: string;
  text: Text;
  more: Text;
  presses: Press[];
  key: number;
}

export type Words = Omit<Card, "key" | "presses">;

const SHOWN_MS = 2_500;

/** Signs that no typeface has on every phone. */
const DRAWN: Record<string, ComponentChildren> = {
  person: (
    <svg viewBox="0 0 44 44" fill="currentColor">
      <path d="M22 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM5 41c0-11 7-17 17-17s17 6 17 17z" />
    </svg>
  ),
  tube: (
    <svg viewBox="0 0 44 44" fill="none" stroke="currentColor" stroke-width="4">
      <path d="M12 4h20M15 4v29a7 7 0 0 0 14 0V4M15 22h14" />
    </svg>
  ),
  home: (
    <svg viewBox="0 0 44 44" fill="currentColor">
      <path d="M22 4 3 21h6v19h10V28h6v12h10V21h6z" />
    </svg>
  ),
};

/** `stays`: in sight also where one scrolls down to the lists. */
export function Answer(props: { card: Card | undefined; otherwise: Words; clear: (key: number) => void; stays?: boolean }) {
  const { card } = props;
  useEffect(() => {
    if (!card) return undefined;
    signal(card.tone);
    if (card.presses.length) return undefined; // a question stays until it is answered, or the next scan comes
    const timer = setTimeout(() => props.clear(card.key), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [card?.key]);
  const shown = card ?? props.otherwise;
  return (
    <section class={`answer ${shown.tone} ${props.stays ? "stays" : ""}`} data-tone={card ? shown.tone || "note" : "asks"}>
      <span class="sign" aria-hidden="true">
        {DRAWN[shown.sign] ?? shown.sign}
      </span>
      <p class="said" role="status" aria-atomic="true">
        {say(shown.text)}
      </p>
      <p class="more">{say(shown.more)}</p>
      {card && card.presses.length > 0 && (
        <div class="row">
          {card.presses.map((press) => (
            <button type="button" class="button" key={press.label.en} onClick={press.act}>
              {say(press.label)}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}
