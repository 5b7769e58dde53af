// The small pieces that every screen is made of.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Text, say, t } from "../kit/text";
import type { Tone } from "../kit/tone";
import { back } from "./route";

const PIECE = 50;

/** A screen: its heading with the way back, and its content. The heading takes the focus, so that a reader hears where one is. */
export function Page(props: { title: Text | string; children: ComponentChildren; root?: boolean; aside?: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => main.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.title = `${say(props.title)} · ${say(t("Closeknit", "织密"))}`;
  });
  return (
    <>
      <header class="top">
        {!props.root && (
          <button class="back" onClick={back} aria-label={say(t("Back", "返回"))}>
            ‹
          </button>
        )}
        <h1>{say(props.title)}</h1>
        {props.aside}
      </header>
      <main ref={main} tabIndex={0}>
        {props.children}
      </main>
    </>
  );
}

export function Button(props: {
  children: ComponentChildren;
  onPress: () => void;
  kind?: string;
  disabled?: boolean;
  label?: string;
  pressed?: boolean;
}) {
  return (
    <button
      type="button"
      class={`button ${props.kind ?? ""}`}
      onClick={props.onPress}
      disabled={props.disabled ?? false}
      {...(props.label ? { "aria-label": props.label } : {})}
      {...(props.pressed === undefined ? {} : { "aria-pressed": props.pressed })}
    >
      {props.children}
    </button>
  );
}

export function Badge(props: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`badge ${props.tone ?? ""}`}>{props.children}</span>;
}

export function Notice(props: { tone?: Tone; children: ComponentChildren }) {
  return (
    <div class={`notice ${props.tone ?? ""}`} role={props.tone === "bad" ? "alert" : "status"}>
      {props.children}
    </div>
  );
}

export function Empty(props: { text: Text; children?: ComponentChildren }) {
  return (
    <div class="card center stack">
      <p>{say(props.text)}</p>
      {props.children}
    </div>
  );
}

/** Done, tried in vain, left: in numbers, in words and as a bar. */
export function Bar(props: { done: number; cannot: number; due: number }) {
  const share = (count: number) => `${props.due ? (100 * count) / props.due : 0}%`;
  return (
    <div class="bar" aria-hidden="true">
      <i style={{ width: share(props.done) }} />
      <i style={{ width: share(props.cannot) }} />
    </div>
  );
}

/** Of lines of any height the first fifty, and what shows fifty more: a list of thousands moves like a short one. */
export function usePieces<Item>(items: Item[]): [Item[], ComponentChildren] {
  const [shown, show] = useState(PIECE);
  const rest = items.length - shown;
  const more = rest > 0 && (
    <Button kind="wide" onPress={() => show(shown + PIECE)}>
      {say(t("Show {n} more (of {rest})", "再显示 {n} 条（剩余 {rest} 条）", { n: Math.min(PIECE, rest), rest }))}
    </Button>
  );
  return [items.slice(0, shown), more];
}

/** A long list of which only what is in sight is drawn. Every line is `height` pixels high in ordinary type. */
export function LongList<Item>(props: {
  items: Item[];
  height: number;
  keyOf: (item: Item) => string;
  line: (item: Item) => ComponentChildren;
  label: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [view, set] = useState({ from: 0, count: 24 });
  const rem = (lines: number) => `${(lines * props.height) / 18}rem`; // grows with the type, also while it is on the screen
  const look = () => {
    const at = box.current;
    const height = (props.height / 18) * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    if (at) set({ from: Math.max(0, Math.floor(at.scrollTop / height) - 6), count: Math.ceil(at.clientHeight / height) + 12 });
  };
  useLayoutEffect(look, [props.items.length]);
  return (
    <div class="scroller" ref={box} onScroll={look} tabIndex={0} role="region" aria-label={props.label}>
      <div role="list" style={{ height: rem(props.items.length) }}>
        {props.items.slice(view.from, view.from + view.count).map((item, place) => (
          <div role="listitem" key={props.keyOf(item)} style={{ top: rem(view.from + place), height: rem(1) }}>
            {props.line(item)}
          </div>
        ))}
      </div>
    </div>
  );
}
